/**
 * One person's opened laptop: store, sync and summary under the unlocked key, and the two ways of closing it.
 *
 *   open --lock (here or in another tab)--> drafts put away --> page blank, key dropped --> sync drains (10 s at most)
 *   open --sign out--> drafts put away --> page blank --> sync drains --> session ended --> confirmed rows forgotten
 *   open --remove--> drafts put away --> page blank --> store closed --> nothing is left (whoever opened it sees to that)
 *
 * Promises: what was registered with `onBeforeLock` is saved before the key goes; unsent work stays, sealed, either way.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Session } from '../protocol/session.ts';
import type { AccountApi } from '../protocol/threads.ts';
import type { Timers } from '../protocol/timers.ts';
import { dropConfirmed } from '../store/inbox.ts';
import type { Copy } from '../store/keyring.ts';
import { watch } from '../store/live.ts';
import type { Store } from '../store/open.ts';
import { readSaveCounts, type SaveCounts } from '../store/view.ts';
import { homeOf, type Home } from './home.ts';
import type { SummaryBridge } from './summary-bridge.ts';
import type { SyncBridge } from './sync-bridge.ts';

export interface Laptop {
  readonly store: Store;
  readonly entry: Copy;
  /** As of the last sign-in; from the keyring entry when it was opened offline. */
  readonly session: Session;
  /** What there is besides this laptop, and what follows from it. */
  readonly home: Home;
  readonly sync: SyncBridge;
  readonly summary: SummaryBridge;
  readonly saveCounts: ReadonlySignal<SaveCounts>;
  /** Registers what must be saved before the key goes or the page reloads. Returns how to deregister. */
  onBeforeLock(putAway: () => Promise<void>): () => void;
  /** Runs what was registered with `onBeforeLock`, for at most 2 seconds. */
  putAway(): Promise<void>;
  /** The person did something in this tab: the other tabs are told, so that none locks them all for idleness. */
  touch(): void;
  /** Calls back when the person did something in another tab. Returns how to stop. */
  onTouchElsewhere(run: () => void): () => void;
  /** Locks this person's laptop in every tab. Where nothing is kept, that is the end of it. */
  lock(): Promise<void>;
}

export type Closing = 'locked' | 'signed-out' | 'removed';

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
  readonly entry: Copy;
  readonly session: Session;
  readonly key: CryptoKey;
  readonly sync: SyncBridge;
  /** The server's account side; null where there is no server. */
  readonly account: AccountApi | null;
  readonly summary: SummaryBridge;
  readonly timers: Timers;
  readonly tellTabs: (kind: 'lock' | 'active') => void;
  /** The page must be blank from now on. */
  readonly onClosing: (how: Closing) => void;
  /** Ends the server session, or remembers that it is owed. */
  readonly endSession: () => Promise<void>;
  /** Nothing of this tab has the database open any more. */
  readonly onClosed?: (how: Closing) => Promise<void>;
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

  const close = (how: Closing): Promise<void> => (closing ??= closeOnce(how));
  const closeAll = (how: Closing): Promise<void> => {
    deps.tellTabs('lock');
    return close(how);
  };

  async function closeOnce(how: Closing): Promise<void> {
    key = null;
    await putAway();
    stopCounts();
    deps.onClosing(how);
    const counted = summary.close();
    const drained = sync.stop(drainMs);
    try {
      if (how === 'signed-out') {
        await drained;
        await deps.endSession();
        await dropConfirmed(store);
      }
    } finally {
      await store.port.close();
    }
    await counted;
    await deps.onClosed?.(how);
  }

  void sync.start(ticket, deps.key);
  const laptop: Laptop = {
    store,
    entry,
    session: deps.session,
    home: homeOf(entry, deps.account, { signOut: () => closeAll('signed-out'), remove: () => closeAll('removed') }),
    sync,
    summary,
    saveCounts,
    putAway,
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
    lock: () => closeAll('locked'),
  };
  return {
    laptop,
    key: () => key,
    lockedElsewhere: () => close('locked'),
    touchedElsewhere: () => touched.forEach((run) => run()),
  };
}
