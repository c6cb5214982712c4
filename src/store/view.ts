/**
 * What screens read: the confirmed record with this person's own unsettled changes laid over it (`domain/fold` overlay),
 * computed at each read and never stored. A change that the server has accepted stays laid over until a pull brings it.
 * Boxes are opened after the transaction, never in it.
 */
import type { JsonObject } from '../domain/canonical.ts';
import { showsInLists } from '../domain/fields.ts';
import { overlay, type ShownUnits } from '../domain/fold.ts';
import type { RecordId } from '../domain/ids.ts';
import type { Projection } from '../domain/projection.ts';
import type { Kind } from '../domain/record.ts';
import { openPending, openUnit, plainUnit } from './boxes.ts';
import { plainUnits } from './columns.ts';
import type { Store } from './open.ts';
import type { ReadTx } from './port.ts';
import type { ConfirmedRow, PendingRow, QuarantineRow } from './rows.ts';

export interface ShownRecord {
  readonly id: RecordId;
  readonly kind: Kind;
  readonly units: ShownUnits;
  /** How much of it the server has sent; null when it is only on this laptop so far. */
  readonly projection: Projection | null;
  /** Changes not yet accepted by the server, accepted but not yet seen in a pull, and held. */
  readonly unsent: number;
  readonly sent: number;
  readonly quarantined: number;
}

/** The rows of one record, as one transaction saw them. */
interface RecordRows {
  readonly id: RecordId;
  readonly confirmed: ConfirmedRow | undefined;
  readonly pending: readonly PendingRow[];
  readonly quarantine: readonly QuarantineRow[];
}

const tables = ['confirmed', 'pending', 'quarantine'] as const;

/** One record as it shows, or null when this laptop has nothing of it. */
export async function readRecord(store: Store, id: RecordId): Promise<ShownRecord | null> {
  return (await readRecords(store, [id]))[0] ?? null;
}

/** The records of `ids` that this laptop has anything of, in that order. */
export async function readRecords(store: Store, ids: readonly RecordId[]): Promise<ShownRecord[]> {
  const found = await store.port.read(tables, (tx) => Promise.all(ids.map((id) => rowsOf(tx, id))));
  return show(store, found);
}

/** The same with what a list shows of them: plain columns, and no box opened that holds nothing a list shows. */
export async function readListed(store: Store, ids: readonly RecordId[]): Promise<ShownRecord[]> {
  const found = await store.port.read(tables, (tx) => Promise.all(ids.map((id) => rowsOf(tx, id))));
  return show(store, found, 'list');
}

/** Every record of a kind. For kinds with few records; audits are read by id, page by page. */
export async function readKind(store: Store, kind: Kind): Promise<ShownRecord[]> {
  const found = await store.port.read(tables, async (tx) => {
    const [confirmed, pending, quarantine] = await Promise.all([
      tx.whereEqual('confirmed', 'kind', kind),
      tx.whereEqual('pending', 'kind', kind),
      tx.all('quarantine'),
    ]);
    return group(confirmed, pending, quarantine).filter((rows) => kindOf(rows) === kind);
  });
  return show(store, found);
}

/**
 * The audits whose auditor, as shown, is this person, with what a list shows of them: plain columns and the fields of the
 * `columns` projection. Boxes that hold nothing else stay shut.
 */
export async function readMyAudits(store: Store): Promise<ShownRecord[]> {
  const found = await store.port.read(tables, async (tx) => {
    const [mine, given] = await Promise.all([
      tx.whereEqual('confirmed', 'auditor', store.person),
      tx.whereEqual('pending', 'plain.auditor', store.person),
    ]);
    // An allocation changed here may make an audit mine, or take it from me, before the server knows.
    const ids = new Set([...mine.map(({ id }) => id), ...given.map(({ record }) => record)]);
    return Promise.all([...ids].map((id) => rowsOf(tx, id)));
  });
  return show(
    store,
    found.filter((rows) => isMine(rows, store.person)),
    'list',
  );
}

/** Everything the server did not accept, oldest first, with its value. */
export async function readQuarantine(
  store: Store,
): Promise<{ readonly row: QuarantineRow; readonly value: JsonObject }[]> {
  const rows = await store.port.read(['quarantine'], (tx) => tx.all('quarantine'));
  return Promise.all(rows.map(async (row) => ({ row, value: (await openPending(store.cipher, row)).value })));
}

export interface SaveCounts {
  readonly unsent: number;
  readonly sent: number;
  readonly quarantined: number;
  /** When the oldest unsent change was first made, milliseconds by this laptop's own clock. */
  readonly oldestUnsentMs: number | null;
}

/** How much of this person's work is only here. Needs no key, and takes no longer the more there is. */
export function readSaveCounts(store: Store): Promise<SaveCounts> {
  return store.port.read(['pending', 'quarantine'], async (tx) => {
    const [all, quarantined, accepted] = await Promise.all([
      tx.count('pending'),
      tx.count('quarantine'),
      tx.whereAbove('pending', 'acceptedVersion', -1),
    ]);
    const sent = accepted.length;
    // As many rows as are accepted and one: whichever they are, the first unsent one is among them.
    const oldest = all > sent ? await tx.all('pending', { limit: sent + 1 }) : [];
    return { unsent: all - sent, sent, quarantined, oldestUnsentMs: oldest.find(isUnsent)?.startedMs ?? null };
  });
}

const isUnsent = (row: PendingRow): boolean => row.acceptedVersion === null;

async function rowsOf(tx: ReadTx, id: RecordId): Promise<RecordRows> {
  const [confirmed, pending, quarantine] = await Promise.all([
    tx.get('confirmed', id),
    tx.whereEqual('pending', 'record', id),
    tx.whereEqual('quarantine', 'record', id),
  ]);
  return { id, confirmed, pending, quarantine };
}

function group(
  confirmed: readonly ConfirmedRow[],
  pending: readonly PendingRow[],
  quarantine: readonly QuarantineRow[],
): RecordRows[] {
  const confirmedById = new Map(confirmed.map((row) => [row.id, row]));
  const pendingById = byRecord(pending);
  const heldById = byRecord(quarantine);
  return [...new Set([...confirmedById.keys(), ...pendingById.keys(), ...heldById.keys()])].map((id) => ({
    id,
    confirmed: confirmedById.get(id),
    pending: pendingById.get(id) ?? [],
    quarantine: heldById.get(id) ?? [],
  }));
}

function byRecord<Row extends PendingRow>(rows: readonly Row[]): ReadonlyMap<RecordId, Row[]> {
  const grouped = new Map<RecordId, Row[]>();
  for (const row of rows) grouped.set(row.record, [...(grouped.get(row.record) ?? []), row]);
  return grouped;
}

const kindOf = ({ confirmed, pending, quarantine }: RecordRows): Kind | undefined =>
  (confirmed ?? pending[0] ?? quarantine[0])?.kind;

const isMine = (rows: RecordRows, person: string): boolean =>
  kindOf(rows) === 'audit' && plainUnits(rows.confirmed, rows.pending)['allocation']?.['auditor'] === person;

/** `list`: of units of which a list shows no more than plain columns, no more than those. */
async function show(
  { cipher }: Store,
  found: readonly RecordRows[],
  what: 'all' | 'list' = 'all',
): Promise<ShownRecord[]> {
  const isOpened = (kind: Kind, unit: string): boolean => what === 'all' || showsInLists(kind, unit);
  const shown = await Promise.all(
    found.map(async (rows): Promise<ShownRecord | null> => {
      const { id, confirmed, pending, quarantine } = rows;
      const kind = kindOf(rows);
      if (kind === undefined) return null;
      const newest = new Map(pending.map((row) => [row.unit, row]));
      const [units, changes] = await Promise.all([
        Promise.all(
          Object.entries(confirmed?.units ?? {}).map(async ([unit, row]) => {
            return [unit, isOpened(kind, unit) ? await openUnit(cipher, id, unit, row) : plainUnit(row)] as const;
          }),
        ),
        Promise.all(
          pending.map(async (row) => {
            // Only the newest value of a unit shows; of those beneath it counts what they stood on.
            const isShown = newest.get(row.unit) === row && isOpened(kind, row.unit);
            return { ...row, value: isShown ? (await openPending(cipher, row)).value : row.plain };
          }),
        ),
      ]);
      const unsent = pending.filter(isUnsent).length;
      return {
        id,
        kind,
        units: overlay(Object.fromEntries(units), changes),
        projection: confirmed?.projection ?? null,
        unsent,
        sent: pending.length - unsent,
        quarantined: quarantine.length,
      };
    }),
  );
  return shown.filter((record) => record !== null);
}
