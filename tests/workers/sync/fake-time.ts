/** Time that moves only when a test says so: timers run in order of their due times, promises settle in between. */
import type { Timers } from '../../../src/protocol/timers.ts';

export interface FakeTime {
  readonly timers: Timers;
  now(): number;
  /** Moves on by `ms`, running what falls due on the way. */
  pass(ms: number): Promise<void>;
  /** Lets promises settle without moving. */
  settle(): Promise<void>;
  /** How many timers are set. */
  waiting(): number;
}

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly run: () => void;
}

export function fakeTime(startMs = 0): FakeTime {
  let nowMs = startMs;
  let order = 0;
  const timers = new Set<Timer>();
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  const next = (untilMs: number): Timer | undefined =>
    [...timers].filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
  return {
    now: () => nowMs,
    settle,
    waiting: () => timers.size,
    timers: {
      after(ms, run) {
        const timer = { dueMs: nowMs + ms, order: order++, run };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
    },
    async pass(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (let timer = next(untilMs); timer !== undefined; timer = next(untilMs)) {
        timers.delete(timer);
        nowMs = Math.max(nowMs, timer.dueMs);
        timer.run();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}
