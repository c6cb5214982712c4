/**
 * A database that fails at each of its uses in turn, in every handler: each failure is answered with a reference and nothing
 * else, is in the log with that reference, quotes nothing, and the server goes on (FAULTS S28).
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../server/db/transact.ts';
import type { ServerProblem } from '../../src/protocol/problem.ts';
import { paths } from '../../src/protocol/sync.ts';
import { laptopPaths } from '../../src/protocol/laptops.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { newId, signIn, type Laptop } from './client.ts';
import { everyRequest } from './every-endpoint.ts';
import { firstQaLead, password, startServer, type TestServer } from './example.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
  /** The use of the database that fails, counted from 1; none when 0. */
  failing: { at: number; used: number; how: 'before' | 'after' };
}
const test = suite<Context>('failing handlers');

const secret = 'words of a family';
const failure = (): Error => Object.assign(new Error(`cannot do it: ${secret}`), { detail: secret, code: 'XX000' });

test.before.each(async (context) => {
  context.server = await startServer();
  context.quinn = await firstQaLead(context.server);
  const failing = { at: 0, used: 0, how: 'before' as const };
  const { database } = context.server.plumbline.server;
  const { read, write } = database;
  const orFail =
    <A extends readonly unknown[], T>(use: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      failing.used += 1;
      const fails = failing.used === failing.at;
      if (fails && context.failing.how === 'before') throw failure();
      const answer = await use(...args);
      if (fails) throw failure();
      return answer;
    };
  const broken: Pick<Database, 'read' | 'write'> = {
    read: orFail(read as never) as Database['read'],
    write: orFail(write as never) as Database['write'],
  };
  Object.assign(database, broken);
  context.failing = failing;
});
test.after.each(({ server }) => server.stop());

const endsSessions: readonly string[] = [sessionPaths.changePassword, sessionPaths.signIn, sessionPaths.signOut];

for (const how of ['before', 'after'] as const) {
  test(`every use of the database that fails ${how} its work is answered with a reference alone`, async (context) => {
    const { server, quinn, failing } = context;
    const tried = new Map<string, number>();
    failing.how = how;
    for (const { path, fields } of everyRequest(quinn)) {
      for (let at = 1; at < 10; at += 1) {
        if (quinn.browser.cookie === undefined || endsSessions.includes(path))
          await signIn(quinn.browser, 'quinn@example.org', password);
        Object.assign(failing, { at, used: 0 });
        const reply = await quinn.ask(path, fields);
        const { used } = failing;
        Object.assign(failing, { at: 0 });
        if (used < at) break;
        tried.set(path, at);
        expectGeneric(server, path, reply);
      }
    }
    // Whoever reports a loss is looked up, and nothing else is asked.
    for (const path of [...Object.values(paths), ...Object.values(sessionPaths), ...Object.values(laptopPaths)]) {
      if (path !== paths.pokes) assert.ok((tried.get(path) ?? 0) > 0, path);
    }
    assert.ok((tried.get(paths.push) ?? 0) >= 2);
    await signIn(quinn.browser, 'quinn@example.org', password);
    assert.is((await quinn.ask(paths.pull, { cursor: null })).status, 200);
  });
}

interface Failed {
  readonly status: number;
  readonly envelope: object;
  readonly problem: ServerProblem | undefined;
}

function expectGeneric({ log }: TestServer, path: string, { status, envelope, problem }: Failed): void {
  assert.is(status, 500, path);
  assert.equal(Object.keys(envelope).sort(), ['epoch', 'nonce', 'plumbline', 'problem', 'serverMs'], path);
  assert.equal(Object.keys(problem ?? {}).sort(), ['kind', 'reference'], path);
  const said = JSON.stringify(envelope);
  for (const quoted of [secret, 'at ', '.ts', 'XX000', 'Error']) assert.not.match(said, quoted);
  const reference = problem?.kind === 'server-error' ? problem.reference : 'none';
  const lines = log.filter((line) => line.includes(reference) && line.includes('"failed"'));
  assert.is(lines.length, 1, path);
  assert.not.match(log.join(''), secret);
}

test('so is the event stream, and a page whose file cannot be read', async ({ server, quinn, failing }) => {
  Object.assign(failing, { at: 1, used: 0 });
  const url = `${paths.pokes}?authority=${quinn.session.authority}&person=${quinn.session.person}`;
  const reply = await fetch(new URL(url, server.address), { headers: { cookie: quinn.browser.cookie ?? '' } });
  const envelope = (await reply.json()) as { problem?: ServerProblem };
  expectGeneric(server, paths.pokes, { status: reply.status, envelope, problem: envelope.problem });
  const page = await fetch(new URL(`/audit/${newId()}`, server.address), { headers: { accept: 'text/html' } });
  assert.is(page.status, 503);
  assert.not.match(await page.text(), /at |\.ts|Error/);
});

test.run();
