/**
 * Whether a laptop knows of something that this server ought to and does not: a version, a head, its own acknowledged ops.
 * Then the database is a backup that was put back, whether by `npm run restore` or by hand (pull 2).
 */
import type { DeviceId } from '../../src/domain/ids.ts';
import type { ChainAnchor, Cursor } from '../../src/protocol/sync.ts';
import { headAt } from '../db/authorities.ts';
import { headAtPlace } from '../db/chain.ts';
import { saveContradicted } from '../db/contradicted.ts';
import { findDevice } from '../db/devices.ts';
import { regatherMs } from '../db/restored.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { isRegathering } from './regathering.ts';

export interface Claim {
  readonly device: DeviceId;
  readonly cursor?: Cursor | null;
  /** The last seq of the device that a server has acknowledged. */
  readonly acknowledged?: number;
}

export async function isContradicted(
  tx: Tx,
  { authority }: Asking,
  { device, cursor = null, acknowledged = 0 }: Claim,
): Promise<boolean> {
  if (cursor !== null) {
    const { epoch, version, head } = cursor;
    if (epoch !== authority.epoch || head !== (await headAt(tx, authority.id, version))) return true;
  }
  return acknowledged > 0 && ((await findDevice(tx, authority.id, device))?.seq ?? 0) < acknowledged;
}

/**
 * Whether all that was ever acknowledged to a copy is here: nothing it knows contradicts, and every device of which it retains
 * ops has come as far as that (laptops 5). A copy that does not say what it retains may have more.
 */
export async function hasAllOf(
  tx: Tx,
  asking: Asking,
  {
    kept,
    cursor,
    ...claim
  }: Claim & { readonly kept?: readonly { readonly device: DeviceId; readonly seq: number }[] },
): Promise<boolean> {
  if (kept === undefined || cursor === undefined) return false;
  if (await isContradicted(tx, asking, { ...claim, cursor })) return false;
  for (const { device, seq } of kept) {
    const found = await findDevice(tx, asking.authority.id, device);
    if (found === undefined || found.person !== asking.person || found.seq < seq) return false;
  }
  return true;
}

/** Whether a laptop was told of a head of the chain in this history that is not the one here (pull 5). */
export async function contradictsChain(
  tx: Tx,
  { authority }: Asking,
  anchor: ChainAnchor | undefined,
): Promise<boolean> {
  if (anchor === undefined || anchor.epoch !== authority.epoch) return false;
  return (await headAtPlace(tx, authority.id, anchor.place)) !== anchor.head;
}

/**
 * Notes that a laptop knows another history (regather 1). Answers whether with this, and by its word alone, its person begins to
 * be heard about a loss of this one.
 */
export async function noteContradiction(tx: Tx, asking: Asking, claim: Claim): Promise<boolean> {
  if (!(await isContradicted(tx, asking, claim))) return false;
  const { authority, person, nowMs } = asking;
  const wasRegathering = await isRegathering(tx, asking);
  const epoch = claim.cursor?.epoch ?? authority.epoch;
  const contradicted = { device: claim.device, person, epoch };
  await saveContradicted(tx, authority.id, contradicted, { nowMs, sinceMs: nowMs - regatherMs });
  return !wasRegathering && epoch === authority.epoch;
}
