/**
 * The sums that prove a pull without reading the records: after any history of records, for anybody's standing, they say
 * what a count of the records says; a database from before has them filled; one that is wrong is noticed and made again.
 */
import fc from 'fast-check';
import { sql } from 'kysely';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sumDigests } from '../../src/domain/digest.ts';
import { opId, type DeviceId, type PersonId, type RecordId } from '../../src/domain/ids.ts';
import type { Kind, Units } from '../../src/domain/record.ts';
import type { ActiveRole, Standing } from '../../src/domain/rights.ts';
import { paths } from '../../src/protocol/sync.ts';
import * as heads from '../../server/db/migrations/005-heads.ts';
import { findRecords, saveRecords } from '../../server/db/records.ts';
import type { Tx } from '../../server/db/tables.ts';
import { savepoint } from '../../server/db/savepoint.ts';
import { openDatabase } from '../../server/db/transact.ts';
import { recordOf } from '../../server/sync/full-record.ts';
import { visibleDigests, visibleTotal } from '../../server/sync/visible.ts';
import { newId } from './client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  firstQaLead,
  grant,
  section,
  service,
  startServer,
  type TestServer,
} from './example.ts';
import { placeOf } from './test-database.ts';

const sums = suite<{ server: TestServer }>('sums');

sums.before.each(async (context) => {
  context.server = await startServer();
});
sums.after.each(({ server }) => server.stop());

const places = {
  services: [newId(), newId()],
  teams: [newId(), newId(), newId()],
  people: [newId(), newId(), newId()],
};
const aPerson = fc.constantFrom(null, ...places.people);
/** What a record becomes: an audit that is allocated to these, begun or not, locked by its moderator or not; or a team. */
const aState = fc.record({
  kind: fc.constantFrom<Kind>('audit', 'audit', 'audit', 'team'),
  service: fc.constantFrom(null, ...places.services),
  team: fc.constantFrom(null, ...places.teams),
  auditor: aPerson,
  moderator: aPerson,
  units: fc.subarray(['section:a', 'overall', 'voided', ...places.people.map((id) => `locked:${id}`)]),
});
/** Some records written together, twice over if it happens, kept or undone. */
const aWrite = fc.record({
  states: fc.array(fc.tuple(fc.nat(5), aState), { minLength: 1, maxLength: 6 }),
  keep: fc.boolean(),
});
const aStanding = fc.record({
  person: fc.constantFrom(...(places.people as PersonId[])),
  roles: fc.array(
    fc.record({
      role: fc.constantFrom<ActiveRole['role']>('auditor', 'team-lead', 'qa-lead'),
      services: fc
        .subarray(places.services)
        .map((ids) => new Set(ids as string[]) as unknown as ActiveRole['services']),
      teams: fc.subarray(places.teams).map((ids) => new Set(ids as string[]) as unknown as ActiveRole['teams']),
    }),
    { maxLength: 2 },
  ),
});

sums('equal a count of the records, for anybody, after any history', async ({ server }) => {
  const { database, authority } = server.plumbline.server;
  let version = 1_000;
  await fc.assert(
    fc.asyncProperty(
      fc.array(aWrite, { maxLength: 8 }),
      fc.array(aStanding, { minLength: 4, maxLength: 8 }),
      async (history, standings) => {
        const ids = Array.from({ length: 6 }, () => ({ audit: newId(), team: newId() }) as const);
        for (const { states, keep } of history) {
          await database.write((tx) =>
            savepoint(tx, async () => {
              const latest = new Map(states.map(([n, state]) => [`${state.kind}${n}`, { n, state }]));
              const changes = [...latest.values()].map(({ n, state }) => ({
                id: ids[n]?.[state.kind as 'audit' | 'team'] as RecordId,
                state,
              }));
              const before = await findRecords(
                tx,
                authority.id,
                changes.map(({ id }) => id),
              );
              await saveRecords(
                tx,
                authority.id,
                changes.map(({ id, state }) => ({
                  before: before.find((record) => record.id === id),
                  after: recordOf(id, (version += 1), 0, { kind: state.kind, units: unitsOf(state, version) }),
                })),
              );
              return { keep };
            }),
          );
        }
        for (const standing of standings) await database.read((tx) => assertSums(tx, server, standing));
      },
    ),
    { numRuns: 60 },
  );
});

function unitsOf(
  { units, kind, ...allocated }: typeof aState extends fc.Arbitrary<infer T> ? T : never,
  seq: number,
): Units {
  const version = (value: object) => {
    const op = opId('d'.repeat(32) as DeviceId, seq);
    return { op, value: value as never, author: newId() as PersonId, stamp: { ms: 0, count: 0 }, others: [] };
  };
  if (kind !== 'audit') return { profile: version({}) };
  return { allocation: version(allocated), ...Object.fromEntries(units.map((unit) => [unit, version({})])) };
}

async function assertSums(tx: Tx, { plumbline, clock }: TestServer, standing: Standing): Promise<void> {
  const asking = { authority: plumbline.server.authority, person: standing.person, nowMs: clock.ms };
  const records = await visibleDigests(tx, asking, standing);
  const digest = sumDigests(records.map((record) => record.digest));
  assert.equal(await visibleTotal(tx, asking, standing), { count: records.length, digest });
}

/** An authority with an audit that its auditor has begun, and that its moderator and a lead may see. */
async function begin(server: TestServer) {
  const quinn = await firstQaLead(server);
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const [audit, here] = [newId(), newId()];
  await quinn.write(service(here, 'Assessment'));
  const amira = await addPerson(quinn, 'Amira', grant('moderator', { services: [here] }));
  const given = { service: here, auditor: alex.session.person, moderator: amira.session.person };
  await quinn.write(caseOf(audit), allocation(audit, given));
  await alex.write(section(audit, 'good'));
  return { quinn, alex, amira };
}

const sumsQuery = 'select * from record_sum order by auditor, moderator, kind, service, team';
const blindQuery = 'select id, digest, blind from record order by id';

/** Makes the database what it was before there were sums. */
const takeAway = ({ plumbline }: TestServer): Promise<void> =>
  plumbline.server.database.write(async (tx) => {
    await tx.schema.dropTable('record_sum').execute();
    await tx.schema.dropIndex('record_heads').execute();
    await tx.schema.alterTable('record').dropColumn('blind').execute();
    await heads.up(tx as never);
    // And what came later.
    await tx.schema.dropIndex('op_of_case').execute();
    for (const index of ['missing_of_record', 'missing_by_told']) await tx.schema.dropIndex(index).execute();
    await sql`create table untold as select authority, device, seq, person, record, kind, unit, told_ms, made_ms from missing`.execute(
      tx,
    );
    await tx.schema.dropTable('missing').execute();
    await tx.schema.alterTable('untold').renameTo('missing').execute();
    for (const table of ['laptop', 'revocation', 'found', 'contradicted']) await tx.schema.dropTable(table).execute();
    await tx.schema.alterTable('session').dropColumn('device').execute();
    await tx.schema.alterTable('second_factor').dropColumn('confirmed_ms').execute();
    for (const column of ['session_hash', 'marks'])
      await tx.schema.alterTable('council_try').dropColumn(column).execute();
    await tx.schema.alterTable('notice').dropColumn('copy').execute();
    await tx.schema.alterTable('session').dropColumn('noticed_ms').execute();
    await tx.schema.alterTable('invitation').dropColumn('by_person').execute();
    for (const column of ['asked_ms', 'asked_version'])
      await tx.schema.alterTable('waiting').dropColumn(column).execute();
    await sql`delete from kysely_migration where name >= '012-sums'`.execute(tx);
  });

sums('are filled in a database from before', async ({ server }) => {
  const { quinn, alex, amira } = await begin(server);
  const [kept, blind] = [server.rows(sumsQuery), server.rows(blindQuery)];
  assert.ok(
    blind.some((row) => row['blind'] !== null && row['blind'] !== row['digest']),
    'a moderator is blind to one',
  );
  await takeAway(server);
  await (await openDatabase(await placeOf(server.dataDir))).close();
  assert.equal(server.rows(sumsQuery), kept);
  assert.equal(server.rows(blindQuery), blind);
  for (const laptop of [quinn, alex, amira]) assert.equal((await laptop.pull()).total, laptop.total());
});

sums(
  'are no reason to forget what was told to be missing: from before, it counts for everybody',
  async ({ server }) => {
    const authority = server.plumbline.server.authority.id;
    const columns = 'authority, device, seq, record, kind, unit, told_ms, told_by, firm';
    server.damage(
      `insert into missing (${columns}) values ('${authority}', 'd', 7, 'r', 'audit', 'allocation', 5, 'somebody', 0)`,
    );
    await takeAway(server);
    await (await openDatabase(await placeOf(server.dataDir))).close();
    const rows = server.rows('select device, seq, record, told_ms, told_by, firm from missing');
    assert.equal(rows, [{ device: 'd', seq: 7, record: 'r', told_ms: 5, told_by: '', firm: 1 }]);
  },
);

sums('are filled in one go: what fails half-way leaves the database as it was', async ({ server }) => {
  await begin(server);
  const kept = server.rows(sumsQuery);
  const [audit] = server.rows('select id, units from record where moderator is not null');
  const place = await placeOf(server.dataDir);
  await takeAway(server);
  server.damage(`update record set units = 'cut off' where id = '${String(audit?.['id'])}'`);
  await openDatabase(place).then(
    () => assert.unreachable('it was migrated'),
    (error: Error) => assert.match(error.message, 'could not be brought up to date'),
  );
  assert.throws(() => server.rows('select blind from record'));
  const units = String(audit?.['units']).replaceAll("'", "''");
  server.damage(`update record set units = '${units}' where id = '${String(audit?.['id'])}'`);
  await (await openDatabase(place)).close();
  assert.equal(server.rows(sumsQuery), kept);
});

sums('that are wrong are made again when a laptop notices', async ({ server }) => {
  const { quinn } = await begin(server);
  const { database } = server.plumbline.server;
  await database.write((tx) =>
    tx
      .updateTable('record_sum')
      .set({ digest: '1'.repeat(32), sent: '1'.repeat(32) })
      .execute(),
  );
  assert.is.not((await quinn.pull()).total?.digest, quinn.total().digest);
  await quinn.ask(paths.buckets);
  assert.equal((await quinn.pull()).total, quinn.total());
  assert.is(server.log.filter((line) => line.includes('sums-made-again')).length, 1);
  await quinn.ask(paths.buckets);
  assert.is(server.log.filter((line) => line.includes('sums-made-again')).length, 1, 'only when they are wrong');
});

sums.run();
