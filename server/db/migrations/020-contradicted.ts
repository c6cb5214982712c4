/**
 * Which laptops have said that this database was put back, and who has told of a missing op: what one person says counts for that
 * person until something shows it, and stands whatever another says of the same. What was told of before this counts for
 * everybody, as it did; by whom is not known.
 */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('contradicted')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('epoch', 'text', (c) => c.notNull())
    .addColumn('noticed_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('contradicted_key', ['authority', 'device', 'person'])
    .execute();

  // SQLite cannot give a table another key.
  await schema
    .createTable('told')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('person', 'text')
    .addColumn('record', 'text')
    .addColumn('kind', 'text')
    .addColumn('unit', 'text')
    .addColumn('made_ms', 'bigint')
    .addColumn('told_ms', 'bigint', (c) => c.notNull())
    .addColumn('told_by', 'text', (c) => c.notNull())
    .addColumn('firm', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('told_key', ['authority', 'device', 'seq', 'told_by'])
    .execute();
  const kept = sql.raw('authority, device, seq, person, record, kind, unit, made_ms, told_ms');
  await sql`insert into told (${kept}, told_by, firm) select ${kept}, '', 1 from missing`.execute(db);
  await schema.dropTable('missing').execute();
  await schema.alterTable('told').renameTo('missing').execute();
  await schema.createIndex('missing_of_record').on('missing').columns(['authority', 'record']).execute();
}
