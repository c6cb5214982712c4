/** What a server keeps about itself after it was restored from a backup: when that was noticed, what waits, what is missing. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;

  await schema
    .createTable('restored')
    .addColumn('authority', 'text', (c) => c.primaryKey().references('authority.id'))
    .addColumn('noticed_ms', 'bigint', (c) => c.notNull())
    .execute();

  await schema
    .createTable('waiting')
    .addColumn('authority', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('since_ms', 'bigint', (c) => c.notNull())
    .addColumn('why', 'text', (c) => c.notNull())
    .addColumn('receipted', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('waiting_key', ['authority', 'device', 'seq'])
    .addForeignKeyConstraint('waiting_op', ['authority', 'device', 'seq'], 'op', ['authority', 'device', 'seq'])
    .execute();

  await schema
    .createTable('missing')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('person', 'text')
    .addColumn('record', 'text')
    .addColumn('kind', 'text')
    .addColumn('unit', 'text')
    .addColumn('told_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('missing_key', ['authority', 'device', 'seq'])
    .execute();

  await schema
    .createTable('server_key')
    .addColumn('authority', 'text', (c) => c.primaryKey().references('authority.id'))
    .addColumn('public', 'text', (c) => c.notNull())
    .execute();
}
