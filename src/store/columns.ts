/**
 * Plain columns for the summary worker, which holds no key: what percentages count, pending laid over confirmed, record by
 * record in the order in which they last changed.
 */
import type { JsonObject } from '../domain/canonical.ts';
import type { RecordId } from '../domain/ids.ts';
import type { Kind } from '../domain/record.ts';
import { changedAfter } from './changed.ts';
import type { Port } from './port.ts';
import type { ConfirmedRow, PendingRow } from './rows.ts';
import { readState } from './state.ts';

export interface PlainRecord {
  readonly id: RecordId;
  readonly kind: Kind;
  /** By unit, its plain fields. */
  readonly units: Readonly<Record<string, JsonObject>>;
  /** The newest stamp of the event `submitted`, ordered by the server or not yet; null without one. */
  readonly submittedMs: number | null;
}

export interface Changed {
  readonly records: readonly PlainRecord[];
  /** Records of which this laptop has nothing any more. */
  readonly gone: readonly RecordId[];
  /** Ask again after this. */
  readonly change: number;
  readonly more: boolean;
}

/** The records that changed after change number `after`, oldest change first: at most `limit` changes. */
export function readChanged(port: Port, after: number, limit: number): Promise<Changed> {
  return port.read(['changes', 'together', 'confirmed', 'pending', 'meta'], async (tx) => {
    const [state, changed, edited] = await Promise.all([
      readState(tx),
      changedAfter(tx, after, limit + 1),
      tx.whereAbove('pending', 'change', after, { limit: limit + 1 }),
    ]);
    const all = [...changed, ...edited].sort((a, b) => a.change - b.change);
    const page = all.slice(0, limit);
    const kinds = new Map<RecordId, Kind>();
    // A record that is noted twice stands where it changed last.
    for (const { record, kind } of page) {
      kinds.delete(record);
      kinds.set(record, kind);
    }
    const ids = [...kinds.keys()];
    const [confirmed, pending] = await Promise.all([
      tx.getMany('confirmed', ids),
      Promise.all(ids.map((id) => tx.whereEqual('pending', 'record', id))),
    ]);
    const rows = [...kinds].map(([id, kind], i) => ({ id, kind, confirmed: confirmed[i], pending: pending[i] ?? [] }));
    const isHere = (row: (typeof rows)[number]): boolean => row.confirmed !== undefined || row.pending.length > 0;
    const more = all.length > limit;
    return {
      records: rows.filter(isHere).map(({ id, kind, ...of }) => ({
        id,
        kind,
        units: plainUnits(of.confirmed, of.pending),
        submittedMs: submittedMs(of.confirmed, of.pending),
      })),
      gone: rows.filter((row) => !isHere(row)).map(({ id }) => id),
      change: more ? (page.at(-1)?.change ?? after) : (state?.change ?? 0),
      more,
    };
  });
}

/** Kinds of which a record changed after change number `after`, and the newest change there is. */
export function readKindsChanged(
  port: Port,
  after: number,
): Promise<{ readonly change: number; readonly kinds: ReadonlySet<Kind> }> {
  return port.read(['changes', 'together', 'pending', 'meta'], async (tx) => {
    const [state, ...found] = await Promise.all([
      readState(tx),
      changedAfter(tx, after),
      tx.whereAbove('pending', 'change', after),
    ]);
    return { change: state?.change ?? 0, kinds: new Set(found.flat().map(({ kind }) => kind)) };
  });
}

/** The plain fields of a record's units as they show. */
export function plainUnits(
  confirmed: ConfirmedRow | undefined,
  pending: readonly PendingRow[],
): Readonly<Record<string, JsonObject>> {
  const units = new Map<string, JsonObject>();
  for (const [unit, { plain }] of Object.entries(confirmed?.units ?? {})) units.set(unit, plain);
  for (const { unit, plain } of pending) units.set(unit, plain);
  return Object.fromEntries(units);
}

function submittedMs(confirmed: ConfirmedRow | undefined, pending: readonly PendingRow[]): number | null {
  const own = pending.findLast(({ unit }) => unit === 'submitted');
  return (own?.claimed ?? confirmed?.units['submitted']?.stamp)?.ms ?? null;
}
