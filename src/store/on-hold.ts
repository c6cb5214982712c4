/** The audits under a legal hold among everything this laptop was sent: read a page of rows at a time, without opening a box. */
import type { RecordId } from '../domain/ids.ts';
import { standingHold } from '../domain/retention.ts';
import type { Store } from './open.ts';
import type { ConfirmedRow } from './rows.ts';

const pageSize = 500;

/** `signal` ends it early. */
export async function readOnHold(store: Store, signal: AbortSignal): Promise<readonly RecordId[]> {
  const found: RecordId[] = [];
  for (let from = '' as RecordId; !signal.aborted;) {
    const rows = await store.port.read(['confirmed'], (tx) => tx.all('confirmed', { from, limit: pageSize }));
    found.push(...rows.filter(isOnHold).map(({ id }) => id));
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) break;
    from = `${last.id}0` as RecordId;
  }
  return found;
}

function isOnHold({ units: { hold } }: ConfirmedRow): boolean {
  return hold !== undefined && standingHold([hold, ...hold.others].map(({ plain }) => plain)) !== null;
}
