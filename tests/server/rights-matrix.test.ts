/**
 * Every role at every unit of an audit in every state, reading, writing and deciding: what the real server does, against an
 * oracle written from the words of the design and not from the table of rights (FAULTS S17).
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { retain } from '../../server/retention/retain.ts';
import { bucketOf } from '../../src/domain/digest.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import type { DecideReply } from '../../src/protocol/held.ts';
import { paths, type BucketReply, type OpenReply, type RecordsReply } from '../../src/protocol/sync.ts';
import { newId, type Edit, type Laptop } from './client.ts';
import { everybody, everyWho, idOf, outcomeOf, type Everybody, type Who } from './everybody.ts';
import { allocation, caseOf, correction, event, section, source, startServer, type TestServer } from './example.ts';

/** `on hold`: submitted, with a legal hold on. `imported`: it came in, submitted. `erased`: submitted, and its time has passed. */
const states = [
  'allocated',
  'started by its auditor',
  'in progress',
  'exempted',
  'submitted',
  'voided',
  'on hold',
  'imported',
  'erased',
] as const;
type State = (typeof states)[number];

interface Context extends Everybody {
  server: TestServer;
}
const test = suite<Context>('a matrix of rights to audits');
// One authority for all of it: each test makes audits of its own. What is erased comes last of the states, since it takes all that is closed.
test.before(async (context) => {
  context.server = await startServer();
  Object.assign(context, await everybody(context.server));
});
test.after(({ server }) => server.stop());

/**
 * An audit is graded by whom it was allocated to, until it is submitted; a QA lead corrects its case until then, and afterwards
 * with a reason, allocates, voids, and puts a hold on in any state. Whoever has begun one for themselves allocates it anew until they submit
 * it. What came in with an import, and what was erased, nobody writes afterwards; of an audit that was erased, nothing.
 */
function mayWrite(person: Who, unit: string, state: State): boolean {
  if (unit === 'imported' || unit === 'erased' || state === 'erased') return false;
  if (unit === 'hold' || unit.startsWith('correction:')) return person === 'the QA lead';
  if (state === 'voided') return false;
  const isSubmitted = state === 'submitted' || state === 'on hold' || state === 'imported';
  if (person === 'the QA lead') return unit === 'allocation' || unit === 'voided' || (unit === 'case' && !isSubmitted);
  if (person !== 'the auditor' || isSubmitted || unit === 'voided') return false;
  return unit !== 'allocation' || state === 'started by its auditor';
}

/** Whoever grades it, moderates it (without its grades until theirs are locked), leads its team or service, or is QA lead. */
function reads(person: Who, state: State): 'all' | 'no grades' | 'nothing' {
  if (person === 'the moderator') return state === 'started by its auditor' ? 'nothing' : 'no grades';
  const readers: readonly Who[] = ['the auditor', 'the team lead', 'the head of service', 'the QA lead'];
  return readers.includes(person) ? 'all' : 'nothing';
}

/** About somebody else's grading: whoever leads its team or service, and a QA lead. */
const decides = (person: Who): boolean =>
  person === 'the team lead' || person === 'the head of service' || person === 'the QA lead';

const edit = (audit: string, unit: string, value: object): Edit => ({ record: audit, kind: 'audit', unit, value });

const holdOn = (audit: string, by: string): Edit =>
  edit(audit, 'hold', { on: true, wholeCase: false, by, at: 0, why: 'made up' });

/** One unit each, but for a correction, which goes with what it corrects. */
function writings(
  { here, north, people }: Context,
  audit: string,
  by: string,
): readonly (readonly [Edit, ...Edit[]])[] {
  const place = { service: here, team: north, auditor: idOf(people['the auditor']) };
  const alone: readonly Edit[] = [
    caseOf(audit, 'B2'),
    allocation(audit, { ...place, due: '2030-01-01' }),
    section(audit, 'good'),
    edit(audit, 'checks:risk', { answers: {} }),
    edit(audit, 'overall', { suggested: null, chosen: 'good', rule: '', reason: '' }),
    edit(audit, 'voice:child', { obtained: true, words: 'made up', because: '' }),
    edit(audit, 'concern', { raised: false, told: '', toldAt: null, how: '' }),
    edit(audit, 'imported', { import: newId(), row: 'a'.repeat(64), line: 1, day: null }),
    holdOn(audit, by),
    edit(audit, 'erased', { by, at: 0, certificate: newId(), kept: 'a'.repeat(64) }),
    event(audit, 'submitted', by),
    event(audit, 'voided', by),
  ];
  return [...alone.map((each): [Edit] => [each]), [correction(audit, by), caseOf(audit, 'B3')]];
}

/** A new audit in a state. */
async function auditIn(context: Context, state: State): Promise<string> {
  const { people, here, north } = context;
  const id = newId();
  const [quinn, alex] = [people['the QA lead'], people['the auditor']];
  const place = { service: here, team: north, auditor: idOf(alex) };
  const whole = { ...place, moderator: idOf(people['the moderator']) };
  const graded = section(id, 'inadequate', 'secret words');
  const submitted = event(id, 'submitted', idOf(alex));
  const write = async (by: Laptop, ...edits: readonly Edit[]) => assert.is(await outcomeOf(by, ...edits), 'accepted');
  if (state === 'started by its auditor') {
    await write(alex, caseOf(id), allocation(id, place), graded);
    return id;
  }
  if (state === 'imported') {
    const file = newId();
    await write(quinn, source(file, idOf(quinn)));
    const cameIn = edit(id, 'imported', { import: file, row: 'b'.repeat(64), line: 2, day: null });
    await write(quinn, caseOf(id), allocation(id, whole), cameIn, graded, event(id, 'submitted', idOf(quinn)));
    return id;
  }
  const exempt = { exempt: true, exemptionApprover: idOf(quinn), exemptionReason: 'made up' };
  await write(quinn, caseOf(id), allocation(id, { ...whole, ...(state === 'exempted' ? exempt : {}) }));
  if (state === 'allocated') return id;
  const isOpen = state === 'in progress' || state === 'exempted' || state === 'voided';
  await write(alex, graded, ...(isOpen ? [] : [submitted]));
  if (state === 'voided') await write(quinn, event(id, 'voided', idOf(quinn)));
  if (state === 'on hold') await write(quinn, holdOn(id, idOf(quinn)));
  if (state === 'erased') await eraseAll(context);
  return id;
}

/** The server’s work of a day long after this one. */
async function eraseAll({ server, people }: Context): Promise<void> {
  const value = { months: 1, cycles: [], laptopDays: null };
  await people['the QA lead'].write({ record: settingsId, kind: 'settings', unit: 'retention', value });
  const later = server.clock.ms + 90 * 24 * 60 * 60 * 1000;
  await retain({ ...server.plumbline.server, now: () => later });
  assert.match(server.log.at(-1) ?? '', '"event":"erased"');
}

for (const state of states) {
  test(`of an audit that is ${state} the server takes what the design says, and holds the rest`, async (context) => {
    const { people, server } = context;
    const before = server.log.length;
    const wrong: string[] = [];
    let refused = 0;
    for (let at = 0; at < writings(context, '', '').length; at += 1) {
      // What is refused changes nothing, so they may all try at one.
      const shared = await auditIn(context, state);
      for (const person of everyWho) {
        const of = (audit: string) => writings(context, audit, idOf(people[person]))[at] as readonly [Edit, ...Edit[]];
        const [{ unit }] = of(shared);
        const isRight = mayWrite(person, unit, state);
        const outcome = await outcomeOf(people[person], ...of(isRight ? await auditIn(context, state) : shared));
        if (outcome !== (isRight ? 'accepted' : 'held')) wrong.push(`${person} ${unit}: ${outcome}`);
        if (!isRight) refused += of(shared).length;
      }
    }
    assert.equal(wrong, []);
    assert.is(
      server.log.slice(before).filter((line) => line.includes('"op-held"')).length,
      refused,
      'each refusal is in the log',
    );
  });

  test(`an audit that is ${state} is sent to whom the design says, by every way there is`, async (context) => {
    const audit = await auditIn(context, state);
    for (const person of everyWho) {
      const sent = await waysTo(context.people[person], audit);
      const readsIt = reads(person, state);
      const graded = state !== 'allocated' && readsIt === 'all';
      for (const [way, units] of Object.entries(sent)) {
        assert.is(units !== null, readsIt !== 'nothing', `${person} ${way}`);
        if (way !== 'bucket' && units !== null) assert.is(units.includes('section:risk'), graded, `${person} ${way}`);
      }
    }
  });
}

/** By each way to a record: the units that came, or null. A bucket tells ids alone. */
async function waysTo(laptop: Laptop, id: string): Promise<Readonly<Record<string, readonly string[] | null>>> {
  laptop.cursor = null;
  laptop.records.clear();
  await laptop.pull();
  const opened = await laptop.ask<OpenReply>(paths.open, { record: id });
  const bucket = await laptop.ask<BucketReply>(paths.bucket, { buckets: [bucketOf(id as never)] });
  const records = await laptop.ask<RecordsReply>(paths.records, { records: [id] });
  const unitsOf = (record: { readonly units: object } | null | undefined) => record && Object.keys(record.units);
  return {
    pull: unitsOf(laptop.records.get(id)) ?? null,
    open: unitsOf(opened.body.record) ?? null,
    bucket: bucket.body.records.some((each) => each.id === id) ? [] : null,
    records: unitsOf(records.body.records[0]) ?? null,
  };
}

test('whoever may decide about another’s change does, and to everybody else there is none', async (context) => {
  const { people } = context;
  const audit = await auditIn(context, 'in progress');
  const blake = people['another auditor'];
  const alex = people['the auditor'];
  const changes: readonly (readonly [Laptop, Edit, (person: Who) => boolean])[] = [
    [blake, section(audit, 'good'), decides],
    [alex, event(audit, 'voided', idOf(alex)), (person) => person === 'the QA lead'],
    [alex, { ...caseOf(newId()), kind: 'person' }, (person) => person === 'the QA lead'],
  ];
  for (const [author, change, isRight] of changes) {
    const [op] = author.seal([change]);
    if (op === undefined) throw new Error('nothing was sealed');
    assert.is((await author.push([op])).body.results[0]?.outcome, 'held');
    const asked = { groups: [{ device: op.device, group: op.group }], what: 'returned', why: 'made up' };
    for (const person of everyWho) {
      const { body } = await people[person].ask<DecideReply>(paths.decide, asked);
      const expected = isRight(person) && people[person] !== author ? 'decided' : 'not-found';
      assert.is(body.results[0]?.outcome, expected, `${person} ${change.unit}`);
    }
  }
});

test('an audit is begun for oneself by an auditor alone, and for others by a QA lead', async ({
  people,
  here,
  north,
}) => {
  for (const person of everyWho) {
    const own = idOf(people[person]);
    for (const auditor of [own, idOf(people['the auditor'])]) {
      const audit = newId();
      const isRight =
        person === 'the QA lead' || ((person === 'the auditor' || person === 'another auditor') && auditor === own);
      const begun = [caseOf(audit), allocation(audit, { service: here, team: north, auditor })];
      assert.is(await outcomeOf(people[person], ...begun), isRight ? 'accepted' : 'held', person);
    }
  }
});

test('a moderator is somebody who has that role there today and did not grade it', async ({
  people,
  here,
  north,
  there,
}) => {
  const quinn = people['the QA lead'];
  const alex = idOf(people['the auditor']);
  const mayBe = (person: Who, where: string): boolean =>
    where === here ? person === 'the moderator' || person === 'another moderator' : false;
  for (const person of everyWho) {
    for (const where of [here, there]) {
      const audit = newId();
      const place = where === here ? { service: here, team: north } : { service: there, team: newId() };
      const given = { ...place, auditor: alex, moderator: idOf(people[person]) };
      const outcome = await outcomeOf(quinn, caseOf(audit), allocation(audit, given));
      assert.is(outcome, mayBe(person, where) ? 'accepted' : 'held', person);
    }
  }
  const audit = newId();
  const morgan = idOf(people['the moderator']);
  const moderated = { service: here, team: north, moderator: morgan };
  assert.is(await outcomeOf(quinn, caseOf(audit), allocation(audit, { ...moderated, auditor: morgan })), 'held');
  assert.is(await outcomeOf(quinn, caseOf(audit), allocation(audit, { ...moderated, auditor: alex })), 'accepted');
  assert.is(await outcomeOf(quinn, allocation(audit, { ...moderated, auditor: morgan })), 'held', 'nor become one');
});

test.run();
