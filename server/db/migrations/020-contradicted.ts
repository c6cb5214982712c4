/**
 * Which laptops have said that this database was put back, and who alone has told of a missing op: what one person says counts
 * for that person until something shows it. What was told of before this counts for everybody, as it did.
 */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('contradicted')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('epoch', 'text', (c) => c.notNull())
    .addColumn('noticed_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('contradicted_key', ['authority', 'device'])
    .execute();
  await schema.alterTable('missing').addColumn('told_by', 'text').execute();
  await schema.createIndex('missing_of_record').on('missing').columns(['authority', 'record']).execute();
}
