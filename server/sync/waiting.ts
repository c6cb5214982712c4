/**
 * Groups that do not fit because what they stand on was lost with the database (protocol: Waiting). Only for 30 days after a
 * restore was noticed, and only for missing ground; whatever waits is judged again, by rights then, before it is let in.
 */
import type { Op } from '../../src/domain/record.ts';
import { findRecord } from '../db/records.ts';
import { countMissing, restoredMs } from '../db/restored.ts';
import type { Tx } from '../db/tables.ts';
import { countWaiting } from '../db/waiting.ts';
import type { Outcome } from './accept.ts';
import type { Asking } from './context.ts';

/** As long as laptops keep what they were told is safe. */
export const waitingMs = 30 * 24 * 60 * 60 * 1000;

/** The most ops of one person that begin to wait: each is judged again after every push, by whomever. */
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

/** Whether this database was put back from a backup not long ago. */
export async function isRegathering(
  tx: Tx,
  { authority, nowMs }: Pick<Asking, 'authority' | 'nowMs'>,
): Promise<boolean> {
  const noticed = await restoredMs(tx, authority.id);
  return noticed !== undefined && nowMs - noticed < waitingMs;
}

/** What the group stands on and is not here, or null when it is refused for another reason. */
async function missingGround(
  tx: Tx,
  { authority }: Asking,
  group: readonly Op[],
  { results }: Outcome,
): Promise<string | null> {
  const reasons = results.flatMap((result) => (result.outcome === 'held' && result.code !== 'group' ? [result] : []));
  if (reasons.some(({ why }) => why === 'import: not known')) return 'import';
  const refused = reasons.filter(({ code, why }) => code === 'not-allowed' || why === 'not-allocated');
  if (refused.length === 0 || refused.length < reasons.length) return null;
  for (const { seq } of refused) {
    const op = group.find((each) => each.seq === seq);
    if (op?.kind !== 'audit') continue;
    const record = await findRecord(tx, authority.id, op.record);
    if (record?.units['allocation'] === undefined) return 'allocation';
  }
  // A role or an allocation may be among what laptops have seen and nobody has brought back yet.
  return (await countMissing(tx, authority.id)) > 0 ? 'rights' : null;
}
