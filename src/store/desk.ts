/**
 * What one tab keeps in memory to save quickly: its turn, so that a fast typist never races herself, and what it knew of the
 * state and of the records it writes to after its last save.
 *
 * Whoever else writes, another tab or the sync worker, moves `state.writes`; then everything known here is void. Nothing
 * here is trusted without that comparison, made inside the transaction that rests on it.
 */
import type { JsonObject } from '../domain/canonical.ts';
import type { RecordId } from '../domain/ids.ts';
import type { ReadTx } from './port.ts';
import type { PendingRow } from './rows.ts';
import type { LaptopState } from './state.ts';

/** What a save must know of a record. */
export interface RecordFacts {
  readonly units: ReadonlySet<string>;
  /** By unit, the row that keystrokes go into. */
  readonly typing: ReadonlyMap<string, PendingRow>;
  /** By unit, the value this tab saved last. */
  readonly own: ReadonlyMap<string, JsonObject>;
}

export interface Desk {
  /** Runs `work` after all earlier ones of this tab have ended. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** The state after this tab's last save, or null when that is not known. */
  state(): LaptopState | null;
  facts(record: RecordId): RecordFacts | undefined;
  /** Whether this tab opened the row for its typing: keystrokes of two tabs never go into one row. */
  isOwnTyping(n: number): boolean;
  ownTyping(n: number): void;
  /** Remembers the state and facts a completed save left, on top of the state it began with. */
  learn(before: LaptopState, after: LaptopState, facts: ReadonlyMap<RecordId, RecordFacts>): void;
  forget(): void;
}

export function newDesk(): Desk {
  let turn: Promise<unknown> = Promise.resolve();
  let known: LaptopState | null = null;
  const memory = new Map<RecordId, RecordFacts>();
  const typed = new Set<number>();
  return {
    inTurn(work) {
      const mine = turn.then(work, work);
      turn = mine;
      return mine;
    },
    state: () => known,
    facts: (record) => memory.get(record),
    isOwnTyping: (n) => typed.has(n),
    ownTyping: (n) => void typed.add(n),
    learn(before, after, facts) {
      if (known?.writes !== before.writes) memory.clear(); // somebody else wrote: only what this save saw is known to hold
      for (const [record, fact] of facts) memory.set(record, fact);
      known = after;
    },
    forget() {
      memory.clear();
      known = null;
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
  const typing = new Map<string, PendingRow>();
  for (const row of rows) {
    units.add(row.unit);
    if (row.typing && row.link === null) typing.set(row.unit, row);
  }
  return { units, typing, own: new Map() };
}
