/**
 * What the worker offers the page for syncing: at most one session at a time. A second `start` ends the first, so that a
 * page that is unsure whether its call arrived may make it again.
 */
import type { DeviceId, NewId } from '../../src/domain/ids.ts';
import type { Result, StoreProblem, SyncProblem } from '../../src/protocol/problem.ts';
import type { Session } from '../../src/protocol/session.ts';
import type { SyncApi, SyncState, SyncTicket } from '../../src/protocol/threads.ts';
import type { Store } from '../../src/store/open.ts';
import { problemOf } from '../../src/store/problems.ts';
import { laptopStore } from './laptop-store.ts';
import { newLine } from './line.ts';
import { newDoubt } from './doubt.ts';
import type { Locks } from './leader.ts';
import { remoteFor } from './remote.ts';
import { startSession, type Channel, type SyncSession } from './session.ts';
import type { Timers } from '../../src/protocol/timers.ts';
import { Stopped } from './deadline.ts';
import { tellLog, type Told } from './tell-log.ts';
import type { Transport, TransportDeps } from './transport.ts';

export interface SyncApiDeps {
  readonly openLaptop: (ticket: SyncTicket, key: CryptoKey) => Promise<Result<Store, StoreProblem>>;
  readonly openTransport: (watch: Required<Pick<TransportDeps, 'onContact' | 'onBytes' | 'proof'>>) => Transport;
  /** What shows the server that the copy with this key is unlocked. */
  readonly proofOf: (key: CryptoKey) => Promise<string>;
  readonly openChannel: (ticket: SyncTicket) => Channel;
  readonly locks: Locks;
  readonly timers: Timers;
  readonly now: () => number;
  readonly random: () => number;
  readonly newId: NewId;
}

export interface SyncWorker {
  readonly api: SyncApi;
  /**
   * By which accounts are asked. What is asked while a laptop starts waits for what shows that its copy is unlocked: the server takes a
   * request without it for one of a locked laptop, and answers that nobody is signed in.
   */
  readonly accountTransport: Pick<Transport, 'post'>;
  /** A sign-in succeeded here: a paused sync of that person goes on. */
  signedIn(session: Session): void;
}

const off: SyncState = { phase: 'off', provedEqualMs: null, problem: null, clockOffsetMs: null, receiving: null };

export function syncApi(deps: SyncApiDeps): SyncWorker {
  let session: SyncSession | null = null;
  let ticketNow: SyncTicket | null = null;
  let proof: string | null = null;
  const transport = deps.openTransport({
    onContact: (offsetMs) => session?.clockOffset(offsetMs),
    onBytes: () => session?.alive(),
    proof: () => proof,
  });

  /** The start that was asked for last. */
  let starting: Promise<void> = Promise.resolve();
  const accountTransport: SyncWorker['accountTransport'] = {
    async post(...asked) {
      await starting.catch(() => undefined);
      return transport.post(...asked);
    },
  };

  /** Starts and stops queue, so that two of them never meet half-way. */
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => (turn = turn.then(work, work));

  async function stop(graceMs: number): Promise<void> {
    const ending = session;
    session = null;
    ticketNow = null;
    await ending?.stop(graceMs);
    proof = null;
  }

  async function start(ticket: SyncTicket, key: CryptoKey, onState: (state: SyncState) => void): Promise<void> {
    await stop(0);
    const opened = await deps.openLaptop(ticket, key);
    if (!opened.ok) return onState({ ...off, phase: 'paused', problem: failed(opened.problem) });
    const store = opened.value;
    proof = await deps.proofOf(key);
    ticketNow = ticket;
    session = startSession({
      ...deps,
      who: ticket,
      transport,
      store: laptopStore(store),
      remote: remoteFor(transport, ticket),
      newDevice: () => deps.newId() as DeviceId,
      line: newLine(),
      doubt: newDoubt(),
      channel: deps.openChannel(ticket),
      onWrite: (listener) => store.port.onWrite(listener),
      closeStore: () => store.port.close(),
      problemOf: syncProblemOf,
      onState,
    });
  }

  /** What is being started or stopped has been first: a page that has just been opened may be asked at once. */
  const settled = (): Promise<void> => turn.catch(() => undefined);

  async function ask<T>(work: (open: SyncSession) => Promise<Result<T, SyncProblem>>): Promise<Result<T, SyncProblem>> {
    await settled();
    if (session === null) return notStarted;
    try {
      return await work(session);
    } catch (error) {
      return { ok: false, problem: syncProblemOf(error) };
    }
  }

  async function tell(what: Told): Promise<Result<null, SyncProblem>> {
    await settled();
    return ticketNow === null ? notStarted : tellLog(transport, ticketNow, what);
  }

  const api: SyncApi = {
    start: (ticket, key, onState) => (starting = inTurn(() => start(ticket, key, onState))),
    syncNow: () => settled().then(() => session?.syncNow()),
    nudge: () => settled().then(() => session?.nudge()),
    openRecord: (record) => ask((open) => open.openRecord(record)),
    heldList: (limit) => ask((open) => open.heldList(limit)),
    missingList: (limit) => ask((open) => open.missingList(limit)),
    searchCase: (reference) => ask((open) => open.searchCase(reference)),
    disclose: (asked) => ask((open) => open.disclose(asked)),
    decide: (says) => ask((open) => open.decide(says)),
    tellLoss: (loss) => tell({ loss }),
    tellExport: (exported) => tell({ exported }),
    leave: (why) =>
      ask(async (open) => {
        const problem = await open.leave(why);
        return problem === null ? { ok: true, value: null } : { ok: false, problem };
      }),
    stop: (graceMs) => inTurn(() => stop(graceMs)),
    ping: async () => true,
  };
  return {
    api,
    accountTransport,
    signedIn: ({ authority, person }) => {
      if (ticketNow?.person === person && ticketNow.authority === authority) session?.signedIn();
    },
  };
}

const notStarted = { ok: false, problem: { kind: 'laptop-failed', why: 'not started' } } as const;

const failed = (problem: StoreProblem): SyncProblem => ({ kind: 'laptop-failed', why: problem.kind });

/** What a cycle that threw means: a deadline that passed, the store's own problem, or a bug; nothing is lost by any. */
export function syncProblemOf(error: unknown): SyncProblem {
  if (error instanceof Stopped) return { kind: 'timed-out' };
  const problem = problemOf(error);
  return problem === null ? { kind: 'laptop-failed', why: String(error) } : failed(problem);
}
