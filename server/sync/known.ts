/**
 * How far the server knows devices (regather 1). Their person is told at any time; everybody only who brings back what
 * was lost, since that is how their laptops find what is missing of others. Of the rest nothing is said, as of those that are not here.
 */
import type { DeviceId } from '../../src/domain/ids.ts';
import { findDevice } from '../db/devices.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { isRegathering } from './regathering.ts';

export async function knownTo(
  tx: Tx,
  asking: Asking,
  devices: readonly DeviceId[],
): Promise<{ readonly device: DeviceId; readonly seq: number }[]> {
  const toAll = await isRegathering(tx, asking);
  const known = [];
  for (const device of devices) {
    const found = await findDevice(tx, asking.authority.id, device);
    if (toAll || found?.person === asking.person) known.push({ device, seq: found?.seq ?? 0 });
  }
  return known;
}
