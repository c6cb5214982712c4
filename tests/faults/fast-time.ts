/**
 * Time that runs `speed` times as fast, for everything that is given it: a laptop's timers and clock, and a server, in
 * this process or in another that is told where it began. Ninety seconds of it are spent while somebody watches.
 */
import type { Timers } from '../../src/protocol/timers.ts';

export interface FastTime {
  readonly speed: number;
  readonly beganMs: number;
  readonly timers: Timers;
  now(): number;
  /** Resolves after `ms` of this time. */
  pass(ms: number): Promise<void>;
}

export function fastTime(speed: number, beganMs = Date.now()): FastTime {
  const now = (): number => Math.floor(beganMs + (Date.now() - beganMs) * speed);
  return {
    speed,
    beganMs,
    now,
    timers: {
      after(ms, run) {
        const timer = setTimeout(run, ms / speed);
        return () => clearTimeout(timer);
      },
    },
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms / speed)),
  };
}
