/** Which audits each search for a case found: nothing else is told under it. Ids alone. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('found')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('search', 'text', (c) => c.notNull())
    .addColumn('record', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('found_key', ['authority', 'search', 'record'])
    .execute();
}
