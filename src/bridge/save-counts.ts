/**
 * How much of one person's work is only here, kept up with every write of this tab and of others.
 *
 * Promises: what is answered after `recount` was read after it was asked for; a read never takes the place of one begun later.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import { watch } from '../store/live.ts';
import type { Store } from '../store/open.ts';
import { readSaveCounts, type SaveCounts } from '../store/view.ts';

export interface SaveCounting {
  readonly counts: ReadonlySignal<SaveCounts>;
  /** Counts now: whoever has saved something says so only once it is counted. A store that cannot be read leaves what was counted. */
  recount(): Promise<void>;
  stop(): void;
}

export async function countSaves(store: Store): Promise<SaveCounting> {
  const counts = signal(await readSaveCounts(store));
  let begun = 0;
  let given = 0;
  const read = async () => ({ at: (begun += 1), now: await readSaveCounts(store) });
  const give = ({ at, now }: Awaited<ReturnType<typeof read>>): void => {
    if (at < given) return;
    given = at;
    counts.value = now;
  };
  return {
    counts,
    // The same read fails in the watch, which has it reported.
    recount: () => read().then(give, () => undefined),
    stop: watch(store, read, give),
  };
}
