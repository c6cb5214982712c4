/**
 * The page's end of the sleep worker. Promises: each sleep that it notices is told; one whose script does not load, or that
 * throws, is started again after a wait that doubles from a second to five minutes, for as long as the laptop is open.
 * Meanwhile the page watches by its own timer (`ui/frame/idle-lock`).
 */
import type { Timers } from '../protocol/timers.ts';

export interface SleepEnd {
  addEventListener(kind: 'message' | 'error', run: () => void): void;
  terminate(): void;
}

interface SleepBridgeDeps {
  readonly startWorker: () => SleepEnd;
  readonly timers: Timers;
  /** The computer has slept, and is awake again. */
  readonly onSlept: () => void;
}

const firstWaitMs = 1_000;
const longestWaitMs = 5 * 60_000;

/** Returns how to stop. */
export function watchSleeps({ startWorker, timers, onSlept }: SleepBridgeDeps): () => void {
  let waitMs = firstWaitMs;
  let stop = start();

  function start(): () => void {
    const worker = startWorker();
    worker.addEventListener('message', onSlept);
    worker.addEventListener('error', () => {
      worker.terminate();
      // Whatever was planned before, so that it is started once.
      stop();
      stop = timers.after(waitMs, () => {
        stop = start();
      });
      waitMs = Math.min(2 * waitMs, longestWaitMs);
    });
    return () => worker.terminate();
  }

  return () => stop();
}
