/** Starting: what cannot be is said in a sentence, and nothing is left open. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ConfigError } from '../../server/config.ts';
import { startServer } from './example.ts';

const test = suite('starting a server');

test('on a port that is taken says which, and ends', async () => {
  const first = await startServer();
  try {
    const port = new URL(first.address).port;
    const error: unknown = await startServer({ env: { PORT: port } }).catch((thrown: unknown) => thrown);
    assert.instance(error, ConfigError);
    assert.match((error as Error).message, `port ${port}`);
  } finally {
    await first.stop();
  }
});

test('writes what it begins with before anybody is invited', async () => {
  const order: string[] = [];
  const server = await startServer({ fill: async ({ authority }) => void order.push(authority.id) });
  assert.equal(order, [server.plumbline.server.authority.id]);
  assert.match(server.plumbline.firstLink ?? '', '/join#');
  await server.stop();
});

test.run();
