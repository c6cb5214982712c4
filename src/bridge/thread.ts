/**
 * A worker behind deadlines (FAULTS 15, L10: a call to a worker that is gone never answers by itself).
 *
 * Promises:
 *  - the worker starts with the first call, and again after it has died
 *  - every call answers within its time: with the value, or with what went wrong as data
 *  - a worker that misses two heartbeats, or whose script does not load, is ended; calls that wait for it are answered at
 *    once and `onLost` is told. While somebody waits for one that has answered before, that takes less than five seconds
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
/** While a call waits. Two in a row, since one is missed by every laptop that wakes from its sleep. */
const waitingBeatMs = 500;
const waitingDeadlineMs = 2_000;
const missesAllowed = 2;

interface Life<Api> {
  readonly worker: ThreadEnd;
  readonly api: Remote<Api>;
  readonly waiting: Set<() => void>;
  /** Calls that wait, without heartbeats. */
  calls: number;
  /** It has answered something: its script is there and runs. Loading it may take long on a slow disk. */
  isUp: boolean;
  /** Counts heartbeats, so that a newer one takes the place of one that is on its way. */
  beat: number;
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
      calls: 0,
      isUp: false,
      beat: 0,
      misses: 0,
      cancelBeat: () => undefined,
    };
    life = begun;
    worker.addEventListener('error', (event) => {
      if (life !== begun) return;
      // A script that does not load says no more than that. One that throws may go on: one heartbeat tells.
      if (!begun.isUp && !('message' in event)) return lose(begun);
      begun.misses = missesAllowed - 1;
      void beat(begun);
    });
    plan(begun);
    return begun;
  }

  const isWaitedFor = ({ calls, isUp }: Life<Api>): boolean => calls > 0 && isUp;

  function plan(begun: Life<Api>): void {
    begun.cancelBeat();
    begun.cancelBeat = timers.after(isWaitedFor(begun) ? waitingBeatMs : beatMs, () => void beat(begun));
  }

  async function beat(begun: Life<Api>): Promise<void> {
    if (life !== begun) return;
    begun.cancelBeat();
    const mine = (begun.beat += 1);
    const ms = isWaitedFor(begun) ? waitingDeadlineMs : beatDeadlineMs;
    const answer = await ask(begun, ms, () => (begun.api as unknown as { ping(): Promise<true> }).ping());
    if (life !== begun || begun.beat !== mine) return;
    begun.misses = answer.ok ? 0 : begun.misses + 1;
    if (begun.misses >= missesAllowed) return lose(begun);
    if (answer.ok) plan(begun);
    else await beat(begun);
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
        (value) => {
          begun.isUp = true;
          settle({ ok: true, value });
        },
        (error: unknown) => fail({ kind: 'laptop-failed', why: String(error) }),
      );
    });
  }

  return {
    async call(ms, work) {
      const begun = life ?? begin();
      begun.calls += 1;
      if (begun.calls === 1) {
        begun.beat += 1;
        plan(begun);
      }
      const answer = await ask(begun, ms, () => work(begun.api));
      begun.calls -= 1;
      return answer;
    },
    end() {
      if (life !== null) finish(life);
    },
  };
}
