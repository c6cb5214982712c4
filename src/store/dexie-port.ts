/**
 * The port on IndexedDB. Transactions are made on Dexie's own connection (`connection`), because a save needs what Dexie's do
 * not give: durability per transaction, reported done on *complete* alone, an explicit commit (one trip to the disk's
 * process less), and no silent reopening of a database that was cleared or upgraded under the app (FAULTS 4, 6, 13, L7).
 */
import type { Result, StoreProblem } from '../protocol/problem.ts';
import { bufferWrites, scopedReads, tablesOf } from './buffered-writes.ts';
import { openConnection, type Connection, type ConnectionOptions } from './connection.ts';
import { newListeners } from './listeners.ts';
import type { Port, ReadTx, RowChange } from './port.ts';
import { asFailure, StoreFailure } from './problems.ts';
import type { TableName } from './rows.ts';

/** Opens (or makes) a database. A newer build's database is refused, never written in an old shape. */
export async function openDexiePort(
  database: string,
  options: ConnectionOptions = {},
): Promise<Result<Port, StoreProblem>> {
  const connection = await openConnection(database, options);
  return connection.ok ? { ok: true, value: portOn(connection.value, database) } : connection;
}

function portOn(connection: Connection, database: string): Port {
  const listeners = newListeners(typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(database));
  connection.onClosed(() => listeners.close());
  let isClosed = false;
  /** What the database itself came to says more than that one request of it was aborted. */
  const failure = async (error: unknown): Promise<StoreFailure> => {
    const closed = await connection.closedBecause();
    return closed === null ? asFailure(error) : new StoreFailure(closed, error);
  };
  /** Waits while the connection is being opened again: what is saved meanwhile is saved then, in its order. */
  const begin = async (
    tables: readonly TableName[],
    mode: IDBTransactionMode,
    durability?: IDBTransactionDurability,
  ): Promise<IDBTransaction> => {
    for (let isFirst = true; ; isFirst = false) {
      const db = connection.now() ?? (await connection.ready());
      try {
        return db.transaction([...tables], mode, durability === undefined ? {} : { durability });
      } catch (error) {
        if (!isFirst || !isClosedConnection(error)) throw await failure(error);
        connection.wasClosed(db);
      }
    }
  };
  return {
    async read(tables, body) {
      const tx = await begin(tables, 'readonly');
      try {
        return await body(scopedReads(requestsOf(tx), tables));
      } catch (error) {
        throw isPlatformError(error) ? await failure(error) : error;
      }
    },
    async write(tables, durability, body) {
      const transaction = await begin(tables, 'readwrite', durability);
      const ending = endOf(transaction);
      const { tx, changes } = bufferWrites(requestsOf(transaction), tables);
      let result;
      try {
        result = await body(tx);
        applyAll(transaction, changes);
        transaction.commit();
      } catch (error) {
        if (!ending.over) transaction.abort();
        throw isPlatformError(error) ? await failure(error) : error;
      }
      const error = await ending.ended;
      if (error !== null) throw await failure(error);
      if (changes.length > 0) listeners.tell(tablesOf(changes));
      return result;
    },
    async writeIf({ table, key, holds }, durability, changes) {
      const transaction = await begin([...new Set([table, ...tablesOf(changes)])], 'readwrite', durability);
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
        throw isPlatformError(error) ? await failure(error) : error;
      }
      const error = await ending.ended;
      if (held === false) return false;
      if (error !== null) throw await failure(error);
      if (changes.length > 0) listeners.tell(tablesOf(changes));
      return true;
    },
    onWrite: (listener) => listeners.add(listener),
    onClosed: (listener) => connection.onClosed(listener),
    onUpgrade: (save) => connection.onUpgrade(save),
    isClosed: () => isClosed,
    async close() {
      isClosed = true;
      listeners.close();
      connection.close();
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
  for (let at = 0; at < changes.length;) {
    const change = changes[at];
    if (change === undefined) return;
    const store = transaction.objectStore(change.table);
    const run = change.action === 'delete' ? neighbours(changes, at) : 1;
    if (change.action === 'put') store.put(change.row);
    else if (run === 1) store.delete(change.key);
    else store.delete(IDBKeyRange.bound(change.key, (change.key as number) + run - 1));
    at += run;
  }
}

/** How many deletions from `at` on are of one whole number after the other: a range of them costs about as much as one. */
function neighbours(changes: readonly RowChange[], at: number): number {
  const first = changes[at];
  if (first?.action !== 'delete' || !Number.isInteger(first.key)) return 1;
  for (let run = 1; ; run += 1) {
    const next = changes[at + run];
    if (next?.action !== 'delete' || next.table !== first.table || next.key !== (first.key as number) + run) return run;
  }
}

/** Whether keys are one whole number after the other: a range of them is asked for like one. */
const isRun = (keys: readonly (string | number)[]): boolean =>
  keys.length > 1 && keys.every((key, i) => Number.isInteger(key) && key === (keys[0] as number) + i);

const isPlatformError = (error: unknown): boolean => error instanceof DOMException;

/** A connection that is closed takes no transaction. */
const isClosedConnection = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'InvalidStateError';

function requestsOf(tx: IDBTransaction): ReadTx {
  const answer = <T>(request: IDBRequest): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result as T);
      request.onerror = () => reject(tx.error ?? request.error ?? new DOMException('The request failed', 'AbortError'));
    });
  return {
    get: (table, key) => answer(tx.objectStore(table).get(key)),
    async getMany(table, keys) {
      const store = tx.objectStore(table);
      const [first, last] = [keys[0], keys.at(-1)];
      if (!isRun(keys)) return Promise.all(keys.map((key) => answer<never>(store.get(key))));
      const rows = await answer<Record<string, unknown>[]>(store.getAll(IDBKeyRange.bound(first, last)));
      const byKey = new Map(rows.map((row) => [row[String(store.keyPath)], row as never]));
      return keys.map((key) => byKey.get(key));
    },
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
