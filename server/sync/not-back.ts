/** What somebody who reads figures of others is told of changes that a restore lost and that may be missing in them (FAULTS 34, 47). */
import type { Standing } from '../../src/domain/rights.ts';
import { notBackLimit, type NotBack } from '../../src/protocol/sync.ts';
import { countNotBack, one } from '../db/missing.ts';
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
  const limit = notBackLimit;
  const changes = await countNotBack(tx, asking.authority.id, one(asking.person), { within, limit });
  return changes === 0 ? null : { changes, noticedMs, atMs: asking.nowMs };
}
