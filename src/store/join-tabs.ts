/**
 * Two tabs of one laptop in one unit. A save is always the whole unit, and a tab may not have seen yet what the other has
 * just saved there: without this it would write its older fields over it. So an edit says which fields it changed, and of the
 * others the newest that this laptop has given stay.
 *
 * Only this laptop's own joins: what somebody else wrote is never mixed with what this person had not seen.
 */
import { sameValue, type JsonObject } from '../domain/canonical.ts';
import { parseOpId, type RecordId } from '../domain/ids.ts';
import { openPending, openUnit } from './boxes.ts';
import type { Store } from './open.ts';
import type { Edit } from './record.ts';
import type { ConfirmedUnit, PendingRow } from './rows.ts';
import { stateIn, type LaptopState } from './state.ts';

/** An edit with what this laptop has given the unit since; the edit itself when that changes nothing. */
export function joinOwn(edit: Edit, own: JsonObject | undefined): Edit {
  const { changed, value } = edit;
  if (own === undefined || changed === undefined) return edit;
  const mine = Object.fromEntries(Object.entries(value).filter(([field]) => changed.includes(field)));
  const joined = { ...value, ...own, ...mine };
  return sameValue(joined, value) ? edit : { ...edit, value: joined };
}

/** What this laptop has given units, and the state it was read with. */
export interface OwnUnits {
  readonly state: LaptopState;
  of(record: RecordId, unit: string): JsonObject | undefined;
}

/** Reads and opens the newest of this laptop for each unit that one of `edits` changed in part. */
export async function readOwn(store: Store, edits: readonly Edit[]): Promise<OwnUnits> {
  const joining = edits.filter(({ changed }) => changed !== undefined);
  const { state, found } = await store.port.read(['meta', 'confirmed', 'pending'], async (tx) => ({
    state: await stateIn(tx, store),
    found: await Promise.all(
      joining.map(async ({ record, unit }) => {
        const [confirmed, rows] = await Promise.all([
          tx.get('confirmed', record),
          tx.whereEqual('pending', 'record', record),
        ]);
        const pending = rows.filter((row) => row.unit === unit).sort((a, b) => b.n - a.n)[0];
        return { record, unit, pending, confirmed: confirmed?.units[unit] };
      }),
    ),
  }));
  const own = new Map<string, JsonObject>();
  for (const each of found) {
    const value = await openOwn(store, state, each);
    if (value !== undefined) own.set(keyOf(each.record, each.unit), value);
  }
  return { state, of: (record, unit) => own.get(keyOf(record, unit)) };
}

const keyOf = (record: RecordId, unit: string): string => `${record} ${unit}`;

interface Found {
  readonly record: RecordId;
  readonly unit: string;
  readonly pending: PendingRow | undefined;
  readonly confirmed: ConfirmedUnit | undefined;
}

async function openOwn(
  { cipher }: Store,
  { device }: LaptopState,
  { record, unit, pending, confirmed }: Found,
): Promise<JsonObject | undefined> {
  if (pending !== undefined) return (await openPending(cipher, pending)).value;
  if (confirmed === undefined || parseOpId(confirmed.op).device !== device) return undefined;
  return (await openUnit(cipher, record, unit, confirmed)).value;
}
