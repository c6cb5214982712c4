/** The salted hash of an erased op's value: its leaf still holds its header. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('op').addColumn('value_hash', 'text').execute();
}
