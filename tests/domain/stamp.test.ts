import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  aheadLimitMs,
  compareStamps,
  laterStamp,
  nextStamp,
  orderingStamp,
  zeroStamp,
} from '../../src/domain/stamp.ts';

const test = suite('stamps');

const anyStamp = fc.record({ ms: fc.nat({ max: 2 ** 45 }), count: fc.oneof(fc.nat(), fc.constant(2 ** 32 - 1)) });

test('increase strictly whatever the clock does', () => {
  const clock = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -1, 0));
  fc.assert(
    fc.property(anyStamp, fc.array(clock, { minLength: 1, maxLength: 50 }), (first, walls) => {
      let last = first;
      for (const wall of walls) {
        const next = nextStamp(last, wall);
        assert.ok(compareStamps(next, last) > 0);
        assert.ok(Number.isSafeInteger(next.ms) && next.ms >= 0);
        assert.ok(Number.isInteger(next.count) && next.count >= 0 && next.count < 2 ** 32);
        last = next;
      }
    }),
  );
});

test('follow a clock that goes on, and stay put with a count while it stands or goes back', () => {
  assert.equal(nextStamp(zeroStamp, 1000.7), { ms: 1000, count: 0 });
  assert.equal(nextStamp({ ms: 1000, count: 3 }, 1001), { ms: 1001, count: 0 });
  assert.equal(nextStamp({ ms: 1000, count: 3 }, 1000), { ms: 1000, count: 4 });
  assert.equal(nextStamp({ ms: 1000, count: 3 }, 5), { ms: 1000, count: 4 });
});

test('carry into the time after 32 bits of count', () => {
  assert.equal(nextStamp({ ms: 1000, count: 2 ** 32 - 2 }, 0), { ms: 1000, count: 2 ** 32 - 1 });
  assert.equal(nextStamp({ ms: 1000, count: 2 ** 32 - 1 }, 0), { ms: 1001, count: 0 });
});

test('stay in strict order through 200,000 changes while the clock stands', () => {
  let last = nextStamp(zeroStamp, 1_750_000_000_000);
  for (let n = 0; n < 200_000; n += 1) {
    const next = nextStamp(last, 1_750_000_000_000);
    assert.ok(compareStamps(next, last) > 0);
    last = next;
  }
  assert.equal(last, { ms: 1_750_000_000_000, count: 200_000 });
});

test('order as claimed, but never later than a minute after they were received', () => {
  const received = 5_000_000;
  const inTime = { ms: received + aheadLimitMs, count: 7 };
  assert.equal(orderingStamp(inTime, received), inTime);
  assert.equal(orderingStamp({ ms: 1, count: 2 }, received), { ms: 1, count: 2 });
  const yearAhead = { ms: received + 365 * 86_400_000, count: 7 };
  assert.equal(orderingStamp(yearAhead, received), { ms: received + 60_000, count: 0 });
});

test('compare as one total order', () => {
  fc.assert(
    fc.property(anyStamp, anyStamp, (a, b) => {
      assert.is(Math.sign(compareStamps(a, b)), -Math.sign(compareStamps(b, a)) + 0);
      assert.is(compareStamps(a, b) === 0, a.ms === b.ms && a.count === b.count);
      const later = laterStamp(a, b);
      assert.ok(compareStamps(later, a) >= 0 && compareStamps(later, b) >= 0);
    }),
  );
});

test.run();
