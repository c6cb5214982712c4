/**
 * Notices that somebody else's session cannot take away: since when a laptop has its key, up to where a session has read them, and
 * which copy a recovery opened. Of a laptop from before this, its first contact is the best that is known. And who made a link.
 */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('notice').addColumn('copy', 'text').execute();
  await schema.alterTable('session').addColumn('noticed_ms', 'bigint').execute();
  await schema.alterTable('laptop').addColumn('proved_ms', 'bigint').execute();
  await sql`update laptop set proved_ms = first_ms where unlocked_hash is not null`.execute(db);
  await schema.alterTable('invitation').addColumn('by_person', 'text').execute();
}
