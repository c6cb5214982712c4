/**
 * How much of one person's work is only here, kept up with every write of this tab and of others.
 *
 * Promises: from a `recount` until a read that began after it is back, however that comes about, `isRecounting`; a read never takes
 * the place of one begun later.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { watch } from '../store/live.ts';
import type { Store } from '../store/open.ts';
import { readSaveCounts, type SaveCounts } from '../store/view.ts';

export interface SaveCounting {
  readonly counts: ReadonlySignal<SaveCounts>;
  /** Something was saved that may not be among the counts yet. */
  readonly isRecounting: ReadonlySignal<boolean>;
  recount(): void;
  stop(): void;
}

export async function countSaves(store: Store): Promise<SaveCounting> {
  const counts = signal(await readSaveCounts(store));
  /** Reads by number: the newest that is back, and the first that is new enough. */
  const given = signal(0);
  const wanted = signal(0);
  let begun = 0;
  const read = async () => ({ at: (begun += 1), now: await readSaveCounts(store) });
  const give = ({ at, now }: Awaited<ReturnType<typeof read>>): void => {
    if (at < given.peek()) return;
    given.value = at;
    counts.value = now;
  };
  return {
    counts,
    isRecounting: computed(() => given.value < wanted.value),
    recount() {
      wanted.value = begun + 1;
      // A store that cannot be read is reported by the watch, which reads for the same write; until one of them is back it is said.
      void read().then(give, () => undefined);
    },
    stop: watch(store, read, give),
  };
}
