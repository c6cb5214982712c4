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
import type { Kind, Units } from '../domain/record.ts';
import { openNote, openPending, openUnit, plainUnit } from './boxes.ts';
import type { Cipher } from './cipher.ts';
import { plainUnits } from './columns.ts';
import type { Store } from './open.ts';
import type { ReadTx } from './port.ts';
import {
  isRefused,
  isUnsent,
  unsent,
  type ConfirmedRow,
  type PendingRow,
  type QuarantineCode,
  type QuarantineRow,
  type RefusedRow,
} from './rows.ts';

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
export interface RecordRows {
  readonly id: RecordId;
  readonly confirmed: ConfirmedRow | undefined;
  readonly pending: readonly PendingRow[];
  readonly quarantine: readonly QuarantineRow[];
}

export const recordTables = ['confirmed', 'pending', 'quarantine'] as const;

/** One record as it shows, or null when this laptop has nothing of it. */
export async function readRecord(store: Store, id: RecordId): Promise<ShownRecord | null> {
  return (await readRecords(store, [id]))[0] ?? null;
}

/** The records of `ids` that this laptop has anything of, in that order. */
export async function readRecords(store: Store, ids: readonly RecordId[]): Promise<ShownRecord[]> {
  const found = await store.port.read(recordTables, (tx) => Promise.all(ids.map((id) => rowsOf(tx, id))));
  return show(store, found);
}

/** The same with what a list shows of them: plain columns, and no box opened that holds nothing a list shows. */
export async function readListed(store: Store, ids: readonly RecordId[]): Promise<ShownRecord[]> {
  const found = await store.port.read(recordTables, (tx) => Promise.all(ids.map((id) => rowsOf(tx, id))));
  return show(store, found, 'list');
}

/** Every record of a kind. For kinds with few records; audits are read by id, page by page. */
export async function readKind(store: Store, kind: Kind): Promise<ShownRecord[]> {
  const found = await store.port.read(recordTables, async (tx) => {
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
  const found = await store.port.read(recordTables, async (tx) => {
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

export interface HeldChange<Row extends QuarantineRow = QuarantineRow> {
  readonly row: Row;
  readonly value: JsonObject;
  /** What a lead wrote when they sent it back. */
  readonly note: string | null;
}

/** Everything the server did not accept, oldest first, with its value. */
export async function readQuarantine(store: Store): Promise<HeldChange<RefusedRow>[]> {
  const rows = await store.port.read(['quarantine'], (tx) => tx.all('quarantine'));
  return openHeld(store, rows.filter(isRefused));
}

/** What files held and did not come in, in the order of its files, with its value. */
export async function readKeptOut(store: Store): Promise<HeldChange[]> {
  return openHeld(
    store,
    await store.port.read(['quarantine'], (tx) => tx.whereEqual('quarantine', 'code', 'not-brought-in')),
  );
}

const openHeld = <Row extends QuarantineRow>({ cipher }: Store, rows: readonly Row[]): Promise<HeldChange<Row>[]> =>
  Promise.all(
    rows.map(async (row) => ({
      row,
      value: (await openPending(cipher, row)).value,
      note: row.returned === undefined ? null : await openNote(cipher, row, row.returned),
    })),
  );

export interface SaveCounts {
  readonly unsent: number;
  readonly sent: number;
  /** What the server did not accept, and what files held and did not come in. */
  readonly quarantined: number;
  readonly keptOut: number;
  /** When the oldest unsent change was first made, milliseconds by this laptop's own clock. */
  readonly oldestUnsentMs: number | null;
}

/**
 * How much of this person's work is only here. Needs no key, and takes no longer the more there is: on a laptop of one person
 * alone every change ever made is unsent.
 */
export function readSaveCounts(store: Store): Promise<SaveCounts> {
  return store.port.read(['pending', 'quarantine'], async (tx) => {
    const ofCode = (equals: QuarantineCode): Promise<number> => tx.count('quarantine', { index: 'code', equals });
    const [all, waiting, [oldest], held, keptOut, discarded, resent] = await Promise.all([
      tx.count('pending'),
      tx.count('pending', { index: 'serverVersion', equals: unsent }),
      tx.whereEqual('pending', 'serverVersion', unsent, { limit: 1 }),
      tx.count('quarantine'),
      ofCode('not-brought-in'),
      ofCode('discarded'),
      ofCode('resent'),
    ]);
    const quarantined = held - keptOut - discarded - resent;
    const oldestUnsentMs = oldest?.startedMs ?? null;
    // That something was discarded has to reach the server too; what was sent again is among the changes that wait.
    return { unsent: waiting + discarded, sent: all - waiting, quarantined, keptOut, oldestUnsentMs };
  });
}

export async function rowsOf(tx: ReadTx, id: RecordId): Promise<RecordRows> {
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

export const kindOf = ({ confirmed, pending, quarantine }: RecordRows): Kind | undefined =>
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
      // Only the newest value of a unit shows; of those beneath it counts what they stood on.
      const { units, changes } = await openRows(
        cipher,
        rows,
        (unit, row) => isOpened(kind, unit) && (row === null || newest.get(unit) === row),
      );
      const unsent = pending.filter(isUnsent).length;
      return {
        id,
        kind,
        units: overlay(units, changes),
        projection: confirmed?.projection ?? null,
        unsent,
        sent: pending.length - unsent,
        quarantined: quarantine.filter(isRefused).length,
      };
    }),
  );
  return shown.filter((record) => record !== null);
}

/** A pending row with its value. */
export type OpenedRow<Row extends PendingRow = PendingRow> = Row & { readonly value: JsonObject };

/**
 * The confirmed units of a record and this person's unsettled changes of it, oldest first, out of their boxes. A box that
 * `isWanted` leaves shut stands with its plain columns; it is asked of a unit's confirmed row with null, else of a change.
 */
export async function openRows(
  cipher: Cipher,
  { id, confirmed, pending }: RecordRows,
  isWanted: (unit: string, row: PendingRow | null) => boolean = () => true,
): Promise<{ readonly units: Units; readonly changes: readonly OpenedRow[] }> {
  const [units, changes] = await Promise.all([
    Promise.all(
      Object.entries(confirmed?.units ?? {}).map(
        async ([unit, row]) =>
          [unit, isWanted(unit, null) ? await openUnit(cipher, id, unit, row) : plainUnit(row)] as const,
      ),
    ),
    Promise.all(
      pending.map(async (row) => ({
        ...row,
        value: isWanted(row.unit, row) ? (await openPending(cipher, row)).value : row.plain,
      })),
    ),
  ]);
  return { units: Object.fromEntries(units), changes };
}

/** Rows with their values, in the same order. */
export const openAll = <Row extends PendingRow>(cipher: Cipher, rows: readonly Row[]): Promise<OpenedRow<Row>[]> =>
  Promise.all(rows.map(async (row) => ({ ...row, value: (await openPending(cipher, row)).value })));
