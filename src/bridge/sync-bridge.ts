/**
 * The page's end of the sync worker. The worker starts with the first call; one that died is started again with the same
 * ticket and key, and goes on from the store. Nothing that syncs is kept here but the newest state.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import { proxy, type Remote } from 'comlink';
import type { RecordId } from '../domain/ids.ts';
import type { ExportNote } from '../protocol/export.ts';
import type { Decided, HeldList, LeadSays } from '../protocol/held.ts';
import type { Loss } from '../protocol/loss.ts';
import type { MissingList } from '../protocol/missing.ts';
import type { Result, SyncProblem } from '../protocol/problem.ts';
import type { DiscloseAsk, DiscloseReply, SearchReply } from '../protocol/subject-access.ts';
import type { AccountApi, SyncApi, SyncState, SyncTicket } from '../protocol/threads.ts';
import type { Timers } from '../protocol/timers.ts';
import { openThread, type ThreadEnd } from './thread.ts';

/** What the page shows of syncing. `laptop-only`: there is no server, and nothing is ever sent. */
export interface ShownSync extends Omit<SyncState, 'phase'> {
  readonly phase: SyncState['phase'] | 'laptop-only';
}

/** No server is being talked to just now. */
export const isAway = (phase: ShownSync['phase']): boolean =>
  phase === 'offline' || phase === 'off' || phase === 'signed-out' || phase === 'laptop-only';

/** What the page needs of syncing, with a server or without. */
export interface SyncBridge {
  readonly state: ReadonlySignal<ShownSync>;
  start(ticket: SyncTicket, key: CryptoKey): Promise<void>;
  /** Tries now, whatever the timers say. */
  syncNow(): Promise<void>;
  /** Fetches a record in full; `false` when the server has none for this person. */
  openRecord(record: RecordId): Promise<Result<boolean, SyncProblem>>;
  /** The held groups that this person decides about; with `limit` 0 only how many there are. */
  heldList(limit: number): Promise<Result<HeldList, SyncProblem>>;
  /** What a restore of the server did not bring back; with `limit` 0 only how many changes. */
  missingList(limit: number): Promise<Result<MissingList, SyncProblem>>;
  /** All audits that something is held of under a case reference. */
  searchCase(reference: string): Promise<Result<SearchReply, SyncProblem>>;
  /** What is held of one of them, a page of its history at a time. */
  disclose(ask: DiscloseAsk): Promise<Result<DiscloseReply, SyncProblem>>;
  /** What became of each group, in the order asked. */
  decide(says: LeadSays): Promise<Result<readonly Decided[], SyncProblem>>;
  /** Tells the server's log what the browser has lost. */
  tellLoss(loss: Loss): Promise<Result<null, SyncProblem>>;
  /** Tells the server's log of a file that was made here. */
  tellExport(made: ExportNote): Promise<Result<null, SyncProblem>>;
  /** Hands over all that the server does not have, because the copy is to be forgotten. */
  leave(why: string): Promise<Result<null, SyncProblem>>;
  /** Sends what is left for at most `graceMs`, then ends the thread and the key in it. */
  stop(graceMs: number): Promise<void>;
}

/** The same with a server behind it. */
export interface ServerBridge extends SyncBridge {
  /** Account calls; each answers within its deadline, a lost thread as `laptop-failed`. */
  readonly account: AccountApi;
}

export interface SyncBridgeDeps {
  readonly startWorker: () => ThreadEnd;
  readonly timers: Timers;
  /** Calls back when the person returns to this tab. Returns how to stop. */
  readonly onReturn: (run: () => void) => () => void;
}

type SyncWorkerApi = SyncApi & AccountApi;

const callMs = 10_000;
const startMs = 30_000;
/** Above the worker's own deadlines, which answer first and say more. */
const networkMs = 200_000;
/** A long queue over a thin line; asked again, it goes on. */
const leaveMs = 15 * 60_000;
const firstRestartMs = 1_000;
const longestRestartMs = 60_000;

const off: SyncState = { phase: 'off', provedEqualMs: null, problem: null, clockOffsetMs: null, receiving: null };

export function openSyncBridge({ startWorker, timers, onReturn }: SyncBridgeDeps): ServerBridge {
  const state = signal<SyncState>(off);
  let wanted: { readonly ticket: SyncTicket; readonly key: CryptoKey } | null = null;
  let restarts = 0;
  let cancelRestart = (): void => undefined;
  let stopReturns = (): void => undefined;

  const thread = openThread<SyncWorkerApi>({ start: startWorker, timers, onLost: () => lost('thread ended') });
  const network = <T>(ask: (api: Remote<SyncWorkerApi>) => Promise<Result<T, SyncProblem>>, ms = networkMs) =>
    flat(thread.call(ms, ask));

  function lost(why: string): void {
    if (wanted === null) return;
    state.value = { ...state.value, phase: 'offline', problem: { kind: 'laptop-failed', why } };
    const ms = Math.min(longestRestartMs, firstRestartMs * 2 ** restarts);
    restarts += 1;
    cancelRestart();
    cancelRestart = timers.after(ms, () => void begin());
  }

  async function begin(): Promise<void> {
    const mine = wanted;
    if (mine === null) return;
    const onState = (next: SyncState) => {
      if (wanted !== mine) return;
      restarts = 0;
      state.value = next;
    };
    const begun = await thread.call(startMs, (api) => api.start(mine.ticket, mine.key, proxy(onState)));
    if (!begun.ok && wanted === mine) lost(begun.problem.kind);
  }

  return {
    state,
    account: {
      authority: () => network((api) => api.authority()),
      session: () => network((api) => api.session()),
      signIn: (email, password, more) => network((api) => api.signIn(email, password, more)),
      signOut: () => network((api) => api.signOut()),
      invitation: (token) => network((api) => api.invitation(token)),
      join: (token, password, profile) => network((api) => api.join(token, password, profile)),
      invite: (person) => network((api) => api.invite(person)),
      access: (person, allowed) => network((api) => api.access(person, allowed)),
      accounts: () => network((api) => api.accounts()),
      changePassword: (password, newPassword, code) =>
        network((api) => api.changePassword(password, newPassword, code)),
      beginFactor: (password, code) => network((api) => api.beginFactor(password, code)),
      confirmFactor: (code) => network((api) => api.confirmFactor(code)),
      removeFactor: (password, code) => network((api) => api.removeFactor(password, code)),
      resetFactor: (person) => network((api) => api.resetFactor(person)),
      unlinkCouncil: (person) => network((api) => api.unlinkCouncil(person)),
      noticed: (atMs) => network((api) => api.noticed(atMs)),
      deposit: (copy, secret) => network((api) => api.deposit(copy, secret)),
      deposited: (keyring, mark) => network((api) => api.deposited(keyring, mark)),
      recover: (keyring) => network((api) => api.recover(keyring)),
      laptops: () => network((api) => api.laptops()),
      nameLaptop: (device, name) => network((api) => api.nameLaptop(device, name)),
      revokeLaptop: (device, form, reason, password) =>
        network((api) => api.revokeLaptop(device, form, reason, password)),
      standing: (asked) => network((api) => api.standing(asked)),
      gone: (copy, givenUp) => network((api) => api.gone(copy, givenUp)),
    },
    async start(ticket, key) {
      wanted = { ticket, key };
      stopReturns();
      stopReturns = onReturn(() => void thread.call(callMs, (api) => api.nudge()));
      await begin();
    },
    async syncNow() {
      await thread.call(callMs, (api) => api.syncNow());
    },
    openRecord: (record) => network((api) => api.openRecord(record)),
    heldList: (limit) => network((api) => api.heldList(limit)),
    missingList: (limit) => network((api) => api.missingList(limit)),
    searchCase: (reference) => network((api) => api.searchCase(reference)),
    disclose: (ask) => network((api) => api.disclose(ask)),
    decide: (says) => network((api) => api.decide(says)),
    tellLoss: (loss) => network((api) => api.tellLoss(loss)),
    tellExport: (made) => network((api) => api.tellExport(made)),
    leave: (why) => network((api) => api.leave(why), leaveMs),
    async stop(graceMs) {
      wanted = null;
      cancelRestart();
      stopReturns();
      state.value = off;
      await thread.call(graceMs + callMs, (api) => api.stop(graceMs));
      thread.end();
    },
  };
}

/** One result instead of a result in a result. */
async function flat<T>(call: Promise<Result<Result<T, SyncProblem>, SyncProblem>>): Promise<Result<T, SyncProblem>> {
  const called = await call;
  return called.ok ? called.value : called;
}
