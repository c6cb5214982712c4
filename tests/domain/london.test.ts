import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { londonMonth } from '../../src/domain/audit-row.ts';
import { londonNoon } from '../../src/domain/london.ts';

const test = suite('noon in London');

const cases: [day: string, utc: string][] = [
  ['2026-01-15', '2026-01-15T12:00:00.000Z'],
  ['2026-07-15', '2026-07-15T11:00:00.000Z'],
  ['2026-03-29', '2026-03-29T11:00:00.000Z'],
  ['2025-10-26', '2025-10-26T12:00:00.000Z'],
];
for (const [day, utc] of cases) {
  test(`of ${day} is ${utc}`, () => assert.is(new Date(londonNoon(day)).toISOString(), utc));
}

test('of any day is in that day’s month, in London and in UTC', () => {
  const anyDay = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2100, 11, 31) });
  fc.assert(
    fc.property(anyDay, (ms) => {
      const day = new Date(ms).toISOString().slice(0, 10);
      assert.is(londonMonth(londonNoon(day)), day.slice(0, 7));
      assert.is(new Date(londonNoon(day)).toISOString().slice(0, 10), day);
    }),
  );
});

test.run();
