/** A board viewer is told the cube and nothing else; nobody else is told it (FAULTS S17, docs/protocol.md "Board"). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { keptMs } from '../../server/board/keep-cube.ts';
import { noteRestored } from '../../server/db/restored.ts';
import type { Database } from '../../server/db/transact.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import { smallestTold } from '../../src/domain/board/suppress.ts';
import { cubeReplySchema, type CubeReply } from '../../src/protocol/board.ts';
import { paths } from '../../src/protocol/sync.ts';
import { newId, signIn, type Edit, type Laptop } from './client.ts';
import { everybody, everyWho, idOf, outcomeOf, type Everybody } from './everybody.ts';
import { allocation, caseOf, grant, password, roles, section, startServer, team, type TestServer } from './example.ts';

interface Context extends Everybody {
  server: TestServer;
  /** A small team. */
  south: string;
}
const test = suite<Context>('the cube of a board viewer');
test.before.each(async (context) => {
  context.server = await startServer();
  Object.assign(context, await everybody(context.server));
  context.south = newId();
  await context.people['the QA lead'].write(team(context.south, 'South', context.here));
});
test.after.each(({ server }) => server.stop());

/** The day it is on the server is 4 May 2026: this is in the first quarter. */
const submittedMs = Date.parse('2026-02-10T10:00:00Z');

/** Some audits that were graded, submitted and need no moderation. */
async function graded({ people, here }: Context, n: number, grade: string, of: string): Promise<readonly string[]> {
  const [quinn, alex] = [people['the QA lead'], people['the auditor']];
  const ids = Array.from({ length: n }, () => newId());
  const given = { service: here, team: of, auditor: idOf(alex) };
  const overall = { suggested: null, chosen: grade, rule: '', reason: 'SENTINEL' };
  const submitted = { by: idOf(alex), at: submittedMs, reason: '' };
  await quinn.write(...ids.flatMap((id) => [caseOf(id, 'SENTINEL'), allocation(id, given)]));
  const edits = ids.flatMap((id): Edit[] => [
    section(id, grade, 'SENTINEL'),
    { record: id, kind: 'audit', unit: 'overall', value: overall },
    { record: id, kind: 'audit', unit: 'submitted', value: submitted },
  ]);
  assert.is(await outcomeOf(alex, ...edits), 'accepted');
  return ids;
}

async function told(laptop: Laptop): Promise<CubeReply> {
  const { body, status } = await laptop.ask<CubeReply>(paths.cube);
  assert.is(status, 200);
  return v.parse(cubeReplySchema, body);
}

test('it is told to a board viewer, and to everybody else there is no such address', async ({ people, server }) => {
  const nothing = await people['the auditor'].ask('/api/sync/nothing-like-it');
  for (const who of everyWho) {
    const { status, problem, body } = await people[who].ask<CubeReply>(paths.cube);
    if (who === 'the board viewer') {
      assert.equal([status, body.role], [200, 'board-viewer']);
      continue;
    }
    assert.equal([status, problem, body], [404, { kind: 'not-found' }, undefined], who);
    assert.equal([status, problem], [nothing.status, nothing.problem], who);
  }
  assert.is(server.log.filter((line) => line.includes('"cube-told"')).length, 1);
});

test('it has names of services and teams, no small number, and nothing of an audit or a person', async (context) => {
  const { people, north, south, server, here } = context;
  await graded(context, 6, 'good', north);
  await graded(context, 5, 'inadequate', north);
  await graded(context, 2, 'good', south);
  const bailey = people['the board viewer'];
  const reply = await told(bailey);
  const [year] = reply.cube.years;
  assert.is(reply.madeMs, server.clock.ms);
  assert.equal([year?.from, year?.to], ['2025-04', '2026-03']);
  assert.is(year?.whole.base, 13);
  assert.equal(
    year?.whole.grades?.map(({ count }) => count),
    [0, 5],
  );
  assert.equal(
    year?.services.map(({ service, name, base, teams }) => [
      service,
      name,
      base,
      teams.map((of) => [of.name, of.base]),
    ]),
    // Neither team is told: one is small, and could be worked out from the other.
    [
      [
        here,
        'Assessment',
        13,
        [
          ['North', null],
          ['South', null],
        ],
      ],
    ],
  );
  const text = JSON.stringify(reply);
  assert.not.match(text, /SENTINEL|Alex|Quinn|example\.org/);
  for (const who of everyWho) assert.not.ok(text.includes(idOf(people[who])), who);
  assert.equal(
    numbersIn(reply).filter((n) => n > 0 && n < smallestTold),
    [],
  );
});

/** Every whole number of the years of a cube. */
function numbersIn({ cube }: CubeReply): number[] {
  const found: number[] = [];
  JSON.stringify(cube.years, (key, value: unknown) => {
    if (typeof value === 'number' && !['share', 'lower', 'upper'].includes(key)) found.push(value);
    return value;
  });
  return found;
}

test('a board viewer is sent no record by any way, and nothing of theirs is taken', async (context) => {
  const { people, north } = context;
  const [audit = ''] = await graded(context, 1, 'good', north);
  const bailey = people['the board viewer'];
  const page = await bailey.pull();
  assert.equal([bailey.records.size, page.total?.count], [0, 0]);
  for (const id of [audit, north, idOf(bailey), idOf(people['the QA lead'])]) {
    const { body } = await bailey.ask<{ record: null }>(paths.open, { record: id });
    assert.is(body.record, null);
  }
  const buckets = await bailey.ask<{ buckets: { count: number }[] }>(paths.buckets);
  assert.ok(buckets.body.buckets.every(({ count }) => count === 0));
  assert.is(await outcomeOf(bailey, section(audit, 'good')), 'held');
});

test('whoever has another role besides has the rights of both, and who is one no more has none', async ({ people }) => {
  const [quinn, bailey] = [people['the QA lead'], people['the board viewer']];
  await quinn.write(roles(idOf(bailey), grant('board-viewer'), grant('auditor')));
  await told(bailey);
  assert.ok((await bailey.pull()).records.length > 0);
  await quinn.write(roles(idOf(bailey), { ...grant('board-viewer'), to: '2026-05-03' }));
  assert.is((await bailey.ask(paths.cube)).status, 404);
});

test('an import that was undone, a draft and what waits for its moderator are in no base', async (context) => {
  const { people, north, here } = context;
  await graded(context, 6, 'good', north);
  const quinn = people['the QA lead'];
  const file = newId();
  const by = idOf(quinn);
  const mapping = { file: 'a.csv', digest: 'f'.repeat(64), rows: 5, tool: 'imported-1', by, at: 0, mapping: '' };
  await quinn.write({ record: file, kind: 'import', unit: 'source', value: mapping });
  for (let row = 0; row < 5; row += 1) {
    const id = newId();
    const value = { import: file, row: String(row).repeat(64), line: row + 1, day: '2026-01-05' };
    const overall = { suggested: null, chosen: 'inadequate', rule: '', reason: '' };
    const edits: readonly Edit[] = [
      caseOf(id),
      allocation(id, { service: here, team: north, tool: 'imported-1' }),
      { record: id, kind: 'audit', unit: 'imported', value },
      { record: id, kind: 'audit', unit: 'overall', value: overall },
      { record: id, kind: 'audit', unit: 'submitted', value: { by, at: submittedMs, reason: '' } },
    ];
    assert.is(await outcomeOf(quinn, ...edits), 'accepted');
  }
  const bailey = people['the board viewer'];
  const before = await told(bailey);
  assert.is(before.cube.years[0]?.whole.base, 11);
  await quinn.write({ record: file, kind: 'import', unit: 'undone', value: { by, at: 1, reason: '' } });
  context.server.clock.ms += keptMs;
  const after = await told(bailey);
  assert.is(after.cube.years[0]?.whole.base, 6);
});

test('with it comes after how many days a laptop drops its copy: a board viewer is sent no settings', async ({
  people,
}) => {
  const [quinn, bailey] = [people['the QA lead'], people['the board viewer']];
  assert.is((await told(bailey)).laptopDays, null);
  const rule = { months: null, cycles: [], laptopDays: 30 };
  await quinn.write({ record: settingsId, kind: 'settings', unit: 'retention', value: rule });
  assert.is((await told(bailey)).laptopDays, 30, 'at once, with the cube as it was kept');
});

test('with it comes what its figures may lack: laptops that were not heard from, and what a restore lost', async (context) => {
  const { people, server, north } = context;
  const [bailey, alex, quinn] = [people['the board viewer'], people['the auditor'], people['the QA lead']];
  const [audit] = await graded(context, 6, 'good', north);
  const before = await told(bailey);
  assert.equal([before.unheard, before.notBack], [undefined, undefined]);
  await alex.ask(paths.pull, { cursor: null, contact: { keyring: newId(), app: '0.1.0', unsent: 3 } });
  const silentMs = server.clock.ms;
  server.clock.ms += 5 * 24 * keptMs;
  const noticedMs = server.clock.ms;
  await server.plumbline.server.database.write((tx) => noteRestored(tx, quinn.session.authority, noticedMs));
  await signIn(quinn.browser, quinn.session.email, password);
  await signIn(bailey.browser, bailey.session.email, password);
  const author = idOf(alex);
  const missing = [{ op: `${alex.device}:${alex.seq + 1}`, record: audit, kind: 'audit', unit: 'overall', author }];
  assert.is((await quinn.ask(paths.missing, { missing })).problem, undefined);
  const after = await told(bailey);
  assert.equal(after.notBack, { changes: 1, noticedMs, atMs: after.madeMs });
  assert.equal(after.unheard, { laptops: 1, sinceMs: silentMs, atMs: after.madeMs });
});

test('it is made once an hour at most, says when, and is never older than that', async (context) => {
  const { people, north, server } = context;
  const bailey = people['the board viewer'];
  const first = await told(bailey);
  await graded(context, 6, 'good', north);
  server.clock.ms += keptMs - 1;
  assert.equal(await told(bailey), first, 'as it was kept');
  server.clock.ms += 1;
  const [one, two] = await Promise.all([told(bailey), told(bailey)]);
  assert.equal(one, two);
  assert.is(one.madeMs, server.clock.ms);
  assert.is(one.cube.years[0]?.whole.base, 6);
  assert.is(server.log.filter((line) => line.includes('"cube-made"')).length, 2);
  // A clock that was set back does not keep it for longer.
  server.clock.ms -= 1;
  assert.is((await told(bailey)).madeMs, server.clock.ms);
});

test('a database that fails while it is made fails that once', async ({ people, server }) => {
  const { database } = server.plumbline.server;
  const { read } = database;
  let uses = 0;
  const failing: Database['read'] = (body) => {
    uses += 1;
    // Who asks is read from the session and from the records; then it is made.
    return uses === 4 ? Promise.reject(new Error('the database is gone')) : read(body);
  };
  const statuses: number[] = [];
  for (let tried = 0; tried < 2; tried += 1) {
    Object.assign(database, { read: failing });
    statuses.push((await people['the board viewer'].ask(paths.cube)).status);
    Object.assign(database, { read });
  }
  assert.equal(statuses, [500, 200]);
});

test.run();
