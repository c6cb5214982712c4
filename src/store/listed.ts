/**
 * Records as a long list needs them: their plain columns, and of the boxes only that of one unit opened. For a thousand audits
 * this is a fraction of what `view` does, and nothing else that somebody wrote is in memory at any time.
 */
import type { JsonObject } from '../domain/canonical.ts';
import type { RecordId } from '../domain/ids.ts';
import { openPending, openUnit } from './boxes.ts';
import { plainUnits, type PlainRecord } from './columns.ts';
import type { Store } from './open.ts';
import type { ConfirmedRow, PendingRow } from './rows.ts';

export interface ListedRecord extends PlainRecord {
  /** The whole value of the unit that was asked for, as it shows; undefined when the record has none. */
  readonly opened: JsonObject | undefined;
}

/** The records of `ids` that this laptop has, in that order, with `unit` opened. */
export async function readListed(store: Store, ids: readonly RecordId[], unit: string): Promise<ListedRecord[]> {
  const found = await store.port.read(['confirmed', 'pending'], async (tx) => {
    const [confirmed, pending] = await Promise.all([
      tx.getMany('confirmed', ids),
      Promise.all(ids.map((id) => tx.whereEqual('pending', 'record', id))),
    ]);
    return ids.map((id, at) => ({ id, confirmed: confirmed[at], pending: pending[at] ?? [] }));
  });
  const listed = await Promise.all(
    found.map(async ({ id, confirmed, pending }): Promise<ListedRecord | null> => {
      const kind = (confirmed ?? pending[0])?.kind;
      if (kind === undefined) return null;
      return { id, kind, units: plainUnits(confirmed, pending), opened: await open(store, unit, confirmed, pending) };
    }),
  );
  return listed.filter((record) => record !== null);
}

/** The unit as it shows: the newest own change, or what the server confirmed. */
async function open(
  { cipher }: Store,
  unit: string,
  confirmed: ConfirmedRow | undefined,
  pending: readonly PendingRow[],
): Promise<JsonObject | undefined> {
  const mine = pending.filter((row) => row.unit === unit).at(-1);
  if (mine !== undefined) return (await openPending(cipher, mine)).value;
  const theirs = confirmed?.units[unit];
  return confirmed && theirs && (await openUnit(cipher, confirmed.id, unit, theirs)).value;
}
