/**
 * One person's opened laptop: store, sync and summary under the unlocked key, and the two ways of closing it.
 *
 *   open --lock (here or in another tab)--> drafts put away --> page blank, key dropped --> sync drains (10 s at most)
 *   open --sign out--> drafts put away --> page blank --> sync drains --> session ended --> confirmed rows forgotten
 *
 * Promises: what was registered with `onBeforeLock` is saved before the key goes; unsent work stays, sealed, either way.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { SyncProblem } from '../protocol/problem.ts';
import type { Session } from '../protocol/session.ts';
import type { Timers } from '../protocol/timers.ts';
import { dropConfirmed } from '../store/inbox.ts';
import type { KeyringEntry } from '../store/keyring.ts';
import { watch } from '../store/live.ts';
import type { Store } from '../store/open.ts';
import { readSaveCounts, type SaveCounts } from '../store/view.ts';
import type { ImportAccess } from '../protocol/import-job.ts';
import type { ImportBridge } from './import-bridge.ts';
import type { SummaryBridge } from './summary-bridge.ts';
import type { SyncBridge } from './sync-bridge.ts';

export interface Laptop {
  readonly store: Store;
  readonly entry: KeyringEntry;
  /** As of the last sign-in; from the keyring entry when it was opened offline. */
  readonly session: Session;
  readonly sync: SyncBridge;
  readonly summary: SummaryBridge;
  readonly saveCounts: ReadonlySignal<SaveCounts>;
  /** Begins an import: its thread lives until it is closed or the laptop is. */
  openImport(): ImportBridge;
  /** Registers what must be saved before the key goes or the page reloads. Returns how to deregister. */
  onBeforeLock(putAway: () => Promise<void>): () => void;
  /** Runs what was registered with `onBeforeLock`, for at most 2 seconds. */
  putAway(): Promise<void>;
  /** The person did something in this tab: the other tabs are told, so that none locks them all for idleness. */
  touch(): void;
  /** Calls back when the person did something in another tab. Returns how to stop. */
  onTouchElsewhere(run: () => void): () => void;
  /** Signs in again inside the open app after the session ended. Another person's account is refused as `wrong-person`. */
  signInAgain(email: string, password: string): Promise<SyncProblem | null>;
  /** Locks this person's laptop in every tab. */
  lock(): Promise<void>;
  /** Ends the session, forgets confirmed rows, keeps sealed unsent work. */
  signOut(): Promise<void>;
}

/** What the gate holds of an open laptop besides. */
export interface OpenLaptop {
  readonly laptop: Laptop;
  /** Another tab of this person asked for the key; null once this one is closing. */
  key(): CryptoKey | null;
  lockedElsewhere(): Promise<void>;
  touchedElsewhere(): void;
}

export interface LaptopDeps {
  readonly store: Store;
  readonly entry: KeyringEntry;
  readonly session: Session;
  readonly key: CryptoKey;
  readonly sync: SyncBridge;
  readonly summary: SummaryBridge;
  readonly newImport: (access: ImportAccess) => ImportBridge;
  readonly timers: Timers;
  readonly tellTabs: (kind: 'lock' | 'active') => void;
  /** The page must be blank from now on. */
  readonly onClosing: (how: 'locked' | 'signed-out') => void;
  /** Ends the server session, or remembers that it is owed. */
  readonly endSession: () => Promise<void>;
}

const putAwayMs = 2_000;
/** How long unsent work may still leave after the page is blank (DESIGN 7). */
export const drainMs = 10_000;
const tellEveryMs = 10_000;

/** Starts syncing and the summary over an opened store. */
export async function openLaptop(deps: LaptopDeps): Promise<OpenLaptop> {
  const { store, entry, sync, summary, timers } = deps;
  const drafts = new Set<() => Promise<void>>();
  const touched = new Set<() => void>();
  const saveCounts = signal(await readSaveCounts(store));
  const stopCounts = watch(
    store,
    () => readSaveCounts(store),
    (counts) => {
      saveCounts.value = counts;
    },
  );
  const ticket = { database: entry.database, authority: entry.authority, person: entry.person, device: entry.device };
  let key: CryptoKey | null = deps.key;
  let closing: Promise<void> | null = null;
  let toldMs = Number.NEGATIVE_INFINITY;

  const putAway = async (): Promise<void> => {
    const saved = Promise.allSettled([...drafts].map((save) => save()));
    await new Promise<void>((resolve) => {
      const cancel = timers.after(putAwayMs, resolve);
      void saved.then(() => {
        cancel();
        resolve();
      });
    });
  };

  const close = (how: 'locked' | 'signed-out'): Promise<void> => (closing ??= closeOnce(how));

  async function closeOnce(how: 'locked' | 'signed-out'): Promise<void> {
    key = null;
    await putAway();
    stopCounts();
    deps.onClosing(how);
    void summary.close();
    const drained = sync.stop(drainMs);
    try {
      if (how === 'locked') return;
      await drained;
      await deps.endSession();
      await dropConfirmed(store);
    } finally {
      await store.port.close();
    }
  }

  void sync.start(ticket, deps.key);
  const laptop: Laptop = {
    store,
    entry,
    session: deps.session,
    sync,
    summary,
    saveCounts,
    putAway,
    openImport() {
      if (key === null) throw new Error('An import was begun on a laptop that is closing');
      const bridge = deps.newImport({ ticket, key });
      const close = (): Promise<void> => {
        drafts.delete(close);
        return bridge.close();
      };
      drafts.add(close);
      return { ...bridge, close };
    },
    onBeforeLock(save) {
      drafts.add(save);
      return () => void drafts.delete(save);
    },
    touch() {
      const now = store.now();
      if (now >= toldMs && now - toldMs < tellEveryMs) return;
      toldMs = now;
      deps.tellTabs('active');
    },
    onTouchElsewhere(run) {
      touched.add(run);
      return () => void touched.delete(run);
    },
    async signInAgain(email, password) {
      const signedIn = await sync.account.signIn(email, password);
      if (!signedIn.ok) return signedIn.problem;
      const { authority, person } = signedIn.value;
      if (authority === entry.authority && person === entry.person) return null;
      await sync.account.signOut();
      return { kind: 'wrong-person' };
    },
    lock() {
      deps.tellTabs('lock');
      return close('locked');
    },
    signOut() {
      deps.tellTabs('lock');
      return close('signed-out');
    },
  };
  return {
    laptop,
    key: () => key,
    lockedElsewhere: () => close('locked'),
    touchedElsewhere: () => touched.forEach((run) => run()),
  };
}
