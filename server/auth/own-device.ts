/**
 * Whether a device that a laptop names beside its own is one of the same person's (docs/protocol.md, Laptops 1): the laptop was it
 * before it found out that it is a copy. One that nobody has heard of, as after a restore, is theirs from then on, and counts like
 * any other that they begin with.
 */
import type { DeviceId } from '../../src/domain/ids.ts';
import { hasDeviceOfPerson } from '../db/claims.ts';
import { findLaptop, insertLaptop } from '../db/laptops.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from '../sync/context.ts';
import { whyUnclaimed, type Unclaimed } from './claim.ts';

/** Why not; null when it is. Inside a writing transaction. `asker`: the laptop that asks, which is this person's. */
export async function whyNotOwn(
  tx: Tx,
  { authority: { id }, person, nowMs }: Asking,
  { device: asker, newLaptops }: { readonly device: DeviceId; readonly newLaptops: number },
  device: DeviceId,
): Promise<Unclaimed | null> {
  if (device === asker) return null;
  const [row, own] = [await findLaptop(tx, id, device), await findLaptop(tx, id, asker)];
  const keyring = own?.keyring ?? null;
  const isKnown = row?.person === person || (row === undefined && (await hasDeviceOfPerson(tx, id, device, person)));
  if (isKnown) return null;
  const claim = { device, person, keyring: keyring ?? undefined };
  const unclaimed = await whyUnclaimed(tx, { authority: id, nowMs, newLaptops }, claim, row);
  if (unclaimed !== null) return unclaimed;
  const { unlocked_hash = null, browser = '' } = own ?? {};
  await insertLaptop(tx, id, { device, person, keyring, unlocked_hash, browser }, nowMs);
  return null;
}
