/** When an audit's content is due to go, and what is left of it. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditRow } from '../../src/domain/audit-row.ts';
import type { JsonObject } from '../../src/domain/canonical.ts';
import { fieldClasses } from '../../src/domain/fields.ts';
import {
  caseKey,
  dueMs,
  dueOnArrival,
  erasedUnits,
  erasedValue,
  graceMs,
  holdOf,
  keptHash,
  monthsFor,
  soonMs,
} from '../../src/domain/retention.ts';
import type { RetentionValue } from '../../src/domain/values.ts';
import { checkValue } from '../../src/protocol/values.ts';
import { anyText, record, sha256, unit } from './any.ts';

const test = suite('retention');

const retention = (months: number | null, cycles: RetentionValue['cycles'] = []): RetentionValue => ({
  months,
  cycles,
  laptopDays: null,
});
const day = (text: string): number => Date.parse(`${text}T12:00:00Z`);
const closed = (last: string, cycle: string | null = null) => ({
  allocation: { ...unit({ cycle }), stamp: { ms: day('2020-01-01'), count: 0 } },
  submitted: { ...unit({}), stamp: { ms: day(last), count: 0 } },
});

const longAgo = { lastMs: 0, closedMs: 0 };

const dues: [what: string, units: Parameters<typeof dueMs>[0], rule: RetentionValue, due: string | null][] = [
  ['a closed audit, from its last change', closed('2024-03-15'), retention(12), '2025-03-15'],
  ['from the last day of a long month', closed('2024-01-31'), retention(1), '2024-02-29'],
  ['for ever where no period is set', closed('2024-03-15'), retention(null), null],
  ['an open audit', { allocation: unit({ cycle: null }) }, retention(1), null],
  ['one that is erased', { ...closed('2024-03-15'), erased: unit({}) }, retention(1), null],
  [
    'by the period of its cycle',
    closed('2024-03-15', 'c1'),
    retention(12, [{ cycle: 'c1' as never, months: 24 }]),
    '2026-03-15',
  ],
  ['for ever by that', closed('2024-03-15', 'c1'), retention(12, [{ cycle: 'c1' as never, months: null }]), null],
];
for (const [what, units, rule, due] of dues) {
  test(`is due: ${what}`, () => assert.is(dueMs(units, rule, longAgo), due === null ? null : day(due)));
}

test('a hold that is put on or lifted does not move the day', () => {
  const hold = { ...unit({ on: false }), stamp: { ms: day('2030-01-01'), count: 0 } };
  assert.is(dueMs({ ...closed('2024-03-15'), hold }, retention(12), longAgo), day('2025-03-15'));
});

test('that its case was corrected after it was closed does not move the day', () => {
  const late = { ...unit({}), stamp: { ms: day('2030-01-01'), count: 0 } };
  const corrected = { ...closed('2024-03-15'), case: late, 'correction:a': late };
  assert.is(dueMs(corrected, retention(12), longAgo), day('2025-03-15'));
});

test('an audit that came in with a file is as old as its row', () => {
  const imported = unit({ day: '2019-05-01' });
  assert.is(dueMs({ ...closed('2024-03-15'), imported }, retention(12), longAgo), Date.parse('2020-05-01T00:00:00Z'));
});

const row = fc.record({ age: fc.integer({ min: -30, max: 1_200 }), count: fc.integer({ min: 1, max: 9 }) });

test('what a file brings that is past its period is counted before it comes in, as it will be due once it has', () => {
  const dayLong = 24 * 60 * 60 * 1000;
  const nowMs = day('2026-05-04');
  fc.assert(
    fc.property(fc.array(row), fc.option(fc.integer({ min: 1, max: 36 })), (rows, months) => {
      const perDay = new Map<string, number>();
      const due: number[] = [];
      for (const { age, count } of rows) {
        const text = new Date(nowMs - age * dayLong).toISOString().slice(0, 10);
        perDay.set(text, (perDay.get(text) ?? 0) + count);
        const units = { ...closed('2026-05-04'), imported: unit({ day: text }) };
        const at = dueMs(units, retention(months), { lastMs: nowMs, closedMs: nowMs });
        if (at !== null) due.push(...Array.from({ length: count }, () => at));
      }
      const { atOnce, soon } = dueOnArrival(perDay, retention(months), nowMs);
      assert.is(atOnce, due.filter((at) => at <= nowMs + graceMs).length);
      assert.is(atOnce + soon, due.filter((at) => at <= nowMs + soonMs).length);
    }),
  );
});

test('is not due before a period after its closing reached the server, whatever the laptop claimed', () => {
  const received = { lastMs: 0, closedMs: day('2025-07-01') };
  assert.is(dueMs(closed('1999-03-15'), retention(12), received), day('2026-07-01'));
  const undated = unit({ day: null });
  assert.is(dueMs({ ...closed('1999-03-15'), imported: undated }, retention(12), received), day('2026-07-01'));
});

test('nothing is due within the grace of what came last, whatever day a file gives', () => {
  const received = { lastMs: day('2025-07-01'), closedMs: day('2025-07-01') };
  const imported = unit({ day: '1925-05-01' });
  assert.is(dueMs({ ...closed('2025-07-01'), imported }, retention(12), received), day('2025-07-01') + graceMs);
});

test('a hold stands, and is of the whole case, while any version of it says so', () => {
  const holding = (...values: JsonObject[]) => {
    const [shown, ...others] = values.map((value, i) => unit(value, i + 1));
    return shown === undefined ? {} : { hold: { ...shown, others } };
  };
  const [off, one, whole] = [
    { on: false, wholeCase: true },
    { on: true, wholeCase: false },
    { on: true, wholeCase: true },
  ];
  assert.is(holdOf(holding()), null);
  assert.is(holdOf(holding(off, off)), null);
  assert.equal(holdOf(holding(off, one)), { wholeCase: false });
  assert.equal(holdOf(holding(one, off)), { wholeCase: false });
  assert.equal(holdOf(holding(one, whole)), { wholeCase: true });
});

test('a cycle without a period of its own has that of all', () => {
  assert.is(monthsFor(retention(6, [{ cycle: 'c1' as never, months: 3 }]), 'c2'), 6);
});

test('one case is known however its reference is typed', () => {
  assert.is(caseKey(' lcs 123a'), caseKey('LCS123A'));
});

const texts = fc.record({ a: anyText, b: anyText, on: fc.boolean() });

test('nothing of the text is left, what is counted stays, and every unit is still of its schema', () => {
  fc.assert(
    fc.property(texts, ({ a, b, on }) => {
      const [one, two] = [`SECRET${a}`, `HIDDEN${b}`];
      const units: Record<string, JsonObject> = {
        case: { reference: one, initials: 'AB', ageBand: '5-9', header: { note: two } },
        'section:a': { grade: 'good', notApplicable: on, notApplicableReason: one, evidence: two, rationale: one },
        'checks:a': { answers: { seen: 'yes' } },
        overall: { suggested: 'good', chosen: 'inadequate', rule: 'median', reason: two },
        'voice:child': { obtained: on, words: one, because: two },
        concern: { raised: true, told: one, toldAt: '2026-01-02T03:04', how: two },
        submitted: { by: 'a'.repeat(32), at: 5, reason: one },
        'correction:a': { unit: 'case', by: 'a'.repeat(32), at: 5, reason: one },
        hold: { on, wholeCase: on, by: 'a'.repeat(32), at: 5, why: one },
      };
      for (const [name, value] of Object.entries(units)) {
        const left = erasedValue('audit', name, { ...value, fieldOfLater: two });
        assert.not.match(JSON.stringify(left), /SECRET|HIDDEN|AB"|5-9/);
        const why = name === 'hold' ? { ...left, why: 'x' } : left;
        assert.is(checkValue('audit', name, why), null, name);
        assert.equal(erasedValue('audit', name, left), left, 'erased twice is erased once');
      }
      const row = (of: Record<string, JsonObject>) => auditRow(record(1), of, () => [], 5);
      const after = erasedUnits('audit', Object.fromEntries(Object.entries(units).map(([n, v]) => [n, unit(v)])));
      assert.equal(row(Object.fromEntries(Object.entries(after).map(([n, { value }]) => [n, value]))), row(units));
    }),
  );
});

test('every field of an audit is either counted or blank', () => {
  for (const [family, fields] of Object.entries(fieldClasses.audit)) {
    const name = family.replace('*', 'a');
    const value = Object.fromEntries(Object.keys(fields).map((field) => [field, 'SECRET']));
    const left = erasedValue('audit', name, value);
    for (const [field, how] of Object.entries(fields)) assert.is(left[field] === 'SECRET', how === 'plain', field);
  }
});

test('what was left is held in whatever order it is read', () => {
  const ops = [1, 2, 10].map((seq) => ({ device: 'd', seq, value: { n: seq } }));
  assert.is(keptHash(sha256, ops), keptHash(sha256, [...ops].reverse()));
  assert.is.not(keptHash(sha256, ops), keptHash(sha256, ops.slice(1)));
});

test.run();
