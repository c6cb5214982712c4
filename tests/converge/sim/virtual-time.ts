/**
 * Time that passes only when nothing is left to do: timers in order of their due time, and of their making when they are due
 * together. After each one everything that follows from it comes to rest before the next one runs, so that a run repeats.
 */
import type { Timers } from '../../../src/protocol/timers.ts';

export interface VirtualTime {
  nowMs(): number;
  /** Runs `run` after `ms`; answers how to call it off. */
  after(ms: number, run: () => void): () => void;
  /** Timers of something that may die: what has died is called no more. */
  timersOf(life: Life): Timers;
  /** Lets time pass, running what falls due. */
  pass(ms: number): Promise<void>;
  /** Moves the clock without running anything, as if every laptop were asleep: what fell due meanwhile is late. */
  sleep(ms: number): void;
  /** Forgets everything and begins at `ms`. */
  begin(ms: number): void;
}

/** Whether a process (a tab, a worker, a laptop) is still running. */
export interface Life {
  isOver: boolean;
}

/** Lets everything under way come to rest. All of it is promises: one turn of the event loop is enough. */
export const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Due {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | null;
}

export function virtualTime(): VirtualTime {
  let now = 0;
  let order = 0;
  let due: Due[] = [];

  const after = (ms: number, run: () => void): (() => void) => {
    const timer: Due = { atMs: now + Math.max(0, ms), order: (order += 1), run };
    push(due, timer);
    return () => {
      timer.run = null;
    };
  };

  return {
    nowMs: () => Math.floor(now),
    after,
    timersOf: (life) => ({
      after: (ms, run) => (life.isOver ? () => undefined : after(ms, () => !life.isOver && run())),
    }),
    async pass(ms) {
      const until = now + ms;
      await rest();
      for (let next = due[0]; next !== undefined && next.atMs <= until; next = due[0]) {
        pop(due);
        if (next.run === null) continue;
        now = Math.max(now, next.atMs);
        next.run();
        await rest();
      }
      now = Math.max(now, until);
    },
    sleep(ms) {
      now += ms;
    },
    begin(ms) {
      now = ms;
      order = 0;
      due = [];
    },
  };
}

const isBefore = (a: Due, b: Due): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** A binary heap: the first is the earliest. */
function push(heap: Due[], timer: Due): void {
  let at = heap.push(timer) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!swapIfBefore(heap, at, parent)) return;
    at = parent;
  }
}

function pop(heap: Due[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  for (let at = 0; ;) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    const child = right < heap.length && isBefore(heap[right] as Due, heap[left] as Due) ? right : left;
    if (child >= heap.length || !swapIfBefore(heap, child, at)) return;
    at = child;
  }
}

function swapIfBefore(heap: Due[], child: number, parent: number): boolean {
  const [a, b] = [heap[child] as Due, heap[parent] as Due];
  if (!isBefore(a, b)) return false;
  heap[child] = b;
  heap[parent] = a;
  return true;
}
