/**
 * Newer builds (FAULTS 17). The service worker that was downloaded waits until the person says so; nothing reloads by itself.
 * When another tab lets it take over, this tab keeps running as it is and offers to load again.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Workbox } from 'workbox-window';

export interface UpdateBridge {
  /** A newer build is downloaded and waits. */
  readonly updateReady: ReadonlySignal<boolean>;
  /** The person said yes, and it was not done: something on the page could not be saved. */
  readonly notUpdated: ReadonlySignal<boolean>;
  /** Puts drafts away, lets the newer build take over and loads the page again; none of it while a draft cannot be saved. */
  applyUpdate(): Promise<void>;
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
  let asked = false;
  let tookOver = false;
  let isControlled = false;
  workbox?.addEventListener('waiting', () => {
    updateReady.value = true;
  });
  workbox?.addEventListener('controlling', ({ isUpdate, isExternal }) => {
    if (asked) return void loadAgain();
    // The first installation takes control of nothing newer than this page, in whichever tab it was made.
    const isFirst = isUpdate !== true && !isControlled;
    isControlled = true;
    if (isFirst || (isUpdate !== true && isExternal !== true)) return;
    tookOver = true;
    updateReady.value = true;
  });
  /** Between the yes and the newer build's start somebody may have gone on writing. */
  async function loadAgain(): Promise<void> {
    if (await isPutAway()) return reload();
    asked = false;
    tookOver = true;
  }

  async function isPutAway(): Promise<boolean> {
    const isSaved = await putAway();
    notUpdated.value = !isSaved;
    return isSaved;
  }

  workbox?.register().catch(() => {
    // Registration fails without network on a first visit; the page works without, and registers on its next load.
  });
  return {
    updateReady,
    notUpdated,
    async applyUpdate() {
      if (!(await isPutAway())) return;
      asked = true;
      if (tookOver) reload();
      else workbox?.messageSkipWaiting();
    },
  };
}
