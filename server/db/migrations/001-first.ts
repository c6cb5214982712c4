/** The first tables. A migration never changes once it has run anywhere; what comes later is the next number. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;

  await schema
    .createTable('authority')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('epoch', 'text', (c) => c.notNull())
    .addColumn('server_person', 'text', (c) => c.notNull())
    .addColumn('server_device', 'text', (c) => c.notNull())
    .addColumn('first_person', 'text', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('head', 'text', (c) => c.notNull())
    .addColumn('created_ms', 'bigint', (c) => c.notNull())
    .execute();

  await schema
    .createTable('device')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('head', 'text', (c) => c.notNull())
    .addColumn('seen_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('device_key', ['authority', 'device'])
    .execute();

  await schema
    .createTable('op')
    .addColumn('authority', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('grp', 'text', (c) => c.notNull())
    .addColumn('group_size', 'integer', (c) => c.notNull())
    .addColumn('record', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('unit', 'text', (c) => c.notNull())
    .addColumn('claimed_ms', 'bigint', (c) => c.notNull())
    .addColumn('claimed_count', 'bigint', (c) => c.notNull())
    .addColumn('order_ms', 'bigint', (c) => c.notNull())
    .addColumn('order_count', 'bigint', (c) => c.notNull())
    .addColumn('base', 'text')
    .addColumn('settles', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('salt', 'text', (c) => c.notNull())
    .addColumn('leaf', 'text', (c) => c.notNull())
    .addColumn('prev', 'text', (c) => c.notNull())
    .addColumn('received_ms', 'bigint', (c) => c.notNull())
    .addColumn('roles', 'text', (c) => c.notNull())
    .addColumn('accepted', 'integer', (c) => c.notNull())
    .addColumn('version', 'bigint')
    .addPrimaryKeyConstraint('op_key', ['authority', 'device', 'seq'])
    .addForeignKeyConstraint('op_device', ['authority', 'device'], 'device', ['authority', 'device'])
    .execute();
  await schema.createIndex('op_by_record').on('op').columns(['authority', 'record', 'unit']).execute();

  await schema
    .createTable('held')
    .addColumn('authority', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('record', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('why', 'text', (c) => c.notNull())
    .addColumn('held_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('held_key', ['authority', 'device', 'seq'])
    .addForeignKeyConstraint('held_op', ['authority', 'device', 'seq'], 'op', ['authority', 'device', 'seq'])
    .execute();
  await schema.createIndex('held_by_record').on('held').columns(['authority', 'record']).execute();

  await schema
    .createTable('record')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('changed_ms', 'bigint', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('units', 'text', (c) => c.notNull())
    .addColumn('service', 'text')
    .addColumn('team', 'text')
    .addColumn('auditor', 'text')
    .addColumn('moderator', 'text')
    .addColumn('email', 'text')
    .addPrimaryKeyConstraint('record_key', ['authority', 'id'])
    .execute();
  await schema.createIndex('record_by_version').unique().on('record').columns(['authority', 'version']).execute();
  await schema.createIndex('record_by_kind').on('record').columns(['authority', 'kind', 'version']).execute();
  await schema.createIndex('record_by_auditor').on('record').columns(['authority', 'auditor', 'version']).execute();
  await schema.createIndex('record_by_moderator').on('record').columns(['authority', 'moderator', 'version']).execute();
  await schema.createIndex('record_by_email').on('record').columns(['authority', 'email']).execute();

  await schema
    .createTable('version')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('record', 'text', (c) => c.notNull())
    .addColumn('head', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('version_key', ['authority', 'version'])
    .execute();

  await schema
    .createTable('opened')
    .addColumn('authority', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('record', 'text', (c) => c.notNull())
    .addColumn('first_ms', 'bigint', (c) => c.notNull())
    .addColumn('last_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('opened_key', ['authority', 'person', 'record'])
    .addForeignKeyConstraint('opened_record', ['authority', 'record'], 'record', ['authority', 'id'])
    .execute();

  await schema
    .createTable('account')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('password', 'text', (c) => c.notNull())
    .addColumn('changed_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('account_key', ['authority', 'person'])
    .execute();

  await schema
    .createTable('session')
    .addColumn('authority', 'text', (c) => c.notNull())
    .addColumn('token_hash', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('signed_in_ms', 'bigint', (c) => c.notNull())
    .addColumn('seen_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('session_key', ['authority', 'token_hash'])
    .addForeignKeyConstraint('session_account', ['authority', 'person'], 'account', ['authority', 'person'])
    .execute();

  await schema
    .createTable('invitation')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('token_hash', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('created_ms', 'bigint', (c) => c.notNull())
    .addColumn('expires_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('invitation_key', ['authority', 'token_hash'])
    .execute();

  await schema
    .createTable('recovery')
    .addColumn('authority', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('keyring', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('deposited_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('recovery_key', ['authority', 'person', 'keyring'])
    .addForeignKeyConstraint('recovery_account', ['authority', 'person'], 'account', ['authority', 'person'])
    .execute();
}
