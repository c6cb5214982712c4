/**
 * When to sync. One cycle at a time, for as long as this worker leads.
 *
 *   connecting --first answer--> syncing --equal or done--> idle --any trigger--> syncing
 *       |                           |                         ^
 *       |  unreachable, timed out,  |        backoff, edit,   |
 *       +------ not our server -----+--> offline --nudge------+
 *                                   +--> signed-out --sign-in, asked--> syncing
 *                                   +--> paused (wrong person, authority, protocol, revoked) --sign-in, asked--> syncing
 *   any --drain--> one last push --> off
 *
 * Promises:
 *  - never two cycles at once: a trigger during a cycle makes one more after it
 *  - a cycle without progress for 60 seconds is called off and tried again (FAULTS 33)
 *  - a failure is always followed by a timer, but for signed-out and paused, which say so and wait for a person
 *  - nothing here touches the queue: a loop that is stopped anywhere loses nothing
 */
import { isDisproof } from '../../src/protocol/disproof.ts';
import type { SyncProblem } from '../../src/protocol/problem.ts';
import type { SyncState } from '../../src/protocol/threads.ts';
import { retryMs } from './backoff.ts';
import type { CycleEnd, CycleMode, CycleWatch } from './cycle.ts';
import type { Timers } from '../../src/protocol/timers.ts';
import { phaseAfter } from './phase.ts';
import { watchStuck } from './stuck.ts';

/**
 * `asked`: the person pressed "sync now"; `nudge`: came back to the tab, or the browser says the network is back;
 * `written`: a change was saved here; `news`: a poke, or the time to poll.
 */
export type Trigger = 'start' | 'asked' | 'nudge' | 'written' | 'news' | 'signed-in';

const isOfPerson = (why: Trigger | null): why is 'asked' | 'signed-in' => why === 'asked' || why === 'signed-in';

type LoopMode = Exclude<CycleMode, 'leave'>;

export interface LoopDeps {
  readonly timers: Timers;
  readonly now: () => number;
  readonly random: () => number;
  readonly provedEqualMs: number | null;
  readonly runCycle: (signal: AbortSignal, mode: LoopMode, watch: CycleWatch) => Promise<CycleEnd>;
  /** Milliseconds until something unsent may leave (0: now), or null. */
  readonly readyInMs: () => Promise<number | null>;
  /** What a cycle that threw means. */
  readonly problemOf: (error: unknown) => SyncProblem;
  readonly onState: (state: SyncState) => void;
}

export interface Loop {
  trigger(why: Trigger): void;
  /** Bytes are arriving: the cycle is not stuck. */
  alive(): void;
  clockOffset(offsetMs: number): void;
  state(): SyncState;
  /** Ends what it did, and does this in its place, watched in the same way; again when it is asked again. */
  leave(work: (signal: AbortSignal, watch: CycleWatch) => Promise<SyncProblem | null>): Promise<SyncProblem | null>;
  /** Sends what is left for at most `graceMs`, then ends for good. */
  drain(graceMs: number): Promise<void>;
}

export const watchdogMs = 60_000;
/** A save is followed by a push after this; more saves meanwhile go with it. */
export const debounceMs = 1_000;
/** After a failure, edits alone do not try again sooner than this. */
const shortestRetryMs = 5_000;
/** With events arriving, a look now and then all the same. */
const idleMs = 300_000;

export function startLoop(deps: LoopDeps): Loop {
  const { timers, now } = deps;
  let state: SyncState = {
    phase: 'connecting',
    provedEqualMs: deps.provedEqualMs,
    problem: null,
    clockOffsetMs: null,
    receiving: null,
  };
  let running: AbortController | null = null;
  let again: Trigger | null = null;
  let ending = false;
  let failures = 0;
  /** Whether this cycle has handed something in or received a page: a line that breaks again and again still carries. */
  let advanced = false;
  let failedAt = 0;
  let startedAt = 0;
  let cancelNext = (): void => undefined;
  let cancelWatchdog = (): void => undefined;
  let cancelDebounce: (() => void) | null = null;
  let onEnd = (): void => undefined;

  const tell = (change: Partial<SyncState>) => {
    const next = { ...state, ...change };
    const changed = (Object.keys(change) as (keyof SyncState)[]).some((key) => next[key] !== state[key]);
    state = next;
    if (changed) deps.onState(state);
  };
  const serverNow = (): number => now() + (state.clockOffsetMs ?? 0);
  const stuck = watchStuck(timers, serverNow, (stuckSinceMs) => tell({ stuckSinceMs }));
  const plan = (ms: number, why: Trigger) => {
    cancelNext();
    cancelNext = timers.after(ms, () => trigger(why));
  };
  const alive = () => {
    cancelWatchdog();
    const cycle = running;
    if (cycle !== null) cancelWatchdog = timers.after(watchdogMs, () => cycle.abort());
  };

  function trigger(why: Trigger): void {
    if (ending) return;
    if (why === 'written') return debounce();
    const waits = state.phase === 'signed-out' || state.phase === 'paused';
    if (waits && !isOfPerson(why)) return;
    // What a person did is not forgotten for what comes by itself.
    if (running !== null) again = isOfPerson(again) ? again : why;
    else void run('full', why);
  }

  function debounce(): void {
    cancelDebounce ??= timers.after(debounceMs, () => {
      cancelDebounce = null;
      void afterWrite();
    });
  }

  /** A write may be our own settling, or a text still being typed: only what may leave starts a cycle. */
  async function afterWrite(): Promise<void> {
    const ms = await deps.readyInMs().catch(() => null);
    if (ms === null || ending || state.phase === 'signed-out' || state.phase === 'paused') return;
    const sinceFailure = failures === 0 ? 0 : Math.max(0, failedAt + shortestRetryMs - now());
    if (running !== null) again ??= 'news';
    else if (ms === 0 && sinceFailure === 0) void run('full', 'news');
    else if (failures === 0) plan(ms, 'news');
    else plan(Math.max(ms, Math.min(sinceFailure, shortestRetryMs)), 'news');
  }

  async function run(mode: LoopMode, why: Trigger): Promise<void> {
    const cycle = new AbortController();
    running = cycle;
    again = null;
    advanced = false;
    startedAt = now();
    cancelNext();
    alive();
    const connected = state.phase === 'idle' || state.phase === 'syncing';
    if (connected) tell({ phase: 'syncing' });
    else if (state.phase !== 'offline' || why === 'asked' || why === 'nudge') tell({ phase: 'connecting' });
    const end = await settled(cycle.signal, (signal, watch) => deps.runCycle(signal, mode, watch));
    cancelWatchdog();
    running = null;
    if (ending) return onEnd();
    await conclude(end);
  }

  /** The end of a cycle, whatever happens in it; a cycle that is called off counts as ended at once. */
  function settled(
    signal: AbortSignal,
    work: (signal: AbortSignal, watch: CycleWatch) => Promise<CycleEnd>,
  ): Promise<CycleEnd> {
    const failed = (problem: SyncProblem): CycleEnd => ({ problem, provedEqualMs: null });
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(failed({ kind: 'timed-out' })));
      const current = () => !signal.aborted;
      const watch: CycleWatch = {
        progress: () => current() && alive(),
        contact: () => current() && tell({ phase: 'syncing' }),
        received(receiving) {
          if (!current()) return;
          advanced ||= receiving !== null;
          tell({ receiving });
        },
        unproved() {
          if (!current()) return;
          advanced = true;
          tell({ provedEqualMs: null });
        },
      };
      work(signal, watch).then(resolve, (error: unknown) => resolve(failed(deps.problemOf(error))));
    });
  }

  async function conclude({ problem, provedEqualMs }: CycleEnd): Promise<void> {
    const phase = phaseAfter(problem);
    const proved = isDisproof(problem) ? null : (provedEqualMs ?? state.provedEqualMs);
    tell({ phase, problem, receiving: null, provedEqualMs: proved });
    if (problem === null) stuck.mended();
    else if (phase === 'idle') stuck.failed();
    if (phase === 'signed-out' || phase === 'paused') {
      if (isOfPerson(again)) void run('full', again);
      return;
    }
    failures = problem === null ? 0 : advanced ? 1 : failures + 1;
    if (problem !== null) failedAt = now();
    const why = again;
    if (why !== null && (problem === null || why !== 'news')) return void run('full', why);
    if (problem !== null) return plan(waitAfter(problem), 'news');
    plan(idleMs, 'news');
    const ms = await deps.readyInMs().catch(() => null);
    if (ms !== null && running === null && !ending) plan(Math.max(ms, debounceMs), 'news');
  }

  /** A time-out was a wait already: from one try to the next it is never longer than without it (FAULTS 33). */
  function waitAfter(problem: SyncProblem): number {
    const wait = retryMs(problem, failures, deps.random());
    const waited = problem.kind === 'timed-out' ? Math.max(0, now() - startedAt) : 0;
    return Math.max(Math.min(wait, debounceMs), wait - waited);
  }

  async function drain(graceMs: number): Promise<void> {
    const mayTry = state.phase !== 'signed-out' && state.phase !== 'paused';
    ending = true;
    cancelNext();
    cancelDebounce?.();
    stuck.end();
    const over = new Promise<void>((resolve) => {
      const cancelGrace = timers.after(graceMs, resolve);
      const finish = async () => {
        if (running !== null) await new Promise<void>((ended) => (onEnd = ended));
        if (mayTry) await run('drain', 'asked');
        cancelGrace();
        resolve();
      };
      void finish();
    });
    await over;
    running?.abort();
    cancelWatchdog();
    tell({ phase: 'off', receiving: null });
  }

  let leaving: Promise<SyncProblem | null> | null = null;
  const leave: Loop['leave'] = (work) => (leaving ??= leaveOnce(work).finally(() => (leaving = null)));

  async function leaveOnce(work: Parameters<Loop['leave']>[0]): Promise<SyncProblem | null> {
    ending = true;
    cancelNext();
    cancelDebounce?.();
    stuck.end();
    if (running !== null) await new Promise<void>((ended) => (onEnd = ended));
    const cycle = new AbortController();
    running = cycle;
    alive();
    const { problem } = await settled(cycle.signal, async (signal, watch) => ({
      problem: await work(signal, watch),
      provedEqualMs: null,
    }));
    cancelWatchdog();
    running = null;
    onEnd();
    return problem;
  }

  void run('full', 'start');
  return {
    trigger,
    alive,
    clockOffset: (clockOffsetMs) => tell({ clockOffsetMs }),
    state: () => state,
    leave,
    drain,
  };
}
