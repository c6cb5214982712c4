/**
 * Whether laptops bring back what this server lost, and for whom (protocol: Regather). What one laptop says of it counts for its
 * own person, and for nobody else. For everybody it counts once something shows it: the new epoch of a restore by the command, the
 * server's own receipt for an op that is not here, or two people whose laptops tell of the same op.
 */
import type { DeviceId } from '../../src/domain/ids.ts';
import { hasContradicted } from '../db/contradicted.ts';
import { noteRestored, regatherMs, restoredMs } from '../db/restored.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';

/** What has shown that this database was put back. */
export type Proof = 'receipt' | 'told-twice';

/** Whether it was shown not long ago that this database was put back. */
export async function isProved(tx: Tx, { authority, nowMs }: Pick<Asking, 'authority' | 'nowMs'>): Promise<boolean> {
  const noticed = await restoredMs(tx, authority.id);
  return noticed !== undefined && nowMs - noticed < regatherMs;
}

/** Whether laptops of this person bring back what was lost not long ago: by what was shown, or by their own word. */
export async function isRegathering(tx: Tx, asking: Asking): Promise<boolean> {
  if (await isProved(tx, asking)) return true;
  const { authority, person, nowMs } = asking;
  return hasContradicted(tx, authority.id, { person, epoch: authority.epoch }, nowMs - regatherMs);
}

/**
 * Whether this person's laptops have said that they know another history, of whatever epoch: a laptop may come late to a restore
 * of months ago. With `device`, whether that one has.
 */
export const hasClaimed = (tx: Tx, { authority, person, nowMs }: Asking, device?: DeviceId): Promise<boolean> =>
  hasContradicted(tx, authority.id, { person, ...(device === undefined ? {} : { device }) }, nowMs - regatherMs);

/** Begins it for everybody, unless it is on. Answers whether it has begun. */
export async function proveLoss(tx: Tx, asking: Pick<Asking, 'authority' | 'nowMs'>): Promise<boolean> {
  if (await isProved(tx, asking)) return false;
  await noteRestored(tx, asking.authority.id, asking.nowMs);
  return true;
}
