/**
 * Judges again what waits, when something has changed that it may stand on; what has waited its time is held for a person
 * (protocol: Waiting). Promises: one transaction judges so many groups and no more, whoever piled up how many; none is forgotten:
 * what a push has left is taken up by the next, by whoever asks after what waits, and by the day's work.
 */
import type { Op } from '../../src/domain/record.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import type { PushRequest } from '../../src/protocol/sync.ts';
import type { Server } from '../context.ts';
import { tell, type ChangedRecord } from '../db/news.ts';
import { holdOps } from '../db/held.ts';
import { letIn } from '../db/ops.ts';
import { regatherMs } from '../db/restored.ts';
import type { Tx } from '../db/tables.ts';
import { savepoint } from '../db/savepoint.ts';
import {
  deleteWaiting,
  dueGroups,
  noteAsked,
  waitingOps,
  type DueAsk,
  type WaitingGroup,
  type WaitingOp,
} from '../db/waiting.ts';
import { rolesChanged } from '../revoked.ts';
import { accept, applyGroup, byRights, type Accepted, type Outcome } from './accept.ts';
import type { Asking } from './context.ts';
import { isContradicted } from './contradiction.ts';
import { drafted } from './draft.ts';
import { restoreGroup } from './restore-group.ts';
import { standingOn } from './standing.ts';
import { unsureMs, waitWhileLost } from './waiting.ts';

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

/** The most groups that are judged again for one push, or whatever else asks. The next takes up the rest, those that wait longest first. */
const judgedLimit = 200;

/** The most times that a push looks for what it has made fit. */
const roundsLimit = 10;

/** What nothing has changed for is asked again after so long all the same: days and terms end, and losses come back in other ways. */
const againMs = 60 * 60 * 1000;

type Judging = Omit<Asking, 'person'>;
type Refused = { readonly group: readonly WaitingOp[]; readonly outcome: Outcome };

/** Groups that are to be judged again now. */
const dueNow = (
  tx: Tx,
  { authority, nowMs }: Judging,
  some: Pick<DueAsk, 'limit' | 'among'>,
): Promise<WaitingGroup[]> => dueGroups(tx, authority.id, { nowMs, againMs, unsureMs, ...some });

/** waiting 2, as far as one transaction goes. Tells of the records that changed, and answers what was let in. */
export async function retryWaiting(tx: Tx, asking: Judging): Promise<readonly Op[]> {
  const changed: ChangedRecord[] = [];
  const entered: Op[] = [];
  const refused = new Map<string, Refused>();
  let left = judgedLimit;
  for (let round = 0; round < roundsLimit && left > 0; round += 1) {
    const due = await dueNow(tx, asking, { limit: left });
    if (due.length === 0) break;
    left -= due.length;
    for (const each of due) {
      const group = await waitingOps(tx, asking.authority.id, each);
      const outcome = await tryAgain(tx, asking, group);
      changed.push(...outcome.changed);
      if (outcome.keep) {
        entered.push(...group.map(({ op }) => op));
        refused.delete(keyOf(each));
      } else {
        await noteAsked(tx, group, asking.nowMs);
        refused.set(keyOf(each), { group, outcome });
      }
    }
  }
  await holdIfDue(tx, asking, refused);
  if (changed.length > 0) await tell(tx, { kind: 'changed', changed });
  return entered;
}

/** Asks again what is due, in a transaction of its own. Answers whether anything was. */
export async function askAgain(server: Server): Promise<boolean> {
  const { authority, database, now, revoked } = server;
  const due = await database.read((tx) => dueNow(tx, { authority, nowMs: now() }, { limit: 1 }));
  if (due.length === 0) return false;
  const letIn = await database.write((tx) => retryWaiting(tx, { authority, nowMs: now() }));
  revoked.add(...rolesChanged(letIn, now()));
  return true;
}

/** All of it, in as many transactions as that takes: others write between them. */
export async function askAllAgain(server: Server): Promise<void> {
  while (await askAgain(server));
}

async function tryAgain(tx: Tx, asking: Judging, group: readonly WaitingOp[]): Promise<Outcome> {
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
async function judgeAgain(tx: Tx, asking: Judging, group: readonly WaitingOp[]): Promise<Outcome> {
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
async function holdIfDue(tx: Tx, asking: Judging, refused: ReadonlyMap<string, Refused>): Promise<void> {
  if (refused.size === 0) return;
  const among = [...refused.values()].map(({ group }) => firstOf(group).group);
  const isStale = new Set((await dueNow(tx, asking, { among })).map(keyOf));
  for (const [key, { group, outcome }] of refused) {
    // What is to be judged once more is not held by how it was judged before.
    if (isStale.has(key)) continue;
    const ops = group.map(({ op }) => op);
    const { waits, results } = await waitWhileLost(tx, askingFor(asking, group), ops, outcome);
    const isOver = asking.nowMs - (group[0]?.sinceMs ?? 0) >= regatherMs;
    if (waits !== undefined && !isOver) continue;
    for (const [i, op] of ops.entries()) {
      const result = results[i];
      const reason = result?.outcome === 'held' ? result : { code: 'invalid', why: 'what it stands on was lost' };
      await deleteWaiting(tx, op);
      await holdOps(tx, [{ op, reason, heldMs: asking.nowMs }]);
    }
  }
}

const keyOf = ({ device, group }: WaitingGroup): string => `${device} ${group}`;

const askingFor = (asking: Judging, group: readonly WaitingOp[]): Asking => ({
  ...asking,
  person: firstOf(group).person,
});

function firstOf([first]: readonly WaitingOp[]): Op {
  if (first === undefined) throw new Error('An empty group waits');
  return first.op;
}
