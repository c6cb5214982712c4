/** Since when this database is known to be a backup that was put back, and the key that laptops keep ops for it with. */
import type { AuthorityId } from '../../src/domain/ids.ts';
import type { Tx } from './tables.ts';

/** For so long laptops bring back what was lost: as long as they keep what they were told is safe. */
export const regatherMs = 30 * 24 * 60 * 60 * 1000;

export async function noteRestored(tx: Tx, authority: AuthorityId, nowMs: number): Promise<void> {
  await tx
    .insertInto('restored')
    .values({ authority, noticed_ms: nowMs })
    .onConflict((conflict) => conflict.column('authority').doUpdateSet({ noticed_ms: nowMs }))
    .execute();
}

/** When it was last noticed; undefined for never. */
export async function restoredMs(tx: Tx, authority: AuthorityId): Promise<number | undefined> {
  const row = await tx
    .selectFrom('restored')
    .select('noticed_ms')
    .where('authority', '=', authority)
    .executeTakeFirst();
  return row?.noticed_ms;
}

/** The public key that laptops were given; undefined before the first. */
export async function findServerKey(tx: Tx, authority: AuthorityId): Promise<string | undefined> {
  const row = await tx.selectFrom('server_key').select('public').where('authority', '=', authority).executeTakeFirst();
  return row?.public;
}

export async function saveServerKey(tx: Tx, authority: AuthorityId, key: string): Promise<void> {
  await tx
    .insertInto('server_key')
    .values({ authority, public: key })
    .onConflict((conflict) => conflict.column('authority').doUpdateSet({ public: key }))
    .execute();
}
