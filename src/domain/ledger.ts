/**
 * How much work a laptop holds, in figures that can be compared later, and what is missing when they are (FAULTS 4, 7). Browsers
 * lose data without an error; a ledger that is kept apart from the data shows it.
 *
 * A ledger may be older than the data it speaks of, never newer: it is taken from what has been flushed. All it compares only
 * grows (`lastN`), or is compared only while nothing else has been written (`unsent`). So an old one finds less, and never
 * finds something missing that is there.
 */
import type { DeviceId } from './ids.ts';

export interface Ledger {
  /** Of the database: random, written when it was made. */
  readonly birth: string;
  /** How often its state was written. */
  readonly writes: number;
  /** The number of the newest change recorded here, and its time by the corrected clock. */
  readonly lastN: number;
  readonly lastMs: number;
  /** Changes that the server has not taken: how many, and the number of the first. */
  readonly unsent: number;
  readonly firstUnsent: number | null;
  /** The end of the device's chain: what has been sealed for sending. */
  readonly device: DeviceId;
  readonly seq: number;
  readonly head: string;
}

/** `all`: it is another database, or none. `newest`: an older state of it. `some`: rows out of its middle. */
export const lossCauses = ['all', 'newest', 'some'] as const;
export type LossCause = (typeof lossCauses)[number];

/** Changes by their local numbers, both ends inclusive; and how many of them, at most, nobody else ever had. */
export interface Missing {
  readonly cause: LossCause;
  readonly from: number;
  readonly to: number;
  readonly unsent: number;
  /** Nothing that was there before this time is missing, but for what the server has. */
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** What `kept` speaks of and `found` does not have; null when nothing is missing. `madeMs`: when the copy was made. */
export function missingFrom(kept: Ledger, found: Ledger | null, madeMs: number): Missing | null {
  const { lastN, unsent, firstUnsent, lastMs } = kept;
  if (found === null || found.birth !== kept.birth) {
    return lastN === 0 ? null : { cause: 'all', from: 1, to: lastN, unsent, sinceMs: madeMs, untilMs: lastMs };
  }
  if (found.lastN < lastN) {
    const from = found.lastN + 1;
    const atMost = lastN - Math.max(from, firstUnsent ?? lastN + 1) + 1;
    return {
      cause: 'newest',
      from,
      to: lastN,
      unsent: Math.min(unsent, atMost),
      sinceMs: Math.min(found.lastMs, lastMs),
      untilMs: lastMs,
    };
  }
  if (found.writes === kept.writes && found.unsent < unsent) {
    const missing = unsent - found.unsent;
    return { cause: 'some', from: firstUnsent ?? 1, to: lastN, unsent: missing, sinceMs: madeMs, untilMs: lastMs };
  }
  return null;
}
