/**
 * Since when a second factor is in use: one that was taken away, and comes back with an old database, is told by it from one that
 * was set up since. Of those from before this, the end of the step of the last code is the latest that it can have been.
 */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('second_factor').addColumn('confirmed_ms', 'bigint').execute();
  await sql`update second_factor set confirmed_ms = (last_step + 1) * 30000 - 1 where secret is not null`.execute(db);
}
