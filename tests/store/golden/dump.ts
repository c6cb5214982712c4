/** A whole database as JSON, read and written past the app's own code: tables, indexes and rows, bytes as hex. */

interface DumpedIndex {
  readonly name: string;
  readonly keyPath: string | string[];
  readonly unique: boolean;
  readonly multiEntry: boolean;
}

interface DumpedTable {
  readonly keyPath: string | string[] | null;
  readonly autoIncrement: boolean;
  readonly indexes: readonly DumpedIndex[];
  readonly rows: readonly unknown[];
}

export interface Dump {
  /** As the browser counts: ten times the schema's. */
  readonly version: number;
  readonly tables: Readonly<Record<string, DumpedTable>>;
}

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database did not answer'));
  });

export async function readDump(name: string): Promise<Dump> {
  const db = await asked(indexedDB.open(name));
  try {
    const tables: Record<string, DumpedTable> = {};
    for (const table of [...db.objectStoreNames].sort()) {
      const store = db.transaction(table).objectStore(table);
      const { keyPath, autoIncrement } = store;
      const indexes = [...store.indexNames]
        .sort()
        .map((index) => store.index(index))
        .map(({ name: index, keyPath: path, unique, multiEntry }) => ({
          name: index,
          keyPath: path,
          unique,
          multiEntry,
        }));
      tables[table] = { keyPath, autoIncrement, indexes, rows: (await asked(store.getAll())).map(toJson) };
    }
    return { version: db.version, tables };
  } finally {
    db.close();
  }
}

/** Makes a database exactly as it was dumped. */
export async function loadDump(name: string, { version, tables }: Dump): Promise<void> {
  const opening = indexedDB.open(name, version);
  opening.onupgradeneeded = () => {
    for (const [table, { keyPath, autoIncrement, indexes, rows }] of Object.entries(tables)) {
      const store = opening.result.createObjectStore(table, { keyPath, autoIncrement });
      for (const { name: index, keyPath: path, ...options } of indexes) store.createIndex(index, path, options);
      for (const row of rows) store.add(fromJson(row));
    }
  };
  (await asked(opening)).close();
}

function toJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('hex') };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toJson(one)]));
}

function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return value;
  if ('$bytes' in value) return Uint8Array.from(Buffer.from(String(value.$bytes), 'hex'));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fromJson(one)]));
}
