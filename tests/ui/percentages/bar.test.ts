import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ofstedScale } from '../../../src/domain/grade.ts';
import { proportion } from '../../../src/domain/proportion.ts';
import type { SummaryGroup } from '../../../src/domain/summary.ts';
import { barOf, gradeOrder } from '../../../src/ui/percentages/bar.ts';
import { monthChoices } from '../../../src/ui/percentages/months.ts';
import { percentages as say } from '../../../src/ui/words/percentages.ts';

/** Counts in the scale's order, best first. */
function group(...counts: readonly [number, number, number, number]): SummaryGroup {
  const base = counts.reduce((sum, count) => sum + count, 0);
  return {
    key: null,
    grades: counts.map((count) => proportion(count, base)),
    goodOrBetter: proportion(counts[0] + counts[1], base),
    base,
    beside: { drafts: 0, awaitingModeration: 0, voided: 0, exempt: 0, notApplicable: 0, notGraded: 0 },
  };
}

const test = suite('bar');

test('the headline leads, so that its range is measured from the left edge', () => {
  assert.equal(gradeOrder(ofstedScale, 'inadequate'), ['inadequate', 'requires-improvement', 'good', 'outstanding']);
  assert.equal(gradeOrder(ofstedScale, 'good'), ['good', 'outstanding', 'requires-improvement', 'inadequate']);
  assert.equal(gradeOrder(ofstedScale, 'good-or-better'), [
    'outstanding',
    'good',
    'requires-improvement',
    'inadequate',
  ]);
});

test('the segments fill the bar, without those that nobody was given', () => {
  const bar = barOf(group(0, 9, 6, 5), ofstedScale, 'inadequate');
  assert.equal(
    bar?.segments.map(({ grade, count, from, width }) => [grade, count, from, width]),
    [
      ['inadequate', 5, 0, 0.25],
      ['requires-improvement', 6, 0.25, 0.3],
      ['good', 9, 0.55, 0.45],
    ],
  );
  assert.ok(bar?.whisker != null && bar.whisker.lower < 0.25 && bar.whisker.upper > 0.25);
});

test('below five there is no bar to read a percentage from', () => {
  assert.is(barOf(group(0, 1, 2, 1), ofstedScale, 'inadequate'), null);
  assert.is(barOf(group(0, 0, 0, 0), ofstedScale, 'inadequate'), null);
});

test('the headline says count, base, percent and range; below five only the counts', () => {
  assert.is(
    say.headline('overall', 'Inadequate', proportion(5, 20)),
    '5 of 20 audits were inadequate: 25%, likely between 11% and 47%.',
  );
  assert.is(say.headline('overall', 'Inadequate', proportion(1, 4)), '1 of 4 audits were inadequate.');
  assert.is(say.headline('sections', 'Good or better', proportion(1, 1)), '1 of 1 section grade was good or better.');
});

test('months to choose from run back three years and keep one the address names', () => {
  const months = monthChoices('2026-02-10', { from: '2019-05', to: '' });
  assert.is(months[0], '2026-02');
  assert.is(months[35], '2023-03');
  assert.is(months[36], '2019-05');
  assert.is(months.length, 37);
});

test.run();
