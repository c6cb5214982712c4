/**
 * Where two people's versions of one unit stand side by side until someone has looked, among everything this laptop was
 * sent. Read a page of rows at a time, so that a save never waits long behind it; a box is opened only where there is more
 * than one version.
 */
import { othersToSee } from '../domain/fold.ts';
import type { RecordId } from '../domain/ids.ts';
import type { UnitState, UnitVersion } from '../domain/record.ts';
import { openUnit } from './boxes.ts';
import type { Store } from './open.ts';
import type { ConfirmedRow } from './rows.ts';

export interface Overlap {
  readonly record: RecordId;
  readonly unit: string;
  readonly shown: UnitState;
  /** The other versions that say something else. */
  readonly others: readonly UnitVersion[];
}

const pageSize = 500;

/** All of audits, newest first; `signal` ends it early. */
export async function readOverlaps(store: Store, signal: AbortSignal): Promise<readonly Overlap[]> {
  const found: Overlap[] = [];
  for (let from = '' as RecordId; !signal.aborted;) {
    const rows = await store.port.read(['confirmed'], (tx) => tx.all('confirmed', { from, limit: pageSize }));
    for (const row of rows) if (row.kind === 'audit') found.push(...(await overlapsOf(store, row)));
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) break;
    from = `${last.id}0` as RecordId;
  }
  return found.sort((a, b) => b.shown.stamp.ms - a.shown.stamp.ms);
}

async function overlapsOf({ cipher }: Store, { id, units }: ConfirmedRow): Promise<Overlap[]> {
  const found: Overlap[] = [];
  for (const [unit, row] of Object.entries(units)) {
    if (row.others.length === 0) continue;
    const shown = await openUnit(cipher, id, unit, row);
    const others = othersToSee(shown);
    if (others.length > 0) found.push({ record: id, unit, shown, others });
  }
  return found;
}
