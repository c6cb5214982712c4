import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { wilson } from '../../src/domain/proportion.ts';
import {
  dayAt,
  dayText,
  daysBetween,
  intervalText,
  localTime,
  localTimeText,
  momentText,
  monthText,
  percent,
  timeText,
} from '../../src/ui/format.ts';

const test = suite('format');

test('a percentage is whole and rounds half up, also where a double falls short of the half', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '0%'],
    [5 / 20, '25%'],
    [1 / 8, '13%'],
    [57 / 200, '29%'],
    [29 / 200, '15%'],
    [113 / 200, '57%'],
    [2 / 3, '67%'],
    [1, '100%'],
  ];
  for (const [share, text] of cases) assert.is(percent(share), text);
});

test('every share of a base of 200 rounds as whole-number arithmetic does', () => {
  for (let n = 0; n <= 200; n += 1) if (n !== 199) assert.is(percent(n / 200), `${Math.floor((n + 1) / 2)}%`);
});

test('one of very many is not none of them, and all but one are not all', () => {
  assert.is(percent(1 / 900), 'under 1%');
  assert.is(percent(899 / 900), 'over 99%');
  assert.is(percent(199 / 200), 'over 99%');
  const [none, all] = [wilson(0, 900), wilson(900, 900)];
  assert.ok(none !== null && all !== null);
  assert.is(intervalText(none), '0% to under 1%');
  assert.is(intervalText(all), 'over 99% to 100%');
});

test('an interval is written as two percentages', () => {
  const interval = wilson(5, 20);
  assert.ok(interval !== null);
  assert.is(intervalText(interval), '11% to 47%');
});

test('dates and months are written out', () => {
  assert.is(dayText('2026-03-03'), '3 March 2026');
  assert.is(monthText('2025-12'), 'December 2025');
});

test('a moment is told as clocks in London show it, in winter and in summer', () => {
  assert.is(timeText(Date.UTC(2026, 0, 5, 14, 2)), '14:02');
  assert.is(timeText(Date.UTC(2026, 6, 5, 14, 2)), '15:02');
  assert.is(timeText(Date.UTC(2026, 0, 5, 0, 0)), '00:00');
  assert.is(dayAt(Date.UTC(2026, 6, 5, 23, 30)), '2026-07-06');
  assert.is(momentText(Date.UTC(2026, 6, 5, 23, 30)), '6 July 2026 at 00:30');
  assert.is(localTime(Date.UTC(2026, 6, 5, 23, 30)), '2026-07-06T00:30');
  assert.is(localTimeText('2026-07-06T00:30'), '6 July 2026 at 00:30');
});

test('days between dates do not slip where the clocks change', () => {
  assert.is(daysBetween('2026-03-28', '2026-03-30'), 2);
  assert.is(daysBetween('2026-10-26', '2026-10-24'), -2);
  assert.is(daysBetween('2026-03-03', '2026-03-03'), 0);
});

test.run();
