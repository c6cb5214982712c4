/** What somebody who reads figures of others is told of work that may be missing in them (FAULTS 47). */
import type { Standing } from '../../src/domain/rights.ts';
import type { Unheard } from '../../src/protocol/sync.ts';
import type { Tx } from '../db/tables.ts';
import { unheardLaptops } from '../db/unheard.ts';
import type { Asking } from './context.ts';
import { auditsOfOthers } from './standing.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Longer than a weekend with a bank holiday. */
export const unheardAfterMs = 4 * dayMs;
/** After this a laptop that had sent everything is taken for one that is not used any more. */
export const unheardUntilMs = 28 * dayMs;

/** null where none is missing, and for whoever reads no audits but those they grade or moderate. */
export async function readUnheard(tx: Tx, { authority, nowMs }: Asking, standing: Standing): Promise<Unheard | null> {
  const within = auditsOfOthers(standing);
  if (within.length === 0) return null;
  const silent = { beforeMs: nowMs - unheardAfterMs, staleMs: nowMs - unheardUntilMs };
  const found = await unheardLaptops(tx, authority.id, { within, ...silent });
  return found === null ? null : { ...found, atMs: nowMs };
}
