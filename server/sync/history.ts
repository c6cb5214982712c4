/** The chain of versions: what makes a server that has been restored, or edited, visible to every laptop that synced. */
import { canonical } from '../../src/domain/canonical.ts';
import type { Hash } from '../../src/domain/chain.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { Units } from '../../src/domain/record.ts';
import type { Tip } from '../db/authorities.ts';

/** The head before the first version. */
export const firstHistoryHead = (hash: Hash, epoch: string): string => hash(canonical(['plumbline.history.1', epoch]));

/** The tip after one more version, which holds `record` with `units` (push 8). */
export function nextTip(hash: Hash, tip: Tip, record: RecordId, units: Units): Tip {
  const version = tip.version + 1;
  const ops = Object.entries(units)
    .map(([unit, { op, others }]) => [unit, op, ...others.map((other) => other.op).sort()])
    .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1));
  return { version, head: hash(canonical(['plumbline.version.1', tip.head, version, record, ops])) };
}
