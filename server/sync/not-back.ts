/** What somebody who reads figures of others is told of changes that a restore lost and that may be missing in them (FAULTS 34, 47). */
import type { Standing } from '../../src/domain/rights.ts';
import type { NotBack } from '../../src/protocol/sync.ts';
import type { ReachableAudits } from '../db/heads.ts';
import { missingOps, one, type ListedMissing } from '../db/missing.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { restoreNoticedMs } from './missing-list.ts';
import { auditsOfOthers } from './standing.ts';

/**
 * null where none is missing, and for whoever reads no audits but those they grade or moderate. Of a change of which nobody can say
 * whose audit it is, because that is not here, everybody is told.
 */
export async function readNotBack(tx: Tx, asking: Asking, standing: Standing): Promise<NotBack | null> {
  const within = auditsOfOthers(standing);
  if (within.length === 0) return null;
  const noticedMs = await restoreNoticedMs(tx, asking);
  if (noticedMs === undefined) return null;
  const missing = await missingOps(tx, asking.authority.id, one(asking.person));
  const changes = missing.filter((op) => !op.again && mayBeWithin(op, within)).length;
  return changes === 0 ? null : { changes, noticedMs, atMs: asking.nowMs };
}

function mayBeWithin({ kind, place }: ListedMissing, within: readonly ReachableAudits[]): boolean {
  if (kind !== null && kind !== 'audit') return false;
  return place === null || within.some((each) => reaches(each, place));
}

function reaches(each: ReachableAudits, { service, team }: NonNullable<ListedMissing['place']>): boolean {
  if (each.by === 'all') return true;
  const [services, teams]: readonly (readonly (string | null)[])[] = [each.services, each.teams];
  return (services?.includes(service) ?? false) || (teams?.includes(team) ?? false);
}
