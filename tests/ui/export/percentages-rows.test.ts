import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import { ofstedScale } from '../../../src/domain/grade.ts';
import type { PersonId } from '../../../src/domain/ids.ts';
import { proportion, smallestBase } from '../../../src/domain/proportion.ts';
import type { SummaryGroup } from '../../../src/domain/summary.ts';
import { mayBeMissing } from '../../../src/ui/percentages/may-be-missing.ts';
import { percentagesRows, type PercentagesAsked } from '../../../src/ui/export/percentages-rows.ts';
import { blankQuestion, type Question } from '../../../src/ui/percentages/question.ts';
import { organisationOf } from './organisation.ts';

const test = suite('the file of the percentages');

/** Counts in the scale's order, best first. */
function group(key: string | null, counts: readonly number[]): SummaryGroup {
  const base = counts.reduce((sum, count) => sum + count, 0);
  return {
    key,
    grades: counts.map((count) => proportion(count, base)),
    goodOrBetter: proportion((counts[0] ?? 0) + (counts[1] ?? 0), base),
    base,
    beside: { drafts: 3, awaitingModeration: 1, voided: 0, exempt: 0, notApplicable: 2, notGraded: 0 },
  };
}

const organisation = organisationOf({ services: { north: 'North Service' }, people: { ada: 'Ada Example' } });

function asked(question: Partial<Question>, more: Partial<PercentagesAsked> = {}): PercentagesAsked {
  const only = group('north', [1, 8, 6, 5]);
  return {
    question: { ...blankQuestion, ...question },
    organisation,
    authorityName: 'Testshire',
    countedMs: Date.UTC(2026, 2, 20, 14, 2),
    withAuditors: false,
    scale: ofstedScale,
    groups: [{ name: 'North Service', group: only }],
    total: only,
    speaksForPractice: false,
    missing: [],
    ...more,
  };
}

/** The table under the preamble, each row by its headings. */
function tableIn(rows: readonly (readonly unknown[])[]): Record<string, unknown>[] {
  const blank = rows.findIndex((row) => row.length === 0);
  const [headings = [], ...lines] = rows.slice(blank + 1);
  return lines.map((line) => Object.fromEntries(headings.map((heading, at) => [String(heading), line[at]])));
}

const lineOf = (rows: readonly (readonly unknown[])[], label: string): readonly unknown[] | undefined =>
  rows.find((row) => row[0] === label);

test('what may be missing is said above the figures: what is still arriving, an old copy, laptops that had not been heard from, and what a restore lost', () => {
  assert.is(lineOf(percentagesRows(asked({})), 'May be missing'), undefined);
  const nowMs = Date.UTC(2026, 2, 20, 14, 2);
  const hourMs = 3_600_000;
  const unheard = { laptops: 2, sinceMs: Date.UTC(2026, 2, 17, 9, 5), atMs: Date.UTC(2026, 2, 20, 14, 1) };
  const notBack = { changes: 3, noticedMs: Date.UTC(2026, 2, 19, 8, 30), atMs: Date.UTC(2026, 2, 20, 14, 1) };
  const lacking = { unheard, notBack };
  const missing = mayBeMissing({ isReceiving: true, comparedMs: nowMs - 25 * hourMs, lacking, nowMs });
  const said = percentagesRows(asked({}, { missing })).flatMap(([label, text]) =>
    label === 'May be missing' ? [text] : [],
  );
  assert.equal(said, [
    'Audits are still arriving from the council’s server. The figures are of those that are here, not yet of all that you may see.',
    'This laptop was last compared with the council’s server on 19 March 2026 at 13:02. What others have done since is not in these figures.',
    'On 20 March 2026 at 14:01, 2 laptops of people who audit here had not been heard from for days, one of them not since 17 March 2026 at 09:05. What was graded there and not sent is not in these figures.',
    'The council’s server was put back to an earlier state, noticed on 19 March 2026 at 08:30. On 20 March 2026 at 14:01, 3 changes that it had lost were not back, and may be missing in these figures. Laptops bring back what they have when they connect; what none of them has can be written again.',
  ]);
  const nothing = { isReceiving: false, lacking: {}, nowMs };
  assert.equal(mayBeMissing({ ...nothing, comparedMs: nowMs - 23 * hourMs }), []);
  assert.equal(mayBeMissing({ ...nothing, comparedMs: null }), [], 'where there is no server');
});

test('the file begins with its marking, whose it is, what was asked and when', () => {
  const rows = percentagesRows(
    asked({ service: 'north' as never, selection: 'random', from: '2026-01', measure: 'sections' }),
  );
  assert.equal(rows[0], ['OFFICIAL-SENSITIVE']);
  assert.equal(lineOf(rows, 'Authority'), ['Authority', 'Testshire']);
  assert.equal(lineOf(rows, 'Figures'), ['Figures', 'Section grades by service']);
  assert.equal(lineOf(rows, 'Filters'), [
    'Filters',
    'Service: North Service; How cases were picked: Random samples only; from January 2026',
  ]);
  assert.equal(lineOf(rows, 'Counted on this laptop'), ['Counted on this laptop', '20 March 2026 at 14:02']);
});

test('the file says what it speaks for in the words of the screen', () => {
  assert.is(lineOf(percentagesRows(asked({})), 'Speaks for')?.[1], 'These audits');
  assert.is(lineOf(percentagesRows(asked({}, { speaksForPractice: true })), 'Speaks for')?.[1], 'Practice');
});

test('every grade has its count, base, percentage and interval, and so has good or better', () => {
  const [row, all] = tableIn(percentagesRows(asked({})));
  assert.is(row?.['Service'], 'North Service');
  assert.is(all?.['Service'], 'All');
  const of = (name: string) =>
    ['count', 'base', '%', '95% from', '95% to'].map((column) => row?.[`${name}: ${column}`]);
  assert.equal(of('Inadequate'), [5, 20, 25, 11, 47]);
  assert.equal(of('Outstanding'), [1, 20, 5, 1, 24]);
  assert.equal(of('Good or better'), [9, 20, 45, 26, 66]);
  assert.is(row?.['Counted'], 20);
  assert.is(row?.['Not in the percentages: not submitted yet'], 3);
  assert.is(row?.['Not in the percentages: not applicable'], 2);
  assert.is(row?.['Note'], null);
});

test('below the smallest base there are counts and bases alone, and the note says so', () => {
  const few = group('north', [0, 1, 2, 1]);
  const [row] = tableIn(percentagesRows(asked({}, { groups: [{ name: 'North Service', group: few }], total: few })));
  assert.is(row?.['Inadequate: count'], 1);
  assert.is(row?.['Inadequate: base'], 4);
  for (const column of ['%', '95% from', '95% to']) assert.is(row?.[`Inadequate: ${column}`], null);
  assert.is(row?.['Note'], 'counts only');
});

test('no percentage stands without its base and both ends of its interval, and every row is as long as its header', () => {
  const counts = fc.array(fc.nat(40), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(counts, { maxLength: 6 }), (all) => {
      const groups = all.map((one, at) => ({ name: `Team ${at}`, group: group(`t${at}`, one) }));
      const total = group(
        null,
        [0, 1, 2, 3].map((grade) => all.reduce((sum, one) => sum + (one[grade] ?? 0), 0)),
      );
      const rows = percentagesRows(asked({ by: 'team' }, { groups, total }));
      const blank = rows.findIndex((row) => row.length === 0);
      for (const row of rows.slice(blank + 1)) assert.is(row.length, rows[blank + 1]?.length);
      for (const row of tableIn(rows)) {
        for (const name of Object.keys(row).filter((heading) => heading.endsWith(': %'))) {
          const of = (column: string) => row[name.replace(/%$/, column)];
          assert.is(of('base'), row['Counted']);
          assert.is(row[name] === null, (of('base') as number) < smallestBase);
          assert.is(of('95% from') === null, row[name] === null);
          assert.is(of('95% to') === null, row[name] === null);
        }
      }
    }),
  );
});

test('auditors are numbered unless somebody asked for their names, also in a filter', () => {
  const total = group(null, [1, 2, 3, 4]);
  const groups = [
    { name: 'Ada Example', group: group('ada', [1, 2, 3, 4]) },
    { name: 'No auditor named', group: group(null, [0, 0, 0, 0]) },
  ];
  const question = { by: 'auditor', auditor: 'ada' as PersonId } as const;
  const without = percentagesRows(asked(question, { groups, total }));
  assert.not.match(JSON.stringify(without), 'Ada');
  assert.equal(
    tableIn(without).map((row) => row['Auditor']),
    ['Auditor 1', 'No auditor named', 'All'],
  );
  assert.is(lineOf(without, 'Filters')?.[1], 'Auditor: one auditor, not named');
  const named = percentagesRows(asked(question, { groups, total, withAuditors: true }));
  assert.is(tableIn(named)[0]?.['Auditor'], 'Ada Example');
  assert.is(lineOf(named, 'Filters')?.[1], 'Auditor: Ada Example');
});

test.run();
