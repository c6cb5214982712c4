import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clockSentence } from '../../../src/ui/frame/banners.tsx';

const test = suite('the clock banner');
const minute = 60_000;

test('a clock within five minutes, or not compared yet, is not spoken of', () => {
  for (const offset of [null, 0, 5 * minute, -5 * minute]) assert.is(clockSentence(offset), null);
});

test('a clock further off is named with its direction in the largest unit', () => {
  assert.match(clockSentence(-6 * minute) ?? '', '6 minutes ahead');
  assert.match(clockSentence(90 * 60 * minute) ?? '', '4 days behind');
  assert.match(clockSentence(-365 * 24 * 60 * minute) ?? '', '365 days ahead');
});

test.run();
