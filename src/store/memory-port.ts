/**
 * The port in memory, for tests and the simulator, with crashes. Keeps the promises of `port.ts`: writers one after another,
 * readers on a snapshot, rows cloned and frozen on their way in, so that nobody changes them once they are out again.
 * `crash()` is a power cut: it ends what is running and takes back every relaxed transaction since the last strict one.
 * `onRequest` may throw to make the n-th request fail.
 */
import { bufferWrites, scopedReads, tablesOf } from './buffered-writes.ts';
import { newListeners } from './listeners.ts';
import type { Durability, Port, ReadTx, RowChange } from './port.ts';
import { asFailure, StoreFailure } from './problems.ts';
import { type IndexOf, type Keys, type Rows, type TableName } from './rows.ts';

export interface MemoryRequest {
  /** 1 for the port's first request. */
  readonly count: number;
  readonly action: 'read' | 'put' | 'delete' | 'commit';
  readonly table: TableName | null;
}

export interface MemoryPort extends Port {
  /** Power cut. The port can be used again at once, as if the laptop had been started again. */
  crash(): void;
  /** Every row as it stands, for a look from outside. */
  dump(): { readonly [T in TableName]: readonly Rows[T][] };
}

type Key = string | number;
type Table = Map<Key, unknown>;
type Tables = { readonly [T in TableName]: Table };

const keyOf: { readonly [T in TableName]: (row: Rows[T]) => Key } = {
  confirmed: (row) => row.id,
  pending: (row) => row.n,
  quarantine: (row) => row.n,
  changes: (row) => row.record,
  meta: (row) => row.name,
  retained: (row) => row.place,
  together: (row) => row.change,
};
const tableNames = Object.keys(keyOf) as TableName[];

export function memoryPort(options: { readonly onRequest?: (request: MemoryRequest) => void } = {}): MemoryPort {
  let tables = emptyTables();
  let durable = tables;
  let life = 0;
  let requests = 0;
  let closed = false;
  let lastWrite: Promise<unknown> = Promise.resolve();
  const listeners = newListeners(null);

  const request = (action: MemoryRequest['action'], table: TableName | null): void => {
    if (closed) throw new StoreFailure({ kind: 'storage-lost' });
    requests += 1;
    try {
      options.onRequest?.({ count: requests, action, table });
    } catch (error) {
      throw asFailure(error);
    }
  };
  const stillAlive = (since: number): void => {
    if (life !== since) throw new StoreFailure({ kind: 'storage-failed', why: 'The laptop lost its power' });
  };

  const reads = (snapshot: Tables, since: number): ReadTx =>
    readsOf(snapshot, async (table) => {
      request('read', table);
      await Promise.resolve();
      stillAlive(since);
    });

  /** Runs `work` after every earlier writer, whatever became of it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = lastWrite.then(work, work);
    lastWrite = mine;
    return mine;
  };

  const commit = (changes: readonly RowChange[], durability: Durability, since: number): void => {
    const cloned: RowChange[] = [];
    for (const change of changes) {
      request(change.action, change.table);
      cloned.push(cloneChange(change));
    }
    request('commit', null);
    stillAlive(since);
    tables = applied(tables, cloned);
    if (durability === 'strict') durable = tables;
    if (changes.length > 0) listeners.tell(tablesOf(changes));
  };

  return {
    async read(names, body) {
      await lastWrite.then(nothing, nothing);
      return body(scopedReads(reads(tables, life), names));
    },
    write: (names, durability, body) =>
      inTurn(async () => {
        const since = life;
        const { tx, changes } = bufferWrites(reads(tables, since), names);
        const result = await body(tx);
        commit(changes, durability, since);
        return result;
      }),
    writeIf: ({ table, key, holds }, durability, changes) =>
      inTurn(async () => {
        const since = life;
        if (!holds(await reads(tables, since).get(table, key))) return false;
        commit(changes, durability, since);
        return true;
      }),
    onWrite: (listener) => listeners.add(listener),
    // Memory is not closed by anybody else.
    onClosed: () => nothing,
    onUpgrade: () => nothing,
    isClosed: () => closed,
    async close() {
      closed = true;
      listeners.close();
    },
    crash() {
      life += 1;
      tables = durable;
    },
    dump: () => Object.fromEntries(tableNames.map((name) => [name, sorted(tables[name])])) as never,
  };
}

const nothing = (): void => undefined;

const emptyTables = (): Tables => Object.fromEntries(tableNames.map((name) => [name, new Map()])) as unknown as Tables;

function cloneChange(change: RowChange): RowChange {
  try {
    return frozen(structuredClone(change));
  } catch (error) {
    throw asFailure(error);
  }
}

/** Bytes cannot be frozen; nobody has a reason to change those of a sealed box. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** New tables with the changes made; the old ones stay as they are for whoever still reads them. */
function applied(tables: Tables, changes: readonly RowChange[]): Tables {
  const next: Record<TableName, Table> = { ...tables };
  for (const name of new Set(changes.map(({ table }) => table))) next[name] = new Map(tables[name]);
  for (const change of changes) {
    if (change.action === 'put')
      next[change.table].set((keyOf[change.table] as (row: unknown) => Key)(change.row), change.row);
    else next[change.table].delete(change.key);
  }
  return next;
}

const compareKeys = (a: Key, b: Key): number => (a < b ? -1 : a > b ? 1 : 0);

const sorted = (table: Table): unknown[] => [...table].sort(([a], [b]) => compareKeys(a, b)).map(([, row]) => row);

function readsOf(tables: Tables, step: (table: TableName) => Promise<void>): ReadTx {
  const rows = <T extends TableName>(table: T): Rows[T][] => sorted(tables[table]) as Rows[T][];
  const row = <T extends TableName>(table: T, key: Keys[T]) => tables[table].get(key) as Rows[T] | undefined;
  const field = <T extends TableName>(of: Rows[T], index: IndexOf<T>): unknown =>
    index.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], of);
  return {
    async get(table, key) {
      await step(table);
      return row(table, key);
    },
    async getMany(table, keys) {
      await step(table);
      return keys.map((key) => row(table, key));
    },
    async all(table, { from, limit } = {}) {
      await step(table);
      const found = from === undefined ? rows(table) : rows(table).filter((one) => keyOf[table](one) >= from);
      return found.slice(0, limit);
    },
    async whereEqual(table, index, value, { limit } = {}) {
      await step(table);
      return rows(table)
        .filter((one) => field(one, index) === value)
        .slice(0, limit);
    },
    async whereAbove(table, index, value, { limit, upTo = Infinity } = {}) {
      await step(table);
      const found = rows(table)
        .filter((one) => {
          const at = field(one, index);
          return typeof at === 'number' && at > value && at <= upTo;
        })
        .sort((a, b) => Number(field(a, index)) - Number(field(b, index)));
      return found.slice(0, limit);
    },
    async count(table, where) {
      await step(table);
      if (where === undefined) return tables[table].size;
      return rows(table).filter((one) => field(one, where.index) === where.equals).length;
    },
  };
}
