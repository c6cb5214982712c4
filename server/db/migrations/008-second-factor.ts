/** The second factor of a person: its key and its recovery codes, those in use and those that are being set up. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;

  await schema
    .createTable('second_factor')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('secret', 'text')
    .addColumn('last_step', 'bigint', (c) => c.notNull())
    .addColumn('pending', 'text')
    .addPrimaryKeyConstraint('second_factor_key', ['authority', 'person'])
    .execute();

  await schema
    .createTable('recovery_code')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('code_hash', 'text', (c) => c.notNull())
    .addColumn('pending', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('recovery_code_key', ['authority', 'person', 'code_hash'])
    .execute();
}
