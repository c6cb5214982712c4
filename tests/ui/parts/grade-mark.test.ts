import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ofstedScale, type Scale } from '../../../src/domain/grade.ts';
import { gradeTone } from '../../../src/ui/parts/grade-mark.tsx';

const test = suite('the tone of a grade');

test('each of the four grades has its own shape and colour', () => {
  assert.equal(
    ofstedScale.grades.map(({ id }) => gradeTone(ofstedScale, id)),
    [0, 1, 2, 3],
  );
  assert.is(gradeTone(ofstedScale, 'unheard-of'), null);
});

test('a longer scale is spread over the four, best and worst at the ends', () => {
  const grades = Array.from({ length: 11 }, (_, at) => ({
    id: String(10 - at),
    name: String(10 - at),
    short: String(10 - at),
    key: 'a',
    descriptor: '',
  }));
  const scale: Scale = { id: 'ten', grades, goodOrBetter: [] };
  assert.is(gradeTone(scale, '10'), 0);
  assert.is(gradeTone(scale, '0'), 3);
  const tones = grades.map(({ id }) => gradeTone(scale, id) ?? -1);
  assert.equal(tones, [...tones].sort());
});

test.run();
