/**
 * The port on IndexedDB. Dexie keeps the schema and its versions, opens, and watches for other tabs' upgrades; transactions
 * are made on Dexie's own connection, because a save needs what Dexie's do not give: durability per transaction, reported
 * done on *complete* alone, an explicit commit (one trip to the disk's process less), and no silent reopening of a
 * database that was cleared or upgraded under the app (FAULTS 4, 6, 13, L5, L7).
 */
import Dexie from 'dexie';
import type { Result, StoreProblem } from '../protocol/problem.ts';
import { bufferWrites, scopedReads, tablesOf } from './buffered-writes.ts';
import { newListeners } from './listeners.ts';
import type { Port, ReadTx, RowChange } from './port.ts';
import { asFailure, StoreFailure } from './problems.ts';
import { indexes, type TableName } from './rows.ts';

/** Raised with each change of tables or indexes; additive only. */
export const schemaVersion = 2;

const primaryKeys = {
  confirmed: 'id',
  pending: 'n',
  quarantine: 'n',
  changes: 'record',
  meta: 'name',
  retained: 'place',
} as const satisfies {
  readonly [T in TableName]: string;
};

/** Primary key and indexes of each table, as Dexie writes them. */
export const tableSchemas: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(primaryKeys).map(([table, key]) => [table, [key, ...indexes[table as TableName]].join(', ')]),
);

/** How long an open may take before it counts as blocked by another window (FAULTS 12). */
const openDeadlineMs = 3000;

export interface PortOptions {
  /** Told once when the database is closed under the app: upgraded or deleted elsewhere, or cleared. */
  readonly onClosed?: (problem: StoreProblem) => void;
  readonly deadlineMs?: number;
}

/** Opens (or makes) a database. A newer build's database is refused, never written in an old shape. */
export async function openDexiePort(database: string, options: PortOptions = {}): Promise<Result<Port, StoreProblem>> {
  const db = new Dexie(database, { autoOpen: false });
  db.version(schemaVersion).stores(tableSchemas);
  let closed: StoreProblem | null = null;
  const closeBecause = (problem: StoreProblem): void => {
    if (closed !== null) return;
    closed = problem;
    db.close();
    options.onClosed?.(problem);
  };
  db.on('versionchange', (event) => {
    closeBecause({ kind: event.newVersion === null ? 'storage-lost' : 'build-too-old' });
    return false;
  });
  db.on('close', () => closeBecause({ kind: 'storage-lost' }));
  const closeOnPurpose = (): void => {
    closed ??= { kind: 'storage-lost' };
    db.close();
  };
  try {
    await openWithin(db, options.deadlineMs ?? openDeadlineMs);
  } catch (error) {
    closeOnPurpose();
    return { ok: false, problem: asFailure(error).problem };
  }
  // Dexie opens a newer database without a word, and multiplies versions by ten (FAULTS 13, L5).
  if (db.backendDB().version >= (schemaVersion + 1) * 10) {
    closeOnPurpose();
    return { ok: false, problem: { kind: 'build-too-old' } };
  }
  return { ok: true, value: portOn(db.backendDB(), database, () => closed, closeOnPurpose) };
}

async function openWithin(db: Dexie, deadlineMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const problem: StoreProblem = { kind: 'storage-failed', why: 'Another window keeps the database busy' };
    timer = setTimeout(() => reject(new StoreFailure(problem)), deadlineMs);
  });
  try {
    await Promise.race([db.open(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function portOn(
  connection: IDBDatabase,
  database: string,
  closedBecause: () => StoreProblem | null,
  close: () => void,
): Port {
  const listeners = newListeners(typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(database));
  connection.addEventListener('versionchange', () => listeners.close());
  let isClosed = false;
  const failure = (error: unknown): StoreFailure => {
    const closed = closedBecause();
    return closed === null ? asFailure(error) : new StoreFailure(closed, error);
  };
  const begin = (tables: readonly TableName[], mode: IDBTransactionMode, durability?: IDBTransactionDurability) => {
    try {
      return connection.transaction([...tables], mode, durability === undefined ? {} : { durability });
    } catch (error) {
      throw failure(error);
    }
  };
  return {
    async read(tables, body) {
      const tx = begin(tables, 'readonly');
      return await body(scopedReads(requestsOf(tx, failure), tables));
    },
    async write(tables, durability, body) {
      const transaction = begin(tables, 'readwrite', durability);
      const ending = endOf(transaction);
      const { tx, changes } = bufferWrites(requestsOf(transaction, failure), tables);
      let result;
      try {
        result = await body(tx);
        applyAll(transaction, changes);
        transaction.commit();
      } catch (error) {
        if (!ending.over) transaction.abort();
        throw isPlatformError(error) ? failure(error) : error;
      }
      const error = await ending.ended;
      if (error !== null) throw failure(error);
      if (changes.length > 0) listeners.tell(tablesOf(changes));
      return result;
    },
    async writeIf({ table, key, holds }, durability, changes) {
      const transaction = begin([...new Set([table, ...tablesOf(changes)])], 'readwrite', durability);
      const ending = endOf(transaction);
      let held: boolean | undefined;
      try {
        const guarded = transaction.objectStore(table).get(key);
        guarded.onsuccess = () => {
          held = holds(guarded.result);
          if (held) transaction.commit();
          else transaction.abort();
        };
        applyAll(transaction, changes);
      } catch (error) {
        if (!ending.over) transaction.abort();
        throw isPlatformError(error) ? failure(error) : error;
      }
      const error = await ending.ended;
      if (held === false) return false;
      if (error !== null) throw failure(error);
      if (changes.length > 0) listeners.tell(tablesOf(changes));
      return true;
    },
    onWrite: (listener) => listeners.add(listener),
    isClosed: () => isClosed,
    async close() {
      isClosed = true;
      listeners.close();
      close();
    },
  };
}

/** How a transaction ended: null when complete, else what aborted it. Never rejects. */
function endOf(transaction: IDBTransaction): { readonly over: boolean; readonly ended: Promise<DOMException | null> } {
  const ending = { over: false, ended: Promise.resolve<DOMException | null>(null) };
  ending.ended = new Promise((resolve) => {
    const end = (error: DOMException | null) => () => {
      ending.over = true;
      resolve(error);
    };
    transaction.oncomplete = end(null);
    transaction.onabort = () =>
      end(transaction.error ?? new DOMException('The transaction was aborted', 'AbortError'))();
  });
  return ending;
}

/** Hands over every change in one turn: nothing can come between, and nothing is half written. */
function applyAll(transaction: IDBTransaction, changes: readonly RowChange[]): void {
  for (const change of changes) {
    const store = transaction.objectStore(change.table);
    if (change.action === 'put') store.put(change.row);
    else store.delete(change.key);
  }
}

const isPlatformError = (error: unknown): boolean => error instanceof DOMException;

function requestsOf(tx: IDBTransaction, failure: (error: unknown) => StoreFailure): ReadTx {
  const answer = <T>(request: IDBRequest): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result as T);
      request.onerror = () => reject(failure(tx.error ?? request.error));
    });
  return {
    get: (table, key) => answer(tx.objectStore(table).get(key)),
    getMany: (table, keys) => Promise.all(keys.map((key) => answer<never>(tx.objectStore(table).get(key)))),
    all: (table, { from, limit } = {}) =>
      answer(tx.objectStore(table).getAll(from === undefined ? null : IDBKeyRange.lowerBound(from), limit)),
    whereEqual: (table, index, value, { limit } = {}) =>
      answer(tx.objectStore(table).index(index).getAll(IDBKeyRange.only(value), limit)),
    whereAbove: (table, index, value, { limit, upTo = Infinity } = {}) =>
      upTo <= value
        ? Promise.resolve([])
        : answer(
            tx
              .objectStore(table)
              .index(index)
              .getAll(IDBKeyRange.bound(value, upTo, true), limit),
          ),
    count: (table, where) =>
      answer(
        where === undefined
          ? tx.objectStore(table).count()
          : tx.objectStore(table).index(where.index).count(IDBKeyRange.only(where.equals)),
      ),
  };
}
