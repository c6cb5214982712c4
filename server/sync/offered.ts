/**
 * Takes the ops that a laptop offers to a server that was restored (protocol: Regather). Runs inside one writing transaction.
 * What is known already is left as it is; one box that cannot be opened is counted and blocks nothing.
 */
import { canonical } from '../../src/domain/canonical.ts';
import { leafOf, nextHead, valueTextHash, firstHead } from '../../src/domain/chain.ts';
import type { DeviceId, RecordId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { orderingStamp, type Stamp } from '../../src/domain/stamp.ts';
import * as v from 'valibot';
import { parseJson } from '../json.ts';
import { opSchema } from '../../src/protocol/op.ts';
import {
  opResultSchema,
  type ChainPlace,
  type OfferReply,
  type OpResult,
  type RetainedBox,
} from '../../src/protocol/sync.ts';
import { findDevice, saveDevice, type DeviceState } from '../db/devices.ts';
import { tell, type ChangedRecord } from '../db/news.ts';
import type { WrittenOp } from '../db/op-row.ts';
import { appendOps, knownGroups, storedResults } from '../db/ops.ts';
import type { Tx } from '../db/tables.ts';
import { savepoint } from '../db/savepoint.ts';
import { insertWaiting } from '../db/waiting.ts';
import { rightsOf, takeGroup, type Outcome } from './accept.ts';
import { groupsOf } from './batch.ts';
import { sha256, type Asking } from './context.ts';
import { drafted } from './draft.ts';
import { noteMissing } from './missing.ts';
import { restoreGroup } from './restore-group.ts';
import { retryWaiting } from './retry-waiting.ts';
import type { ServerKey } from './server-key.ts';
import { readStanding } from './standing.ts';

/** What a box holds: the op as it was sent, and what was answered. */
const contentSchema = v.object({ op: opSchema, result: opResultSchema });
interface Content {
  readonly op: WrittenOp;
  readonly result: OpResult;
}

/** The most ops of one gap that are listed one by one. */
const gapLimit = 10_000;

export interface Taken {
  readonly reply: OfferReply;
  /** What had waited, and was accepted with it. */
  readonly letIn: readonly Op[];
  /** The records of what was taken. */
  readonly records: readonly RecordId[];
}

export async function takeOffered(
  tx: Tx,
  asking: Asking,
  key: ServerKey,
  { device, boxes, reached }: { device: DeviceId; boxes: readonly RetainedBox[]; reached?: ChainPlace },
): Promise<Taken> {
  const opened = boxes.map((box) => openBox(asking, key, box)).filter((content) => content !== null);
  const mine = opened.filter(({ op }) => op.person === asking.person && op.device === device);
  const state = (await findDevice(tx, asking.authority.id, device)) ?? {
    person: asking.person,
    seq: 0,
    head: firstHead(sha256, device),
  };
  if (state.person !== asking.person) {
    return { reply: { taken: 0, known: 0, unreadable: boxes.length }, letIn: [], records: [] };
  }

  // regather 2: what is new, in the order of its chain.
  const { fresh, known, strange } = await sortOut(tx, asking, state, mine);
  const changed: ChangedRecord[] = [];
  await follow(tx, asking, device, state, fresh);
  for (const group of groupsOf(fresh.map(({ op }) => op))) {
    const outcome = await takeBack(tx, asking, key, group, fresh);
    changed.push(...outcome.changed);
  }
  // regather 3: what this device has sealed and nobody has kept.
  if (reached !== undefined) await closeGap(tx, asking, device, reached);
  if (changed.length > 0) await tell(tx, { kind: 'changed', changed });
  const letIn = fresh.length > 0 ? await retryWaiting(tx, asking) : [];
  const records = [...new Set(fresh.map(({ op }) => op.record))];
  return { reply: { taken: fresh.length, known, unreadable: boxes.length - mine.length + strange }, letIn, records };
}

/** The content of a box, when it opens, and is what its place and its leaf say. */
function openBox({ authority }: Asking, key: ServerKey, { device, seq, box }: RetainedBox): Content | null {
  try {
    const text = key.open({ authority: authority.id, device, seq }, Buffer.from(box, 'base64'));
    const parsed = parseJson(text);
    const read = parsed.ok ? v.safeParse(contentSchema, parsed.value) : null;
    if (read?.success !== true) return null;
    const { op, result } = read.output;
    const isWhole = op.authority === authority.id && op.device === device && op.seq === seq;
    const content = canonical(op.value);
    const isIts = isWhole && op.leaf === leafOf(sha256, op, valueTextHash(sha256, op.salt, content));
    return isIts ? { op: { ...op, text: content }, result } : null;
  } catch {
    // Damaged, sealed to a key this server no longer has, or not JSON: its place in the chain is listed as missing.
    return null;
  }
}

async function sortOut(tx: Tx, { authority }: Asking, state: DeviceState, offered: readonly Content[]) {
  const inOrder = [...offered].sort((a, b) => a.op.seq - b.op.seq);
  const [from, to] = [inOrder[0]?.op.seq ?? 0, inOrder.at(-1)?.op.seq ?? 0];
  const device = inOrder[0]?.op.device;
  const stored = device === undefined ? [] : await storedResults(tx, authority.id, device, from, to);
  const leaves = new Map(stored.map(({ result, leaf }) => [result.seq, leaf]));
  const unknown = inOrder.filter(({ op }) => !leaves.has(op.seq)).map(({ op }) => op);
  const groups = device === undefined ? null : await knownGroups(tx, authority.id, device, unknown);
  const fresh: Content[] = [];
  let [known, strange] = [0, 0];
  let last: Op | undefined;
  for (const content of inOrder) {
    const { op } = content;
    const leaf = leaves.get(op.seq) ?? (last?.seq === op.seq ? last.leaf : undefined);
    const before = last?.seq === op.seq - 1 ? nextHead(sha256, last.prev, last.leaf) : undefined;
    const expected = before ?? (op.seq === state.seq + 1 ? state.head : op.prev);
    if (leaf === op.leaf) known += 1;
    else if (leaf !== undefined || op.prev !== expected || groups?.has(op.group) === true) strange += 1;
    else fresh.push(content);
    // Of two in one place the first counts.
    if (last?.seq !== op.seq) last = op;
  }
  return { fresh, known, strange };
}

/** Moves the device's chain to the end of what is taken, and lists what is left out between. */
async function follow(
  tx: Tx,
  { authority, nowMs }: Asking,
  device: DeviceId,
  state: DeviceState,
  fresh: readonly Content[],
): Promise<void> {
  const ahead = fresh.filter(({ op }) => op.seq > state.seq);
  const last = ahead.at(-1)?.op;
  if (last === undefined) return;
  const head = nextHead(sha256, last.prev, last.leaf);
  await saveDevice(tx, authority.id, device, { ...state, seq: last.seq, head }, nowMs);
  const here = new Set(ahead.map(({ op }) => op.seq));
  await listGap(tx, { authority, nowMs }, device, state, last.seq, (seq) => here.has(seq));
}

/** The end of a device's chain is further than anything that was kept: what lies between is lost, and the chain goes on there. */
async function closeGap(tx: Tx, asking: Asking, device: DeviceId, reached: ChainPlace): Promise<void> {
  const { authority, person, nowMs } = asking;
  const state = (await findDevice(tx, authority.id, device)) ?? { person, seq: 0, head: '' };
  if (state.seq >= reached.seq) return;
  await saveDevice(tx, authority.id, device, { person, ...reached }, nowMs);
  await listGap(tx, asking, device, state, reached.seq, () => false);
}

async function listGap(
  tx: Tx,
  { authority, nowMs }: Pick<Asking, 'authority' | 'nowMs'>,
  device: DeviceId,
  { person, seq: after }: DeviceState,
  upTo: number,
  isHere: (seq: number) => boolean,
): Promise<void> {
  const missing = [];
  for (let seq = Math.max(after + 1, upTo - gapLimit); seq <= upTo; seq += 1) {
    if (!isHere(seq)) missing.push({ device, seq, person, record: null, kind: null, unit: null, madeMs: null });
  }
  await noteMissing(tx, { authority, nowMs }, missing);
}

/** One group: held again when it was held, taken back on its receipts, or judged like any other. */
async function takeBack(
  tx: Tx,
  asking: Asking,
  key: ServerKey,
  group: readonly WrittenOp[],
  contents: readonly Content[],
): Promise<Outcome> {
  const results = new Map(contents.map(({ op, result }) => [op, result]));
  const isWhole = group[0]?.groupSize === group.length;
  const held = group.map((op) => results.get(op)).filter((result) => result?.outcome === 'held');
  if (!isWhole || held.length === group.length) {
    const why = { code: 'group', why: 'a part of it was lost' } as const;
    const outcome: Outcome = {
      keep: false,
      changed: [],
      results: group.map((op) => {
        const result = results.get(op);
        return result?.outcome === 'held' ? result : { seq: op.seq, outcome: 'held', ...why };
      }),
    };
    return append(tx, asking, group, outcome, (op) => orderingStamp(op.claimed, asking.nowMs));
  }
  const receipted = group.flatMap((op) => {
    const result = results.get(op);
    if (result?.outcome !== 'accepted' || result.receipt === undefined) return [];
    return key.isReceipt(op, result.stamp, result.receipt) ? [{ op, stamp: result.stamp }] : [];
  });
  if (receipted.length < group.length) {
    const rights = rightsOf(await readStanding(tx, asking));
    return drafted(tx, asking, (draft) => takeGroup(draft, asking, group, rights));
  }
  const stamps = new Map(receipted.map(({ op, stamp }) => [op, stamp]));
  const outcome = await savepoint(tx, () => drafted(tx, asking, (draft) => restoreGroup(draft, asking, receipted)));
  return append(tx, asking, group, outcome, (op) => stamps.get(op) ?? op.claimed);
}

async function append(
  tx: Tx,
  asking: Asking,
  group: readonly WrittenOp[],
  outcome: Outcome,
  orderOf: (op: WrittenOp) => Stamp,
): Promise<Outcome> {
  const { roles } = rightsOf(await readStanding(tx, asking));
  const received = group.flatMap((op, i) => {
    const result = outcome.results[i];
    return result === undefined ? [] : [{ op, order: orderOf(op), receivedMs: asking.nowMs, roles, result }];
  });
  await appendOps(tx, received);
  const { waits } = outcome;
  if (waits === undefined) return outcome;
  for (const op of group) await insertWaiting(tx, op, { sinceMs: asking.nowMs, why: waits, receipted: true });
  return outcome;
}
