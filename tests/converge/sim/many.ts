/** Runs many schedules in one process each for the machine's cores, until one fails, time is up, it is stopped or all are done. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Violation } from './world.ts';

/** What a process is told to do. */
export interface Order {
  readonly seed: string;
  /** Runs the schedules `seed:first`, `seed:first+every`, ... below `below`. */
  readonly first: number;
  readonly every: number;
  readonly below: number;
  readonly untilMs: number;
  readonly plant: string | null;
}

/** Told to a process that is to end after the schedule it is at. */
export const stopOrder = 'stop';

/** What a process tells, now and then and at its end. */
export interface News {
  readonly schedules: number;
  readonly ops: number;
  readonly decided: number;
  readonly faults: readonly (readonly [string, number])[];
  readonly failure: { readonly seed: string; readonly violation: Violation } | null;
  readonly done: boolean;
}

export interface Totals {
  schedules: number;
  ops: number;
  decided: number;
  readonly faults: Map<string, number>;
  failures: NonNullable<News['failure']>[];
}

export async function runMany(
  ask: {
    readonly seed: string;
    readonly schedules: number;
    readonly minutes: number;
    readonly plant: string | null;
    readonly stop?: AbortSignal;
  },
  onNews: (totals: Totals) => void,
): Promise<Totals> {
  const totals: Totals = { schedules: 0, ops: 0, decided: 0, faults: new Map(), failures: [] };
  const every = Math.min(availableParallelism(), ask.schedules);
  const untilMs = Date.now() + ask.minutes * 60_000;
  const file = new URL('sim-process.ts', import.meta.url);
  const children = Array.from({ length: every }, () => fork(file, { execArgv: ['--import', 'tsx'] }));
  ask.stop?.addEventListener('abort', () => {
    for (const child of children) if (child.connected) child.send(stopOrder);
  });
  await Promise.all(
    children.map(
      (child, first) =>
        new Promise<void>((resolve) => {
          child.on('message', (news: News) => {
            totals.schedules += news.schedules;
            totals.ops += news.ops;
            totals.decided += news.decided;
            for (const [fault, count] of news.faults) totals.faults.set(fault, (totals.faults.get(fault) ?? 0) + count);
            if (news.failure !== null) {
              totals.failures.push(news.failure);
              for (const each of children) each.kill();
            }
            onNews(totals);
          });
          child.on('exit', (code, signal) => {
            // The others are ended by us as soon as one has failed; one that is ended before has not run its share.
            if (code !== 0 && totals.failures.length === 0)
              totals.failures.push({
                seed: ask.seed,
                violation: { oracle: 'no error', what: `A process ended with ${code ?? signal}` },
              });
            resolve();
          });
          child.send({ seed: ask.seed, first, every, below: ask.schedules, untilMs, plant: ask.plant } satisfies Order);
        }),
    ),
  );
  return totals;
}
