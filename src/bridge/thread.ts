/**
 * A worker behind deadlines (FAULTS 15, L10: a call to a worker that is gone never answers by itself).
 *
 * Promises:
 *  - the worker starts with the first call, and again after it has died
 *  - every call answers within its time: with the value, or with what went wrong as data
 *  - a worker that misses two heartbeats, or that reports an error and then does not answer, is ended; calls that wait for
 *    it are answered at once and `onLost` is told
 */
import { releaseProxy, wrap, type Endpoint, type Remote } from 'comlink';
import type { Result, SyncProblem } from '../protocol/problem.ts';
import type { Timers } from '../protocol/timers.ts';

export type ThreadEnd = Endpoint & { terminate(): void };

export interface ThreadDeps {
  readonly start: () => ThreadEnd;
  readonly timers: Timers;
  /** The worker died. Calling makes a new one. */
  readonly onLost: () => void;
}

export interface Thread<Api> {
  call<T>(ms: number, ask: (api: Remote<Api>) => Promise<T>): Promise<Result<T, SyncProblem>>;
  /** Ends the worker; calls that wait are answered. */
  end(): void;
}

const beatMs = 15_000;
const beatDeadlineMs = 10_000;
const missesAllowed = 2;

interface Life<Api> {
  readonly worker: ThreadEnd;
  readonly api: Remote<Api>;
  readonly waiting: Set<() => void>;
  misses: number;
  cancelBeat: () => void;
}

export function openThread<Api extends { ping(): Promise<true> }>({ start, timers, onLost }: ThreadDeps): Thread<Api> {
  let life: Life<Api> | null = null;

  function begin(): Life<Api> {
    const worker = start();
    const begun: Life<Api> = {
      worker,
      api: wrap<Api>(worker),
      waiting: new Set(),
      misses: 0,
      cancelBeat: () => undefined,
    };
    life = begun;
    // A script that does not load, or that throws: one heartbeat tells whether anything is still there.
    worker.addEventListener('error', () => void beat(begun, missesAllowed));
    begun.cancelBeat = timers.after(beatMs, () => void beat(begun, 1));
    return begun;
  }

  async function beat(begun: Life<Api>, weight: number): Promise<void> {
    if (life !== begun) return;
    begun.cancelBeat();
    const answer = await ask(begun, beatDeadlineMs, () => (begun.api as unknown as { ping(): Promise<true> }).ping());
    if (life !== begun) return;
    begun.misses = answer.ok ? 0 : begun.misses + weight;
    if (begun.misses >= missesAllowed) return lose(begun);
    begun.cancelBeat = timers.after(beatMs, () => void beat(begun, 1));
  }

  function lose(begun: Life<Api>): void {
    finish(begun);
    onLost();
  }

  function finish(begun: Life<Api>): void {
    if (life === begun) life = null;
    begun.cancelBeat();
    begun.worker.terminate();
    for (const answer of [...begun.waiting]) answer();
    begun.api[releaseProxy]();
  }

  function ask<T>(begun: Life<Api>, ms: number, work: () => Promise<T>): Promise<Result<T, SyncProblem>> {
    return new Promise((resolve) => {
      const settle = (result: Result<T, SyncProblem>) => {
        cancel();
        begun.waiting.delete(lost);
        resolve(result);
      };
      const fail = (problem: SyncProblem) => settle({ ok: false, problem });
      const lost = () => fail({ kind: 'laptop-failed', why: 'thread ended' });
      const cancel = timers.after(ms, () => fail({ kind: 'timed-out' }));
      begun.waiting.add(lost);
      work().then(
        (value) => settle({ ok: true, value }),
        (error: unknown) => fail({ kind: 'laptop-failed', why: String(error) }),
      );
    });
  }

  return {
    call(ms, work) {
      const begun = life ?? begin();
      return ask(begun, ms, () => work(begun.api));
    },
    end() {
      if (life !== null) finish(life);
    },
  };
}
