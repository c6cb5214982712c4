/** Held changes with what their record is called (as it shows, or as the held changes themselves call it), and why they are held. */
import type { JsonObject } from '../../domain/canonical.ts';
import { shownValue } from '../../domain/fold.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { Store } from '../../store/open.ts';
import type { QuarantineRow } from '../../store/rows.ts';
import { readRecords, type HeldChange } from '../../store/view.ts';
import type { Held } from './held-table.tsx';

export async function withNames<Row extends QuarantineRow>(
  store: Store,
  held: readonly HeldChange<Row>[],
  why: (row: Row) => string,
): Promise<readonly Held[]> {
  const names = new Map<RecordId, string>();
  for (const { row, value } of held) {
    const name = nameIn(row.unit, value);
    if (name !== null) names.set(row.record, name);
  }
  for (const { id, units } of await readRecords(store, [...new Set(held.map(({ row }) => row.record))])) {
    for (const unit of ['case', 'profile']) {
      const name = nameIn(unit, shownValue<JsonObject>(units, unit) ?? {});
      if (name !== null) names.set(id, name);
    }
  }
  return held.map((one) => ({ ...one, about: names.get(one.row.record) ?? null, why: why(one.row) }));
}

function nameIn(unit: string, value: JsonObject): string | null {
  const name = unit === 'case' ? value['reference'] : unit === 'profile' ? value['name'] : null;
  return typeof name === 'string' ? name : null;
}
