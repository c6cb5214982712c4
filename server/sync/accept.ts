/**
 * Accepts a push: docs/protocol.md, "Push", step by step. Runs inside one writing transaction, which is the authority's
 * writer lock (push 1). What it answers is durable once that has committed; answering it again changes nothing.
 */
import { nextHead } from '../../src/domain/chain.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { standingFingerprint, type Standing } from '../../src/domain/rights.ts';
import { orderingStamp } from '../../src/domain/stamp.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import type { OpResult, PushReply, PushRequest } from '../../src/protocol/sync.ts';
import { saveDevice } from '../db/devices.ts';
import { tell, type ChangedRecord } from '../db/news.ts';
import type { WrittenOp } from '../db/op-row.ts';
import type { Tx } from '../db/tables.ts';
import { savepoint } from '../db/savepoint.ts';
import { insertWaiting } from '../db/waiting.ts';
import { groupsOf, readBatch } from './batch.ts';
import { sha256, type Asking } from './context.ts';
import { heldUnits } from './deciders.ts';
import { openDraft, type Draft } from './draft.ts';
import { tellOfNewEmails } from './email-notice.ts';
import { factsOf, judgeGroup, type Before, type Judgement, type Reason, type RecordState } from './judge.ts';
import { linkBatch } from './links.ts';
import { asksTables, brokenRule, wrongModerator } from './rules.ts';
import { standingOn } from './standing.ts';
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
  const batch = readBatch(asking, request);
  if (!batch.ok) return batch;
  const linked = await linkBatch(tx, asking, request.device, batch.value);
  if (!linked.ok) return linked;
  const { device, fresh, known } = linked.value;

  const newest = fresh.at(-1);
  if (newest) {
    // push 9, first half: the ops below refer to their device, and nothing of this is seen before the commit.
    const moved = { ...device, seq: newest.seq, head: headAfter(newest) };
    await saveDevice(tx, asking.authority.id, request.device, moved, asking.nowMs);
  }

  const draft = await openDraft(tx, asking);
  await draft.load(fresh.map(({ record }) => record));
  const results: OpResult[] = [...known];
  const changed: ChangedRecord[] = [];
  const held: Accepted['held'][number][] = [];
  const heldOps: Op[] = [];
  const standing = (): Promise<Standing> => standingOn(tx, asking, request.device);
  let rights = rightsOf(await standing());
  for (const group of groupsOf(fresh)) {
    const outcome = await takeGroup(draft, asking, group, rights);
    if (outcome.changed.some(({ kind }) => kind === 'person' || kind === 'team')) {
      await draft.flush();
      rights = rightsOf(await standing());
    }
    results.push(...outcome.results);
    changed.push(...outcome.changed);
    group.forEach(({ record, unit }, i) => {
      const result = outcome.results[i];
      if (result?.outcome === 'held') held.push({ record, unit, code: result.code });
    });
    heldOps.push(...group.filter((_, i) => outcome.results[i]?.outcome === 'held'));
  }

  await draft.flush();

  // push 10: heard by every process once this has committed.
  if (changed.length > 0) await tell(tx, { kind: 'changed', changed });
  if (heldOps.length > 0) {
    const author = asking.person;
    const units = await heldUnits(
      tx,
      asking,
      groupsOf(heldOps).map((ops) => ({ author, ops })),
    );
    await tell(tx, { kind: 'held', held: units.map((each) => ({ author, authorToo: false, units: each })) });
  }

  // push 9, second half: all of this batch is settled now, however far the device had come before.
  const last = request.ops.at(-1);
  if (last === undefined) throw new Error(`Device ${request.device} pushed nothing`);
  return { ok: true, value: { reply: { acceptedTo: last.seq, head: headAfter(last), results }, held } };
}

const headAfter = ({ prev, leaf }: Op): string => nextHead(sha256, prev, leaf);

/** Who writes, and the roles that are kept beside each op (push 7). */
export interface Rights {
  readonly standing: Standing;
  readonly roles: string;
}

export const rightsOf = (standing: Standing): Rights => ({
  standing,
  roles: JSON.stringify(standingFingerprint(standing)),
});

/** What became of one group; `keep` is false when nothing of it stays written. */
export interface Outcome {
  readonly keep: boolean;
  /** Why the group waits, when it does. */
  readonly waits?: string;
  readonly results: readonly OpResult[];
  readonly changed: readonly ChangedRecord[];
}

/** push 6 to 8 for one group: accepted whole, held whole with its reason, or left to wait. */
export async function takeGroup(
  draft: Draft,
  asking: Asking,
  group: readonly WrittenOp[],
  { standing, roles }: Rights,
): Promise<Outcome> {
  const applied = await applyGroup(draft, asking, group, byRights(asking, group, standing));
  // What it stands on is asked of the tables.
  if (!applied.keep) await draft.flush();
  const outcome = await waitIfLost(draft.tx, asking, group, applied);
  // push 7: every op is appended, accepted, held or waiting.
  draft.append(
    group.map((op, i) => ({
      op,
      order: orderingStamp(op.claimed, asking.nowMs),
      receivedMs: asking.nowMs,
      roles,
      result: outcome.results[i] ?? heldAs(op, undefined),
    })),
  );
  if (outcome.waits !== undefined) {
    await draft.flush();
    const waits = { sinceMs: asking.nowMs, why: outcome.waits, receipted: false };
    for (const op of group) await insertWaiting(draft.tx, op, waits);
  }
  return outcome;
}

type Judge = (before: Before) => Judgement;

/** push 6: rights now, schemas and the audit's life. */
export const byRights =
  ({ nowMs }: Asking, group: readonly WrittenOp[], standing: Standing): Judge =>
  (before) =>
    judgeGroup(group, before, standing, nowMs);

/** push 6 and 8: puts what a group makes of its records into the draft, if it is judged to be right, or nothing. */
export async function applyGroup(draft: Draft, asking: Asking, group: readonly Op[], judge: Judge): Promise<Outcome> {
  const before = new Map<RecordId, RecordState>();
  for (const { record } of group) {
    const found = await draft.find(record);
    if (found) before.set(record, found);
  }
  const judged = judge(before);
  if (!judged.ok) return heldWhole(group, judged.reasons);

  const put = (): Promise<Outcome> =>
    draft.tentatively(judged.after.keys(), () => putGroup(draft, asking, group, before, judged.after));
  if (!asksTables(group)) return put();
  await draft.flush();
  return savepoint(draft.tx, put);
}

async function putGroup(
  draft: Draft,
  asking: Asking,
  group: readonly Op[],
  before: ReadonlyMap<RecordId, RecordState>,
  after: ReadonlyMap<RecordId, RecordState>,
): Promise<Outcome> {
  // push 8: write what the group makes of its records.
  const versions = new Map<RecordId, number>();
  const changed: ChangedRecord[] = [];
  for (const record of new Set(group.map((op) => op.record))) {
    const state = after.get(record);
    if (state === undefined) throw new Error(`Record ${record} is missing from its own group`);
    versions.set(record, draft.put(record, state));
    changed.push({ kind: state.kind, before: factsOf(before.get(record)), after: factsOf(state) });
  }
  // push 6 again: what only shows with the group in place. It is undone when a rule is broken.
  if (asksTables(group)) await draft.flush();
  const broken = (await brokenRule(draft, asking, group)) ?? (await wrongModerator(draft, asking, group, before));
  if (broken !== null) return heldWhole(group, new Map([[broken.op, broken.reason]]));

  await tellOfNewEmails(draft.tx, asking, group, before, after);
  const results = group.map((op): OpResult => {
    const stamp = orderingStamp(op.claimed, asking.nowMs);
    return { seq: op.seq, outcome: 'accepted', version: versions.get(op.record) ?? 0, stamp };
  });
  return { keep: true, results, changed };
}

/** A group of which nothing is written, with what is wrong with which of its ops. */
export const heldWhole = (group: readonly Op[], reasons: ReadonlyMap<Op, Reason>): Outcome => ({
  keep: false,
  results: group.map((op) => heldAs(op, reasons.get(op))),
  changed: [],
});

const heldAs = ({ seq }: Op, reason: Reason | undefined): OpResult => ({
  seq,
  outcome: 'held',
  ...(reason ?? { code: 'group', why: '' }),
});
