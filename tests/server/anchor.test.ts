/** Heads of the chain outside the database: noted once a day, sent to laptops, and brought back by them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { doDaily } from '../../server/daily.ts';
import { readAnchors } from '../../server/verify/anchors.ts';
import { toldOf } from '../../server/verify/told.ts';
import { paths } from '../../src/protocol/sync.ts';
import { newId, signIn, type Laptop } from './client.ts';
import { firstQaLead, password, service, startServer, type TestServer } from './example.ts';
import { verify } from './sound.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
}
const test = suite<Context>('an anchor of the chain');
test.before.each(async (context) => {
  context.server = await startServer();
  context.quinn = await firstQaLead(context.server);
});
test.after.each(({ server }) => server.stop());

const dayMs = 24 * 60 * 60 * 1000;
const noted = ({ dataDir }: TestServer) => readAnchors(readFileSync(join(dataDir, 'anchors.jsonl'), 'utf8'));

test('is noted once a day when something has come, in a file and in the log', async ({ server, quinn }) => {
  const write = async (name: string): Promise<void> => {
    // A session does not outlive a night.
    await signIn(quinn.browser, 'quinn@example.org', password);
    assert.is((await quinn.write(service(newId(), name))).problem, undefined);
  };
  const day = async (): Promise<number> => {
    await doDaily(server.plumbline.server);
    return noted(server).length;
  };
  assert.is(await day(), 1);
  server.clock.ms += dayMs;
  await write('Assessment');
  assert.is(await day(), 2);
  await write('Early Help');
  assert.is(await day(), 2);
  server.clock.ms += dayMs;
  assert.is(await day(), 3);
  // A quiet day has nothing to note.
  server.clock.ms += dayMs;
  assert.is(await day(), 3);
  const log = readAnchors(server.log.join(''));
  assert.equal(log, noted(server));
  const verified = await verify(server, log);
  assert.equal(verified.findings, []);
  assert.equal(verified.anchors, { fits: log.at(-1), lost: 0 });
  assert.match(toldOf(verified, log.length), 'It goes on from all 3 anchors');
});

test('the work of the day begins when the server listens: nobody waits for it', ({ server }) => {
  const events = server.log.map((line) => (JSON.parse(line) as { event: string }).event);
  const [started, noted] = ['started', 'chain-head'].map((event) => events.indexOf(event));
  assert.ok(started !== undefined && started >= 0 && noted !== undefined && noted > started, events.join(' '));
});

test('a laptop is told of the head with the last page, and what it brings back is compared', async ({
  server,
  quinn,
}) => {
  const { anchor } = await quinn.pull();
  const { tip } = await verify(server);
  assert.equal(anchor, { epoch: quinn.cursor?.epoch, ...tip });
  const ask = (fields: object) => quinn.ask(paths.pull, { cursor: quinn.cursor, anchor: { ...anchor, ...fields } });
  const contradictions = (): string[] => server.log.filter((line) => line.includes('chain-contradicted'));

  assert.is((await ask({})).problem, undefined);
  // What a laptop knows of another history says nothing of this one.
  await ask({ epoch: newId(), head: '0'.repeat(64) });
  assert.equal(contradictions(), []);
  assert.is((await ask({ head: '0'.repeat(64) })).problem, undefined);
  assert.is((await ask({ place: tip.place + 1 })).problem, undefined);
  assert.is(contradictions().length, 2);
  assert.match(contradictions()[0] ?? '', `"place":${tip.place}`);
});

test('lines that are no anchors are passed over, and a head of another authority fits nowhere', async ({ server }) => {
  const [anchor] = noted(server);
  if (anchor === undefined) throw new Error('Nothing was noted');
  const strange = { ...anchor, epoch: newId() };
  const text = [anchor, { ...anchor, head: 'x' }, { head: anchor.head }, strange].map((line) => JSON.stringify(line));
  assert.equal(readAnchors(['not JSON "head"', '', ...text, '{"__proto__":{"head":1}}'].join('\n')), [anchor, strange]);
  const { findings } = await verify(server, [strange]);
  assert.is(findings[0]?.kind, 'rewritten');
  assert.match(toldOf(await verify(server, [strange]), 1), 'NOT as it was written');
});

test.run();
