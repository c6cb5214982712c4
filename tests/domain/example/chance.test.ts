import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chanceFrom, evenly } from '../../../src/domain/example/chance.ts';
import { sha256 } from '../any.ts';

const test = suite('chance of the example');

const draws = (seed: string, label: string): number[] => {
  const chance = chanceFrom(sha256, seed)(label);
  return Array.from({ length: 20 }, () => chance.between(1, 1_000_000));
};

test('is the same for one seed and label, and another for any other', () => {
  assert.equal(draws('a', 'x'), draws('a', 'x'));
  assert.not.equal(draws('a', 'x'), draws('a', 'y'));
  assert.not.equal(draws('a', 'x'), draws('b', 'x'));
});

test('keeps to the range that was asked for, and reaches both ends', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(5), fc.integer({ min: 1, max: 5 }), (seed, least, more) => {
      const chance = chanceFrom(sha256, seed)('range');
      const drawn = new Set(Array.from({ length: 300 }, () => chance.between(least, least + more)));
      assert.equal(
        [...drawn].sort((a, b) => a - b),
        Array.from({ length: more + 1 }, (_, i) => least + i),
      );
    }),
  );
});

test('shuffles without losing or doubling anything', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.nat()), (seed, items) => {
      const shuffled = chanceFrom(sha256, seed)('shuffle').shuffled(items);
      assert.equal(
        shuffled.sort((a, b) => a - b),
        [...items].sort((a, b) => a - b),
      );
    }),
  );
});

test('even numbers keep to their shares in every stretch of forty', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(500), (start, skip) => {
      const next = evenly(start);
      for (let i = 0; i < skip; i += 1) next();
      const below = Array.from({ length: 40 }, next).filter((at) => at < 0.25).length;
      assert.ok(below >= 8 && below <= 12, `${below} of 40 are below a quarter`);
    }),
  );
});

test('refuses to pick from nothing', () => {
  assert.throws(() => chanceFrom(sha256, 'a')('x').pick([]));
});

test.run();
