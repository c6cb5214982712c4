/**
 * Notices that the computer slept: the lid was shut, it was suspended or hibernated. No browser tells a page so.
 *
 * The sign is a gap between two looks that are planned a few seconds apart, by the wall clock (Date.now) or by the steady one
 * (performance.now), whichever went further. The wall clock goes on through every sleep; the steady one does so on Windows
 * only (w3c/hr-time 115; Chromium bug 1206450), so that comparing the two would notice nothing there; but it is not fooled by
 * a wall clock that is set back while the computer sleeps.
 *
 * It runs in a worker of its own, because a page's timers are late without any sleep: Chromium runs those of a hidden page
 * once a minute after five minutes (Chrome 88), those of any page not at all while it is printed. A dedicated worker's are
 * left alone by both. A page that the browser freezes takes its workers with it, but none that holds a Web Lock is
 * frozen (Chromium: `CannotFreezeReason::kHoldingWebLock`), and every tab with an open copy holds one (`bridge/hall`).
 *
 * A wrong clock that is put forward looks like a sleep: that locks once, which loses nothing.
 */
import { sleptMs } from '../../src/protocol/timers.ts';

export interface SleepDeps {
  readonly wallMs: () => number;
  readonly steadyMs: () => number;
  readonly after: (ms: number, run: () => void) => void;
  /** The computer has slept, and is awake again. */
  readonly onSlept: () => void;
}

/** How often it looks: so long may what was on the screen be seen after waking. */
export const lookMs = 2_000;

/** Looks from now on, for as long as its thread lives. */
export function watchSleep({ wallMs, steadyMs, after, onSlept }: SleepDeps): void {
  const read = () => ({ wall: wallMs(), steady: steadyMs() });
  let last = read();
  const look = (): void => {
    const now = read();
    const gapMs = Math.max(now.wall - last.wall, now.steady - last.steady);
    last = now;
    after(lookMs, look);
    if (gapMs >= sleptMs) onSlept();
  };
  after(lookMs, look);
}
