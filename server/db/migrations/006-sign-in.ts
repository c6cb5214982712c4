/** Sign-in: wrong tries that a restart does not forget, sessions bound to an unlocked copy, notices, people who may not sign in. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;

  await schema.alterTable('session').addColumn('unlocked_hash', 'text').execute();
  await schema.alterTable('session').addColumn('recovers', 'text').execute();
  await schema.alterTable('account').addColumn('blocked_ms', 'bigint').execute();

  await schema
    .createTable('wrong_try')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('last_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('wrong_try_key', ['authority', 'subject'])
    .execute();
  await schema.createIndex('wrong_try_by_time').on('wrong_try').columns(['authority', 'last_ms']).execute();

  await schema
    .createTable('notice')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('notice_key', ['authority', 'id'])
    .execute();
  await schema.createIndex('notice_by_person').on('notice').columns(['authority', 'person', 'at_ms']).execute();
}
