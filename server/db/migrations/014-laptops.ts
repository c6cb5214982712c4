/**
 * Laptops: what each has said of itself, which are to forget their copy, and which session is of which. Those that had deposited
 * a recovery secret before this are known from that, and from their last push.
 */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;

  await schema.alterTable('session').addColumn('device', 'text').execute();

  await schema
    .createTable('laptop')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('keyring', 'text')
    .addColumn('unlocked_hash', 'text')
    .addColumn('browser', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('first_ms', 'bigint', (c) => c.notNull())
    .addColumn('last_ms', 'bigint', (c) => c.notNull())
    .addColumn('app', 'text')
    .addColumn('unsent', 'bigint')
    .addColumn('unsent_ms', 'bigint')
    .addColumn('gave_ms', 'bigint')
    .addColumn('gone_ms', 'bigint')
    .addColumn('given_up', 'bigint')
    .addPrimaryKeyConstraint('laptop_key', ['authority', 'device'])
    .execute();
  await schema.createIndex('laptop_by_person').on('laptop').columns(['authority', 'person']).execute();
  await schema.createIndex('laptop_by_hash').on('laptop').columns(['authority', 'unlocked_hash']).execute();
  await schema.createIndex('laptop_by_keyring').on('laptop').columns(['authority', 'keyring']).execute();

  await schema
    .createTable('revocation')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('form', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('by_person', 'text', (c) => c.notNull())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('salt', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('revocation_key', ['authority', 'device', 'form'])
    .execute();

  await sql`
    insert into laptop (authority, device, person, keyring, browser, name, first_ms, last_ms)
    select r.authority, r.device, r.person, max(r.keyring), '', '', min(r.deposited_ms),
      coalesce(max(d.seen_ms), max(r.deposited_ms))
    from recovery r
    left join device d on d.authority = r.authority and d.device = r.device
    where not exists (
      select 1 from recovery o where o.authority = r.authority and o.device = r.device and o.person < r.person
    )
    group by r.authority, r.device, r.person
  `.execute(db);
}
