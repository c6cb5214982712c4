/**
 * How long to wait before the next try. Doubles from 1 second to 60 with jitter, so that a hundred laptops that lost the
 * same server do not come back in step.
 */
import type { SyncProblem } from '../../src/protocol/problem.ts';

const firstMs = 1_000;
const longestMs = 60_000;
/** A comparison that stayed unequal costs both sides work and mends itself seldom. */
const notEqualMs = 600_000;

/** Wait after the `failures`-th failure in a row (1 is the first). `random` is in [0, 1). */
export function retryMs(problem: SyncProblem, failures: number, random: number): number {
  if (problem.kind === 'not-equal') return notEqualMs;
  const doubled = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 16));
  const jittered = doubled * (0.5 + random / 2);
  return problem.kind === 'too-many-tries' ? Math.max(jittered, problem.retryAfterSeconds * 1000) : jittered;
}
