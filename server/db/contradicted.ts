/** Which laptops have said that they know a history that is not the one here. Their word alone. */
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { Tx } from './tables.ts';

export interface Contradicted {
  readonly device: DeviceId;
  readonly person: PersonId;
  /** Of the history it knows. */
  readonly epoch: string;
}

/** Notes it, unless the laptop has said the same since `sinceMs`. Answers whether it was noted. */
export async function saveContradicted(
  tx: Tx,
  authority: AuthorityId,
  { device, person, epoch }: Contradicted,
  { nowMs, sinceMs }: { readonly nowMs: number; readonly sinceMs: number },
): Promise<boolean> {
  const row = { authority, device, person, epoch, noticed_ms: nowMs };
  const before = await tx
    .selectFrom('contradicted')
    .select(['epoch', 'noticed_ms'])
    .where('authority', '=', authority)
    .where('device', '=', device)
    .where('person', '=', person)
    .executeTakeFirst();
  if (before?.epoch === epoch && before.noticed_ms > sinceMs) return false;
  await tx
    .insertInto('contradicted')
    .values(row)
    .onConflict((conflict) => conflict.columns(['authority', 'device', 'person']).doUpdateSet(row))
    .execute();
  return true;
}

/** Whether a laptop of this person has said so since: of the history of `epoch`, where one is given. */
export async function hasContradicted(
  tx: Tx,
  authority: AuthorityId,
  { person, device, epoch }: { readonly person: PersonId; readonly device?: DeviceId; readonly epoch?: string },
  sinceMs: number,
): Promise<boolean> {
  let query = tx
    .selectFrom('contradicted')
    .select('device')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('noticed_ms', '>', sinceMs);
  if (device !== undefined) query = query.where('device', '=', device);
  if (epoch !== undefined) query = query.where('epoch', '=', epoch);
  return (await query.limit(1).executeTakeFirst()) !== undefined;
}

/** When this person's laptops last began to say so; undefined for never. */
export async function contradictedMs(tx: Tx, authority: AuthorityId, person: PersonId): Promise<number | undefined> {
  const row = await tx
    .selectFrom('contradicted')
    .select(({ fn }) => fn.max('noticed_ms').as('ms'))
    .where('authority', '=', authority)
    .where('person', '=', person)
    .executeTakeFirst();
  return row?.ms == null ? undefined : Number(row.ms);
}
