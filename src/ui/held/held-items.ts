/** What was not accepted, as a person decides about it: group by group, under the record it is about, oldest first. */
import { shownValue } from '../../domain/fold.ts';
import type { PersonId, RecordId } from '../../domain/ids.ts';
import { familyOf } from '../../domain/unit-names.ts';
import type { Tool } from '../../domain/tool.ts';
import type { AllocationValue } from '../../domain/values.ts';
import { readLater, type LaterVersion } from '../../store/held-later.ts';
import type { Store } from '../../store/open.ts';
import type { RefusedRow } from '../../store/rows.ts';
import { readQuarantine, readRecords, type HeldChange, type ShownRecord } from '../../store/view.ts';
import { accessTo } from '../audit-form/audit-access.ts';
import { placeOfUnit } from '../audit-form/places.ts';
import type { Organisation } from '../data/organisation.ts';
import { withNames } from '../this-laptop/held-names.ts';
import { words } from '../words.ts';
import { toolFor, unitTitle } from './unit-title.ts';

export interface HeldItemChange extends HeldChange<RefusedRow> {
  readonly what: string;
  readonly why: string;
  readonly tool: Tool | undefined;
  /** What its author has of the same part that says something else, and would go out of sight if this were sent again. */
  readonly later: LaterVersion | null;
}

/** One group: what is decided about as one. */
export interface HeldItem {
  readonly key: string;
  readonly record: RecordId;
  readonly about: string;
  readonly changes: readonly HeldItemChange[];
  /** Where it can be edited, as the audit takes it now; null where it does not. */
  readonly editAt: string | null;
  readonly auditHref: string | null;
}

export async function readHeldItems(store: Store, organisation: Organisation): Promise<readonly HeldItem[]> {
  const held = await readQuarantine(store);
  const later = await readLater(store, held);
  const named = await withNames(store, held, ({ code }) => words.problems.held(code));
  const ids = [...new Set(held.map(({ row }) => row.record))];
  const records = new Map((await readRecords(store, ids)).map((record) => [record.id, record]));
  const groups = new Map<string, HeldItem>();
  held.forEach((change, i) => {
    const { row } = change;
    const record = records.get(row.record);
    const tool = toolFor(organisation, toolOf(record, held, row.record), row.unit);
    const what = unitTitle(row.kind, row.unit, tool);
    const one: HeldItemChange = { ...change, what, why: named[i]?.why ?? '', tool, later: later.get(row.n) ?? null };
    const before = groups.get(row.group);
    groups.set(row.group, {
      key: row.group,
      record: row.record,
      about: before?.about ?? named[i]?.about ?? words.thisLaptop.kinds[row.kind] ?? words.thisLaptop.other,
      changes: [...(before?.changes ?? []), one],
      editAt: before === undefined ? editAt(record, row, store.person) : null,
      auditHref: row.kind === 'audit' && record?.projection != null ? `/audit/${row.record}` : null,
    });
  });
  // Those of one record together, in the order of its oldest.
  const order = [...new Set([...groups.values()].map(({ record }) => record))];
  return order.flatMap((id) => [...groups.values()].filter(({ record }) => record === id));
}

function toolOf(
  record: ShownRecord | undefined,
  held: readonly HeldChange[],
  id: RecordId,
): AllocationValue['tool'] | undefined {
  const own = held.find(({ row }) => row.record === id && row.unit === 'allocation')?.value;
  const value = shownValue<AllocationValue>(record?.units ?? {}, 'allocation') ?? (own as AllocationValue | undefined);
  return value?.tool;
}

function editAt(record: ShownRecord | undefined, row: RefusedRow, person: PersonId): string | null {
  const family = familyOf(row.kind, row.unit);
  const isForm =
    family !== undefined && family !== 'allocation' && !['submitted', 'voided', 'imported'].includes(family);
  if (row.kind !== 'audit' || record === undefined || !isForm) return null;
  if (accessTo(record, person) !== 'edit') return null;
  return `/audit/${row.record}?at=${encodeURIComponent(placeOfUnit(row.unit))}`;
}
