/**
 * Since when work does not get through to a server that is there: trouble that has to be shown (P8). One failure alone is not
 * told, for the next try mends most: two in a row are, and one that has not been mended within a minute. A server that cannot be
 * reached is being offline, which is told otherwise: it neither begins this nor ends it.
 */
import type { Timers } from '../../src/protocol/timers.ts';

export interface Stuck {
  failed(): void;
  mended(): void;
  /** Tells nothing any more. */
  end(): void;
}

const toldAfterMs = 60_000;

/** `serverNow`: milliseconds by the server's clock, as far as it is known. `tell` is called with the first failure's time, then null. */
export function watchStuck(timers: Timers, serverNow: () => number, tell: (sinceMs: number | null) => void): Stuck {
  let sinceMs: number | null = null;
  let isTold = false;
  let cancel = (): void => undefined;
  const say = () => {
    cancel();
    isTold = true;
    tell(sinceMs);
  };
  return {
    failed() {
      if (sinceMs === null) {
        sinceMs = serverNow();
        cancel = timers.after(toldAfterMs, say);
      } else if (!isTold) say();
    },
    mended() {
      cancel();
      sinceMs = null;
      if (isTold) tell(null);
      isTold = false;
    },
    end: () => cancel(),
  };
}
