/**
 * One person's opened laptop: store, sync and summary under the unlocked key, and the ways of closing it.
 *
 *   open --lock (here or in another tab)--> drafts put away --> page blank, key dropped --> sync drains (10 s at most)
 *   open --the computer slept--> drafts put away --> the same, in every tab
 *   open --sign out--> drafts put away --> page blank --> sync drains --> session ended --> confirmed rows forgotten
 *   open --remove--> drafts put away --> page blank --> store closed --> nothing is left (whoever opened it sees to that)
 *   open --revoked--> (lost: drafts put away) --> page blank --> (lost: all handed over) --> store closed --> nothing is left
 *
 * Promises: what was registered with `onBeforeLock` is put away before the key goes, in the store or, sealed, beside it
 * (`unsaved-text`), or the laptop stays open unless the person said that it may be lost; locked in another tab or by a sleep, it
 * closes as soon as everything is put away, and says so until then (`locking`). Unsent work stays, sealed.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { RecordId } from '../domain/ids.ts';
import type { ExportNote } from '../protocol/export.ts';
import type { RevokeForm } from '../protocol/laptops.ts';
import type { Session } from '../protocol/session.ts';
import type { AccountApi } from '../protocol/threads.ts';
import type { Timers } from '../protocol/timers.ts';
import { dropConfirmed } from '../store/inbox.ts';
import type { Copy } from '../store/keyring-entry.ts';
import type { Store } from '../store/open.ts';
import type { SaveCounts } from '../store/view.ts';
import type { ImportAccess } from '../protocol/import-job.ts';
import { closingWhenSaved, type Locking } from './close-when-saved.ts';
import { watchExports } from './export-watch.ts';
import type { Holds } from './holds.ts';
import { homeOf, type Home, type Unsaved } from './home.ts';
import type { ImportBridge } from './import-bridge.ts';
import { watchLosses, type LossWatch } from './loss-watch.ts';
import type { Losses } from './losses.ts';
import type { OwnPasskey } from './own-passkey.ts';
import type { PageNotes } from './page-notes.ts';
import { watchReads } from './read-watch.ts';
import { countSaves } from './save-counts.ts';
import type { SummaryBridge } from './summary-bridge.ts';
import type { SyncBridge } from './sync-bridge.ts';
import { openUnsavedText, recordLeft, type UnsavedText } from './unsaved-text.ts';

export interface Laptop {
  readonly store: Store;
  readonly entry: Copy;
  /** As of the last sign-in; from the keyring entry when it was opened offline. */
  readonly session: Session;
  /** What there is besides this laptop, and what follows from it. */
  readonly home: Home;
  /** Where this copy opens again with a passphrase: its passkey. null for the example. */
  readonly ownPasskey: OwnPasskey | null;
  readonly sync: SyncBridge;
  readonly summary: SummaryBridge;
  readonly saveCounts: ReadonlySignal<SaveCounts>;
  /** Of what an audit's form has saved something may not be counted yet; `recount` says that it has saved something. */
  readonly isRecounting: ReadonlySignal<boolean>;
  recount(): void;
  /** What of this person's work the browser has lost, and whether it has lost all of it just now. */
  readonly losses: Pick<LossWatch, 'loss' | 'trouble'> & Pick<Losses, 'seen'>;
  /** Somebody else's audit is on the screen: the server is told, now or as soon as it can be reached. */
  noteRead(record: RecordId): void;
  /** A file was made here: the server’s log is told, now or as soon as it can be reached. */
  noteExport(made: Omit<ExportNote, 'atMs'>): void;
  /** Begins an import: its thread lives until it is closed or the laptop is. */
  openImport(): ImportBridge;
  /** What could not be saved yet, kept beside the store. */
  readonly unsaved: Omit<UnsavedText, 'close'>;
  /** What an earlier window could not save is still not in the store: it is tried again when the copy is opened again. */
  readonly isLeftOut: boolean;
  /** Registers what must be saved before the key goes or the page reloads: whether it was. Returns how to deregister. */
  onBeforeLock(putAway: () => Promise<boolean>): () => void;
  /**
   * Runs what was registered with `onBeforeLock`: whether all of it was saved within 2 seconds, or is kept beside the store, so that
   * it is back once the copy is opened again.
   */
  putAway(): Promise<boolean>;
  /** The person did something in this tab: the other tabs are told, so that none locks them all for idleness. */
  touch(): void;
  /** Calls back when the person did something in another tab. Returns how to stop. */
  onTouchElsewhere(run: () => void): () => void;
  /** How far a lock is that nobody asked for in this tab: after a sleep, in another tab, of a lost laptop. */
  readonly locking: ReadonlySignal<Locking>;
  /** The page noticed that the computer slept. */
  slept(): void;
  /** Locks this person's laptop in every tab. False: something could not be saved, and nothing was locked. */
  lock(unsaved?: Unsaved): Promise<boolean>;
}

/** `lost`, `stolen`: its copy is to be forgotten. */
export type Closing = 'locked' | 'signed-out' | 'removed' | RevokeForm;

/** What the gate holds of an open laptop besides. */
export interface OpenLaptop {
  readonly laptop: Laptop;
  /** Another tab of this person asked for the key; null once this one is closing, or would if everything were saved. */
  key(): CryptoKey | null;
  lockedElsewhere(): Promise<void>;
  /** Its copy is to be forgotten: closes it in every tab, `lost` as soon as everything is saved. */
  revoked(form: RevokeForm): Promise<void>;
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
  readonly losses: Losses;
  readonly notes: PageNotes;
  readonly holds: Holds;
  readonly ownPasskey: OwnPasskey | null;
  readonly newImport: (access: ImportAccess) => ImportBridge;
  readonly timers: Timers;
  /** Calls back when the computer has slept. Returns how to stop. */
  readonly onSlept: (run: () => void) => () => void;
  readonly goBeside: (path: string) => void;
  readonly tellTabs: (kind: 'lock' | 'active') => void;
  /** Starts what runs beside it for as long as it is open, and has the key no longer; answers how to stop. */
  readonly beside?: () => () => void;
  /** The page must be blank from now on. */
  readonly onClosing: (how: Closing) => void;
  /** Ends the server session, or remembers that it is owed. */
  readonly endSession: () => Promise<void>;
  /** The page is blank, and sync and store are still there: what a copy has to do before it is forgotten. */
  readonly beforeForgetting?: (form: RevokeForm) => Promise<void>;
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
  const drafts = new Set<() => Promise<boolean>>();
  const touched = new Set<() => void>();
  const isLeftOut = await recordLeft(deps);
  const unsavedText = await openUnsavedText(deps);
  const counting = await countSaves(store);
  const { database, authority, person, device, keyring } = entry;
  const ticket = { database, authority, person, device, keyring };
  let key: CryptoKey | null = deps.key;
  let closing: Promise<void> | null = null;
  let toldMs = Number.NEGATIVE_INFINITY;
  const readWatch = watchReads(deps);
  const exportWatch = watchExports(deps);
  const savedInTime = (): Promise<boolean> => {
    const saved = Promise.allSettled([...drafts].map((save) => save()));
    return new Promise((resolve) => {
      const cancel = timers.after(putAwayMs, () => resolve(false));
      void saved.then((all) => {
        cancel();
        resolve(all.every((one) => one.status === 'fulfilled' && one.value));
      });
    });
  };
  const putAway = async (): Promise<boolean> => (await savedInTime()) || unsavedText.settled();

  const close = (how: Closing, unsaved: Unsaved = 'keep'): Promise<void> => (closing ??= closeOnce(how, unsaved));
  const { locking, closeWhenSaved } = closingWhenSaved({ putAway, close, isClosing: () => closing !== null, timers });
  const isClosing = (): boolean => closing !== null || locking.value !== 'no';
  const lossWatch = watchLosses({ ...deps, isClosing });

  async function closeOnce(how: Closing, unsaved: Unsaved): Promise<void> {
    if (how !== 'stolen') await putAway();
    key = null;
    unsavedText.close(unsaved);
    counting.stop();
    lossWatch.stop();
    readWatch.stop();
    exportWatch.stop();
    stopBeside?.();
    stopUpgrades();
    stopSleeps();
    deps.onClosing(how);
    const counted = summary.close();
    const isRevoked = how === 'lost' || how === 'stolen';
    if (isRevoked) await deps.beforeForgetting?.(how);
    const drained = sync.stop(isRevoked ? 0 : drainMs);
    try {
      if (isRevoked) await drained;
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

  async function closeHere(how: Closing, unsaved: Unsaved): Promise<boolean> {
    // A store that takes no text does not let go of its rows either, as a sign-out promises.
    const mayClose = how === 'signed-out' ? savedInTime : putAway;
    if (unsaved === 'keep' && closing === null && !(await mayClose())) return false;
    deps.tellTabs('lock');
    await close(how, unsaved);
    return true;
  }

  function lockEverywhere(how: 'locked' | 'lost'): Promise<void> {
    deps.tellTabs('lock');
    return closeWhenSaved(how);
  }

  const slept = (): void => void (closing ?? lockEverywhere('locked'));
  const stopSleeps = deps.onSlept(slept);
  const stopUpgrades = store.port.onUpgrade(putAway);
  void sync.start(ticket, deps.key);
  const stopBeside = deps.beside?.();
  const laptop: Laptop = {
    store,
    entry,
    session: deps.session,
    home: homeOf(entry, deps.session, deps.account, {
      goBeside: deps.goBeside,
      signOut: (unsaved = 'keep') => closeHere('signed-out', unsaved),
      remove: async () => void (await closeHere('removed', 'lose')),
    }),
    ownPasskey: deps.ownPasskey,
    sync,
    summary,
    saveCounts: counting.counts,
    isRecounting: counting.isRecounting,
    recount: counting.recount,
    losses: { ...lossWatch, seen: deps.losses.seen },
    noteRead: readWatch.noteRead,
    noteExport: (made) => exportWatch.noteExport({ ...made, atMs: store.now() }),
    unsaved: unsavedText,
    isLeftOut,
    putAway,
    locking,
    slept,
    openImport() {
      if (key === null) throw new Error('An import was begun on a laptop that is closing');
      const bridge = deps.newImport({ ticket, key });
      const close = async (): Promise<boolean> => {
        drafts.delete(close);
        await bridge.close();
        return true;
      };
      drafts.add(close);
      return { ...bridge, close: async () => void (await close()) };
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
    lock: (unsaved = 'keep') => closeHere('locked', unsaved),
  };
  return {
    laptop,
    key: () => (isClosing() ? null : key),
    lockedElsewhere: () => closeWhenSaved('locked'),
    revoked(form) {
      if (form === 'lost') return lockEverywhere(form);
      deps.tellTabs('lock');
      return close(form);
    },
    touchedElsewhere: () => touched.forEach((run) => run()),
  };
}
