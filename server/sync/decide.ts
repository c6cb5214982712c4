/**
 * A lead decides about held groups: docs/protocol.md, "Held" 4 to 6. Runs inside one writing transaction, the authority's
 * writer lock, so of two leads the first decides and the second is told. Asked again, it answers the same.
 */
import type { PersonId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import type { Standing } from '../../src/domain/rights.ts';
import { orderingStamp } from '../../src/domain/stamp.ts';
import type { Decided, DecideRequest, HeldDecision, HeldKey } from '../../src/protocol/held.ts';
import { addDecision, decisionsOf } from '../db/decisions.ts';
import { heldGroup, heldLines, type HeldOp } from '../db/held.ts';
import { isWrittenAgain, letIn } from '../db/ops.ts';
import { tell, type ChangedRecord } from '../db/news.ts';
import type { Tx } from '../db/tables.ts';
import { savepoint } from '../db/savepoint.ts';
import { applyGroup, heldWhole, type Outcome } from './accept.ts';
import type { Asking } from './context.ts';
import { drafted } from './draft.ts';
import { decides, groundsOf, heldUnits, knownHeads } from './deciders.ts';
import { isFinal } from './held-own.ts';
import { judgeOnBehalf, type Before, type Judgement, type Reason } from './judge.ts';
import { readStanding } from './standing.ts';

export interface DecidedAll {
  readonly results: readonly Decided[];
  /** How many groups were decided about by this. */
  readonly decided: number;
  /** The ops that were accepted on their authors' behalf. */
  readonly letIn: readonly Op[];
}

/** Each group by itself, in the order given: what is refused keeps none of the others. */
export async function decide(
  tx: Tx,
  asking: Asking,
  { groups, what, why, nonce: salt }: Pick<DecideRequest, 'groups' | 'what' | 'why' | 'nonce'>,
): Promise<DecidedAll> {
  const results: Decided[] = [];
  const changed: ChangedRecord[] = [];
  const concerned: { readonly author: PersonId; readonly ops: readonly Op[] }[] = [];
  const accepted: Op[] = [];
  for (const { device, group } of groups) {
    const key: HeldKey = { device, group };
    const ops = await heldGroup(tx, asking.authority.id, key);
    const [first] = ops;
    // A decision may have changed what this lead may decide next: read afresh for each.
    const standing = await readStanding(tx, asking);
    // held 4: absent, beyond this lead's rights and their own all look the same.
    if (first === undefined || !(await decidesAbout(tx, asking, standing, ops))) {
      results.push({ ...key, outcome: 'not-found' });
      continue;
    }
    const before = await decisionsOf(tx, asking.authority.id, key);
    const last = before.at(-1)?.decision;
    const again = last?.what === 'returned' && what === 'returned';
    if (last !== undefined && (isFinal(last) || again)) {
      results.push({ ...key, outcome: 'decided', decision: last });
      continue;
    }
    if (what === 'accepted') {
      const outcome = await acceptOnBehalf(tx, asking, standing, ops);
      if (!outcome.keep) {
        results.push({ ...key, outcome: 'refused', ...reasonOf(outcome) });
        continue;
      }
      changed.push(...outcome.changed);
      accepted.push(...ops.map(({ op }) => op));
    }
    // held 6: what was decided, by whom and why, beside the op.
    const decision: HeldDecision = { what, by: asking.person, why, atMs: asking.nowMs };
    const stored = { ...key, author: first.op.person, decision, receivedMs: asking.nowMs, content: null, salt };
    await addDecision(tx, asking.authority.id, before.length + 1, stored);
    results.push({ ...key, outcome: 'decided', decision });
    concerned.push({ author: first.op.person, ops: ops.map(({ op }) => op) });
  }
  if (changed.length > 0) await tell(tx, { kind: 'changed', changed });
  if (concerned.length > 0) {
    const units = await heldUnits(tx, asking, concerned);
    const held = concerned.map(({ author }, i) => ({ author, authorToo: true, units: units[i] ?? [] }));
    await tell(tx, { kind: 'held', held });
  }
  return { results, decided: concerned.length, letIn: accepted };
}

async function decidesAbout(tx: Tx, asking: Asking, standing: Standing, ops: readonly HeldOp[]): Promise<boolean> {
  const heads = await knownHeads(
    tx,
    asking,
    ops.map(({ op }) => op),
  );
  const records = [...new Set(ops.map(({ op }) => op.record))];
  const lines = await heldLines(tx, asking.authority.id, { records });
  const grounds = await groundsOf(tx, asking, lines, heads);
  return decides(
    standing,
    ops.map(({ op }) => op),
    grounds,
  );
}

/** held 5: judged again, and folded with the stamp and the basis that the author gave it. */
async function acceptOnBehalf(tx: Tx, asking: Asking, standing: Standing, held: readonly HeldOp[]): Promise<Outcome> {
  const group = held.map(({ op }) => op);
  const again = await writtenAgain(tx, group);
  if (again.size > 0) return heldWhole(group, again);
  const receivedMs = held[0]?.receivedMs ?? asking.nowMs;
  const judge = (before: Before): Judgement => judgeOnBehalf(group, before, standing, receivedMs);
  const outcome = await savepoint(tx, () => drafted(tx, asking, (draft) => applyGroup(draft, asking, group, judge)));
  if (!outcome.keep) return outcome;
  for (const [i, op] of group.entries()) {
    const result = outcome.results[i];
    if (result?.outcome !== 'accepted') throw new Error(`Op ${op.device}:${op.seq} was accepted without a version`);
    await letIn(tx, op, { version: result.version, stamp: orderingStamp(op.claimed, receivedMs) });
  }
  return outcome;
}

/**
 * held 5: what its author's laptop has written later in the same unit supersedes it (`domain/fold`), so accepted it would show
 * nowhere.
 */
async function writtenAgain(tx: Tx, group: readonly Op[]): Promise<ReadonlyMap<Op, Reason>> {
  const reasons = new Map<Op, Reason>();
  for (const op of group) {
    if (await isWrittenAgain(tx, op)) reasons.set(op, { code: 'invalid', why: 'written-again' });
  }
  return reasons;
}

function reasonOf({ results }: Outcome): Pick<Extract<Decided, { outcome: 'refused' }>, 'code' | 'why'> {
  const reasons = results.flatMap((result) => (result.outcome === 'held' ? [result] : []));
  const [first] = [...reasons.filter(({ code }) => code !== 'group'), ...reasons];
  return { code: first?.code ?? 'invalid', why: first?.why ?? '' };
}
