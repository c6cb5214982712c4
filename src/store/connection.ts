/**
 * The connection to one database. Dexie keeps the schema and its versions and watches for other tabs' upgrades.
 *
 *   open --the browser closes it--> opened again after a moment, three times at most --> open
 *        \                                        \--it is no longer there--> closed: storage-lost, nothing is made in its place
 *         \                                        \--it does not open------> closed: storage-closed, load the page again
 *          \--upgraded or deleted by another tab--> closed: build-too-old, storage-lost
 *
 * Promises: a database that was cleared under the app is never made anew without a word (FAULTS 4, L7); a newer build's
 * database is refused (13, L5); an open that another window blocks says so within its deadline (12).
 */
import Dexie from 'dexie';
import type { Result, StoreProblem } from '../protocol/problem.ts';
import { asFailure, StoreFailure } from './problems.ts';
import { schemaVersion, schemaVersions } from './schema.ts';

export interface ConnectionOptions {
  /** false: only a database that is there already is opened; without it the answer is `storage-lost`. */
  readonly mayCreate?: boolean;
  /** Told true when another window keeps the database from being opened, false once it is or never will be. Without it, `blocked`. */
  readonly onBlocked?: (isBlocked: boolean) => void;
  readonly deadlineMs?: number;
  /** How long it waits before each time it opens a connection again that the browser closed. */
  readonly againMs?: readonly number[];
}

export interface Connection {
  /** Null while it is being opened again, and once it is closed for good. */
  now(): IDBDatabase | null;
  /** Waits until it is open again; rejects with why it is closed for good. */
  ready(): Promise<IDBDatabase>;
  /** `of` turned out to be closed without a word: it is opened again. */
  wasClosed(of: IDBDatabase): void;
  /** Why it is closed for good; null while it is open or may be again. Waits while that is being found out. */
  closedBecause(): Promise<StoreProblem | null>;
  /** Calls `listener` once when it is closed for good and not on purpose. Returns how to stop. */
  onClosed(listener: (problem: StoreProblem) => void): () => void;
  /** Calls `save` before it is closed for a newer build, which waits for it a moment. Returns how to stop. */
  onUpgrade(save: () => Promise<unknown>): () => void;
  close(): void;
}

/** How long an open may take before it counts as blocked by another window. */
const openDeadlineMs = 3000;
const openAgainMs = [100, 500, 2000];
const saveForUpgradeMs = 1000;

export async function openConnection(
  database: string,
  options: ConnectionOptions = {},
): Promise<Result<Connection, StoreProblem>> {
  const first = await openDatabase(database, options, options.mayCreate ?? true);
  if (!first.ok) return first;
  return { ok: true, value: keepOpen(first.value, database, options) };
}

function keepOpen(first: Dexie, database: string, options: ConnectionOptions): Connection {
  const listeners = new Set<(problem: StoreProblem) => void>();
  const savers = new Set<() => Promise<unknown>>();
  let db: Dexie | null = null;
  let closed: StoreProblem | null = null;
  let opening: Promise<void> | null = null;

  function use(opened: Dexie): void {
    db = opened;
    opened.on('versionchange', (event) => {
      if (event.newVersion === null) closeFor({ kind: 'storage-lost' });
      else void closeForUpgrade();
      return false;
    });
    opened.on('close', () => {
      if (db === opened) reopen();
    });
  }

  function closeFor(problem: StoreProblem): void {
    if (closed !== null) return;
    closed = problem;
    drop();
    for (const listener of [...listeners]) listener(problem);
  }

  function reopen(): void {
    drop();
    opening ??= openAgain().finally(() => (opening = null));
  }

  /** The newer build is blocked until this is closed, and says so after its deadline: well before that. */
  async function closeForUpgrade(): Promise<void> {
    const saved = Promise.allSettled([...savers].map((save) => save()));
    await Promise.race([saved, new Promise((resolve) => setTimeout(resolve, saveForUpgradeMs))]);
    closeFor({ kind: 'build-too-old' });
  }

  function drop(): void {
    const dropped = db;
    db = null;
    dropped?.close();
  }

  async function openAgain(): Promise<void> {
    for (const ms of options.againMs ?? openAgainMs) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      if (closed !== null) return;
      const opened = await openDatabase(database, options, false);
      if (closed !== null) return void (opened.ok && opened.value.close());
      if (opened.ok) return use(opened.value);
      if (opened.problem.kind === 'storage-lost' || opened.problem.kind === 'build-too-old')
        return closeFor(opened.problem);
    }
    closeFor({ kind: 'storage-closed' });
  }

  const now = (): IDBDatabase | null => db?.backendDB() ?? null;
  use(first);
  return {
    now,
    async ready() {
      await opening;
      const open = now();
      if (open === null) throw new StoreFailure(closed ?? { kind: 'storage-closed' });
      return open;
    },
    wasClosed(of) {
      if (closed === null && now() === of) reopen();
    },
    async closedBecause() {
      await opening;
      return closed;
    },
    onClosed(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onUpgrade(save) {
      savers.add(save);
      return () => void savers.delete(save);
    },
    close() {
      listeners.clear();
      savers.clear();
      closeFor({ kind: 'storage-lost' });
    },
  };
}

async function openDatabase(
  database: string,
  options: ConnectionOptions,
  mayCreate: boolean,
): Promise<Result<Dexie, StoreProblem>> {
  const db = new Dexie(database, { autoOpen: false });
  for (const { version, tables } of schemaVersions) db.version(version).stores(tables);
  let wasThere = true;
  db.on('populate', () => {
    wasThere = false;
    // Undoes the creation.
    if (!mayCreate) throw new StoreFailure({ kind: 'storage-lost' });
  });
  const refused = (problem: StoreProblem) => {
    db.close();
    return { ok: false, problem } as const;
  };
  try {
    await openWithin(db, options);
  } catch (error) {
    return refused(wasThere || mayCreate ? asFailure(error).problem : { kind: 'storage-lost' });
  }
  // Dexie opens a newer database without a word, and multiplies versions by ten.
  if (db.backendDB().version >= (schemaVersion + 1) * 10) return refused({ kind: 'build-too-old' });
  return { ok: true, value: db };
}

async function openWithin(db: Dexie, { deadlineMs = openDeadlineMs, onBlocked }: ConnectionOptions): Promise<void> {
  const opened = db.open();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let toldBlocked = false;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      if (onBlocked === undefined) return reject(new StoreFailure({ kind: 'blocked' }));
      toldBlocked = true;
      onBlocked(true);
    }, deadlineMs);
  });
  try {
    await Promise.race([opened, late]);
  } finally {
    clearTimeout(timer);
    if (toldBlocked) onBlocked?.(false);
  }
}
