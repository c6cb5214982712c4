/**
 * One cycle: push what is sealed and ready, ask about what was held, pull what is new, compare, repair. Promises:
 *  - every await has a deadline and ends at once when the cycle is called off; after that nothing new begins
 *  - the network and the store are never waited for together: no transaction is open across a request
 *  - a problem that is about our own ops does not stop pulling
 *  - the proof is written before the cube is asked for: figures that do not come are no problem of what was synced
 */
import type { DeviceId } from '../../src/domain/ids.ts';
import { isDisproof } from '../../src/protocol/disproof.ts';
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import type { LaptopStore } from './laptop-store.ts';
import { askForCube } from './cube.ts';
import { exchangeHeld } from './held.ts';
import type { Doubt } from './doubt.ts';
import type { Line } from './line.ts';
import { pull } from './pull.ts';
import { isAway, push } from './push.ts';
import type { Remote } from './remote.ts';
import { repairUntilEqual } from './repair.ts';
import type { Answer } from './transport.ts';
import type { Timers } from '../../src/protocol/timers.ts';
import { within } from './deadline.ts';

/** What the steps of a cycle work with. */
export interface Run {
  readonly signal: AbortSignal;
  readonly store: LaptopStore;
  readonly remote: Remote;
  readonly newDevice: () => DeviceId;
  readonly line: Line;
  readonly doubt: Doubt;
  /** One await on the store, with its deadline. */
  disk<T>(work: () => Promise<T>): Promise<T>;
  /** One await on the network, whose deadlines are the transport's. */
  ask<T>(
    work: (signal: AbortSignal, device: DeviceId) => Promise<Result<Answer<T>, SyncProblem>>,
  ): Promise<Result<Answer<T>, SyncProblem>>;
  /** Records received so far of a download that goes on; null when it is done. */
  received(count: number | null): void;
  /** The server has taken a change: what was proved before does not speak for it. */
  unproved(): void;
}

export interface CycleDeps {
  readonly store: LaptopStore;
  readonly remote: Remote;
  readonly timers: Timers;
  readonly newDevice: () => DeviceId;
  /** What requests may carry: the same object for every cycle of a session. */
  readonly line: Line;
  /** At which changes the server fails: likewise. */
  readonly doubt: Doubt;
}

/** Told while a cycle runs. */
export interface CycleWatch {
  /** Something has come back: the cycle is not stuck. */
  progress(): void;
  /** The server has answered. */
  contact(): void;
  received(count: number | null): void;
  unproved(): void;
}

export interface CycleEnd {
  readonly problem: SyncProblem | null;
  /** Server time at which both were proved equal with nothing pending, or null when that was not shown. */
  readonly provedEqualMs: number | null;
}

/**
 * `drain` only sends, and does not wait for texts to be finished. `leave`: the same for a laptop that is to forget its copy, and
 * whatever it takes for the server to have it all (`leave`).
 */
export type CycleMode = 'full' | 'drain' | 'leave';

const diskMs = 30_000;
const graceMs = 24 * 60 * 60 * 1000;
/** Above the transport's own longest, which answers first. */
const askMs = 240_000;

export async function runCycle(
  deps: CycleDeps,
  signal: AbortSignal,
  mode: Exclude<CycleMode, 'leave'>,
  watch: CycleWatch,
): Promise<CycleEnd> {
  const { store } = deps;
  const run = startRun(deps, signal, watch);
  const without = async (problem: SyncProblem): Promise<CycleEnd> => {
    if (isDisproof(problem)) await run.disk(() => store.writeDisproved());
    if (await run.disk(() => store.dropStale(graceOf(problem)))) watch.unproved();
    return ended(problem);
  };
  const pushed = await push(run, mode);
  if (pushed !== null && (mode === 'drain' || !isAboutOurOps(pushed))) return without(pushed);
  if (mode === 'drain') return ended(null);
  const told = await exchangeHeld(run);
  if (told !== null && !isAboutOurOps(told)) return without(told);

  let pulled = await pull(run);
  if (pulled.ok && !pulled.value.equal) pulled = await repairUntilEqual(run);
  if (!pulled.ok) return without(pulled.problem);

  const problem = pushed ?? told;
  const isProved = problem === null && !(await run.disk(() => store.hasPending()));
  const { serverMs } = pulled.value;
  if (isProved) {
    await run.disk(() => store.writeProvedEqual(serverMs));
    await run.disk(() => store.sweepRetained(serverMs));
  } else {
    await run.disk(() => store.writeCompared(serverMs));
  }
  await askForCube(run);
  if (isDisproof(problem)) await run.disk(() => store.writeDisproved());
  return isProved ? { problem: null, provedEqualMs: serverMs } : ended(problem);
}

/**
 * How much longer than the council allows a copy stays that could not be compared because of this. Where the server is there it may
 * be compared in a minute, once somebody has signed in, say: a weekend is no reason to download everything again.
 */
const graceOf = (problem: SyncProblem): number => (isAway(problem) ? 0 : graceMs);

const ended = (problem: SyncProblem | null): CycleEnd => ({ problem, provedEqualMs: null });

/** These say that our batch does not fit, now or at all, or that the server fails over it; what others did can still be received. */
const isAboutOurOps = ({ kind }: SyncProblem): boolean => aboutOurOps.has(kind);
const aboutOurOps: ReadonlySet<SyncProblem['kind']> = new Set([
  'chain',
  'forked',
  'too-large',
  'too-many-tries',
  'too-much-discarded',
  'bad-request',
  'server-error',
]);

export function startRun(
  { store, remote, timers, newDevice, line, doubt }: CycleDeps,
  signal: AbortSignal,
  watch: CycleWatch,
): Run {
  const disk = async <T>(work: () => Promise<T>): Promise<T> => {
    const value = await within(signal, timers, diskMs, work);
    watch.progress();
    return value;
  };
  return {
    signal,
    store,
    remote,
    newDevice,
    line,
    doubt,
    disk,
    async ask(work) {
      const device = await disk(() => store.device());
      const answer = await within(signal, timers, askMs, () => work(signal, device));
      watch.progress();
      if (answer.ok) watch.contact();
      return answer;
    },
    received: watch.received,
    unproved: watch.unproved,
  };
}
