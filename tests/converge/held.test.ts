/** Held changes between real laptops, their lead and the real server: nothing is lost, and everybody follows a decision. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { localTotal } from '../../src/store/totals.ts';
import { discard, sendAgain } from '../../src/store/held.ts';
import { recordEdits, recordOrKeep, type Edit } from '../../src/store/record.ts';
import { readQuarantine, readRecord, readSaveCounts } from '../../src/store/view.ts';
import { openTracker } from '../../workers/summary/tracker.ts';
import { newId, type Edit as HandEdit, type Laptop as HandLaptop } from '../server/client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  event,
  firstQaLead,
  grant,
  section,
  service,
  startServer,
  team,
  type TestServer,
} from '../server/example.ts';
import { realLaptop, type RealLaptop } from './real-laptop.ts';

interface Context {
  server: TestServer;
  quinn: HandLaptop;
  alex: RealLaptop;
  lee: RealLaptop;
  terry: RealLaptop;
  serviceId: string;
  teamId: string;
  audit: RecordId;
}

const test = suite<Context>('held changes between laptops');

test.before.each(async (context) => {
  const server = await startServer();
  const quinn = await firstQaLead(server);
  const [serviceId, teamId, audit] = [newId(), newId(), newId() as RecordId];
  await quinn.write(service(serviceId, 'Assessment'), team(teamId, 'Team 1', serviceId));
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const lee = await addPerson(quinn, 'Lee', grant('team-lead', { services: [serviceId] }));
  const terry = await addPerson(quinn, 'Terry', grant('team-lead', { teams: [teamId] }), grant('auditor'));
  const given = { auditor: alex.session.person, service: serviceId, team: teamId };
  await quinn.write(caseOf(audit), allocation(audit, given));
  // What the people above were made with is stamped by this machine's clock, capped: let the server's pass it.
  server.clock.ms += 600_000;
  const clock = () => ({ ms: server.clock.ms });
  Object.assign(context, {
    ...{ server, quinn, serviceId, teamId, audit },
    alex: await realLaptop(alex.browser, alex.session, clock()),
    lee: await realLaptop(lee.browser, lee.session, clock()),
    terry: await realLaptop(terry.browser, terry.session, clock()),
  });
});
test.after.each(({ server }) => server.stop());

async function act({ store, clock }: RealLaptop, ...edits: HandEdit[]): Promise<void> {
  clock.ms += 1_000;
  const given = edits.map((edit) => ({ base: null, ...edit, value: edit.value as JsonObject }) as Edit);
  const saved = await recordEdits(store, given, 'act');
  if (!saved.ok) throw new Error(JSON.stringify(saved.problem));
}

async function proves(...laptops: RealLaptop[]): Promise<void> {
  for (const laptop of laptops) {
    const end = await laptop.cycle();
    assert.is(end.problem, null, JSON.stringify(end.problem));
    assert.type(end.provedEqualMs, 'number');
  }
}

async function allocate({ quinn, audit, serviceId, teamId }: Context, auditor: string | null): Promise<void> {
  await quinn.pull();
  const base = quinn.records.get(audit)?.units['allocation']?.op ?? null;
  await quinn.write({ ...allocation(audit, { auditor, service: serviceId, team: teamId }), base });
}

/** What the lead's percentages are counted from: the grades of the section in every audit that they have. */
async function graded({ port }: RealLaptop): Promise<unknown[]> {
  const timers = { after: () => () => undefined };
  const tracker = openTracker({ port, timers, sectionsOf: () => [], pageSize: 500 });
  const rows = await tracker.rows();
  tracker.close();
  return rows.map(({ sections, state }) => [sections['risk'] ?? null, state]);
}

const held = async ({ store }: RealLaptop) => (await readQuarantine(store)).map(({ row }) => row);

/** Alex grades and submits while away, and meanwhile the audit is taken from them. */
async function heldWork(context: Context): Promise<void> {
  const { alex, lee, terry, audit } = context;
  await proves(alex, lee, terry);
  await act(alex, section(audit, 'inadequate', 'while away'));
  await act(alex, event(audit, 'submitted', alex.person));
  await allocate(context, null);
  await proves(alex, lee, terry);
}

test('work of an auditor unassigned while away is held with its content, its rows are gone, and nothing is counted of it', async (context) => {
  await heldWork(context);
  const { alex, lee, audit } = context;
  assert.equal(await graded(lee), [[null, 'allocated']]);
  assert.not.ok(alex.port.dump().confirmed.some(({ id }) => id === audit));
  const { waiting, groups } = await lee.heldList();
  assert.is(waiting, 2);
  assert.equal(
    groups.flatMap(({ ops }) => ops.map(({ unit, code }) => [unit, code])),
    [
      ['section:risk', 'not-allowed'],
      ['submitted', 'not-allowed'],
    ],
  );
  assert.equal(
    (await readQuarantine(alex.store)).map(({ value }) => value['evidence']),
    ['while away', undefined],
  );
});

test('accepted on behalf it counts at every lead, and the author’s laptop is clean and proved equal', async (context) => {
  await heldWork(context);
  const { alex, lee, terry, server, audit } = context;
  const { groups } = await lee.heldList();
  server.clock.ms += 60_000;
  const results = await lee.decide({ groups, what: 'accepted', why: 'Done before the audit moved' });
  assert.equal(
    results.map(({ outcome }) => outcome),
    ['decided', 'decided'],
  );
  await proves(alex, lee, terry);
  assert.equal(await graded(lee), [['inadequate', 'final']]);
  assert.equal(await graded(terry), [['inadequate', 'final']]);
  assert.equal(await held(alex), []);
  assert.equal(await localTotal(lee.store), await localTotal(terry.store));
  const unit = (await readRecord(lee.store, audit))?.units['section:risk'];
  assert.is(unit?.confirmed?.author, alex.person);
});

test('sent back with a note, the author reads it, and what they send again is accepted once they may', async (context) => {
  await heldWork(context);
  const { alex, lee, audit } = context;
  const { groups } = await lee.heldList();
  await lee.decide({ groups: groups.slice(0, 1), what: 'returned', why: 'I give it back to you' });
  await allocate(context, alex.person);
  await proves(alex);
  const [first] = await readQuarantine(alex.store);
  assert.equal([first?.note, first?.row.returned?.by], ['I give it back to you', lee.person]);
  for (const row of await held(alex)) await sendAgain(alex.store, [row]);
  await proves(alex, lee);
  assert.equal(await held(alex), []);
  assert.equal(await graded(lee), [['inadequate', 'final']]);
  assert.is((await readRecord(lee.store, audit))?.units['section:risk']?.value['evidence'], 'while away');
  const after = await lee.heldList();
  assert.is(after.waiting, 0);
  assert.equal(
    after.groups.map(({ decisions }) => decisions.at(-1)?.what),
    ['resent', 'resent'],
  );
});

test('discarded offline it reaches the lead with its reason at the next contact', async (context) => {
  await heldWork(context);
  const { alex, lee } = context;
  for (const row of await held(alex)) await discard(alex.store, [row], 'Blake has graded it');
  assert.is((await lee.heldList()).waiting, 2, 'nothing has been told yet');
  await proves(alex);
  const { waiting, groups } = await lee.heldList();
  assert.is(waiting, 0);
  assert.equal(
    groups.map(({ decisions }) => [decisions[0]?.what, decisions[0]?.by, decisions[0]?.why]),
    [
      ['discarded', alex.person, 'Blake has graded it'],
      ['discarded', alex.person, 'Blake has graded it'],
    ],
  );
  assert.is(
    groups.flatMap(({ ops }) => ops)[0]?.value['evidence'] ?? groups[1]?.ops[0]?.value['evidence'],
    'while away',
  );
  assert.equal((await readSaveCounts(alex.store)).unsent, 0);
});

test('written after the audit had closed here, it never reached the server: discarding it tells the lead what it was', async (context) => {
  const { alex, lee, audit } = context;
  await proves(alex);
  await act(alex, event(audit, 'submitted', alex.person));
  await proves(alex);
  const late = section(audit, 'good', 'a last thought');
  await recordOrKeep(alex.store, { ...late, base: null, value: late.value as JsonObject, record: audit }, 'typing');
  await discard(alex.store, await held(alex), 'Said it elsewhere');
  await proves(alex);
  const { groups } = await lee.heldList();
  assert.equal(
    groups.map(({ ops, decisions }) => [ops[0]?.value['evidence'], decisions[0]?.why]),
    [['a last thought', 'Said it elsewhere']],
  );
});

test('sent again while a lead accepts it: both say the same, and nobody is left with anything to do', async (context) => {
  await heldWork(context);
  const { alex, lee, terry } = context;
  const { groups } = await lee.heldList();
  await allocate(context, alex.person);
  for (const row of await held(alex)) await sendAgain(alex.store, [row]);
  await lee.decide({ groups, what: 'accepted', why: 'It counts' });
  await alex.cycle();
  const left = await held(alex);
  // A submission is written once: the one sent again comes too late, says so, and can be let go.
  assert.equal(
    left.map(({ unit, code }) => [unit, code]),
    [
      ['section:risk', 'closed'],
      ['submitted', 'closed'],
    ],
  );
  for (const row of left) await discard(alex.store, [row], 'Accepted already');
  await proves(alex, lee, terry);
  assert.equal(await held(alex), []);
  assert.equal(await graded(lee), [['inadequate', 'final']]);
});

test('of five hundred changes one is poison: 499 arrive in one sync, and it waits here and at the lead until it is let go', async (context) => {
  const { alex, lee, audit } = context;
  await proves(alex, lee);
  for (let i = 0; i < 500; i += 1) {
    await act(alex, section(audit, 'good', `text ${i}`, `s${i % 40}`));
  }
  await alex.port.write(['pending'], 'strict', async (tx) => {
    const rows = await tx.all('pending');
    const poison = rows[250];
    if (poison) await tx.put('pending', { ...poison, plain: { ...poison.plain, grade: 'NOT A GRADE' } });
  });
  await proves(alex, lee);
  const counts = await readSaveCounts(alex.store);
  assert.equal([counts.unsent, counts.sent, counts.quarantined], [0, 0, 1]);
  const [poison] = await held(alex);
  assert.is(poison?.code, 'invalid');
  assert.is((await lee.heldList()).waiting, 1);
  assert.is((await readRecord(lee.store, audit))?.units['section:s19']?.value['evidence'], 'text 499');
  await discard(alex.store, await held(alex), 'A broken grade');
  await proves(alex);
  assert.is((await lee.heldList()).waiting, 0);
});

test.run();
