/**
 * Deadlines.
 *
 * Promises:
 *  - no await of a cycle is unbounded: `within` ends with `Stopped` when its time has passed or the signal aborts
 *  - a stopped piece of work starts nothing more: `within` refuses to begin once the signal has aborted
 */
import type { Timers } from '../../src/protocol/timers.ts';

/** Why a piece of work ended before it was done. */
export class Stopped extends Error {
  readonly why: 'aborted' | 'deadline';
  constructor(why: 'aborted' | 'deadline') {
    super(why === 'aborted' ? 'The work was called off.' : 'The work took longer than its deadline.');
    this.why = why;
  }
}

/** The result of `work`, or `Stopped` after `ms` or when `signal` aborts. */
export function within<T>(signal: AbortSignal, timers: Timers, ms: number, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) return Promise.reject(new Stopped('aborted'));
  return new Promise<T>((resolve, reject) => {
    const end = () => {
      cancel();
      signal.removeEventListener('abort', onAbort);
    };
    const onAbort = () => {
      end();
      reject(new Stopped('aborted'));
    };
    const cancel = timers.after(ms, () => {
      end();
      reject(new Stopped('deadline'));
    });
    signal.addEventListener('abort', onAbort);
    work().then(
      (value) => {
        end();
        resolve(value);
      },
      (error: unknown) => {
        end();
        reject(error as Error);
      },
    );
  });
}

/** What it fails with is for whoever waits for it; work begun ahead is not waited for by what has ended before. */
export function quiet<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
