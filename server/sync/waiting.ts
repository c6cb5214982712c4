/**
 * Groups that do not fit because what they stand on was lost with the database (protocol: Waiting). Only for 30 days after a
 * restore was noticed, and only for missing ground; whatever waits is judged again, by rights then, before it is let in.
 */
import { auditFacts } from '../../src/domain/facts.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { mayGrant } from '../db/missing.ts';
import { findRecord } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import { countWaiting, waitsToGrant } from '../db/waiting.ts';
import type { Outcome } from './accept.ts';
import type { Asking } from './context.ts';
import { isProved, isRegathering } from './regathering.ts';

/**
 * For so long a refusal waits for what may have to do with it, but is not known to: a place of which nobody has seen the record, or
 * what one other person alone has told of. From a Friday evening until the laptops are back on Monday (decision 27).
 */
export const unsureMs = 3 * 24 * 60 * 60 * 1000;

/** The most ops of one person that begin to wait. */
const waitingLimit = 500;

/** The outcome of a group that is not accepted: `waits` when it may fit later (waiting 1). */
export async function waitIfLost(tx: Tx, asking: Asking, group: readonly Op[], outcome: Outcome): Promise<Outcome> {
  const lost = await waitWhileLost(tx, asking, group, outcome);
  if (lost.waits === undefined) return outcome;
  return (await countWaiting(tx, asking.authority.id, asking.person)) < waitingLimit ? lost : outcome;
}

/** The same of a group that waits already. */
export async function waitWhileLost(tx: Tx, asking: Asking, group: readonly Op[], outcome: Outcome): Promise<Outcome> {
  if (outcome.keep || !(await isRegathering(tx, asking))) return outcome;
  const why = await missingGround(tx, asking, group, outcome);
  if (why === null) return outcome;
  return { ...outcome, waits: why, results: group.map(({ seq }) => ({ seq, outcome: 'waiting' })) };
}

/** What the group stands on and is not here, or null when it is refused for another reason. */
async function missingGround(
  tx: Tx,
  asking: Asking,
  group: readonly Op[],
  { results }: Outcome,
): Promise<string | null> {
  const { authority, person, nowMs } = asking;
  const reasons = results.flatMap((result) => (result.outcome === 'held' && result.code !== 'group' ? [result] : []));
  if (reasons.some(({ why }) => why === 'import: not known')) return 'import';
  const refused = reasons.filter(({ code, why }) => code === 'not-allowed' || why === 'not-allocated');
  if (refused.length === 0 || refused.length < reasons.length) return null;
  const asked = new Set(refused.map(({ seq }) => seq));
  const records = new Set<RecordId>([person as string as RecordId]);
  for (const op of group.filter(({ seq }) => asked.has(seq))) {
    records.add(op.record);
    if (op.kind !== 'audit') continue;
    const record = await findRecord(tx, authority.id, op.record);
    if (record?.units['allocation'] === undefined) return 'allocation';
    const { team } = auditFacts(record.units);
    if (team !== null) records.add(team as string as RecordId);
  }
  const judgedBy = [...records];
  const ground = { person, records: judgedBy, isProved: await isProved(tx, asking), recentMs: nowMs - unsureMs };
  const mayCome = (await mayGrant(tx, authority.id, ground)) || (await waitsToGrant(tx, authority.id, judgedBy));
  return mayCome ? 'rights' : null;
}
