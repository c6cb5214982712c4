/**
 * Tries again what waits, whenever something has changed, until nothing more fits; what has waited its time is held for a
 * person (protocol: Waiting).
 */
import type { Op } from '../../src/domain/record.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import type { PushRequest } from '../../src/protocol/sync.ts';
import { tell, type ChangedRecord } from '../db/news.ts';
import { holdOps } from '../db/held.ts';
import { letIn } from '../db/ops.ts';
import { regatherMs } from '../db/restored.ts';
import type { Tx } from '../db/tables.ts';
import { savepoint } from '../db/savepoint.ts';
import { deleteWaiting, waitingOps, type WaitingOp } from '../db/waiting.ts';
import { accept, applyGroup, byRights, type Accepted, type Outcome } from './accept.ts';
import type { Asking } from './context.ts';
import { isContradicted } from './contradiction.ts';
import { drafted } from './draft.ts';
import { restoreGroup } from './restore-group.ts';
import { standingOn } from './standing.ts';
import { waitWhileLost } from './waiting.ts';

export interface AcceptedAll extends Accepted {
  /** What had waited, and was accepted with it. */
  readonly letIn: readonly Op[];
}

/** Accepts a push, and with it whatever waited for what it brought. */
export async function acceptAndRetry(
  tx: Tx,
  asking: Asking,
  request: Pick<PushRequest, 'device' | 'ops' | 'cursor'>,
): Promise<Result<AcceptedAll, ServerProblem>> {
  const { device, cursor = null } = request;
  // A laptop that knows another history gives back what this one lost before it says more (pull 2).
  if (await isContradicted(tx, asking, { device, cursor })) return { ok: false, problem: { kind: 'epoch' } };
  const result = await accept(tx, asking, request);
  if (!result.ok) return result;
  const brought = result.value.reply.results.some(({ outcome }) => outcome === 'accepted');
  return { ok: true, value: { ...result.value, letIn: brought ? await retryWaiting(tx, asking) : [] } };
}

/** waiting 2. Tells of the records that changed, and answers what was let in. */
export async function retryWaiting(tx: Tx, asking: Omit<Asking, 'person'>): Promise<readonly Op[]> {
  const changed: ChangedRecord[] = [];
  const entered: Op[] = [];
  let left = groupsOf(await waitingOps(tx, asking.authority.id));
  for (let before = -1; left.length > 0 && left.length !== before;) {
    before = left.length;
    const still: WaitingOp[][] = [];
    for (const group of left) {
      const outcome = await tryAgain(tx, asking, group);
      changed.push(...outcome.changed);
      if (outcome.keep) entered.push(...group.map(({ op }) => op));
      else still.push(group);
    }
    left = still;
  }
  for (const group of left) await holdIfDue(tx, asking, group);
  if (changed.length > 0) await tell(tx, { kind: 'changed', changed });
  return entered;
}

async function tryAgain(tx: Tx, asking: Omit<Asking, 'person'>, group: readonly WaitingOp[]): Promise<Outcome> {
  const outcome = await savepoint(tx, () => judgeAgain(tx, asking, group));
  if (!outcome.keep) return outcome;
  for (const [i, { op }] of group.entries()) {
    const result = outcome.results[i];
    if (result?.outcome !== 'accepted') throw new Error(`Op ${op.device}:${op.seq} is kept and not accepted`);
    await letIn(tx, op, result);
    await deleteWaiting(tx, op);
  }
  return outcome;
}

/** What was accepted before is not judged by rights again; everything else is, by those of now. */
async function judgeAgain(tx: Tx, asking: Omit<Asking, 'person'>, group: readonly WaitingOp[]): Promise<Outcome> {
  const theirs = askingFor(asking, group);
  if (group.every(({ receipted }) => receipted)) {
    const receipted = group.map(({ op, order }) => ({ op, stamp: order }));
    return drafted(tx, theirs, (draft) => restoreGroup(draft, theirs, receipted));
  }
  const ops = group.map(({ op }) => op);
  const judge = byRights(theirs, ops, await standingOn(tx, theirs, firstOf(group).device));
  return drafted(tx, theirs, (draft) => applyGroup(draft, theirs, ops, judge));
}

/** waiting 3: what is refused for what is here by now, or has waited its time, goes to the held store with the reason. */
async function holdIfDue(tx: Tx, asking: Omit<Asking, 'person'>, group: readonly WaitingOp[]): Promise<void> {
  const refused = await savepoint(tx, () => judgeAgain(tx, asking, group));
  const ops = group.map(({ op }) => op);
  const { waits, results } = await waitWhileLost(tx, askingFor(asking, group), ops, refused);
  const isOver = asking.nowMs - (group[0]?.sinceMs ?? 0) >= regatherMs;
  if (waits !== undefined && !isOver) return;
  for (const [i, op] of ops.entries()) {
    const result = results[i];
    const reason = result?.outcome === 'held' ? result : { code: 'invalid', why: 'what it stands on was lost' };
    await deleteWaiting(tx, op);
    await holdOps(tx, [{ op, reason, heldMs: asking.nowMs }]);
  }
}

const askingFor = (asking: Omit<Asking, 'person'>, group: readonly WaitingOp[]): Asking => ({
  ...asking,
  person: firstOf(group).person,
});

function firstOf([first]: readonly WaitingOp[]): Op {
  if (first === undefined) throw new Error('An empty group waits');
  return first.op;
}

function groupsOf(ops: readonly WaitingOp[]): WaitingOp[][] {
  const groups = new Map<string, WaitingOp[]>();
  for (const each of ops) {
    const key = `${each.op.device} ${each.op.group}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}
