import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ofstedScale, type Scale } from '../../../src/domain/grade.ts';
import { hasSecondScale, labelKey, looksGraded, readColumn, suggestGrade } from '../../../src/domain/import/labels.ts';
import { anyText } from '../any.ts';
import { workOf } from '../../work.ts';

const test = suite('labels');
const mostWork = 2;

const [outstanding, good, improvement, inadequate] = ['outstanding', 'good', 'requires-improvement', 'inadequate'];

const plain: readonly (readonly [string, string | undefined])[] = [
  ['Outstanding', outstanding],
  ['good', good],
  ['GOOD', good],
  ['  Good \t', good],
  ['Good\u00a0', good],
  ['\ufeffGood', good],
  ['Good\u200b', good],
  ['Good.', good],
  ['Good..', good],
  ['Good…', good],
  ['Ｇｏｏｄ', good],
  ['Inadequate', inadequate],
  ['Requires improvement', improvement],
  ['requires  improvement', improvement],
  ['Requires\u00a0Improvement', improvement],
  ['Requires\nimprovement', improvement],
  ['requires_improvement', improvement],
  ['requires-improvement', improvement],
  ['Requires improvement to be good', improvement],
  ['RI', improvement],
  ['R.I.', improvement],
  ['ri', improvement],
  ['req. imp.', improvement],
  ['Req Imp', improvement],
  ['Requires imp.', improvement],
  ['1 - Outstanding', outstanding],
  ['1 – Outstanding', outstanding],
  ['1. Outstanding', outstanding],
  ['1: outstanding', outstanding],
  ['1) Outstanding', outstanding],
  ['(1) Outstanding', outstanding],
  ['1 Outstanding', outstanding],
  ['Grade 3 - Requires improvement', improvement],
  ['Outstanding (1)', outstanding],
  ['4-Inadequate', inadequate],
];

const notPlain = [
  '',
  ' ',
  '.',
  'nan',
  'NaN',
  'n/a',
  'N/A',
  'inspection_pre_dates_judgement',
  'Not judged',
  'Not applicable',
  '1',
  '3',
  'O',
  'G',
  'I',
  'Goods',
  'Not good',
  'Good / Requires improvement',
  'Good with outstanding features',
  'Inadequate?',
  'Requires improvment',
  'Satisfactory',
  'Adequate',
  'Met',
  '2 - Outstanding',
  'Outstanding (4)',
  '0 - Inadequate',
  'improvement',
];

for (const [label, grade] of plain) {
  test(`${JSON.stringify(label)} is plainly a grade`, () => assert.is(suggestGrade(ofstedScale, label), grade));
}

for (const label of notPlain) {
  test(`${JSON.stringify(label)} suggests nothing`, () => assert.is(suggestGrade(ofstedScale, label), null));
}

test('another scale suggests its own grades and none of the usual ones', () => {
  const grade = (id: string, name: string) => ({ id, name, short: name, key: '1', descriptor: '' });
  const scale: Scale = { id: 'made-up', grades: [grade('strong', 'Strong'), grade('weak', 'Weak')], goodOrBetter: [] };
  assert.is(suggestGrade(scale, ' STRONG'), 'strong');
  assert.is(suggestGrade(scale, '2 - weak'), 'weak');
  assert.is(suggestGrade(scale, 'RI'), null);
  assert.is(suggestGrade(scale, 'Good'), null);
});

test('a key is its own key, and a suggestion is the same for every spelling of a key', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.constantFrom(...plain.map(([label]) => label))), (label) => {
      assert.is(labelKey(labelKey(label)), labelKey(label));
      assert.is(suggestGrade(ofstedScale, ` ${label}\u00a0`), suggestGrade(ofstedScale, label));
      assert.is(suggestGrade(ofstedScale, labelKey(label)), suggestGrade(ofstedScale, label));
    }),
  );
});

test('a remark of 32,000 characters is no label, and is settled at once', async () => {
  for (const text of [
    '.'.repeat(32_000),
    `${' .'.repeat(16_000)}x`,
    `1${' '.repeat(31_000)}x`,
    'Good '.repeat(6_400),
  ]) {
    const work = await workOf(() => assert.is(suggestGrade(ofstedScale, text), null));
    assert.ok(work < mostWork, `${work}`);
  }
});

const counted = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([value, count]) => ({ value, count }));

const columns: readonly {
  readonly name: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly rest?: number;
  readonly reading: ReturnType<typeof readColumn>;
  readonly graded: boolean;
  readonly second: boolean;
}[] = [
  {
    name: 'grades with a few that are none',
    counts: { good: 62, outstanding: 42, nan: 2, inspection_pre_dates_judgement: 7 },
    reading: { known: 104, unknown: 9, other: null },
    graded: true,
    second: false,
  },
  {
    name: 'grades and "met" in one column',
    counts: { Good: 20, 'requires improvement': 10, Met: 6, 'Not met': 2 },
    reading: { known: 30, unknown: 8, other: { scale: 'met', count: 8 } },
    graded: true,
    second: true,
  },
  {
    name: 'mostly "met", with a few grades',
    counts: { Met: 30, 'Partially met': 4, Good: 5 },
    reading: { known: 5, unknown: 34, other: { scale: 'met', count: 34 } },
    graded: false,
    second: true,
  },
  {
    name: '"met" alone',
    counts: { MET: 30, 'not met ': 4 },
    reading: { known: 0, unknown: 34, other: { scale: 'met', count: 34 } },
    graded: false,
    second: false,
  },
  {
    name: 'numbers among grades',
    counts: { Good: 5, '1': 4, '2': 4, Green: 1 },
    reading: { known: 5, unknown: 9, other: { scale: 'numbers', count: 8 } },
    graded: false,
    second: true,
  },
  {
    name: 'remarks, one of which is a word of both',
    counts: { Good: 1, Yes: 1 },
    rest: 40,
    reading: { known: 1, unknown: 41, other: { scale: 'yes-no', count: 1 } },
    graded: false,
    second: false,
  },
  {
    name: 'nothing',
    counts: { '  ': 3 },
    reading: { known: 0, unknown: 0, other: null },
    graded: false,
    second: false,
  },
];
for (const { name, counts, rest, reading, graded, second } of columns) {
  test(`a column of ${name} is read for what it is`, () => {
    const read = readColumn(ofstedScale, counted(counts), rest ?? 0);
    assert.equal(read, reading);
    assert.is(looksGraded(read), graded);
    assert.is(hasSecondScale(read), second);
  });
}

test.run();
