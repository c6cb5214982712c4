/** Which recovery key the database's deposits are sealed under: several servers on one database must have the same. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('authority').addColumn('recovery_key', 'text').execute();
}
