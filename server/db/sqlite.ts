/**
 * The one file that knows SQLite. WAL with `synchronous=FULL`: a commit has reached the disk before it is answered
 * (FAULTS 48). A writing transaction begins IMMEDIATE, so that it never fails half-way for want of the lock.
 */
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type TransactionSettings,
} from 'kysely';
import type { Engine, Failure, Heard } from './engine.ts';
import type { Tables } from './tables.ts';

/** How long to wait for another program (a backup) that has the file locked. */
const busyMs = 10_000;
/** Statements kept prepared. */
const statementLimit = 300;

/** Keeps what a transaction tells until it has committed. */
class Outbox {
  readonly #waiting: string[] = [];
  heard: (heard: Heard) => void = () => undefined;

  add(text: string): void {
    this.#waiting.push(text);
  }

  /** How many are kept. */
  get length(): number {
    return this.#waiting.length;
  }

  /** Drops all but the first so many. */
  drop(kept = 0): void {
    this.#waiting.length = kept;
  }

  send(): void {
    for (const text of this.#waiting.splice(0)) this.heard({ kind: 'told', text });
  }
}

class PlumblineDriver extends SqliteDriver {
  readonly #file: Database.Database;
  readonly #outbox: Outbox;
  constructor(file: Database.Database, outbox: Outbox) {
    super({ database: file });
    this.#file = file;
    this.#outbox = outbox;
  }

  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const begin = settings?.accessMode === 'read only' ? 'begin' : 'begin immediate';
    await connection.executeQuery(CompiledQuery.raw(begin));
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    this.#outbox.send();
  }

  // SQLite itself rolls back when the disk is full: a second time would be an error that hides the first.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#outbox.drop();
    if (this.#file.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** Kysely takes SQLite for one that cannot undo a change of tables. It can, so that a migration is done whole or not at all. */
class PlumblineAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class PlumblineDialect extends SqliteDialect {
  readonly #driver: PlumblineDriver;
  constructor(file: Database.Database, outbox: Outbox) {
    super({ database: file });
    this.#driver = new PlumblineDriver(file, outbox);
  }
  override createDriver(): SqliteDriver {
    return this.#driver;
  }
  override createAdapter(): SqliteAdapter {
    return new PlumblineAdapter();
  }
}

/**
 * Opens the file by two connections. Kysely gives a SQLite connection to one transaction at a time, the next waits: that is
 * the queue of writers. Readers have a connection of their own and see the last commit.
 */
export function openSqlite(path: string): Engine {
  const outbox = new Outbox();
  const writer = openConnection(path, 'write', outbox);
  const reader = openConnection(path, 'read', new Outbox());
  return {
    writer: writer.queries,
    reader: reader.queries,
    failureOf,
    undoesUnavailable: true,
    markTold: () => {
      const told = outbox.length;
      return () => outbox.drop(told);
    },
    listen: (heard) => {
      outbox.heard = heard;
      return Promise.resolve();
    },
    close: async () => {
      await reader.close();
      await writer.close();
    },
  };
}

interface Opened {
  readonly queries: Kysely<Tables>;
  close(): Promise<void>;
}

function openConnection(path: string, mode: 'write' | 'read', outbox: Outbox): Opened {
  const file = new Database(path, { timeout: busyMs });
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  file.pragma('trusted_schema = OFF');
  if (mode === 'read') file.pragma('query_only = ON');
  file.function('tell', (text) => {
    outbox.add(String(text));
    return null;
  });
  const queries = new Kysely<Tables>({ dialect: new PlumblineDialect(keepingStatements(file), outbox) });
  return {
    queries,
    close: async () => {
      await queries.destroy();
      // Kysely leaves a connection open that was never used, and with it a lock on the file.
      file.close();
    },
  };
}

/** Kysely prepares each query anew; what is asked again and again is prepared once. The oldest goes when there are too many. */
function keepingStatements(file: Database.Database): Database.Database {
  const kept = new Map<string, Database.Statement>();
  const prepare = file.prepare.bind(file);
  return Object.assign(file, {
    prepare(text: string) {
      const statement = kept.get(text) ?? prepare(text);
      kept.delete(text);
      kept.set(text, statement);
      for (const oldest of kept.keys()) {
        if (kept.size <= statementLimit) break;
        kept.delete(oldest);
      }
      return statement;
    },
  });
}

// A transaction is never undone and no connection lost: there is one writer, in this process.
const failureOf = (error: unknown): Failure =>
  /^SQLITE_(FULL|IOERR|BUSY)/.test(String((error as { readonly code?: unknown } | null)?.code))
    ? 'unavailable'
    : 'other';
