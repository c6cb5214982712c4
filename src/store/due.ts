/**
 * When each audit that this laptop was sent would be erased under a period, before that is set: read a page of rows at a time, without
 * opening a box. What it cannot tell: holds of a whole case by another audit's, and work that waits on the server; both keep more.
 */
import type { RecordId } from '../domain/ids.ts';
import type { Units } from '../domain/record.ts';
import { dueMs, standingHold } from '../domain/retention.ts';
import type { RetentionValue } from '../domain/values.ts';
import type { Store } from './open.ts';
import type { ConfirmedRow } from './rows.ts';

const pageSize = 500;

export interface DueAudits {
  /** Of each audit with a time and without a hold, in milliseconds. */
  readonly due: readonly number[];
  /** How many have a time and a hold of their own. */
  readonly held: number;
}

/** `signal` ends it early. */
export async function readDue(store: Store, rule: RetentionValue, signal: AbortSignal): Promise<DueAudits> {
  const due: number[] = [];
  let held = 0;
  for (let from = '' as RecordId; !signal.aborted;) {
    const rows = await store.port.read(['confirmed'], (tx) => tx.all('confirmed', { from, limit: pageSize }));
    for (const row of rows) {
      const at = row.kind === 'audit' ? dueMs(unitsOf(row), rule, { lastMs: 0, closedMs: 0 }) : null;
      if (at === null) continue;
      if (isOnHold(row)) held += 1;
      else due.push(at);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) break;
    from = `${last.id}0` as RecordId;
  }
  return { due, held };
}

/** With what is in clear: a period asks for nothing else. */
const unitsOf = ({ units }: ConfirmedRow): Units =>
  Object.fromEntries(
    Object.entries(units).map(([unit, { op, author, stamp, plain }]) => [
      unit,
      { op, author, stamp, value: plain, others: [] },
    ]),
  );

const isOnHold = ({ units: { hold } }: ConfirmedRow): boolean =>
  hold !== undefined && standingHold([hold, ...hold.others].map(({ plain }) => plain)) !== null;
