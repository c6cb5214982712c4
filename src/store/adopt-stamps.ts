/** Settle 5: what the clock learns from the stamps that the server has given. */
import { compareStamps, laterStamp, type Stamp } from '../domain/stamp.ts';
import type { OpResult } from '../protocol/sync.ts';
import type { PendingRow } from './rows.ts';
import type { LaptopState } from './state.ts';

export interface Settled {
  readonly row: PendingRow;
  readonly result: OpResult;
}

/** The clock after `settled` of `rows`, which are the first that were not accepted, or `all` of them. */
export function adoptStamps(
  clock: LaptopState['clock'],
  rows: readonly PendingRow[],
  all: boolean,
  settled: readonly Settled[],
): LaptopState['clock'] {
  const given = settled.flatMap(({ result }) => (result.outcome === 'accepted' ? [result.stamp] : []));
  const seen = given.reduce(laterStamp, clock.seen);
  const wasCapped = settled.some(
    ({ row, result }) => result.outcome === 'accepted' && compareStamps(result.stamp, row.claimed) < 0,
  );
  // While more waits than was looked at, the newest stamp is among it.
  if (!wasCapped || !all) return { ...clock, seen, last: laterStamp(clock.last, seen) };
  const judged = new Set(settled.map(({ row }) => row.n));
  const open = rows.filter(({ n }) => !judged.has(n));
  const last = open.map(({ claimed }): Stamp => claimed).reduce(laterStamp, seen);
  return { ...clock, seen, last };
}
