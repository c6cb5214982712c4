/**
 * The only writer of what the server confirmed. Rows are sealed and digests computed before the transaction; rows, cursor,
 * clock and change rows then go in together (FAULTS 22, 38), `relaxed`, since all of it can be pulled again.
 *
 * The server decides what a record holds and in which projection; the laptop stores what it was sent. It refuses one thing:
 * an older version of a record within one history of the server.
 */
import { emptyDigest, recordDigest } from '../domain/digest.ts';
import type { RecordId } from '../domain/ids.ts';
import type { Kind, Units } from '../domain/record.ts';
import { laterStamp, type Stamp } from '../domain/stamp.ts';
import type { ChainAnchor, Cursor, Lacking, PullReply, SentRecord } from '../protocol/sync.ts';
import { cubeKey } from './board.ts';
import { sealUnit } from './boxes.ts';
import { newBrought, type Brought } from './brought.ts';
import { markAllChanged, markManyChanged } from './changed.ts';
import { lackingKeys, lackingOf, putLacking } from './lacking.ts';
import type { Store } from './open.ts';
import type { ReadTx, WriteTx } from './port.ts';
import { unsent, unsentAgain, type ConfirmedRow, type PendingRow } from './rows.ts';
import { stateIn, writeState, type LaptopState, type Total } from './state.ts';
import { anchorKey, comparedKey, provedEqualKey, receivingKey } from './sync-meta.ts';
import { movedTotal, type ConfirmedChanges } from './totals.ts';

export const cursorKey = 'cursor';
const pageTables = ['meta', 'confirmed', 'pending', 'changes', 'together'] as const;

/** What has been received up to; null before the first page. */
export const readCursor = (store: Store): Promise<Cursor | null> => store.port.read(['meta'], cursorIn);

export async function cursorIn(tx: ReadTx): Promise<Cursor | null> {
  const row = await tx.get('meta', cursorKey);
  return (row?.value ?? null) as Cursor | null;
}

/** A page with its rows sealed: what is left to do is one transaction. */
export interface SealedPage {
  readonly cursor: Cursor;
  readonly last: boolean;
  readonly rows: readonly ConfirmedRow[];
  readonly newest: Stamp;
  /** With the last page: the head of the server's chain, kept outside the server. */
  readonly anchor: ChainAnchor | null;
  /** With the last page: what may be missing in figures of what is here. */
  readonly lacking: Lacking;
  /** How many histories of the server had been left behind when it was sealed. */
  readonly histories: number;
}

/** Seals a page's records. Needs nothing of the page before it, so that one is written while the next is sealed. */
export async function sealPage(
  store: Store,
  { records, cursor, last, anchor, ...told }: PullReply,
): Promise<SealedPage> {
  const state = await store.port.read(['meta'], (tx) => stateIn(tx, store));
  const rows = await sealRecords(store, records, historyOf(state, cursor.epoch));
  const histories = state.histories ?? 0;
  const newest = newestStamp(records);
  return { cursor, last, rows, newest, anchor: anchor ?? null, lacking: lackingOf(told), histories };
}

/** Seals and writes a page. */
export const applyPage = async (store: Store, reply: PullReply, asked: Cursor | null): Promise<'applied' | 'stale'> =>
  writePage(store, await sealPage(store, reply), asked, newBrought());

/**
 * Writes a page that was asked for with the cursor `asked`, by a session that has `brought` so much. `stale` when the cursor has moved meanwhile: nothing was
 * applied. Pending rows that the page's cursor covers are done and go.
 *
 * A page of another epoch means the server was restored: what it had accepted in its old history counts as unsent again and
 * is offered under the same op ids, so the server can tell what it already has.
 */
export async function writePage(
  store: Store,
  { cursor, last, rows, newest, anchor, lacking, histories }: SealedPage,
  asked: Cursor | null,
  brought: Brought,
): Promise<'applied' | 'stale'> {
  const { epoch, version } = cursor;
  const ids = idsOf(rows);
  let total: Total | undefined;
  const written = await store.port.write(pageTables, 'relaxed', async (tx) => {
    const [state, cursorRow] = await Promise.all([stateIn(tx, store), tx.get('meta', cursorKey)]);
    const held = await heldRows(tx, rows, brought.mayHold(state.total, ids));
    if (!isSameCursor((cursorRow?.value ?? null) as Cursor | null, asked)) return 'stale';
    if ((state.histories ?? 0) !== histories) return 'stale';

    const isRestored = state.epoch !== null && state.epoch !== epoch;
    const accepted = (upTo?: number): Promise<PendingRow[]> =>
      tx.whereAbove('pending', 'serverVersion', unsent, upTo === undefined ? {} : { upTo });
    const done = isRestored ? [] : await accepted(version);
    const again = isRestored ? (await accepted()).map((row) => unsentAgain(row, state.device)) : [];
    const kept = newer(rows, held);

    const after = await putConfirmed(tx, { ...state, epoch }, { put: kept.rows, gone: kept.replaced }, done);
    await tx.deleteMany(
      'pending',
      done.map(({ n }) => n),
    );
    await tx.putMany('pending', again);
    await tx.put('meta', { name: cursorKey, value: cursor });
    await tx.put('meta', { name: receivingKey, value: !last });
    if (anchor !== null) await tx.put('meta', { name: anchorKey, value: anchor });
    if (last) await putLacking(tx, lacking);
    await writeState(tx, withSeen(after, newest));
    total = after.total;
    return 'applied';
  });
  if (written === 'applied') brought.wrote(ids, total);
  return written;
}

interface Repair {
  readonly put: readonly SentRecord[];
  readonly drop: readonly RecordId[];
}

/**
 * Stores what a comparison of buckets showed to be missing or different, and drops what is not this person's any more. More
 * may be on its way until the next last page.
 */
export const repair = (store: Store, changes: Repair): Promise<void> => putAndDrop(store, changes, true);

/** Stores one record that this person has opened. */
export const putOpened = (store: Store, record: SentRecord): Promise<void> =>
  putAndDrop(store, { put: [record], drop: [] }, false);

async function putAndDrop(store: Store, { put, drop }: Repair, more: boolean): Promise<void> {
  if (put.length === 0 && drop.length === 0) return;
  const state = await store.port.read(['meta'], (tx) => stateIn(tx, store));
  const rows = await sealRecords(store, put, historyOf(state, state.epoch ?? ''));
  await store.port.write(pageTables, 'relaxed', async (tx) => {
    const [state, held, dropped] = await Promise.all([
      stateIn(tx, store),
      heldRows(tx, rows, idsOf(rows)),
      tx.getMany('confirmed', drop),
    ]);
    const gone = dropped.filter((row) => row !== undefined);
    const kept = newer(rows, held);
    const changes = { put: kept.rows, gone: [...kept.replaced, ...gone] };
    const after = await putConfirmed(tx, state, changes, gone.map(changeOf));
    await tx.deleteMany('confirmed', idsOf(gone));
    if (more) await tx.put('meta', { name: receivingKey, value: true });
    await writeState(tx, withSeen(after, newestStamp(put)));
  });
}

/** Signing out: everything confirmed goes, and with it the cursor and the last proof. Pending and held rows stay, sealed. */
export async function dropConfirmed(store: Store): Promise<void> {
  await store.port.write(pageTables, 'strict', async (tx) => {
    const [state, rows] = await Promise.all([stateIn(tx, store), tx.all('confirmed')]);
    const after = await markAllChanged(tx, state, new Map(rows.map(({ id, kind }) => [id, kind])));
    await tx.deleteMany('confirmed', idsOf(rows));
    await tx.deleteMany('meta', [cursorKey, provedEqualKey, comparedKey, anchorKey, cubeKey, ...lackingKeys]);
    // What is here now is not all there is, whoever opens this before it has come again.
    await tx.put('meta', { name: receivingKey, value: true });
    await writeState(tx, { ...after, total: { count: 0, digest: emptyDigest } });
  });
}

/** Names a history of the server: of two under one epoch (a database that was copied back), the later is another. */
const historyOf = ({ histories = 0 }: LaptopState, epoch: string): string =>
  histories === 0 ? epoch : `${epoch}/${histories}`;

async function sealRecords(store: Store, records: readonly SentRecord[], epoch: string): Promise<ConfirmedRow[]> {
  return Promise.all(
    records.map(async ({ id, kind, version, projection, units }): Promise<ConfirmedRow> => {
      const sealed = await Promise.all(
        Object.entries(units).map(
          async ([unit, state]) => [unit, await sealUnit(store.cipher, id, kind, unit, state)] as const,
        ),
      );
      const digest = recordDigest(store.hash, id, units);
      return {
        id,
        kind,
        epoch,
        version,
        projection,
        auditor: auditorOf(kind, units),
        digest,
        units: Object.fromEntries(sealed),
      };
    }),
  );
}

function auditorOf(kind: Kind, units: Units): string | null {
  const auditor = kind === 'audit' ? units['allocation']?.value['auditor'] : null;
  return typeof auditor === 'string' ? auditor : null;
}

const idsOf = (rows: readonly ConfirmedRow[]): RecordId[] => rows.map(({ id }) => id);

/** What is held of `rows`, of which `asked` alone may be. */
async function heldRows(
  tx: WriteTx,
  rows: readonly ConfirmedRow[],
  asked: readonly RecordId[],
): Promise<(ConfirmedRow | undefined)[]> {
  if (asked.length === 0) return [];
  const held = await tx.getMany('confirmed', asked);
  const byId = new Map(asked.map((id, i) => [id, held[i]]));
  return rows.map(({ id }) => byId.get(id));
}

/** The rows that are not older than what is held, and the held ones whose place they take. */
function newer(
  rows: readonly ConfirmedRow[],
  held: readonly (ConfirmedRow | undefined)[],
): { readonly rows: readonly ConfirmedRow[]; readonly replaced: readonly ConfirmedRow[] } {
  const fits = (_: unknown, i: number): boolean => rows[i] !== undefined && !isOlder(rows[i], held[i]);
  return { rows: rows.filter(fits), replaced: held.filter(fits).filter((row) => row !== undefined) };
}

const isOlder = (row: ConfirmedRow, held: ConfirmedRow | undefined): boolean =>
  held !== undefined && held.epoch === row.epoch && held.version > row.version;

type Changed = Pick<PendingRow, 'record' | 'kind'>;

const changeOf = ({ id, kind }: ConfirmedRow): Changed => ({ record: id, kind });

/** Puts rows, marks them and `alsoChanged` as changed, and moves the total on. */
async function putConfirmed(
  tx: WriteTx,
  state: LaptopState,
  { put, gone }: ConfirmedChanges,
  alsoChanged: readonly Changed[],
): Promise<LaptopState> {
  await tx.putMany('confirmed', put);
  const changed = [...put.map(changeOf), ...alsoChanged];
  const after = await markManyChanged(tx, state, new Map(changed.map(({ record, kind }) => [record, kind])));
  return after.total === undefined ? after : { ...after, total: movedTotal(after.total, { put, gone }) };
}

function isSameCursor(a: Cursor | null, b: Cursor | null): boolean {
  if (a === null || b === null) return a === b;
  return a.epoch === b.epoch && a.version === b.version && a.head === b.head && a.rights === b.rights;
}

function newestStamp(records: readonly SentRecord[]): Stamp {
  const stamps = records.flatMap(({ units }) =>
    Object.values(units).flatMap(({ stamp, others }) => [stamp, ...others.map((other) => other.stamp)]),
  );
  return stamps.reduce(laterStamp, { ms: 0, count: 0 });
}

/** What this person does next must order after everything this laptop has been shown. */
function withSeen(state: LaptopState, newest: Stamp): LaptopState {
  const { clock } = state;
  return { ...state, clock: { ...clock, seen: laterStamp(clock.seen, newest), last: laterStamp(clock.last, newest) } };
}
