/** What a load balancer and a service manager may ask, and anybody else. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../server/db/transact.ts';
import { startServer, type TestServer } from '../example.ts';

const health = suite<{ server: TestServer }>('health');
health.before.each(async (context) => {
  context.server = await startServer();
});
health.after.each(({ server }) => server.stop());

function build({ dataDir }: TestServer): void {
  mkdirSync(joinPath(dataDir, 'dist'));
  writeFileSync(joinPath(dataDir, 'dist/index.html'), '<!doctype html><title>Plumbline</title>');
}

const ask = ({ address }: TestServer, path: string): Promise<Response> => fetch(new URL(path, address));

/** The database of a running server, to be broken: tests alone write to it. */
const breakable = ({ plumbline }: TestServer): { -readonly [K in keyof Database]: Database[K] } =>
  plumbline.server.database;

health('is alive and ready, says so in the usual format, and says nothing else', async ({ server }) => {
  build(server);
  for (const path of ['/health/live', '/health/ready']) {
    const reply = await ask(server, path);
    assert.is(reply.status, 200, path);
    assert.is(reply.headers.get('content-type'), 'application/health+json; charset=utf-8');
    assert.is(reply.headers.get('cache-control'), 'no-store');
    assert.equal(await reply.json(), { status: 'pass' });
  }
});

health('is not ready before the app is built, and alive all the same', async ({ server }) => {
  assert.is((await ask(server, '/health/ready')).status, 503);
  assert.is((await ask(server, '/health/live')).status, 200);
});

health('is not ready while the database is away, and ready once it is back', async ({ server }) => {
  build(server);
  const database = breakable(server);
  const { read } = database;
  database.read = () => Promise.reject(new Error('the reason is secret'));
  const reply = await ask(server, '/health/ready');
  assert.is(reply.status, 503);
  assert.equal(await reply.json(), { status: 'fail' });
  assert.ok(server.log.some((line) => line.includes('"path":"/health/ready"')));
  assert.not.ok(server.log.some((line) => line.includes('secret')));

  database.read = read;
  server.clock.ms += 1_000;
  assert.is((await ask(server, '/health/ready')).status, 200);
});

health('asks the database once a second, however often it is asked itself', async ({ server }) => {
  build(server);
  const database = breakable(server);
  const { read } = database;
  let reads = 0;
  database.read = (body) => {
    reads += 1;
    return read(body);
  };
  await Promise.all(Array.from({ length: 50 }, () => ask(server, '/health/ready')));
  assert.is(reads, 1);
});

health.run();
