/** Sign-in with the council's own accounts: who is who there, and sign-ins that have begun. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;

  await schema
    .createTable('identity')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('identity_key', ['authority', 'issuer', 'subject'])
    .execute();

  await schema
    .createTable('council_try')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('state_hash', 'text', (c) => c.notNull())
    .addColumn('browser_hash', 'text', (c) => c.notNull())
    .addColumn('nonce', 'text', (c) => c.notNull())
    .addColumn('verifier', 'text', (c) => c.notNull())
    .addColumn('recovers', 'text')
    .addColumn('begun_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('council_try_key', ['authority', 'state_hash'])
    .execute();
}
