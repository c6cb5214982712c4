/** What is wrong in a closed audit is put right by a QA lead, with a reason and its history; nothing else of it changes (S31). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditRow } from '../../src/domain/audit-row.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { DiscloseReply, SearchReply } from '../../src/protocol/subject-access.ts';
import { paths } from '../../src/protocol/sync.ts';
import { newId, type Edit, type Laptop } from './client.ts';
import { everybody, everyWho, idOf, type Everybody } from './everybody.ts';
import { addPerson, caseOf, correction, event, grant, section, startServer, type TestServer } from './example.ts';
import { assertSound } from './sound.ts';

interface Context extends Everybody {
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
  /** Submitted under the reference WRONG, and graded inadequate. */
  closed: string;
}
const test = suite<Context>('the correction of a closed audit');
test.before.each(async (context) => {
  context.server = await startServer();
  Object.assign(context, await everybody(context.server));
  const [quinn, alex] = [context.people['the QA lead'], context.people['the auditor']];
  Object.assign(context, { quinn, alex, closed: newId() });
  await taken(quinn, ...context.audit(context.closed));
  await taken(quinn, await standing(quinn, caseOf(context.closed, 'WRONG')));
  await taken(alex, section(context.closed, 'inadequate', 'words'), event(context.closed, 'submitted', idOf(alex)));
});
test.after.each(async ({ server }) => {
  await assertSound(server);
  await server.stop();
});

const overall = { suggested: null, chosen: 'good', rule: '', reason: 'made up' };

const outcomes = async (laptop: Laptop, edits: readonly Edit[]): Promise<readonly string[]> => {
  const { body, problem } = await laptop.write(...edits);
  return problem === undefined ? body.results.map(({ outcome }) => outcome) : [problem.kind];
};

async function taken(laptop: Laptop, ...edits: readonly Edit[]): Promise<void> {
  assert.ok((await outcomes(laptop, edits)).every((outcome) => outcome === 'accepted'));
}

async function refused(what: string, laptop: Laptop, ...edits: readonly Edit[]): Promise<void> {
  assert.ok(
    (await outcomes(laptop, edits)).every((outcome) => outcome === 'held'),
    what,
  );
}

/** The same edit, standing on what the server has. */
async function standing(laptop: Laptop, edit: Edit): Promise<Edit> {
  return { ...edit, base: (await unitsOf(laptop, edit.record))[edit.unit]?.op ?? null };
}

async function unitsOf(laptop: Laptop, id: string) {
  await laptop.pull();
  return laptop.records.get(id)?.units ?? {};
}

const valuesOf = async (laptop: Laptop, id: string) =>
  Object.fromEntries(Object.entries(await unitsOf(laptop, id)).map(([unit, { value }]) => [unit, value]));

test('the new reference shows to everybody who reads it with who, when and why, and no figure changes', async (context) => {
  const { quinn, alex, closed, people } = context;
  const rowOf = async () => auditRow(closed as RecordId, await valuesOf(quinn, closed), () => [], 5);
  const before = await rowOf();
  const said = correction(closed, idOf(quinn));
  await taken(quinn, said, await standing(quinn, caseOf(closed, 'RIGHT')));
  for (const reader of [quinn, alex, people['the team lead'], people['the head of service']]) {
    const units = await unitsOf(reader, closed);
    assert.is(units['case']?.value['reference'], 'RIGHT');
    assert.equal(units['case']?.others, []);
    assert.equal(units[said.unit]?.value, said.value);
  }
  assert.equal(await rowOf(), before);
  // One correction does not open it: the next one says why again, also once it is voided.
  await refused('the case alone', quinn, await standing(quinn, caseOf(closed, 'AGAIN')));
  await taken(quinn, correction(closed, idOf(quinn)), await standing(quinn, caseOf(closed, 'AGAIN')));
  await taken(quinn, event(closed, 'voided', idOf(quinn)));
  await taken(quinn, correction(closed, idOf(quinn)), await standing(quinn, caseOf(closed, 'AT LAST')));
  assert.is(Object.keys(await unitsOf(quinn, closed)).filter((unit) => unit.startsWith('correction:')).length, 3);
});

test('whatever a hand-made laptop leaves out or adds is refused whole', async (context) => {
  const { quinn, alex, closed } = context;
  const me = idOf(quinn);
  const written = correction(closed, me);
  await taken(quinn, written, await standing(quinn, caseOf(closed, 'RIGHT')));
  const before = await unitsOf(quinn, closed);
  const wrong = caseOf(closed, 'TAKEN OVER');
  const graded = section(closed, 'good', 'better');
  const other = newId();
  await taken(quinn, ...context.audit(other));
  const attempts: Readonly<Record<string, readonly Edit[]>> = {
    'no correction': [wrong],
    'no reason': [correction(closed, me, { reason: '' }), wrong],
    'a blank reason': [correction(closed, me, { reason: ' \n ' }), wrong],
    'a reason that is missing': [{ ...correction(closed, me), value: { unit: 'case', by: me, at: 1 } }, wrong],
    'no case': [correction(closed, me)],
    'in another’s name': [correction(closed, idOf(alex)), wrong],
    'of a grade': [correction(closed, me, { unit: 'section:risk' }), graded],
    'a grade with it': [correction(closed, me), wrong, graded],
    'a grade before it': [graded, correction(closed, me), wrong],
    'rationale with it': [correction(closed, me), wrong, { ...graded, unit: 'overall', value: overall }],
    'a submission with it': [correction(closed, me), wrong, event(closed, 'submitted', me)],
    'written again': [{ ...written, value: { ...written.value, reason: 'another reason' } }, wrong],
    'twice in one': [written, { ...correction(closed, me), unit: 'correction:a' }, wrong],
    'of another audit': [correction(other, me), wrong],
    'of an audit that is not there': [correction(newId(), me), wrong],
    'no audit’s': [correction(newId(), me), caseOf(newId())],
  };
  for (const [what, edits] of Object.entries(attempts)) await refused(what, quinn, ...edits);
  assert.equal(await unitsOf(quinn, closed), before);
});

test('nobody but a QA lead corrects one, and the auditor cannot by the right to write the case', async (context) => {
  const { people, quinn, closed } = context;
  const before = await unitsOf(quinn, closed);
  for (const who of everyWho.filter((each) => each !== 'the QA lead')) {
    const laptop = people[who];
    await refused(who, laptop, correction(closed, idOf(laptop)), caseOf(closed, 'MINE'));
    await refused(who, laptop, correction(closed, idOf(quinn)), caseOf(closed, 'MINE'));
  }
  assert.equal(await unitsOf(quinn, closed), before);
});

test('two QA leads who correct it unseen by each other leave both versions, and the next correction settles them', async (context) => {
  const { quinn, closed, server } = context;
  const base = (await unitsOf(quinn, closed))['case']?.op ?? null;
  for (const reference of ['ONE', 'TWO']) {
    const lead = reference === 'ONE' ? quinn : await secondLead(context);
    await taken(lead, correction(closed, idOf(lead)), { ...caseOf(closed, reference), base });
    server.clock.ms += 1000;
  }
  const both = (await unitsOf(quinn, closed))['case'];
  assert.is(both?.others.length, 1);
  const settles = both?.others.map(({ op }) => op) ?? [];
  await taken(quinn, correction(closed, idOf(quinn)), { ...caseOf(closed, 'TWO'), base: both?.op ?? null, settles });
  assert.equal((await unitsOf(quinn, closed))['case']?.others, []);
});

const secondLead = ({ quinn }: Context): Promise<Laptop> => addPerson(quinn, 'Quentin', grant('qa-lead'));

test('subject access finds it by what it was and is called, and tells the correction with what stood there before', async (context) => {
  const { quinn, closed } = context;
  const said = correction(closed, idOf(quinn));
  await taken(quinn, said, await standing(quinn, caseOf(closed, 'RIGHT')));
  for (const [reference, place] of [
    ['wrong', 'former'],
    ['right', 'current'],
  ] as const) {
    const found = (await quinn.ask<SearchReply>(paths.search, { reference })).body;
    assert.equal(
      found.found.map((each) => [each.record, each.in, each.reference]),
      [[closed, [place], 'RIGHT']],
    );
    const asked = { search: found.search, record: closed, from: 0 };
    const { units, history } = (await quinn.ask<DiscloseReply>(paths.disclose, asked)).body;
    assert.equal((units?.[said.unit] as { value: object } | undefined)?.value, said.value);
    const cases = history.filter(({ unit }) => unit === 'case' || unit === said.unit);
    assert.equal(
      cases.map(({ value }) => value['reference'] ?? value['reason']),
      ['A1', 'WRONG', 'another case was meant', 'RIGHT'],
    );
  }
});

test.run();
