/**
 * Newer builds (FAULTS 17). The service worker that was downloaded waits until the person says so; nothing reloads by itself.
 * When another tab lets it take over, this tab keeps running as it is and offers to load again.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Workbox } from 'workbox-window';
import type { Unsaved } from './home.ts';

export interface UpdateBridge {
  /** A newer build is downloaded and waits. */
  readonly updateReady: ReadonlySignal<boolean>;
  /** The person said yes, and it was not done, since something on the page could not be saved: until they choose. */
  readonly notUpdated: ReadonlySignal<boolean>;
  /**
   * Puts drafts away, lets the newer build take over and loads the page again; none of it while a draft cannot be saved, but
   * where the person said to lose it.
   */
  applyUpdate(unsaved?: Unsaved): Promise<void>;
  /** The person stays with what is not saved. */
  stay(): void;
}

export interface UpdateDeps {
  /** null where there is no service worker: in development. */
  readonly workbox: Pick<Workbox, 'addEventListener' | 'register' | 'messageSkipWaiting'> | null;
  /** Saves what is still only on the screen: whether all of it was. */
  readonly putAway: () => Promise<boolean>;
  readonly reload: () => void;
}

export function openUpdates({ workbox, putAway, reload }: UpdateDeps): UpdateBridge {
  const updateReady = signal(false);
  const notUpdated = signal(false);
  let asked: Unsaved | null = null;
  let tookOver = false;
  let isControlled = false;
  workbox?.addEventListener('waiting', () => {
    updateReady.value = true;
  });
  workbox?.addEventListener('controlling', ({ isUpdate, isExternal }) => {
    if (asked !== null) return void loadAgain(asked);
    // The first installation takes control of nothing newer than this page, in whichever tab it was made.
    const isFirst = isUpdate !== true && !isControlled;
    isControlled = true;
    if (isFirst || (isUpdate !== true && isExternal !== true)) return;
    tookOver = true;
    updateReady.value = true;
  });
  /** Between the yes and the newer build's start somebody may have gone on writing. */
  async function loadAgain(unsaved: Unsaved): Promise<void> {
    if (await isPutAway(unsaved)) return reload();
    asked = null;
    tookOver = true;
  }

  async function isPutAway(unsaved: Unsaved): Promise<boolean> {
    const isSaved = (await putAway()) || unsaved === 'lose';
    notUpdated.value = !isSaved;
    return isSaved;
  }

  workbox?.register().catch(() => {
    // Registration fails without network on a first visit; the page works without, and registers on its next load.
  });
  return {
    updateReady,
    notUpdated,
    async applyUpdate(unsaved = 'keep') {
      if (!(await isPutAway(unsaved))) return;
      asked = unsaved;
      if (tookOver) reload();
      else workbox?.messageSkipWaiting();
    },
    stay() {
      notUpdated.value = false;
    },
  };
}
