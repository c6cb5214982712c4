/**
 * Gives a server that was restored from a backup what it lost and this laptop still has (protocol: Regather). Every step may
 * be repeated: what the server knows by then it answers as known. Only after all of them does the laptop leave the lost
 * history; cut off before, the next contact begins again.
 */
import type { DeviceId } from '../../src/domain/ids.ts';
import { batchLimitBytes } from '../../src/protocol/op.ts';
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import type { MissingOp, RetainedBox } from '../../src/protocol/sync.ts';
import type { Retained } from '../../src/store/retained.ts';
import type { Run } from './cycle.ts';
import { mayBeTooMuch } from './line.ts';

const pageRows = 1500;
const devicesAtOnce = 1000;
const missingAtOnce = 500;
/** Room for the fields around the boxes. */
const envelopeBytes = 4 * 1024;
const smallestBytes = 16 * 1024;

type Known = ReadonlyMap<DeviceId, number>;

export async function regather(run: Run): Promise<SyncProblem | null> {
  // regather 1
  const own = await run.disk(() => run.store.chainPlace());
  const kept = await run.disk(() => run.store.retainedDevices());
  const seen = await run.disk(() => run.store.seenDevices());
  const asked = await askKnown(run, [...new Set([own.device, ...kept, ...seen])]);
  if (!asked.ok) return asked.problem;
  const known = asked.value;
  // What was proved in the history that is lost says nothing of the one there is.
  run.unproved();

  // regather 2
  for (const device of kept) {
    const problem = await offerAll(run, device, known.get(device) ?? 0);
    if (problem !== null) return problem;
  }
  // regather 3
  if ((known.get(own.device) ?? 0) < own.place.seq) {
    const end = await run.ask((signal) => run.remote.offer(signal, own.device, { boxes: [], reached: own.place }));
    if (!end.ok) return end.problem;
  }
  // regather 4
  const problem = await tellMissing(run, known);
  if (problem !== null) return problem;
  // regather 5
  await run.disk(() => run.store.leaveHistory());
  return null;
}

/** How far the server knows these devices. */
export async function askKnown(run: Run, devices: readonly DeviceId[]): Promise<Result<Known, SyncProblem>> {
  const cursor = await run.disk(() => run.store.cursor());
  // An older build did not note what was acknowledged; what is settled was.
  const { acknowledged, place } = await run.disk(() => run.store.chainPlace());
  const known = new Map<DeviceId, number>();
  for (let at = 0; at < devices.length; at += devicesAtOnce) {
    const ask = {
      cursor,
      acknowledged: Math.max(acknowledged, place.seq),
      devices: devices.slice(at, at + devicesAtOnce),
    };
    const reply = await run.ask((signal, device) => run.remote.known(signal, device, ask));
    if (!reply.ok) return reply;
    for (const { device, seq } of reply.value.value.known) known.set(device, seq);
  }
  return { ok: true, value: known };
}

/** Offers what is kept of a device above `seq`, in order, whole groups in pieces that get through. */
async function offerAll(run: Run, device: DeviceId, seq: number): Promise<SyncProblem | null> {
  let after = seq;
  let maxBytes = batchLimitBytes - envelopeBytes;
  for (;;) {
    const rows = await run.disk(() => run.store.retainedAbove(device, after, pageRows));
    const batch = firstBatch(rows, rows.length < pageRows, maxBytes);
    const last = batch.at(-1);
    if (last === undefined) return null;
    const reply = await run.ask((signal) => run.remote.offer(signal, device, { boxes: batch.map(boxOf) }));
    if (reply.ok) after = last.seq;
    else if (mayBeTooMuch(reply.problem) && maxBytes > smallestBytes) maxBytes = Math.floor(maxBytes / 2);
    else return reply.problem;
  }
}

/** The first whole groups that fit, one at least. A group that `rows` may have cut is left for the next. */
function firstBatch(rows: readonly Retained[], all: boolean, maxBytes: number): Retained[] {
  const batch: Retained[] = [];
  let bytes = 0;
  for (const group of groupsOf(rows)) {
    if (!all && batch.length > 0 && group.at(-1) === rows.at(-1)) break;
    const size = group.reduce((sum, { box }) => sum + Math.ceil(box.length / 3) * 4 + 80, 0);
    if (batch.length > 0 && bytes + size > maxBytes) break;
    batch.push(...group);
    bytes += size;
  }
  return batch;
}

function groupsOf(rows: readonly Retained[]): Retained[][] {
  const groups: Retained[][] = [];
  for (const row of rows) {
    const open = groups.at(-1);
    if (open?.[0]?.group === row.group) open.push(row);
    else groups.push([row]);
  }
  return groups;
}

function boxOf({ device, seq, box }: Retained): RetainedBox {
  let text = '';
  for (const byte of box) text += String.fromCharCode(byte);
  return { device, seq, box: btoa(text) };
}

async function tellMissing(run: Run, known: Known): Promise<SyncProblem | null> {
  const all: readonly MissingOp[] = await run.disk(() => run.store.seenBeyond(known));
  for (let at = 0; at < all.length; at += missingAtOnce) {
    const missing = all.slice(at, at + missingAtOnce);
    const reply = await run.ask((signal, device) => run.remote.missing(signal, device, missing));
    if (!reply.ok) return reply.problem;
  }
  return null;
}
