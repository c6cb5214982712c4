/**
 * The loss detector (FAULTS 4, 7). Beside each copy a mark is kept outside IndexedDB: the ledger of what was last on the disk.
 * A copy that is opened is compared with its mark; a mark whose copy is gone says what is gone with it.
 *
 *   let in --look--> compared with the mark --> the mark is what was found --follow--> written anew after every write
 *                          \--less is there--> a loss, kept until the person has read of it and the server was told
 *
 * No false alarm, also with several tabs:
 *  - a ledger is read after a write has completed on the disk, so a mark may be behind its database, never ahead; what a tab
 *    has read is not written over a later mark of another tab
 *  - a mark is read before what it is compared with: the keyrings and databases may only have grown since
 *  - a copy that is removed on purpose loses its mark first; nobody but `look` makes one again
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Ledger, Missing } from '../domain/ledger.ts';
import { keptLossSchema, markSchema, type KeptLoss, type Loss, type Mark } from '../protocol/loss.ts';
import type { Schema } from '../protocol/parse.ts';
import type { Copy } from '../store/keyring-entry.ts';
import { allOf, compareWith, readLedger } from '../store/ledger.ts';
import { watch } from '../store/live.ts';
import type { Store } from '../store/open.ts';
import { parseNote, type PageNotes } from './page-notes.ts';

export interface Losses {
  /** Every loss that the person has not read of. */
  readonly known: ReadonlySignal<readonly KeptLoss[]>;
  /** The marks as they are now: to be read before the keyrings they are compared with. */
  marks(): readonly Mark[];
  /** Of `marks`, those whose copy is not among `keyrings` are losses. */
  compare(marks: readonly Mark[], keyrings: ReadonlySet<string>): void;
  /** Compares a copy that has just been opened with its mark, and makes the mark what was found. */
  look(copy: Copy, store: Store): Promise<void>;
  /** Keeps the mark up with the store. Returns how to stop. */
  follow(copy: Copy, store: Store): () => void;
  /** The database is gone under the open app. */
  lostNow(copy: Copy): void;
  /** The losses of this copy's person, told or read of or not. */
  of(copy: Copy): ReadonlySignal<readonly KeptLoss[]>;
  /** What was told or read of. One that has joined it meanwhile is neither: then all of it is still to be. */
  told(loss: KeptLoss): void;
  seen(loss: KeptLoss): void;
  /** The copy is about to be removed on purpose. */
  forget(copy: Copy): void;
}

export interface LossesDeps {
  readonly notes: PageNotes;
  readonly now: () => number;
}

const markName = (keyring: string): string => `plumbline-mark:${keyring}`;
const lossName = (keyring: string): string => `plumbline-loss:${keyring}`;

export function openLosses({ notes, now }: LossesDeps): Losses {
  const kept = signal<readonly KeptLoss[]>(readAll('plumbline-loss:', keptLossSchema));

  const markOf = ({ keyring }: Copy): Mark | null => parseNote(markSchema, notes.read(markName(keyring)));

  function readAll<T>(prefix: string, schema: Schema<T>): readonly T[] {
    return notes
      .names()
      .filter((name) => name.startsWith(prefix))
      .flatMap((name) => parseNote(schema, notes.read(name)) ?? []);
  }

  function keep(one: KeptLoss): void {
    const others = kept.value.filter(({ keyring }) => keyring !== one.keyring);
    if (one.told && one.seen) notes.remove(lossName(one.keyring));
    else notes.write(lossName(one.keyring), JSON.stringify(one));
    kept.value = one.told && one.seen ? others : [...others, one];
  }

  function lose({ ledger, madeMs: _made, ...whose }: Mark, missing: Missing): void {
    const { device, seq, head } = ledger;
    const before = kept.value.find(({ keyring }) => keyring === whose.keyring)?.loss;
    const loss: Loss = { ...missing, foundMs: now(), device, seq, head };
    keep({
      ...whose,
      loss: before === undefined ? loss : both(before, loss),
      told: whose.home === 'laptop',
      seen: false,
    });
  }

  function loseAll(mark: Mark): void {
    const missing = allOf(mark);
    if (missing !== null) lose(mark, missing);
    notes.remove(markName(mark.keyring));
  }

  const writeMark = (copy: Copy, ledger: Ledger): void => {
    const { keyring, home, authority, authorityName, person, label, createdMs } = copy;
    if (home === 'example') return;
    const mark: Mark = { keyring, home, authority, authorityName, person, label, madeMs: createdMs, ledger };
    notes.write(markName(keyring), JSON.stringify(mark));
  };

  return {
    known: computed(() => kept.value.filter(({ seen }) => !seen)),
    marks: () => readAll('plumbline-mark:', markSchema),
    compare(marks, keyrings) {
      for (const mark of marks) {
        if (keyrings.has(mark.keyring)) continue;
        loseAll(mark);
      }
    },
    async look(copy, store) {
      if (copy.home === 'example') return;
      const mark = markOf(copy);
      const { found, missing } = await compareWith(store, mark);
      if (mark && missing) lose(mark, missing);
      writeMark(copy, found);
    },
    follow: (copy, store) =>
      watch(
        store,
        () => readLedger(store),
        (ledger) => {
          const mark = markOf(copy);
          if (mark === null || mark.ledger.birth !== ledger.birth || mark.ledger.writes > ledger.writes) return;
          writeMark(copy, ledger);
        },
        // A store that cannot be read says so where it is read for somebody.
        { onFailure: () => undefined },
      ),
    lostNow(copy) {
      const mark = markOf(copy);
      if (mark) loseAll(mark);
    },
    of: ({ authority, person }) =>
      computed(() => kept.value.filter((one) => one.authority === authority && one.person === person)),
    told: (loss) => settle(loss, { told: true }),
    seen: (loss) => settle(loss, { seen: true }),
    forget({ keyring }) {
      notes.remove(markName(keyring));
      notes.remove(lossName(keyring));
      kept.value = kept.value.filter((one) => one.keyring !== keyring);
    },
  };

  function settle(one: KeptLoss, how: Partial<Pick<KeptLoss, 'told' | 'seen'>>): void {
    const now = kept.value.find(({ keyring }) => keyring === one.keyring);
    if (now?.loss === one.loss) keep({ ...now, ...how });
  }
}

/** A second loss before the first was read of: one that covers both. */
const both = (before: Loss, after: Loss): Loss => ({
  ...after,
  from: Math.min(before.from, after.from),
  unsent: before.unsent + after.unsent,
  sinceMs: Math.min(before.sinceMs, after.sinceMs),
});
