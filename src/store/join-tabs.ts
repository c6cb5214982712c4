/**
 * Two tabs of one laptop in one unit. A save is always the whole unit, and a tab may not have seen yet what the other has
 * just saved there: without this it would write its older fields over it. So an edit says which fields it changed, and of the
 * others the newest that this laptop has given stay.
 *
 * Only this laptop's own joins: what somebody else wrote is never mixed with what this person had not seen.
 */
import { sameValue, type JsonObject } from '../domain/canonical.ts';
import { parseOpId, type DeviceId, type RecordId } from '../domain/ids.ts';
import { compareStamps, zeroStamp } from '../domain/stamp.ts';
import { openPending, openUnit } from './boxes.ts';
import type { Store } from './open.ts';
import type { ReadTx } from './port.ts';
import type { Edit } from './record.ts';
import type { ConfirmedUnit, PendingRow } from './rows.ts';
import { stateIn } from './state.ts';

/** An edit with what this laptop has given the unit since; the edit itself when that changes nothing. */
export function joinOwn(edit: Edit, own: JsonObject | undefined): Edit {
  const { changed, value } = edit;
  if (own === undefined || changed === undefined) return edit;
  const mine = Object.fromEntries(Object.entries(value).filter(([field]) => changed.includes(field)));
  const joined = { ...value, ...own, ...mine };
  return sameValue(joined, value) ? edit : { ...edit, value: joined };
}

/** What this laptop has given units. */
export interface OwnUnits {
  of(record: RecordId, unit: string): JsonObject | undefined;
  /** Whether it still is: what is written elsewhere meanwhile, page after page of a download, changes nothing of it. */
  isStill(tx: ReadTx): Promise<boolean>;
}

/** Reads and opens the newest of this laptop for each unit that one of `edits` changed in part. */
export async function readOwn(store: Store, edits: readonly Edit[]): Promise<OwnUnits> {
  const joining = edits.filter(({ changed }) => changed !== undefined);
  const find = async (tx: ReadTx): Promise<readonly Found[]> => {
    const { device } = await stateIn(tx, store);
    return Promise.all(joining.map((edit) => findOwn(tx, device, edit)));
  };
  const found = await store.port.read(['meta', 'confirmed', 'pending'], find);
  const own = new Map<string, JsonObject>();
  for (const each of found) {
    const value = await openOwn(store, each);
    if (value !== undefined) own.set(keyOf(each.record, each.unit), value);
  }
  return {
    of: (record, unit) => own.get(keyOf(record, unit)),
    isStill: async (tx) => (await find(tx)).every((now, i) => isSame(now, found[i])),
  };
}

const keyOf = (record: RecordId, unit: string): string => `${record} ${unit}`;

/** The newest of this laptop for one unit: a change that is not settled, else the confirmed version, where that is its own. */
interface Found {
  readonly record: RecordId;
  readonly unit: string;
  readonly pending: PendingRow | undefined;
  readonly confirmed: ConfirmedUnit | undefined;
}

async function findOwn(tx: ReadTx, device: DeviceId, { record, unit }: Edit): Promise<Found> {
  const [row, rows] = await Promise.all([tx.get('confirmed', record), tx.whereEqual('pending', 'record', record)]);
  const pending = rows.filter((one) => one.unit === unit).sort((a, b) => b.n - a.n)[0];
  const shown = row?.units[unit];
  const isOwn = shown !== undefined && parseOpId(shown.op).device === device;
  return { record, unit, pending, confirmed: pending === undefined && isOwn ? shown : undefined };
}

/** Each keystroke gives a row a new claimed stamp; a version has one op for ever. */
const isSame = (now: Found, seen: Found | undefined): boolean =>
  now.pending?.n === seen?.pending?.n &&
  compareStamps(now.pending?.claimed ?? zeroStamp, seen?.pending?.claimed ?? zeroStamp) === 0 &&
  now.confirmed?.op === seen?.confirmed?.op;

async function openOwn(
  { cipher }: Store,
  { record, unit, pending, confirmed }: Found,
): Promise<JsonObject | undefined> {
  if (pending !== undefined) return (await openPending(cipher, pending)).value;
  return confirmed === undefined ? undefined : (await openUnit(cipher, record, unit, confirmed)).value;
}
