/** What people decide about held groups. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;

  await schema
    .alterTable('held')
    .addColumn('state', 'text', (c) => c.notNull().defaultTo('undecided'))
    .execute();
  await schema.createIndex('held_by_state').on('held').columns(['authority', 'state']).execute();

  await schema
    .createTable('decision')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('grp', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('by_person', 'text', (c) => c.notNull())
    .addColumn('why', 'text', (c) => c.notNull())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addColumn('received_ms', 'bigint', (c) => c.notNull())
    .addColumn('content', 'text')
    .addPrimaryKeyConstraint('decision_key', ['authority', 'device', 'grp', 'number'])
    .execute();
  await schema.createIndex('decision_by_time').on('decision').columns(['authority', 'received_ms']).execute();
  await schema.createIndex('op_by_group').on('op').columns(['authority', 'device', 'grp']).execute();
}
