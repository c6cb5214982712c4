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
import type { ServerProblem } from '../../src/protocol/problem.ts';
import { opSchema } from '../../src/protocol/op.ts';
import {
  opResultSchema,
  type ChainPlace,
  type OfferReply,
  type OpResult,
  type RetainedBox,
} from '../../src/protocol/sync.ts';
import { findDevice, type DeviceState } from '../db/devices.ts';
import { tell, type ChangedRecord } from '../db/news.ts';
import type { WrittenOp } from '../db/op-row.ts';
import { appendOps, knownGroups, storedResults } from '../db/ops.ts';
import type { Tx } from '../db/tables.ts';
import { restoredMs } from '../db/restored.ts';
import { savepoint } from '../db/savepoint.ts';
import { insertWaiting } from '../db/waiting.ts';
import { rightsOf, takeGroup, type Outcome } from './accept.ts';
import { groupsOf } from './batch.ts';
import { sha256, type Asking } from './context.ts';
import { drafted } from './draft.ts';
import { closeGap, follow, leavesGap } from './gaps.ts';
import { reasonLine } from './reason-line.ts';
import { hasClaimed, proveLoss, type Proof } from './regathering.ts';
import { restoreGroup } from './restore-group.ts';
import { retryWaiting } from './retry-waiting.ts';
import type { ServerKey } from './server-key.ts';
import { readStanding, standingOn } from './standing.ts';

/** What a box holds: the op as it was sent, and what was answered. */
const contentSchema = v.object({ op: opSchema, result: opResultSchema });
interface Content {
  readonly op: WrittenOp;
  readonly result: OpResult;
}

export interface Taken {
  readonly reply: OfferReply;
  /** What was accepted by rights of now: of what was offered, and of what had waited for it. */
  readonly letIn: readonly Op[];
  /** The records of what was taken. */
  readonly records: readonly RecordId[];
  /** What has shown, with this, that the database was put back. */
  readonly proof: Proof | null;
}

export async function takeOffered(
  tx: Tx,
  asking: Asking,
  key: ServerKey,
  { device, boxes, reached }: { device: DeviceId; boxes: readonly RetainedBox[]; reached?: ChainPlace },
): Promise<Taken | { readonly problem: ServerProblem }> {
  const opened = boxes.map((box) => openBox(asking, key, box)).filter((content) => content !== null);
  const mine = opened.filter(({ op }) => op.person === asking.person && op.device === device);
  const state = (await findDevice(tx, asking.authority.id, device)) ?? {
    person: asking.person,
    seq: 0,
    head: firstHead(sha256, device),
  };
  if (state.person !== asking.person) {
    return { reply: { taken: 0, known: 0, unreadable: boxes.length }, letIn: [], records: [], proof: null };
  }

  // regather 2: what is new, in the order of its chain.
  const { fresh, known, strange } = await sortOut(tx, asking, state, mine);
  const ops = fresh.map(({ op }) => op);
  // regather 1: a chain moves over what is not here only for whoever has said that it was. Others begin there.
  const isOver = reached !== undefined && reached.seq > state.seq && !(await hasClaimed(tx, asking, device));
  if (isOver || (leavesGap(state, ops) && !(await hasClaimed(tx, asking)))) return { problem: { kind: 'epoch' } };
  const changed: ChangedRecord[] = [];
  let proof: Proof | null = (await showLoss(tx, asking, key, fresh)) ? 'receipt' : null;
  if (await follow(tx, asking, device, state, ops)) proof = 'told-twice';
  const entered: Op[] = [];
  for (const group of groupsOf(ops)) {
    const { outcome, isJudged } = await takeBack(tx, asking, key, group, fresh);
    changed.push(...outcome.changed);
    if (isJudged && outcome.keep) entered.push(...group);
  }
  // regather 3: what this device has sealed and nobody has kept.
  if (reached !== undefined && (await closeGap(tx, asking, device, reached))) proof = 'told-twice';
  if (changed.length > 0) await tell(tx, { kind: 'changed', changed });
  if (fresh.length > 0) entered.push(...(await retryWaiting(tx, asking)));
  const records = [...new Set(ops.map(({ record }) => record))];
  return {
    reply: { taken: fresh.length, known, unreadable: boxes.length - mine.length + strange },
    letIn: entered,
    records,
    proof,
  };
}

/** The content of a box, when it opens, and is what its place and its leaf say. */
function openBox({ authority }: Asking, key: ServerKey, { device, seq, box }: RetainedBox): Content | null {
  try {
    const text = key.open({ authority: authority.id, device, seq }, Buffer.from(box, 'base64'));
    const parsed = parseJson(text);
    const read = parsed.ok ? v.safeParse(contentSchema, parsed.value) : null;
    if (read?.success !== true) return null;
    const { op, result: said } = read.output;
    const result = said.outcome === 'held' ? { ...said, why: reasonLine(said.why) } : said;
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
  const begun = new Set<string>();
  let [known, strange] = [0, 0];
  let last: Op | undefined;
  for (const content of inOrder) {
    const { op } = content;
    const leaf = leaves.get(op.seq) ?? (last?.seq === op.seq ? last.leaf : undefined);
    const before = last?.seq === op.seq - 1 ? nextHead(sha256, last.prev, last.leaf) : undefined;
    // A group that comes in two parts would be decided about, or wait, as one.
    const isMore = last?.group !== op.group && begun.has(op.group);
    begun.add(op.group);
    const expected = before ?? (op.seq === state.seq + 1 ? state.head : op.prev);
    if (leaf === op.leaf) known += 1;
    else if (leaf !== undefined || op.prev !== expected || groups?.has(op.group) === true || isMore) strange += 1;
    else fresh.push(content);
    // Of two in one place the first counts.
    if (last?.seq !== op.seq) last = op;
  }
  return { fresh, known, strange };
}

/** Whether what is not here, and was accepted by this server's own receipt, shows a loss later than any that was noticed. */
async function showLoss(tx: Tx, asking: Asking, key: ServerKey, fresh: readonly Content[]): Promise<boolean> {
  const noticed = (await restoredMs(tx, asking.authority.id)) ?? 0;
  const shows = ({ op, result }: Content): boolean => isReceipted(key, op, result) && result.stamp.ms > noticed;
  return fresh.some(shows) && (await proveLoss(tx, asking));
}

type AcceptedResult = Extract<OpResult, { outcome: 'accepted' }>;

const isReceipted = (key: ServerKey, op: Op, result: OpResult | undefined): result is AcceptedResult =>
  result?.outcome === 'accepted' && result.receipt !== undefined && key.isReceipt(op, result.stamp, result.receipt);

interface Back {
  readonly outcome: Outcome;
  /** Whether it was judged by rights of now. */
  readonly isJudged: boolean;
}

/** One group: held again when it was held, taken back on its receipts, or judged like any other. */
async function takeBack(
  tx: Tx,
  asking: Asking,
  key: ServerKey,
  group: readonly WrittenOp[],
  contents: readonly Content[],
): Promise<Back> {
  const results = new Map(contents.map(({ op, result }) => [op, result]));
  const [first] = group;
  const isWhole = first?.groupSize === group.length;
  const held = group.map((op) => results.get(op)).filter((result) => result?.outcome === 'held');
  if (first === undefined || !isWhole || held.length === group.length) {
    const why = { code: 'group', why: 'a part of it was lost' } as const;
    const outcome: Outcome = {
      keep: false,
      changed: [],
      results: group.map((op) => {
        const result = results.get(op);
        return result?.outcome === 'held' ? result : { seq: op.seq, outcome: 'held', ...why };
      }),
    };
    const atItsTime = (op: WrittenOp): Stamp => orderingStamp(op.claimed, asking.nowMs);
    return { outcome: await append(tx, asking, group, outcome, atItsTime), isJudged: false };
  }
  const receipted = group.flatMap((op) => {
    const result = results.get(op);
    return isReceipted(key, op, result) ? [{ op, stamp: result.stamp }] : [];
  });
  if (receipted.length < group.length) {
    const rights = rightsOf(await standingOn(tx, asking, first.device));
    return { outcome: await drafted(tx, asking, (draft) => takeGroup(draft, asking, group, rights)), isJudged: true };
  }
  const stamps = new Map(receipted.map(({ op, stamp }) => [op, stamp]));
  const outcome = await savepoint(tx, () => drafted(tx, asking, (draft) => restoreGroup(draft, asking, receipted)));
  const asItWas = (op: WrittenOp): Stamp => stamps.get(op) ?? op.claimed;
  return { outcome: await append(tx, asking, group, outcome, asItWas), isJudged: false };
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
