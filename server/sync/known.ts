/**
 * How far the server knows devices (regather 1). Their person is told at any time; everybody only who brings back what
 * was lost, since that is how their laptops find what is missing of others. Of the rest nothing is said, as of those that are not here.
 */
import type { DeviceId } from '../../src/domain/ids.ts';
import { findDevice } from '../db/devices.ts';
import { firstToldAlone } from '../db/missing.ts';
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
    if (found?.person === asking.person) known.push({ device, seq: found.seq });
    else if (toAll) known.push({ device, seq: await wholeTo(tx, asking, device, found?.seq ?? 0) });
  }
  return known;
}

/** What one person alone has told of lies in front of the end: others are to say whether they have seen it. */
async function wholeTo(tx: Tx, { authority, person }: Asking, device: DeviceId, seq: number): Promise<number> {
  const first = await firstToldAlone(tx, authority.id, device, person);
  return first === undefined ? seq : Math.min(seq, first - 1);
}
