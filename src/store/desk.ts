/**
 * What one tab keeps in memory to save quickly: its turn, so that a fast typist never races herself, and what a save must
 * know of a record (which units it has, which rows keystrokes may still go into), good for one change number only.
 *
 * Whatever another tab or the sync worker changes moves the change counter, and everything known here is dropped; the
 * transaction then reads the record's rows again. Nothing here is ever trusted without that comparison.
 */
import type { RecordId } from '../domain/ids.ts';
import type { ReadTx } from './port.ts';

export interface RecordFacts {
  readonly units: ReadonlySet<string>;
  /** By unit, the number of the row that keystrokes go into. */
  readonly typing: ReadonlyMap<string, number>;
}

export interface Desk {
  /** Runs `work` after all earlier ones of this tab have ended. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** What was last known of a record: a guess at what to read. */
  known(record: RecordId): RecordFacts | undefined;
  /** What is known of a record, if it still holds at change number `change`. */
  knownAt(change: number, record: RecordId): RecordFacts | undefined;
  /** Remembers the facts of a completed save that moved the change counter from `before` to `after`. */
  learn(before: number, after: number, facts: ReadonlyMap<RecordId, RecordFacts>): void;
  forget(): void;
}

export function newDesk(): Desk {
  let turn: Promise<unknown> = Promise.resolve();
  let at = -1;
  const memory = new Map<RecordId, RecordFacts>();
  return {
    inTurn(work) {
      const mine = turn.then(work, work);
      turn = mine;
      return mine;
    },
    known: (record) => memory.get(record),
    knownAt: (change, record) => (at === change ? memory.get(record) : undefined),
    learn(before, after, facts) {
      if (at !== before) memory.clear(); // somebody else wrote: only what this save saw is known to hold
      for (const [record, known] of facts) memory.set(record, known);
      at = after;
    },
    forget() {
      memory.clear();
      at = -1;
    },
  };
}

/** The facts of a record from its rows. */
export async function readFacts(tx: ReadTx, record: RecordId): Promise<RecordFacts> {
  const [confirmed, rows] = await Promise.all([
    tx.get('confirmed', record),
    tx.whereEqual('pending', 'record', record),
  ]);
  const units = new Set(Object.keys(confirmed?.units ?? {}));
  const typing = new Map<string, number>();
  for (const row of rows) {
    units.add(row.unit);
    if (row.typing && row.link === null) typing.set(row.unit, row.n);
  }
  return { units, typing };
}
