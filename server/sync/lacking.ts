/** What figures of others' audits may lack, as whoever reads them is told (FAULTS 34, 47). */
import type { PersonId } from '../../src/domain/ids.ts';
import { notBackLimit, type Lacking, type NotBack, type Unheard } from '../../src/protocol/sync.ts';
import type { ReachableAudits } from '../db/heads.ts';
import { countNotBack, everybody, one } from '../db/missing.ts';
import { regatherMs, restoredMs } from '../db/restored.ts';
import type { Tx } from '../db/tables.ts';
import { unheardLaptops } from '../db/unheard.ts';
import type { Asking } from './context.ts';
import { restoreNoticedMs } from './missing-list.ts';

interface LackingAsk extends Pick<Asking, 'authority' | 'nowMs'> {
  /** Whose own word about a restore counts as well; null for everybody's alone. */
  readonly person: PersonId | null;
}

const dayMs = 24 * 60 * 60 * 1000;
/** Longer than a weekend with a bank holiday. */
const unheardAfterMs = 4 * dayMs;
/** After this a laptop that had sent everything is taken for one that is not used any more. */
const unheardUntilMs = 28 * dayMs;

/** Of figures of these audits: nothing where nothing is missing, or there are no such audits. */
export async function readLacking(tx: Tx, ask: LackingAsk, within: readonly ReachableAudits[]): Promise<Lacking> {
  if (within.length === 0) return {};
  const unheard = await readUnheard(tx, ask, within);
  const notBack = await readNotBack(tx, ask, within);
  return { ...(unheard && { unheard }), ...(notBack && { notBack }) };
}

/** Laptops of those who grade them that have not been heard from. */
async function readUnheard(
  tx: Tx,
  { authority, nowMs }: LackingAsk,
  within: readonly ReachableAudits[],
): Promise<Unheard | null> {
  const silent = { beforeMs: nowMs - unheardAfterMs, staleMs: nowMs - unheardUntilMs };
  const found = await unheardLaptops(tx, authority.id, { within, ...silent });
  return found === null ? null : { ...found, atMs: nowMs };
}

/**
 * Changes that a restore lost. Of one of which nobody can say whose audit it is, because that is not here, everybody is told, for as
 * long as laptops bring back what they have.
 */
async function readNotBack(
  tx: Tx,
  { authority, person, nowMs }: LackingAsk,
  within: readonly ReachableAudits[],
): Promise<NotBack | null> {
  const noticedMs = await (person === null
    ? restoredMs(tx, authority.id)
    : restoreNoticedMs(tx, { authority, person }));
  if (noticedMs === undefined) return null;
  const to = person === null ? everybody : one(person);
  const asked = { within, sinceMs: nowMs - regatherMs, limit: notBackLimit };
  const changes = await countNotBack(tx, authority.id, to, asked);
  return changes === 0 ? null : { changes, noticedMs, atMs: nowMs };
}
