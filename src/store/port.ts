/**
 * The small transactional port beneath the laptop's store. Two implementations keep one conformance suite: `dexie-port`
 * (IndexedDB) and `memory-port` (with crashes, for tests and the simulator).
 *
 * Promises:
 *  - serialisable: a write transaction sees no other's half, and nobody sees half of it
 *  - all or nothing: when `body` rejects, or the disk refuses, no row has changed
 *  - `strict` resolves only after the platform says the bytes are flushed; `relaxed` may lose the newest transactions in
 *    a power cut, never part of one
 *  - inside `body` only `tx` is awaited; hashing, encryption and the network come before or after. Awaiting anything
 *    else fails loudly and saves nothing (FAULTS 9)
 *  - `body` reads first, then writes: writes are kept back until it ends and handed over together, so there is no half to
 *    save when it throws, catches or dawdles. A read after a write is a bug and is refused
 *  - what the platform refuses rejects with a `StoreFailure` (problems.ts); what `body` throws comes out unchanged
 *  - listeners are told after a write has completed, in every tab and worker that has the same store open
 */
import type { StoreProblem } from '../protocol/problem.ts';
import type { IndexOf, Keys, Rows, TableName } from './rows.ts';

export interface ReadTx {
  get<T extends TableName>(table: T, key: Keys[T]): Promise<Rows[T] | undefined>;
  /** In the order of `keys`; undefined where there is no such row. */
  getMany<T extends TableName>(table: T, keys: readonly Keys[T][]): Promise<(Rows[T] | undefined)[]>;
  /** Rows in order of primary key, from `from` (inclusive) on. */
  all<T extends TableName>(
    table: T,
    options?: { readonly from?: Keys[T]; readonly limit?: number },
  ): Promise<Rows[T][]>;
  /** Rows whose indexed field equals `value`, in order of primary key. */
  whereEqual<T extends TableName>(
    table: T,
    index: IndexOf<T>,
    value: string | number,
    options?: { readonly limit?: number },
  ): Promise<Rows[T][]>;
  /** Rows whose indexed field is above `value` and at most `upTo`, in order of that field. */
  whereAbove<T extends TableName>(
    table: T,
    index: IndexOf<T>,
    value: number,
    options?: { readonly limit?: number; readonly upTo?: number },
  ): Promise<Rows[T][]>;
  /** How many rows; of those whose indexed field equals a value when one is given. */
  count<T extends TableName>(
    table: T,
    where?: { readonly index: IndexOf<T>; readonly equals: string | number },
  ): Promise<number>;
}

export interface WriteTx extends ReadTx {
  put<T extends TableName>(table: T, row: Rows[T]): Promise<void>;
  putMany<T extends TableName>(table: T, rows: readonly Rows[T][]): Promise<void>;
  delete<T extends TableName>(table: T, key: Keys[T]): Promise<void>;
  deleteMany<T extends TableName>(table: T, keys: readonly Keys[T][]): Promise<void>;
}

export type Durability = 'strict' | 'relaxed';

/** A row that must still be as it was for a prepared write to be made. */
export interface Guard<T extends TableName = TableName> {
  readonly table: T;
  readonly key: Keys[T];
  readonly holds: (row: Rows[T] | undefined) => boolean;
}

/** One row put or deleted. */
export type RowChange = {
  [T in TableName]:
    | { readonly action: 'put'; readonly table: T; readonly row: Rows[T] }
    | { readonly action: 'delete'; readonly table: T; readonly key: Keys[T] };
}[TableName];

export interface Port {
  read<T>(tables: readonly TableName[], body: (tx: ReadTx) => Promise<T>): Promise<T>;
  write<T>(tables: readonly TableName[], durability: Durability, body: (tx: WriteTx) => Promise<T>): Promise<T>;
  /**
   * Makes all of `changes` if the guarded row holds, else none; answers whether it did. The same promises as `write`, in
   * one trip to the disk: for what was prepared from memory and is usually still right.
   */
  writeIf<T extends TableName>(
    guard: Guard<T>,
    durability: Durability,
    changes: readonly RowChange[],
  ): Promise<boolean>;
  /** Calls `listener` after each completed write, here or in another tab. Returns how to stop. */
  onWrite(listener: (tables: readonly TableName[]) => void): () => void;
  /** Calls `listener` once when the data is no longer to be had, and not because of `close`. Returns how to stop. */
  onClosed(listener: (problem: StoreProblem) => void): () => void;
  /** Calls `save` before the data is closed for a newer build, which waits for it a moment. Returns how to stop. */
  onUpgrade(save: () => Promise<unknown>): () => void;
  close(): Promise<void>;
  /** Whether `close` was called here: what fails from then on is missed by nobody. */
  isClosed(): boolean;
}
