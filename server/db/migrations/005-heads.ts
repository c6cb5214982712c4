/**
 * An index that holds all that a pull asks of a record before it reads the record itself. Without it, every question of scope
 * and every digest reads past the units, which are the whole text of an audit.
 */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const asked = ['id', 'kind', 'service', 'team', 'auditor', 'moderator', 'digest', 'changed_ms'];
  await db.schema
    .createIndex('record_heads')
    .on('record')
    .columns(['authority', 'version', ...asked])
    .execute();
}
