/** What the records of held groups are called, as this laptop has them, or as the groups themselves say. */
import { shownValue } from '../../domain/fold.ts';
import type { RecordId, ToolId } from '../../domain/ids.ts';
import type { AllocationValue, CaseValue } from '../../domain/values.ts';
import type { HeldGroup } from '../../protocol/held.ts';
import type { Store } from '../../store/open.ts';
import { readRecords } from '../../store/view.ts';
import { words } from '../words.ts';
import { held as say } from '../words/held.ts';

export interface NamedRecord {
  readonly name: string;
  readonly tool: ToolId | undefined;
  readonly href: string | null;
}

export const recordOf = ({ ops }: HeldGroup): RecordId | undefined => ops[0]?.record;

export async function nameRecords(
  store: Store,
  groups: readonly HeldGroup[],
): Promise<ReadonlyMap<RecordId, NamedRecord>> {
  const named = new Map<RecordId, NamedRecord>();
  for (const { ops } of groups) {
    for (const { record, kind, unit, value } of ops) {
      const said = unit === 'case' ? value['reference'] : unit === 'profile' ? value['name'] : undefined;
      const kindName = kind === 'audit' ? say.newAudit : (words.thisLaptop.kinds[kind] ?? words.thisLaptop.other);
      const name = typeof said === 'string' ? said : (named.get(record)?.name ?? kindName);
      named.set(record, { name, tool: undefined, href: null });
    }
  }
  const here = await namedHere(store, [...named.keys()]);
  for (const [id, record] of here) named.set(id, { ...record, name: record.name || (named.get(id)?.name ?? '') });
  return named;
}

/** Those of the records that this laptop has. A record without a name of its own has an empty one. */
export async function namedHere(
  store: Store,
  records: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, NamedRecord>> {
  const named = new Map<RecordId, NamedRecord>();
  for (const { id, kind, units } of await readRecords(store, records)) {
    const about = shownValue<Partial<CaseValue>>(units, 'case')?.reference;
    const called = shownValue<{ readonly name?: string }>(units, 'profile')?.name;
    named.set(id, {
      name: about ?? called ?? '',
      tool: shownValue<AllocationValue>(units, 'allocation')?.tool,
      href: kind === 'audit' ? `/audit/${id}` : null,
    });
  }
  return named;
}
