/**
 * The peer of a download's writes: the rows of a laptop's database put into an empty one with plain IndexedDB, in the same
 * order, as many in a transaction as the download had, as relaxed as the download's. Only the writing is timed.
 */
import { expose } from 'comlink';

export interface BareApi {
  /** Milliseconds of each transaction. `indexed`: the new database has the indexes of the old one. */
  write(database: string, batches: readonly number[], indexed: boolean): Promise<readonly number[]>;
}

interface Single {
  readonly record: string;
  readonly change: number;
}

interface Together {
  readonly change: number;
  readonly records: readonly string[];
}

const copied = ['confirmed', 'changes', 'together', 'meta'];

async function write(database: string, batches: readonly number[], indexed: boolean): Promise<readonly number[]> {
  const from = await answered(indexedDB.open(database));
  const name = `${database}-bare`;
  const to = await openLike(from, name, indexed);
  const all = <T>(table: string): Promise<T[]> => answered<T[]>(from.transaction(table).objectStore(table).getAll());
  const [meta, changes, together] = [
    await all<object>('meta'),
    await all<Single>('changes'),
    await all<Together>('together'),
  ];
  const noted = [
    ...changes.map((row) => ({ table: 'changes', row, last: row.change, records: [row.record] })),
    ...together.map((row) => ({ table: 'together', row, last: row.change, records: row.records })),
  ].sort((a, b) => a.last - b.last);
  const records = noted.flatMap((one) => one.records.map((record, i) => ({ record, note: i === 0 ? one : null })));
  const times: number[] = [];
  let at = 0;
  for (const size of batches) {
    const some = records.slice(at, at + size);
    at += size;
    const store = from.transaction('confirmed').objectStore('confirmed');
    const confirmed = await Promise.all(some.map(({ record }) => answered<object>(store.get(record))));
    const notes = (table: string): object[] => some.flatMap(({ note }) => (note?.table === table ? [note.row] : []));
    times.push(await timed(to, { confirmed, changes: notes('changes'), together: notes('together'), meta }));
  }
  from.close();
  to.close();
  await answered(indexedDB.deleteDatabase(name));
  return times;
}

async function timed(to: IDBDatabase, rows: Readonly<Record<string, readonly object[]>>): Promise<number> {
  const started = performance.now();
  const transaction = to.transaction(copied, 'readwrite', { durability: 'relaxed' });
  for (const [table, all] of Object.entries(rows)) {
    const store = transaction.objectStore(table);
    for (const row of all) store.put(row);
  }
  transaction.commit();
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('A bare write was aborted'));
  });
  return performance.now() - started;
}

function openLike(from: IDBDatabase, name: string, indexed: boolean): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const table of copied) {
      const like = from.transaction(table).objectStore(table);
      const store = request.result.createObjectStore(table, { keyPath: like.keyPath });
      for (const index of indexed ? like.indexNames : []) store.createIndex(index, like.index(index).keyPath);
    }
  };
  return answered(request);
}

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB gave no answer'));
  });

expose({ write } satisfies BareApi);
