/** Several servers on one PostgreSQL: what one does the others' people hear, and no two of them found an authority. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { Client } from 'pg';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ConfigError } from '../../../server/config.ts';
import { sessionPaths } from '../../../src/protocol/session.ts';
import { join, newId, openBrowser, openLaptop, type Laptop } from '../client.ts';
import { addPerson, firstQaLead, grant, password, service, startServer, type TestServer } from '../example.ts';
import { openTestDatabase } from '../test-database.ts';
import { listen, pokesIn, until } from '../stream.ts';

interface Context {
  dataDir: string;
  here: TestServer;
  there: TestServer;
  quinn: Laptop;
  admin: Client;
}
const servers = suite<Context>('several servers on one PostgreSQL');

servers.before.each(async (context) => {
  context.dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-servers-'));
  const { dataDir } = context;
  await openTestDatabase(dataDir);
  [context.here, context.there] = await Promise.all([
    startServer({ dataDir, beatMs: 50 }),
    startServer({ dataDir, beatMs: 50 }),
  ]);
  // Each start makes a new link; the last one is the one that works.
  const { address, plumbline } = context.here;
  const links = [plumbline.firstLink, context.there.plumbline.firstLink];
  const opened = await Promise.all(links.map((link) => whose(address, link ?? '')));
  assert.is(opened.filter(Boolean).length, 1);
  context.quinn = await firstQaLead(opened[0] === true ? context.here : context.there);
  context.admin = new Client({ connectionString: plumbline.server.config.databaseUrl ?? '' });
  await context.admin.connect();
});
servers.after.each(async ({ admin, here, there, dataDir }) => {
  await admin.end();
  await Promise.all([here.stop(), there.stop()]);
  rmSync(dataDir, { recursive: true, force: true });
});

/** Whether a link is one that works. */
async function whose(address: string, link: string): Promise<boolean> {
  const token = link.slice(link.indexOf('#') + 1);
  return (await openBrowser(address).post(sessionPaths.invitation, { token })).problem === undefined;
}

/** The same person and session at another server. */
const at = (server: TestServer, { browser, session }: Laptop): Laptop =>
  openLaptop(Object.assign(openBrowser(server.address), { cookie: browser.cookie }), session);

const end = (admin: Client, name: string): Promise<unknown> =>
  admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()',
    [name],
  );

servers('that start at once make one authority, and one first QA lead', async ({ here, there, quinn }) => {
  assert.equal(here.plumbline.server.authority, there.plumbline.server.authority);
  assert.equal(here.plumbline.server.recoveryKey, there.plumbline.server.recoveryKey);
  assert.is(here.rows('select * from authority').length, 1);
  assert.is(here.rows(`select * from record where kind = 'settings'`).length, 1);
  assert.is(here.rows(`select * from record where kind = 'person'`).length, 1);
  const late = there.plumbline.firstLink ?? '';
  const again = await join(openBrowser(there.address), late, password, { name: 'Robin', email: 'robin@example.org' });
  assert.equal(again.problem, { kind: 'bad-invitation' });
  await quinn.pull();
  assert.equal(quinn.total(), (await quinn.pull()).total);
});

servers('a change that comes to one is a poke at the other', async ({ here, there, quinn }) => {
  const streams = [await listen(at(here, quinn)), await listen(at(there, quinn))];
  await at(here, quinn).write(service(newId(), 'Early Help'));
  await until('a poke at both', () => streams.every((stream) => pokesIn(stream) === 1));
  await at(there, quinn).write(service(newId(), 'Assessment'));
  await until('another at both', () => streams.every((stream) => pokesIn(stream) === 2));
});

servers('more than can be told is a poke to everybody', async ({ here, there, quinn }) => {
  const alex = await addPerson(at(here, quinn), 'Alex', grant('auditor'));
  const stream = await listen(at(there, alex));
  const before = pokesIn(stream);
  const laptop = at(here, quinn);
  const many = Array.from({ length: 120 }, (_, i) => laptop.seal([service(newId(), `Service ${i}`)])).flat();
  assert.ok((await laptop.push(many)).body.results.every(({ outcome }) => outcome === 'accepted'));
  await until('a poke', () => pokesIn(stream) > before);
});

servers('a session that ends at one ends its streams at the other', async ({ here, there, quinn }) => {
  const alex = await addPerson(at(here, quinn), 'Alex', grant('auditor'));
  const stream = await listen(at(there, alex));
  const other = await listen(at(there, quinn));
  await at(here, alex).browser.post(sessionPaths.signOut, {});
  await stream.ended;
  assert.ok(other.isOpen());
});

servers('what was told while one could not hear is made up for', async ({ here, there, quinn, admin }) => {
  const stream = await listen(at(there, quinn));
  await end(admin, 'plumbline listening');
  await at(here, quinn).write(service(newId(), 'Early Help'));
  await until('a poke', () => pokesIn(stream) >= 1);
  const heard = pokesIn(stream);
  await at(here, quinn).write(service(newId(), 'Assessment'));
  await until('it hears again', () => pokesIn(stream) > heard);
});

servers('lost connections are opened again, and the work is done all the same', async ({ here, quinn, admin }) => {
  const laptop = at(here, quinn);
  for (let i = 0; i < 5; i += 1) {
    await end(admin, 'plumbline');
    assert.is((await laptop.write(service(newId(), `Service ${i}`))).body.results[0]?.outcome, 'accepted');
    await end(admin, 'plumbline');
    assert.ok((await laptop.pull()).last);
  }
});

servers('somebody else’s writing keeps nobody from reading', async ({ here, quinn, admin }) => {
  await admin.query('begin');
  await admin.query('lock table record in exclusive mode');
  const writes = Array.from({ length: 12 }, (_, i) => at(here, quinn).write(service(newId(), `Service ${i}`)));
  const reads = await Promise.all(Array.from({ length: 40 }, () => at(here, quinn).pull()));
  assert.ok(reads.every(({ last }) => last));
  await admin.query('commit');
  for (const { body } of await Promise.all(writes)) assert.is(body.results[0]?.outcome, 'accepted');
});

servers('one with another recovery key does not start, and says so', async ({ here }) => {
  const dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-servers-'));
  const env = { DATABASE_URL: here.plumbline.server.config.databaseUrl ?? '' };
  const start = () => startServer({ dataDir, env }).catch((error: unknown) => error);
  const none = await start();
  assert.instance(none, ConfigError);
  assert.match(String(none), 'is missing');
  assert.match(String(none), 'RECOVERY_KEY_FILE');
  rmSync(dataDir, { recursive: true, force: true });
});

servers(
  'a database that cannot be reached stops the start with a sentence that has no password',
  async ({ dataDir }) => {
    const DATABASE_URL = 'postgres://plumbline:secret-password@127.0.0.1:1/plumbline';
    const error: unknown = await startServer({ dataDir, env: { DATABASE_URL } }).catch((thrown: unknown) => thrown);
    assert.instance(error, ConfigError);
    assert.match(String(error), 'DATABASE_URL');
    assert.not.match(String(error), 'secret-password');
  },
);

servers.run();
