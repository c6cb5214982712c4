/** Waiting between tries: doubles to a minute, jitters, and does what the server asks. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { retryMs } from '../../../workers/sync/backoff.ts';

const test = suite('the wait before the next try');
const unreachable = { kind: 'unreachable' } as const;

const cases: readonly [string, Parameters<typeof retryMs>, number][] = [
  ['the first is about a second', [unreachable, 1, 0.99999], 1_000],
  ['the second is about two', [unreachable, 2, 0.99999], 2_000],
  ['the sixth is about half a minute', [unreachable, 6, 0.99999], 32_000],
  ['the seventh is a minute', [unreachable, 7, 0.99999], 60_000],
  ['it stays a minute for ever', [unreachable, 5_000, 0.99999], 60_000],
  ['jitter takes off half at most', [unreachable, 7, 0], 30_000],
  ['the server may ask for more', [{ kind: 'too-many-tries', retryAfterSeconds: 90 }, 1, 0], 90_000],
  ['what stays unequal is compared again after ten minutes', [{ kind: 'not-equal' }, 1, 0.5], 600_000],
];

for (const [name, args, expected] of cases) {
  test(name, () => {
    assert.ok(Math.abs(retryMs(...args) - expected) < 10, String(retryMs(...args)));
  });
}

test.run();
