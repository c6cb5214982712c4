import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { proportion, smallestBase, wilson } from '../../src/domain/proportion.ts';
import { sure } from './any.ts';

const test = suite('proportions');

const tolerance = 5e-5;
const near = (actual: number, expected: number, within: number, what: string): void =>
  assert.ok(Math.abs(actual - expected) <= within, `${what}: ${actual} is not ${expected}`);

const z998 = 3.090232306167813;

// Newcombe 1998 Table I; OHID PHEindicatormethods testdata_Byars_Wilson and testdata_Proportion; msn0 README (z = 1.96).
const vectors: [count: number, base: number, lower: number, upper: number, within?: number, z?: number][] = [
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
  [65, 100, 0.55254443296887967, 0.73635751756902468, 1e-9],
  [65, 100, 0.49549465740704313, 0.77835406140896968, 1e-9, z998],
  [1, 100, 0.0017674321, 0.0544861962, 1e-9],
  [5, 100, 0.0215436792, 0.1117504692, 1e-9],
  [20, 100, 0.1333669333, 0.2888291656, 1e-9],
  [10, 14, 0.4535045882751561, 0.882788120898909, 1e-12, 1.96],
  [5, 20, 0.1119, 0.4687],
  [3, 12, 0.0889, 0.5323],
  [2, 8, 0.0715, 0.5907],
  [1, 4, 0.0456, 0.6994],
  [8, 20, 0.2188, 0.6134],
  [20, 50, 0.2761, 0.5382],
  [40, 100, 0.3094, 0.498],
  [0, 12, 0, 0.2425],
  [5, 5, 0.5655, 1],
];
for (const [count, base, lower, upper, within = tolerance, z] of vectors) {
  test(`Wilson ${count} of ${base}${z === undefined ? '' : ` at z ${z}`} is ${lower} to ${upper}`, () => {
    const interval = wilson(count, base, z);
    assert.ok(interval !== null);
    near(interval.lower, lower, within, 'lower');
    near(interval.upper, upper, within, 'upper');
  });
}

test('it is not the Wald interval, which puts 1 of 29 below nought', () => {
  const interval = wilson(1, 29);
  assert.ok(interval !== null && interval.lower > 0);
  assert.ok(Math.abs(interval.lower - -0.0319) > 0.03 && Math.abs(interval.upper - 0.1009) > 0.05);
});

test('none or all of a base reaches its end exactly', () => {
  for (let base = 1; base <= 200; base += 1) {
    assert.is(wilson(0, base)?.lower, 0);
    assert.is(wilson(base, base)?.upper, 1);
  }
});

test('an interval lies in 0 to 1, holds its share, and mirrors when the count is turned round', () => {
  const anyCount = fc
    .integer({ min: 1, max: 100_000 })
    .chain((base) => fc.tuple(fc.nat({ max: base }), fc.constant(base)));
  fc.assert(
    fc.property(anyCount, ([count, base]) => {
      const interval = sure(wilson(count, base));
      const mirrored = sure(wilson(base - count, base));
      assert.ok(interval.lower >= 0 && interval.upper <= 1);
      assert.ok(interval.lower <= count / base && count / base <= interval.upper);
      near(interval.lower, 1 - mirrored.upper, 1e-9, 'mirror');
    }),
  );
});

test('of nothing there is no share and no interval', () => {
  assert.is(wilson(0, 0), null);
  assert.equal(proportion(0, 0), { count: 0, base: 0, share: null, interval: null });
});

test('below a base of five there are only counts; from five on also percentage and interval', () => {
  for (let base = 0; base < smallestBase; base += 1) {
    assert.equal(proportion(base, base), { count: base, base, share: null, interval: null });
  }
  const shown = proportion(2, 5);
  assert.is(shown.share, 0.4);
  assert.equal(shown.interval, wilson(2, 5));
  assert.is(smallestBase, 5);
});

test.run();
