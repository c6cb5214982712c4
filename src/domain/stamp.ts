/**
 * Hybrid logical clock stamps: they order what people did, and never refuse an edit (FAULTS 36 to 39).
 *
 * A stamp is a wall time in milliseconds and a counter for what happened within one. The next stamp is the later of
 * "just after the last one" and "now, corrected by the measured offset to the server". There is no upper check: a clock
 * set back keeps its own order, a clock ahead is capped by the server alone (`ordering`), beside the claimed stamp.
 * Source: Kulkarni, Demirbas, Madappa, Avva, Leone, "Logical Physical Clocks" (2014), without the message bound.
 */

export interface Stamp {
  /** Milliseconds since 1970, corrected by the server offset known when it was made. */
  readonly ms: number;
  /** Order within one millisecond, 32 bits; overflow carries into `ms`. */
  readonly count: number;
}

export const zeroStamp: Stamp = { ms: 0, count: 0 };

const countLimit = 2 ** 32;

/** The largest time a Date can hold: no clock shows a later one. */
const latestMs = 8.64e15;

/** How far ahead of its receipt a stamp may order, in milliseconds. The claimed stamp itself is kept unchanged. */
export const aheadLimitMs = 60_000;

/** The stamp of the next local change. `last` is the newest stamp this laptop has made or seen; `wallMs` is offset-corrected. */
export function nextStamp(last: Stamp, wallMs: number): Stamp {
  const wall = wallMs >= 0 ? Math.min(Math.floor(wallMs), latestMs) : 0;
  if (wall > last.ms) return { ms: wall, count: 0 };
  return last.count + 1 < countLimit ? { ms: last.ms, count: last.count + 1 } : { ms: last.ms + 1, count: 0 };
}

/** The server's ordering stamp for a claimed one: as claimed, but never later than received + 1 minute. */
export function orderingStamp(claimed: Stamp, receivedMs: number): Stamp {
  const cap = receivedMs + aheadLimitMs;
  return claimed.ms > cap ? { ms: cap, count: 0 } : claimed;
}

export function compareStamps(a: Stamp, b: Stamp): number {
  return a.ms - b.ms || a.count - b.count;
}

export const laterStamp = (a: Stamp, b: Stamp): Stamp => (compareStamps(a, b) >= 0 ? a : b);
