/**
 * How much one request may carry over the line there is. Shared by all cycles of a session, so that a line that was found
 * to be thin, or a proxy that was found to take little, is not found out anew each time.
 *
 * Promises:
 *  - what did not get through is tried much smaller at once, and what gets through doubles the next, so that one piece is
 *    tried twice at most while the line stays as it is (FAULTS 27)
 *  - a size that failed is not tried again before many smaller ones have passed, and a line that has mended is used in full
 */
import { batchLimitBytes } from '../../src/protocol/op.ts';
import type { SyncProblem } from '../../src/protocol/problem.ts';

export interface Carry {
  /** The most bytes the next request may bring or ask for. */
  limit(): number;
  /** A request got through. */
  passed(): void;
  /** One of this size did not; answers whether a smaller one is worth a try at once. */
  failed(bytes: number): boolean;
}

export interface Line {
  readonly push: Carry;
  readonly pull: Carry;
}

/** Room for the fields around the ops. */
const envelopeBytes = 4 * 1024;
const leastPushBytes = 4 * 1024;
/** What a page of a pull may hold, and the least that is asked for. */
const pageBytes = 512 * 1024;
const leastPullBytes = 16 * 1024;
/** So many pieces of the size that is known to pass come before a larger one is tried. */
const patience = 32;

export const newLine = (): Line => ({
  push: carry(leastPushBytes, batchLimitBytes - envelopeBytes),
  pull: carry(leastPullBytes, pageBytes),
});

/** Whether this may be for the size of what was sent or asked for. */
export const mayBeTooMuch = ({ kind }: SyncProblem): boolean =>
  kind === 'too-large' || kind === 'timed-out' || kind === 'unreachable';

function carry(least: number, most: number): Carry {
  let limit = most;
  let ceiling = most;
  let passedAtCeiling = 0;
  return {
    limit: () => limit,
    passed() {
      if (limit === ceiling && ceiling < most) passedAtCeiling += 1;
      if (passedAtCeiling >= patience) {
        ceiling = Math.min(most, ceiling * 2);
        passedAtCeiling = 0;
      }
      limit = Math.min(ceiling, limit * 2);
    },
    failed(bytes) {
      if (bytes <= least) return false;
      ceiling = Math.max(least, Math.floor(Math.min(bytes, limit) / 2));
      limit = least;
      passedAtCeiling = 0;
      return true;
    },
  };
}
