/** When a missing op was made, as far as a laptop has said so: for the list of what a restore did not bring back. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('missing').addColumn('made_ms', 'bigint').execute();
}
