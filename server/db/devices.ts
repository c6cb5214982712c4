/** How far each device's chain has been received. */
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { Tx } from './tables.ts';

export interface DeviceState {
  readonly person: PersonId;
  readonly seq: number;
  readonly head: string;
}

export async function findDevice(tx: Tx, authority: AuthorityId, device: DeviceId): Promise<DeviceState | undefined> {
  const row = await tx
    .selectFrom('device')
    .select(['person', 'seq', 'head'])
    .where('authority', '=', authority)
    .where('device', '=', device)
    .executeTakeFirst();
  return row && { ...row, person: row.person as PersonId };
}

/** Makes the device known, or moves its seq and head. Its person never changes. */
export async function saveDevice(
  tx: Tx,
  authority: AuthorityId,
  device: DeviceId,
  { person, seq, head }: DeviceState,
  nowMs: number,
): Promise<void> {
  await tx
    .insertInto('device')
    .values({ authority, device, person, seq, head, seen_ms: nowMs })
    .onConflict((conflict) => conflict.columns(['authority', 'device']).doUpdateSet({ seq, head, seen_ms: nowMs }))
    .execute();
}
