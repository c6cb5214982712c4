/**
 * Owns every transaction. Query functions take the transaction they run in (`Tx`), never the database, so no request's
 * query can slip into another request's transaction, and none runs outside one.
 *
 *   write  one at a time: the authority's writer lock. Resolves after the commit is on disk; a throw changes nothing
 *   read   one snapshot: what commits meanwhile is not seen
 */
import { sql, type Kysely } from 'kysely';
import { migrate } from './migrate.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables, Tx } from './tables.ts';

export interface Database {
  write<T>(body: (tx: Tx) => Promise<T>): Promise<T>;
  read<T>(body: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens the database file, making or migrating its tables. */
export async function openDatabase(path: string): Promise<Database> {
  const writer: Kysely<Tables> = openSqlite(path, 'write');
  await migrate(writer);
  const reader: Kysely<Tables> = openSqlite(path, 'read');
  return {
    write: (body) => writer.transaction().execute(body),
    read: (body) => reader.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(body),
    close: async () => {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

/** Runs `body` under a savepoint and undoes what it wrote, and only that, unless it answers `keep`. */
export async function savepoint<T extends { readonly keep: boolean }>(tx: Tx, body: () => Promise<T>): Promise<T> {
  await sql`savepoint a_group`.execute(tx);
  const result = await body();
  if (!result.keep) await sql`rollback to savepoint a_group`.execute(tx);
  await sql`release savepoint a_group`.execute(tx);
  return result;
}
