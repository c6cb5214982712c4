import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { joinDay, splitDay } from '../../../src/ui/parts/day-parts.ts';

const test = suite('a day in three boxes');

const cases: readonly (readonly [string, string, string, string, string | null])[] = [
  ['', '', '', 'empty', null],
  ['3', '', '', 'partial', null],
  ['3', '4', '26', 'partial', null],
  ['3', '4', '2026', 'complete', '2026-04-03'],
  [' 03 ', '04', '2026', 'complete', '2026-04-03'],
  ['29', '2', '2024', 'complete', '2024-02-29'],
  ['29', '2', '2026', 'impossible', null],
  ['31', '4', '2026', 'impossible', null],
  ['0', '4', '2026', 'impossible', null],
  ['1', '13', '2026', 'impossible', null],
  ['3', 'April', '2026', 'impossible', null],
  ['3', '4', '0026', 'impossible', null],
];

for (const [day, month, year, typed, expected] of cases) {
  test(`"${day}" "${month}" "${year}" is ${typed}`, () => {
    assert.equal(joinDay({ day, month, year }), { day: expected, typed });
  });
}

test('a day split and joined is the same day', () => {
  for (const day of ['2026-01-05', '2024-02-29', '1999-12-31']) assert.is(joinDay(splitDay(day)).day, day);
  assert.equal(splitDay(null), { day: '', month: '', year: '' });
});

test.run();
