import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aheadLimitMs } from '../../../src/domain/stamp.ts';
import { clockText } from '../../../src/ui/this-laptop/clock-text.ts';

const test = suite('the clock under “This laptop”');
const minute = 60_000;

test('is right as long as it changes the order of nothing', () => {
  for (const offset of [0, aheadLimitMs, -aheadLimitMs]) assert.is(clockText(offset), 'Right');
  assert.is(clockText(null), 'Not compared with the council’s server yet');
});

test('is off by so much from then on, also where no banner says so yet', () => {
  assert.match(clockText(-aheadLimitMs - 1), /^1 minute ahead\. Correct/);
  assert.match(clockText(-4 * minute), /^4 minutes ahead/);
  assert.match(clockText(2 * minute), /^2 minutes behind/);
  assert.match(clockText(-90 * 60 * minute), /^4 days ahead/);
});

test.run();
