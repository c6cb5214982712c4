/**
 * One person's syncing in one worker, from start to stop: waits for the lead, runs the loop while it leads, and otherwise
 * passes on the leader's state and puts wishes to it.
 *
 * Promises:
 *  - whatever arrives over the channel has been parsed; a message can start a try or show a state, nothing else
 *  - a worker whose store is gone for good gives the lead to one that can work
 *  - `stop` sends what is unsent for at most its grace, then the store is closed and nothing refers to the key
 */
import type { AuthorityId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { SyncMessage } from '../../src/protocol/channels.ts';
import type { Decided, HeldList, LeadSays } from '../../src/protocol/held.ts';
import type { DiscloseAsk, DiscloseReply, SearchReply } from '../../src/protocol/subject-access.ts';
import type { MissingList } from '../../src/protocol/missing.ts';
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import type { SyncState } from '../../src/protocol/threads.ts';
import { isForGood, problemOf } from '../../src/store/problems.ts';
import type { TableName } from '../../src/store/rows.ts';
import { runCycle, type CycleDeps } from './cycle.ts';
import { within } from './deadline.ts';
import { lead, type Locks } from './leader.ts';
import { leave } from './leave.ts';
import { startLoop, type Loop } from './loop.ts';
import { openRecord } from './open.ts';
import { listenForNews } from './pokes.ts';
import { pokesPath } from './remote.ts';
import type { Transport } from './transport.ts';

/** The sync channel between this person's workers. */
export interface Channel {
  post(message: SyncMessage): void;
  /** Calls `listener` with each message that has the right shape. */
  listen(listener: (message: SyncMessage) => void): void;
  close(): void;
}

export interface SessionDeps extends CycleDeps {
  readonly who: { readonly authority: AuthorityId; readonly person: PersonId };
  readonly transport: Pick<Transport, 'listen'>;
  readonly channel: Channel;
  readonly locks: Locks;
  readonly now: () => number;
  readonly random: () => number;
  readonly onWrite: (listener: (tables: readonly TableName[]) => void) => () => void;
  readonly closeStore: () => Promise<void>;
  readonly problemOf: (error: unknown) => SyncProblem;
  readonly onState: (state: SyncState) => void;
}

export interface SyncSession {
  syncNow(): void;
  nudge(): void;
  signedIn(): void;
  alive(): void;
  clockOffset(offsetMs: number): void;
  openRecord(record: RecordId): Promise<Result<boolean, SyncProblem>>;
  heldList(limit: number): Promise<Result<HeldList, SyncProblem>>;
  missingList(limit: number): Promise<Result<MissingList, SyncProblem>>;
  searchCase(reference: string): Promise<Result<SearchReply, SyncProblem>>;
  disclose(ask: DiscloseAsk): Promise<Result<DiscloseReply, SyncProblem>>;
  decide(says: LeadSays): Promise<Result<readonly Decided[], SyncProblem>>;
  /** Hands over all that the server does not have, once it leads. Answers what kept it from that, or null. */
  leave(why: string): Promise<SyncProblem | null>;
  stop(graceMs: number): Promise<void>;
}

export const syncLock = (who: { readonly authority: AuthorityId; readonly person: PersonId }): string =>
  `plumbline-sync:${who.authority}:${who.person}`;

/** A change of the offset below this is noise of the line. */
const offsetStepMs = 250;
const leadAgainMs = 30_000;
/** How long a tab that is to hand everything over waits for the lead. */
const leadMs = 30_000;

export function startSession(deps: SessionDeps): SyncSession {
  const { channel, store } = deps;
  const stopping = new AbortController();
  let loop: Loop | null = null;
  let steppedDown = false;
  let getInLine = (): void => undefined;
  let isLed = (_loop: Loop): void => undefined;
  const leads = new Promise<Loop>((resolve) => (isLed = resolve));
  let offsetMs: number | null = null;
  let release = (): void => undefined;
  let quiet = (): void => undefined;

  const tell = (state: SyncState) => {
    channel.post({ kind: 'state', state });
    deps.onState(state);
  };

  async function leading(): Promise<void> {
    const provedEqualMs = await store.readProvedEqual();
    if (stopping.signal.aborted) return;
    const held = new Promise<void>((resolve) => (release = resolve));
    const mine = startLoop({
      ...deps,
      provedEqualMs,
      runCycle: (signal, mode, watch) =>
        runCycle(deps, signal, mode, watch).catch((error: unknown) => {
          const problem = problemOf(error);
          if (problem !== null && isForGood(problem)) void stepDown(mine, error);
          throw error;
        }),
      readyInMs: store.readyInMs,
      onState: (state) => {
        tell(state);
        listenWhile(isListening(state.phase));
      },
    });
    loop = mine;
    isLed(mine);
    const stopWrites = deps.onWrite((tables) => {
      if (tables.includes('pending')) mine.trigger('written');
    });
    if (offsetMs !== null) mine.clockOffset(offsetMs);
    tell(mine.state());
    listenWhile(true);
    await held;
    stopWrites();
    listenWhile(false);
  }

  /** The store was upgraded by a newer build, cleared or closed under this worker: another tab's may still have it. */
  async function stepDown(mine: Loop, error: unknown): Promise<void> {
    if (loop !== mine) return;
    await mine.drain(0);
    loop = null;
    steppedDown = true;
    release();
    // Until whoever leads now says something else.
    deps.onState(stopped(error));
  }

  const stopped = (error: unknown): SyncState => ({
    phase: 'paused',
    provedEqualMs: null,
    problem: deps.problemOf(error),
    clockOffsetMs: offsetMs,
    receiving: null,
  });

  /** Whoever has stepped down gets in line again after a while, or when asked: the browser may have opened the database anew. */
  async function waitToLead(): Promise<void> {
    do {
      if (steppedDown) await pause(leadAgainMs);
      steppedDown = false;
      await lead(deps.locks, syncLock(deps.who), stopping.signal, leading);
    } while (steppedDown && !stopping.signal.aborted);
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = deps.timers.after(ms, resolve);
      getInLine = () => (cancel(), resolve());
      stopping.signal.addEventListener('abort', getInLine, { once: true });
    });

  const syncNow = (): void => (loop === null ? getInLine() : loop.trigger('asked'));

  let listening = false;
  function listenWhile(wanted: boolean): void {
    if (wanted === listening) return;
    listening = wanted;
    if (!wanted) return quiet();
    quiet = listenForNews({
      timers: deps.timers,
      random: deps.random,
      listen: (onEvent) => deps.transport.listen(pokesPath(deps.who), onEvent),
      onNews: () => loop?.trigger('news'),
    });
  }

  channel.listen((message) => {
    switch (message.kind) {
      case 'state':
        if (loop === null) deps.onState(message.state);
        return;
      case 'ask-state':
        if (loop !== null) channel.post({ kind: 'state', state: loop.state() });
        return;
      case 'sync-now':
        return syncNow();
      case 'nudge':
        return loop?.trigger('nudge');
      case 'signed-in':
        return loop?.trigger('signed-in');
      default:
        return message satisfies never;
    }
  });
  channel.post({ kind: 'ask-state' });

  const led = waitToLead().catch((error: unknown) => deps.onState(stopped(error)));

  return {
    syncNow: () => (channel.post({ kind: 'sync-now' }), syncNow()),
    nudge: () => (loop === null ? channel.post({ kind: 'nudge' }) : loop.trigger('nudge')),
    signedIn: () => (loop === null ? channel.post({ kind: 'signed-in' }) : loop.trigger('signed-in')),
    alive: () => loop?.alive(),
    clockOffset(measured) {
      if (offsetMs !== null && Math.abs(measured - offsetMs) < offsetStepMs) return;
      offsetMs = measured;
      loop?.clockOffset(measured);
      // A store that cannot write says so to the cycle, which asks again; the next contact measures again.
      store.writeClockOffset(measured).catch(() => (offsetMs = null));
    },
    openRecord: (record) => openRecord(stopping.signal, deps, record),
    async heldList(limit) {
      const reply = await deps.remote.heldList(stopping.signal, await store.device(), limit);
      return reply.ok ? { ok: true, value: reply.value.value } : reply;
    },
    async missingList(limit) {
      const reply = await deps.remote.missingList(stopping.signal, await store.device(), limit);
      return reply.ok ? { ok: true, value: reply.value.value } : reply;
    },
    async searchCase(reference) {
      const reply = await deps.remote.searchCase(stopping.signal, await store.device(), reference);
      return reply.ok ? { ok: true, value: reply.value.value } : reply;
    },
    async disclose(ask) {
      const reply = await deps.remote.disclose(stopping.signal, await store.device(), ask);
      return reply.ok ? { ok: true, value: reply.value.value } : reply;
    },
    async decide(says) {
      const reply = await deps.remote.decide(stopping.signal, await store.device(), says);
      return reply.ok ? { ok: true, value: reply.value.value.results } : reply;
    },
    async leave(why) {
      // The other tabs of this person close, and leave the lead to this one.
      const mine = await within(stopping.signal, deps.timers, leadMs, () => leads);
      return mine.leave((signal, watch) => leave(deps, signal, watch, why));
    },
    async stop(graceMs) {
      if (loop !== null) await loop.drain(graceMs);
      stopping.abort();
      release();
      await led;
      channel.close();
      await deps.closeStore();
    },
  };
}

/** Offline, the loop asks again by itself; with its first answer the events are asked for anew, at once. */
function isListening(phase: SyncState['phase']): boolean {
  return phase === 'connecting' || phase === 'syncing' || phase === 'idle';
}
