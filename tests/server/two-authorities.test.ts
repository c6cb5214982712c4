/**
 * Two authorities in one database, with the same ids throughout: what one is asked, and what it takes, has nothing of the other
 * (FAULTS S18). A server serves one authority; the other is here row by row, as another server of this database would have it.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findAuthority } from '../../server/db/authorities.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { paths } from '../../src/protocol/sync.ts';
import { newId, openBrowser, openLaptop } from './client.ts';
import { everyRequest } from './every-endpoint.ts';
import { everybody, everyWho, idOf, type Everybody } from './everybody.ts';
import { event, section, startServer, type TestServer } from './example.ts';
import { testPostgres } from './test-database.ts';

interface Context extends Everybody {
  server: TestServer;
  other: string;
  audits: readonly string[];
}
const sentinel = 'SENTINEL of the other';

const test = suite<Context>('two authorities in one database');
test.before.each(async (context) => {
  context.server = await startServer();
  Object.assign(context, await everybody(context.server));
  const { people, audit } = context;
  const alex = people['the auditor'];
  context.audits = [newId(), newId(), newId()];
  for (const id of context.audits) {
    await people['the QA lead'].write(...audit(id));
    await alex.write(section(id, 'good', 'evidence'));
  }
  await alex.write(event(context.audits[0] ?? '', 'submitted', idOf(alex)));
  await people['another auditor'].write(section(context.audits[1] ?? '', 'good', 'evidence'));
  context.other = newId();
});
test.after.each(({ server }) => server.stop());

const tables = (server: TestServer): string[] =>
  server
    .rows(
      testPostgres === undefined
        ? `select name from sqlite_schema where type = 'table'`
        : `select tablename as name from pg_tables where schemaname = 'public'`,
    )
    .map(({ name }) => String(name));

/** Writes every row once more, as the other authority's, with the sentinel where there was evidence or a name. */
function double({ server, other }: Context): number {
  let doubled = 0;
  for (const table of tables(server)) {
    const rows = server.rows(`select * from "${table}"`);
    const columns = Object.keys(rows[0] ?? {});
    const key = table === 'authority' ? 'id' : 'authority';
    if (!columns.includes(key)) continue;
    // A number of its own is given anew; everything else is the same, also every id.
    const copied = columns.filter((column) => column !== 'rowid' && column !== 'serial');
    const texts = ['units', 'value', 'content'];
    const values = copied.map((column) => {
      if (column === key) return `'${other}'`;
      return texts.includes(column)
        ? `replace("${column}", 'evidence":"evidence', 'evidence":"${sentinel}')`
        : `"${column}"`;
    });
    const names = copied.map((column) => `"${column}"`).join(', ');
    server.damage(
      `insert into "${table}" (${names}) select ${values.join(', ')} from "${table}" where true on conflict do nothing`,
    );
    doubled += rows.length;
  }
  return doubled;
}

const rowsOf = ({ server, other }: Context, of: 'this' | 'other'): string =>
  JSON.stringify(
    tables(server).flatMap((table) => {
      const all = server.rows(`select * from "${table}"`);
      const key = table === 'authority' ? 'id' : 'authority';
      return all
        .filter((row) => key in row && (row[key] === other) === (of === 'other'))
        .map((row) => JSON.stringify(row))
        .sort();
    }),
  );

const reading = [
  paths.open,
  paths.buckets,
  paths.bucket,
  paths.records,
  paths.heldList,
  paths.known,
  paths.missingList,
];

/** What everybody is told, in bytes: records, counts, digests, lists and accounts. */
async function told({ people, audits }: Context): Promise<string> {
  const answers: unknown[] = [];
  for (const who of everyWho) {
    const laptop = people[who];
    const pages = openLaptop(laptop.browser, laptop.session, laptop.device);
    answers.push(who, await pages.pull(), [...pages.records]);
    for (const { path, fields } of everyRequest(openLaptop(laptop.browser, laptop.session))) {
      if (!(reading as string[]).includes(path)) continue;
      const known = path === paths.open ? { record: audits[0] } : path === paths.records ? { records: audits } : fields;
      answers.push(path, (await laptop.ask(path, known)).body);
    }
    answers.push((await laptop.browser.post(sessionPaths.accounts, {})).body);
  }
  return JSON.stringify(answers);
}

test('nobody is told another record, count, digest or op for it, and nothing that is taken reaches the other', async (context) => {
  const { people, other, audits } = context;
  // Once before, so that what was opened is opened.
  await told(context);
  const before = await told(context);
  assert.ok(double(context) > 100);
  assert.match(rowsOf(context, 'other'), sentinel);
  const after = await told(context);
  assert.not.match(after, 'SENTINEL');
  assert.not.match(after, other);
  assert.is(after.length, before.length);
  assert.ok(masked(after) === masked(before), 'everybody is told what they were told before');

  // Changes, decisions and accounts of this one: the other's rows stay as they are.
  const others = rowsOf(context, 'other');
  const alex = people['the auditor'];
  await alex.write(section(audits[1] ?? '', 'inadequate', 'a change'));
  await people['the QA lead'].write(event(audits[2] ?? '', 'voided', idOf(people['the QA lead'])));
  for (const who of ['the administrator', 'the QA lead'] as const) {
    const access = { person: idOf(people['nobody now']), allowed: false };
    await people[who].browser.post(sessionPaths.access, access);
  }
  await people['a lead elsewhere'].browser.post(sessionPaths.signOut, {});
  assert.ok(rowsOf(context, 'other') === others, 'nothing of the other authority has changed');
  assert.not.match(JSON.stringify(await alex.pull()), 'SENTINEL');
});

test('a server serves the authority that was made first, in whichever order the database has their rows', async (context) => {
  const { server, other } = context;
  double(context);
  const { authority, database } = server.plumbline.server;
  for (const [since, first] of [
    [1, authority.id],
    [-1, other],
  ] as const) {
    server.damage(`update authority set created_ms = created_ms + ${since} where id = '${other}'`);
    server.damage(`update authority set version = version where id = '${authority.id}'`);
    assert.is((await database.read(findAuthority))?.id, first);
    server.damage(`update authority set created_ms = created_ms - ${since} where id = '${other}'`);
  }
});

/** Buckets are asked by laptops that are made for it: their ids differ. */
const masked = (text: string): string => text.replaceAll(/[0-9a-f]{32}/g, 'id');

test('a session, an invitation and an id of the other authority open nothing here', async (context) => {
  const { people, server, other } = context;
  double(context);
  const alex = people['the auditor'];
  // The session that only the other still has: its cookie is worth nothing here.
  const here = String(server.rows('select id from authority').find(({ id }) => id !== other)?.['id']);
  server.damage(`delete from session where authority = '${here}' and person = '${idOf(alex)}'`);
  assert.is((await alex.ask(paths.pull, { cursor: null })).problem?.kind, 'signed-out');
  const quinn = people['the QA lead'];
  for (const { path, fields } of everyRequest(quinn)) {
    if (!path.startsWith('/api/sync/')) continue;
    assert.is((await quinn.ask(path, { ...fields, authority: other })).problem?.kind, 'wrong-authority', path);
  }
  const link = (await quinn.browser.post<{ link: string }>(sessionPaths.invite, { person: idOf(alex) })).body.link;
  server.damage(
    `update invitation set authority = '${other}' where authority = '${here}' and person = '${idOf(alex)}'`,
  );
  const token = link.slice(link.indexOf('#') + 1);
  const stranger = openBrowser(server.address);
  assert.is((await stranger.post(sessionPaths.invitation, { token })).problem?.kind, 'bad-invitation');
});

test.run();
