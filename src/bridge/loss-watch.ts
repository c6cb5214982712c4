/**
 * The loss detector at work beside an open laptop: keeps its mark up, notices when the database goes away under it, and
 * tells the server's log of a loss at the next contact.
 */
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { KeptLoss } from '../protocol/loss.ts';
import type { StoreProblem } from '../protocol/problem.ts';
import type { Copy } from '../store/keyring-entry.ts';
import type { Store } from '../store/open.ts';
import type { Losses } from './losses.ts';
import type { SyncBridge } from './sync-bridge.ts';

export interface LossWatch {
  /** What this person has not read of yet: the oldest. */
  readonly loss: ReadonlySignal<KeptLoss | null>;
  /** Nothing can be read or written any more until the page is loaded again; null while all is well. */
  readonly trouble: ReadonlySignal<StoreProblem | null>;
  stop(): void;
}

interface LossWatchDeps {
  readonly losses: Losses;
  readonly entry: Copy;
  readonly store: Store;
  readonly sync: SyncBridge;
  /** Whether the laptop is being closed: then its database may be on its way out on purpose. */
  readonly isClosing: () => boolean;
}

export function watchLosses({ losses, entry, store, sync, isClosing }: LossWatchDeps): LossWatch {
  const trouble = signal<StoreProblem | null>(null);
  const mine = losses.of(entry);
  const stopFollowing = losses.follow(entry, store);
  const stopClosed = store.port.onClosed((problem) => {
    if (isClosing()) return;
    trouble.value = problem;
    if (problem.kind === 'storage-lost') losses.lostNow(entry);
  });
  const untold = (): KeptLoss | undefined => mine.value.find(({ told }) => !told);
  let telling = false;
  const stopTelling = effect(() => {
    const { phase } = sync.state.value;
    if (untold() !== undefined && !telling && (phase === 'idle' || phase === 'syncing')) void tell();
  });

  async function tell(): Promise<void> {
    telling = true;
    for (let one = untold(); one !== undefined; one = untold()) {
      const told = await sync.tellLoss(one.loss);
      if (!told.ok) break;
      losses.told(one);
    }
    telling = false;
  }

  return {
    loss: computed(() => mine.value.find(({ seen }) => !seen) ?? null),
    trouble,
    stop() {
      stopFollowing();
      stopClosed();
      stopTelling();
    },
  };
}
