import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditRow, londonMonth, type PlainUnits } from '../../src/domain/audit-row.ts';
import type { JsonObject } from '../../src/domain/canonical.ts';
import { anyJson, record } from './any.ts';

const test = suite('the row of an audit');

const id = record(1);
const noSections = (): readonly string[] => [];
const allocation = {
  tool: 'early-help@1.0.0',
  service: 'service-1',
  team: 'team-1',
  auditor: 'person-1',
  moderator: null,
  due: '2026-03-31',
  selection: 'random',
  cycle: null,
  extendedTo: null,
  exempt: false,
};
const at = Date.UTC(2026, 1, 10, 12);
const full: PlainUnits = {
  case: {},
  allocation,
  'section:a': { grade: 'good', notApplicable: false },
  'section:b': { grade: null, notApplicable: true },
  'section:c': { grade: null, notApplicable: false },
  'checks:a': { answers: { seen: 'yes' } },
  overall: { suggested: 'good', chosen: 'inadequate', rule: 'median' },
  submitted: { by: 'person-1', at },
};

test('is read from the plain columns', () => {
  assert.equal(auditRow(id, full, noSections), {
    id,
    service: 'service-1',
    team: 'team-1',
    auditor: 'person-1',
    tool: 'early-help@1.0.0',
    selection: 'random',
    month: '2026-02',
    state: 'final',
    exempt: false,
    import: null,
    overall: 'inadequate',
    sections: { a: 'good', b: 'na', c: null },
  });
});

test('names the import it came in with', () => {
  const units = { ...full, imported: { import: 'import-1', line: 7, day: '2026-03-01' } };
  assert.is(auditRow(id, units, noSections).import, 'import-1');
});

test('counts an imported audit in the month of the day its file gives, and in none where it gives none', () => {
  const cameIn = { import: 'import-1', line: 7 };
  const of = (imported: object) => auditRow(id, { ...full, imported: { ...cameIn, ...imported } }, noSections).month;
  assert.is(of({ day: '2019-11-30' }), '2019-11');
  assert.is(of({ day: null }), null);
});

test('has every section of its tool, also those nobody has begun', () => {
  const row = auditRow(id, full, (tool) => (tool === 'early-help@1.0.0' ? ['c', 'a', 'z', 'b'] : []));
  assert.equal(row.sections, { c: null, a: 'good', z: null, b: 'na' });
});

test('leaves out a section of another tool: it was graded before the allocation was given this one', () => {
  const units = { ...full, 'section:from-another-tool': { grade: 'good', notApplicable: false } };
  assert.equal(auditRow(id, units, () => ['a', 'b', 'c']).sections, { a: 'good', b: 'na', c: null });
});

test('counts as not applicable what is marked so, whatever grade lies beneath', () => {
  const row = auditRow(id, { ...full, 'section:a': { grade: 'good', notApplicable: true } }, noSections);
  assert.is(row.sections['a'], 'na');
});

const months: [name: string, units: PlainUnits, month: string | null][] = [
  ['the month it is due in before it is submitted', { allocation }, '2026-03'],
  ['the month it is extended to', { allocation: { ...allocation, extendedTo: '2026-04-15' } }, '2026-04'],
  ['none without a due date', { allocation: { ...allocation, due: null } }, null],
  ['none without an allocation', {}, null],
  ['none for a due date that is not a day', { allocation: { ...allocation, due: '2026-13-01' } }, null],
  ['the month it was submitted in, whenever it was due', { allocation, submitted: { at } }, '2026-02'],
  ['none when the time of submission cannot be read', { allocation, submitted: { at: 'soon' } }, null],
];
for (const [name, units, month] of months) {
  test(`has as month ${name}`, () => assert.is(auditRow(id, units, noSections).month, month));
}

const year = 365 * 86_400_000;
const clocks: [name: string, units: PlainUnits, orderedMs: number | null, month: string | null][] = [
  ['sent when it was submitted', { submitted: { at } }, at, '2026-02'],
  ['submitted offline and received months later', { submitted: { at } }, at, '2026-02'],
  ['stamped later, by a clock that was set right since', { submitted: { at } }, at + year, '2026-02'],
  ['submitted by a clock a year ahead', { submitted: { at: at + year } }, at, '2026-02'],
  ['submitted by a clock an hour ahead', { submitted: { at: at + 3_600_000 } }, at, '2026-02'],
  ['not ordered by anybody', { submitted: { at: at + year } }, null, '2027-02'],
  [
    'brought in from a file',
    { submitted: { at: at + year }, imported: { import: 'i', line: 2, day: '2027-02-03' } },
    at,
    '2027-02',
  ],
  ['submitted at a time that cannot be read', { submitted: { at: 'soon' } }, at, null],
];
for (const [name, units, orderedMs, month] of clocks) {
  test(`${name}, an audit lies in ${month ?? 'no month'}`, () =>
    assert.is(auditRow(id, units, noSections, orderedMs).month, month));
}

const london: [iso: string, month: string][] = [
  ['2026-03-31T22:59:59Z', '2026-03'],
  ['2026-03-31T23:00:00Z', '2026-04'],
  ['2026-07-31T22:59:59Z', '2026-07'],
  ['2026-07-31T23:00:00Z', '2026-08'],
  ['2026-12-31T23:59:59Z', '2026-12'],
  ['2027-01-01T00:00:00Z', '2027-01'],
  ['2026-10-31T23:30:00Z', '2026-10'],
];
for (const [iso, month] of london) {
  test(`${iso} lies in ${month} in London`, () => assert.is(londonMonth(Date.parse(iso)), month));
}

test('a time that is none has no month', () => {
  for (const ms of [Number.NaN, Infinity, -1, 9e15, '2026', null, undefined]) assert.is(londonMonth(ms), null);
});

test('state follows the events', () => {
  const moderated = { ...allocation, moderator: 'person-2' };
  assert.is(auditRow(id, { allocation }, noSections).state, 'allocated');
  assert.is(auditRow(id, { allocation, 'section:a': {} }, noSections).state, 'in progress');
  assert.is(auditRow(id, { allocation: moderated, submitted: { at } }, noSections).state, 'awaiting moderation');
  assert.is(auditRow(id, { allocation, submitted: { at }, voided: { at } }, noSections).state, 'voided');
});

test('an unknown way of selection never makes a sample look random', () => {
  for (const selection of ['RANDOM', 'lottery', null, 7]) {
    assert.is(auditRow(id, { allocation: { ...allocation, selection } }, noSections).selection, 'other');
  }
});

test('a moderator that cannot be read still means that moderation is due', () => {
  const row = auditRow(id, { allocation: { ...allocation, moderator: 7 }, submitted: { at } }, noSections);
  assert.is(row.state, 'awaiting moderation');
});

test('never throws, and what it cannot read is not graded', () => {
  const anyUnit = fc.constantFrom('allocation', 'overall', 'section:a', 'submitted', 'voided', 'case', 'section:', '');
  fc.assert(
    fc.property(fc.dictionary(anyUnit, anyJson), (units) => {
      const row = auditRow(id, units as Record<string, JsonObject>, () => ['a', 'b']);
      assert.ok(row.overall === null || typeof row.overall === 'string');
      for (const grade of Object.values(row.sections)) assert.ok(grade === null || typeof grade === 'string');
      assert.is(row.sections['b'], null);
      assert.ok(row.month === null || /^\d{4,6}-\d{2}$/.test(row.month));
    }),
    { numRuns: 500 },
  );
});

test.run();
