/**
 * The one file that knows SQLite. WAL with `synchronous=FULL`: a commit has reached the disk before it is answered
 * (FAULTS 48). A writing transaction begins IMMEDIATE, so that it never fails half-way for want of the lock.
 */
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  Kysely,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type TransactionSettings,
} from 'kysely';
import type { SqliteDialectConfig } from 'kysely';
import type { Tables } from './tables.ts';

/** How long to wait for another program (a backup) that has the file locked. */
const busyMs = 10_000;

class PlumblineDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const begin = settings?.accessMode === 'read only' ? 'begin' : 'begin immediate';
    await connection.executeQuery(CompiledQuery.raw(begin));
  }
}

class PlumblineDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;
  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver(): SqliteDriver {
    return new PlumblineDriver(this.#config);
  }
}

/**
 * Opens one connection to the file. Kysely gives a SQLite connection to one transaction at a time, the next waits: that
 * is the queue of writers. Readers have a connection of their own and see the last commit.
 */
export function openSqlite(path: string, mode: 'write' | 'read'): Kysely<Tables> {
  const file = new Database(path, { timeout: busyMs });
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  file.pragma('trusted_schema = OFF');
  if (mode === 'read') file.pragma('query_only = ON');
  return new Kysely<Tables>({ dialect: new PlumblineDialect({ database: file }) });
}
