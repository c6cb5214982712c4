/** Undoing a part of a transaction. Savepoints lie in one another: the innermost is the one that is released. */
import { sql } from 'kysely';
import type { Tx } from './tables.ts';

/** Runs `body` under a savepoint and undoes what it wrote, and only that, unless it answers `keep`. A throw is the whole transaction's. */
export async function savepoint<T extends { readonly keep: boolean }>(tx: Tx, body: () => Promise<T>): Promise<T> {
  await sql`savepoint a_part`.execute(tx);
  const result = await body();
  if (!result.keep) await sql`rollback to savepoint a_part`.execute(tx);
  await sql`release savepoint a_part`.execute(tx);
  return result;
}
