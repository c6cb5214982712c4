/**
 * A device's chain goes on behind what a restored server has lost and is not offered (regather 2 and 3): it moves to the end, and
 * the places that are left out are listed as missing.
 */
import { nextHead } from '../../src/domain/chain.ts';
import type { DeviceId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import type { ChainPlace } from '../../src/protocol/sync.ts';
import { findDevice, saveDevice, type DeviceState } from '../db/devices.ts';
import type { Tx } from '../db/tables.ts';
import { sha256, type Asking } from './context.ts';
import { noteMissing } from './missing.ts';

/** The most ops of one gap that are listed one by one. */
const gapLimit = 10_000;

const aheadOf = ({ seq }: DeviceState, fresh: readonly Op[]): readonly Op[] => fresh.filter((op) => op.seq > seq);

/** Whether the device's chain would move over what is neither here nor offered. */
export function leavesGap(state: DeviceState, fresh: readonly Op[]): boolean {
  const ahead = aheadOf(state, fresh);
  return (ahead.at(-1)?.seq ?? state.seq) - state.seq > ahead.length;
}

/** Moves the device's chain to the end of what is taken, and lists what is left out between: whether that has shown a loss. */
export async function follow(
  tx: Tx,
  asking: Asking,
  device: DeviceId,
  state: DeviceState,
  fresh: readonly Op[],
): Promise<boolean> {
  const ahead = aheadOf(state, fresh);
  const last = ahead.at(-1);
  if (last === undefined) return false;
  const head = nextHead(sha256, last.prev, last.leaf);
  await saveDevice(tx, asking.authority.id, device, { ...state, seq: last.seq, head }, asking.nowMs);
  const here = new Set(ahead.map(({ seq }) => seq));
  return listGap(tx, asking, device, state, last.seq, (seq) => here.has(seq));
}

/** The end of a device's chain is further than anything that was kept: what lies between is lost, and the chain goes on there. */
export async function closeGap(tx: Tx, asking: Asking, device: DeviceId, reached: ChainPlace): Promise<boolean> {
  const { authority, person, nowMs } = asking;
  const state = (await findDevice(tx, authority.id, device)) ?? { person, seq: 0, head: '' };
  if (state.seq >= reached.seq) return false;
  await saveDevice(tx, authority.id, device, { person, ...reached }, nowMs);
  return listGap(tx, asking, device, state, reached.seq, () => false);
}

async function listGap(
  tx: Tx,
  asking: Asking,
  device: DeviceId,
  { person, seq: after }: DeviceState,
  upTo: number,
  isHere: (seq: number) => boolean,
): Promise<boolean> {
  const missing = [];
  for (let seq = Math.max(after + 1, upTo - gapLimit); seq <= upTo; seq += 1) {
    if (!isHere(seq)) missing.push({ device, seq, person, record: null, kind: null, unit: null, madeMs: null });
  }
  return noteMissing(tx, asking, missing);
}
