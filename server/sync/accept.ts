/**
 * Accepts a push: docs/protocol.md, "Push", step by step. Runs inside one writing transaction, which is the authority's
 * writer lock (push 1). What it answers is durable once that has committed; answering it again changes nothing.
 */
import { nextHead } from '../../src/domain/chain.ts';
import { recordDigest } from '../../src/domain/digest.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { unitValue, type Op } from '../../src/domain/record.ts';
import { standingFingerprint, type Standing } from '../../src/domain/rights.ts';
import { orderingStamp } from '../../src/domain/stamp.ts';
import type { PersonValue } from '../../src/domain/values.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import type { OpResult, PushReply, PushRequest } from '../../src/protocol/sync.ts';
import { advanceTip, readTip } from '../db/authorities.ts';
import { saveDevice } from '../db/devices.ts';
import { tell, unitsOf, type ChangedRecord } from '../db/news.ts';
import { appendOps } from '../db/ops.ts';
import { findRecord, saveRecord } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import { savepoint } from '../db/transact.ts';
import { insertWaiting } from '../db/waiting.ts';
import { batchProblem, groupsOf } from './batch.ts';
import { sha256, type Asking } from './context.ts';
import { nextTip } from './history.ts';
import { factsOf, judgeGroup, type Before, type Judgement, type Reason, type RecordState } from './judge.ts';
import { linkBatch } from './links.ts';
import { brokenRule, emailKey } from './rules.ts';
import { readStanding } from './standing.ts';
import { waitIfLost } from './waiting.ts';

export interface Accepted {
  readonly reply: PushReply;
  /** The new ops that were held, for the log. */
  readonly held: readonly { readonly record: RecordId; readonly unit: string; readonly code: string }[];
}

export async function accept(
  tx: Tx,
  asking: Asking,
  request: Pick<PushRequest, 'device' | 'ops'>,
): Promise<Result<Accepted, ServerProblem>> {
  const problem = batchProblem(asking, request);
  if (problem !== null) return { ok: false, problem };
  const linked = await linkBatch(tx, asking, request);
  if (!linked.ok) return linked;
  const { device, fresh, known } = linked.value;

  const newest = fresh.at(-1);
  if (newest) {
    // push 9, first half: the ops below refer to their device, and nothing of this is seen before the commit.
    const moved = { ...device, seq: newest.seq, head: headAfter(newest) };
    await saveDevice(tx, asking.authority.id, request.device, moved, asking.nowMs);
  }

  const results: OpResult[] = [...known];
  const changed: ChangedRecord[] = [];
  const held: Accepted['held'][number][] = [];
  const heldOps: Op[] = [];
  let standing = await readStanding(tx, asking);
  for (const group of groupsOf(fresh)) {
    const outcome = await takeGroup(tx, asking, group, standing);
    if (outcome.changed.some(({ kind }) => kind === 'person' || kind === 'team'))
      standing = await readStanding(tx, asking);
    results.push(...outcome.results);
    changed.push(...outcome.changed);
    group.forEach(({ record, unit }, i) => {
      const result = outcome.results[i];
      if (result?.outcome === 'held') held.push({ record, unit, code: result.code });
    });
    heldOps.push(...group.filter((_, i) => outcome.results[i]?.outcome === 'held'));
  }

  // push 10: heard by every process once this has committed.
  if (changed.length > 0) await tell(tx, { kind: 'changed', changed });
  if (heldOps.length > 0) {
    await tell(tx, { kind: 'held', held: [{ author: asking.person, authorToo: false, units: unitsOf(heldOps) }] });
  }

  // push 9, second half: all of this batch is settled now, however far the device had come before.
  const last = request.ops.at(-1);
  if (last === undefined) throw new Error(`Device ${request.device} pushed nothing`);
  return { ok: true, value: { reply: { acceptedTo: last.seq, head: headAfter(last), results }, held } };
}

const headAfter = ({ prev, leaf }: Op): string => nextHead(sha256, prev, leaf);

/** What became of one group; `keep` is false when nothing of it stays written. */
export interface Outcome {
  readonly keep: boolean;
  /** Why the group waits, when it does. */
  readonly waits?: string;
  readonly results: readonly OpResult[];
  readonly changed: readonly ChangedRecord[];
}

/** push 6 to 8 for one group: accepted whole, held whole with its reason, or left to wait. */
export async function takeGroup(tx: Tx, asking: Asking, group: readonly Op[], standing: Standing): Promise<Outcome> {
  const judge = byRights(asking, group, standing);
  const applied = await savepoint(tx, () => applyGroup(tx, asking, group, judge));
  const outcome = await waitIfLost(tx, asking, group, applied);
  const received = group.map((op, i) => ({
    op,
    order: orderingStamp(op.claimed, asking.nowMs),
    receivedMs: asking.nowMs,
    roles: standingFingerprint(standing),
    result: outcome.results[i] ?? heldAs(op, undefined),
  }));
  // push 7: every op is appended, accepted, held or waiting.
  await appendOps(tx, received);
  if (outcome.waits !== undefined) {
    const waits = { sinceMs: asking.nowMs, why: outcome.waits, receipted: false };
    for (const op of group) await insertWaiting(tx, op, waits);
  }
  return outcome;
}

type Judge = (before: Before) => Judgement;

/** push 6: rights now, schemas and the audit's life. */
export const byRights =
  ({ nowMs }: Asking, group: readonly Op[], standing: Standing): Judge =>
  (before) =>
    judgeGroup(group, before, standing, nowMs);

/** Writes what a group makes of its records, if it is judged to be right. Runs under a savepoint, which undoes it if not. */
export async function applyGroup(tx: Tx, asking: Asking, group: readonly Op[], judge: Judge): Promise<Outcome> {
  const before = new Map<RecordId, RecordState>();
  for (const { record } of group) {
    const found = before.has(record) ? undefined : await findRecord(tx, asking.authority.id, record);
    if (found) before.set(record, { kind: found.kind, units: found.units });
  }
  const judged = judge(before);
  if (!judged.ok) return heldWhole(group, judged.reasons);

  // push 8: write what the group makes of its records.
  const versions = new Map<RecordId, number>();
  const changed: ChangedRecord[] = [];
  for (const record of new Set(group.map((op) => op.record))) {
    const after = judged.after.get(record);
    if (after === undefined) throw new Error(`Record ${record} is missing from its own group`);
    versions.set(record, await writeRecord(tx, asking, record, after));
    changed.push({ kind: after.kind, before: factsOf(before.get(record)), after: factsOf(after) });
  }
  // push 6 again: what only shows with the group in place. The savepoint undoes it when a rule is broken.
  const broken = await brokenRule(tx, asking, group);
  if (broken !== null) return heldWhole(group, new Map([[broken.op, broken.reason]]));

  const results = group.map((op): OpResult => {
    const stamp = orderingStamp(op.claimed, asking.nowMs);
    return { seq: op.seq, outcome: 'accepted', version: versions.get(op.record) ?? 0, stamp };
  });
  return { keep: true, results, changed };
}

/** Saves a record under the authority's next version, and returns that. */
export async function writeRecord(
  tx: Tx,
  { authority, nowMs }: Asking,
  id: RecordId,
  { kind, units }: RecordState,
): Promise<number> {
  const tip = nextTip(sha256, await readTip(tx, authority.id), id, units);
  const email = kind === 'person' ? unitValue<PersonValue>(units, 'profile')?.email : undefined;
  await saveRecord(tx, authority.id, {
    id,
    kind,
    version: tip.version,
    changedMs: nowMs,
    digest: recordDigest(sha256, id, units),
    facts: factsOf({ kind, units }),
    units,
    email: email === undefined ? null : emailKey(email),
  });
  await advanceTip(tx, authority.id, id, tip);
  return tip.version;
}

const heldWhole = (group: readonly Op[], reasons: ReadonlyMap<Op, Reason>): Outcome => ({
  keep: false,
  results: group.map((op) => heldAs(op, reasons.get(op))),
  changed: [],
});

const heldAs = ({ seq }: Op, reason: Reason | undefined): OpResult => ({
  seq,
  outcome: 'held',
  ...(reason ?? { code: 'group', why: '' }),
});
