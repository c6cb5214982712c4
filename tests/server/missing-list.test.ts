/** What a restore did not bring back, as a QA lead is told it (FAULTS 34): on whichever database the run is on. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { noteRestored } from '../../server/db/restored.ts';
import { nothingMissing, type MissingList } from '../../src/protocol/missing.ts';
import { paths } from '../../src/protocol/sync.ts';
import { newId, type Laptop } from './client.ts';
import { addPerson, allocation, caseOf, firstQaLead, grant, section, service, startServer, team } from './example.ts';
import type { TestServer } from './example.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
  audit: string;
}

const test = suite<Context>('what a restore did not bring back');

test.before.each(async (context) => {
  const server = await startServer();
  const quinn = await firstQaLead(server);
  const place = { service: newId(), team: newId() };
  await quinn.write(service(place.service, 'Assessment'), team(place.team, 'Team 1', place.service));
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const audit = newId();
  await quinn.write(caseOf(audit), allocation(audit, { ...place, auditor: alex.session.person }));
  Object.assign(context, { server, quinn, alex, audit });
});
test.after.each(({ server }) => server.stop());

/** A QA lead’s own laptop says that the server has acknowledged a seq of it, and lost it. */
const notice = ({ quinn }: Context) =>
  quinn.ask(paths.known, { cursor: null, acknowledged: quinn.seq + 1, devices: [quinn.device] });

const lost = newId();
const madeMs = Date.parse('2026-05-03T16:00:00Z');

/** What another laptop has seen of Alex's: two parts of an audit that is here, one of an audit that is not. */
async function tellMissing({ quinn, alex, audit }: Context): Promise<void> {
  const author = alex.session.person;
  const of = (seq: number, record: string, unit: string, more: object = {}) => {
    return { op: `${alex.device}:${seq}`, record, kind: 'audit', unit, author, ...more };
  };
  const missing = [
    of(8, audit, 'section:plan', { madeMs }),
    of(9, audit, 'section:risk', { madeMs: madeMs + 1000 }),
    of(10, lost, 'case'),
  ];
  assert.is((await quinn.ask(paths.missing, { missing })).problem, undefined);
}

const listed = async (laptop: Laptop, limit = 500): Promise<MissingList> =>
  (await laptop.ask<MissingList>(paths.missingList, { limit })).body;

test('nothing is listed before a restore was noticed, and nothing is told to anybody but a QA lead', async (context) => {
  const { quinn, alex } = context;
  assert.equal(await listed(quinn), nothingMissing);
  await notice(context);
  await tellMissing(context);
  assert.is((await listed(quinn)).changes, 3);
  assert.equal(await listed(alex), nothingMissing);
});

test('names whose laptop, which record and parts, and when the newest was made', async (context) => {
  const { server, quinn, alex, audit } = context;
  await notice(context);
  await tellMissing(context);
  const { noticedMs, changes, waiting, groups } = await listed(quinn);
  assert.equal([noticedMs, changes, waiting], [server.clock.ms, 3, 0]);
  const of = { device: alex.device, person: alex.session.person, kind: 'audit', again: false };
  const byRecord = new Map(groups.map((group) => [group.record, group]));
  assert.equal(byRecord.get(audit as never), {
    ...of,
    record: audit,
    units: ['section:plan', 'section:risk'],
    changes: 2,
    madeMs: madeMs + 1000,
  });
  assert.equal(byRecord.get(lost as never), { ...of, record: lost, units: ['case'], changes: 1, madeMs: null });
  assert.equal(await listed(quinn, 0), { noticedMs, changes, waiting, groups: [] });
});

test('a place in a chain that nobody has seen is listed with whose laptop it was', async (context) => {
  const { server, quinn, alex } = context;
  const { database } = server.plumbline.server;
  await alex.write(section(context.audit, 'good', '', 'plan'));
  await database.write((tx) => noteRestored(tx, alex.session.authority, server.clock.ms));
  await alex.ask(paths.known, { cursor: null, acknowledged: alex.seq + 2, devices: [alex.device] });
  await alex.ask(paths.offer, { boxes: [], reached: { seq: alex.seq + 2, head: alex.head } });
  const { changes, groups } = await listed(quinn);
  assert.is(changes, 2);
  const unseen = { record: null, kind: null, units: [], changes: 2, madeMs: null, again: false };
  assert.equal(groups, [{ device: alex.device, person: alex.session.person, ...unseen }]);
});

test('what is written again counts no more and is listed last; what comes back is not listed', async (context) => {
  const { server, quinn, alex, audit } = context;
  await notice(context);
  await tellMissing(context);
  server.clock.ms += 60_000;
  const { body } = await alex.write(section(audit, 'good', 'again', 'plan'));
  assert.equal(
    body.results.map(({ outcome }) => outcome),
    ['accepted'],
  );
  const { changes, groups } = await listed(quinn);
  assert.is(changes, 2);
  assert.equal(
    groups.map(({ units, again }) => [units, again]),
    [
      [['section:risk'], false],
      [['case'], false],
      [['section:plan'], true],
    ],
  );
});

test('asks for no more than it takes', async ({ quinn }) => {
  assert.is((await quinn.ask(paths.missingList, { limit: 501 })).problem?.kind, 'bad-request');
});

test.run();
