/**
 * Everything a person has on this laptop, for a backup file: reads only, a page of records at a time. Each record is as one
 * transaction saw it: its units as they show, and every change of this person that is not settled, the refused ones too; and above
 * them what is only on the screen, because the store did not take it.
 *
 * The organisation comes first, then tools and imports, then audits: whoever reads it knows what an audit names.
 */
import { illegalBecause } from '../domain/audit.ts';
import type { JsonObject } from '../domain/canonical.ts';
import { overlay, type ShownUnits } from '../domain/fold.ts';
import type { GroupId, RecordId } from '../domain/ids.ts';
import { kinds, type Kind } from '../domain/record.ts';
import { nextStamp, type Stamp } from '../domain/stamp.ts';
import type { BackupChange } from '../protocol/backup.ts';
import { joinOwn, readOwn } from './join-tabs.ts';
import { settled } from './lay-out.ts';
import type { Store } from './open.ts';
import { heldAs, type Edit } from './record.ts';
import { refusal } from './refusal.ts';
import { isKept, type KeptCode, type Keys, type QuarantineRow, type Rows } from './rows.ts';
import { stateIn } from './state.ts';
import { kindOf, openAll, openRows, recordTables, rowsOf, type OpenedRow, type RecordRows } from './view.ts';

export interface TakenRecord {
  readonly id: RecordId;
  readonly kind: Kind;
  /** As they show. */
  readonly units: ReadonlyMap<string, JsonObject>;
  /** In the order in which they were made. */
  readonly changes: readonly BackupChange[];
}

export interface TakeOut {
  /** How many records there are. */
  readonly total: number;
  /** Where this laptop stood when it was asked: what is recorded later may be missing. */
  readonly mark: BackupMark;
  records(): AsyncGenerator<TakenRecord, void>;
}

/** A moment of a laptop's store: the newest change and the next pending row's number. */
export interface BackupMark {
  readonly change: number;
  readonly nextN: number;
}

const first: readonly Kind[] = ['settings', 'service', 'team', 'person', 'tool', 'import'];
const order: readonly Kind[] = [
  ...first,
  ...kinds.filter((kind) => !first.includes(kind) && kind !== 'audit'),
  'audit',
];

/** Read between two turns of the page: small enough that no key press waits. */
const rowsPage = 200;
const recordsPage = 8;

/** `unsaved`: what is only on the screen. Of that, what Plumbline could not record anywhere stays out. */
export async function takeOut(store: Store, unsaved: readonly Edit[] = []): Promise<TakeOut> {
  const { change, nextN, clock } = await store.port.read(['meta'], (tx) => stateIn(tx, store));
  const claimed = nextStamp(clock.last, store.now() + clock.offsetMs);
  const own = await readOwn(store, unsaved);
  const written = unsaved
    .filter((edit) => refusal([edit]) === null)
    .map((edit): Written => {
      const group = store.newId() as GroupId;
      return { edit, joined: joinOwn(edit, own.of(edit.record, edit.unit)), group, claimed, nowMs: store.now() };
    });
  const kindById = await readKinds(store);
  return {
    total: kindById.size,
    mark: { change, nextN },
    async *records() {
      for (const kind of order) {
        const ids = [...kindById].filter(([, one]) => one === kind).map(([id]) => id);
        for (let at = 0; at < ids.length; at += recordsPage)
          yield* await readPage(store, ids.slice(at, at + recordsPage), written);
      }
    },
  };
}

/** Every record of which there is anything here. */
async function readKinds(store: Store): Promise<ReadonlyMap<RecordId, Kind>> {
  const kindById = new Map<RecordId, Kind>();
  await eachPage(store, 'confirmed', '' as RecordId, ({ id, kind }) => {
    kindById.set(id, kind);
    return `${id}0` as RecordId;
  });
  for (const table of ['pending', 'quarantine'] as const) {
    await eachPage(store, table, 0, ({ n, record, kind }) => {
      kindById.set(record, kind);
      return n + 1;
    });
  }
  return kindById;
}

/** Calls `each` with every row of a table, in pages. It answers the key after the row's. */
async function eachPage<T extends 'confirmed' | 'pending' | 'quarantine'>(
  { port }: Store,
  table: T,
  from: Keys[T],
  each: (row: Rows[T]) => Keys[T],
): Promise<void> {
  for (let at = from; ;) {
    const rows = await port.read([table], (tx) => tx.all(table, { from: at, limit: rowsPage }));
    for (const row of rows) at = each(row);
    if (rows.length < rowsPage) return;
  }
}

/** An edit that is only on the screen, and the change that it would be: joined with what another tab has saved in the unit. */
interface Written {
  readonly edit: Edit;
  readonly joined: Edit;
  readonly group: GroupId;
  readonly claimed: Stamp;
  readonly nowMs: number;
}

async function readPage(store: Store, ids: readonly RecordId[], written: readonly Written[]): Promise<TakenRecord[]> {
  const found = await store.port.read(recordTables, (tx) => Promise.all(ids.map((id) => rowsOf(tx, id))));
  const taken = await Promise.all(
    found.map((rows) =>
      take(
        store,
        rows,
        written.filter(({ edit }) => edit.record === rows.id),
      ),
    ),
  );
  return taken.filter((record) => record !== null);
}

async function take({ cipher }: Store, rows: RecordRows, written: readonly Written[]): Promise<TakenRecord | null> {
  const kind = kindOf(rows);
  if (kind === undefined) return null; // settled or repaired away meanwhile
  // What its author has discarded or sent again is not work that would have to come back.
  const kept = rows.quarantine.filter(isKept);
  const [{ units, changes }, held] = await Promise.all([openRows(cipher, rows), openAll(cipher, kept)]);
  if (rows.confirmed === undefined && changes.length + held.length === 0) return null;
  const saved = overlay(units, changes);
  const last = written.map((one) => onScreen(one, saved));
  const made = last.filter((change) => change.held === null);
  const shown = Object.entries(overlay(units, [...changes, ...made])).map(
    ([unit, { value }]) => [unit, value] as const,
  );
  return {
    id: rows.id,
    kind,
    units: new Map(shown),
    changes: [...[...changes, ...held].sort((a, b) => a.n - b.n).map(changeOf), ...last],
  };
}

/** As saving it would do: what its audit takes no more, or what is too much together, is a change that needs attention. */
function onScreen({ edit, joined, group, claimed, nowMs }: Written, saved: ShownUnits): BackupChange {
  const { kind, unit, base, settles = [] } = edit;
  const of = { group, unit, claimed, base, settles: [...settled(settles)] };
  const illegal = kind === 'audit' ? illegalBecause(saved, unit) : null;
  const refused = refusal([joined]);
  if (illegal !== null)
    return { ...of, value: edit.value, held: { code: heldAs(illegal), why: illegal, heldMs: nowMs } };
  if (refused !== null)
    return { ...of, value: edit.value, held: { code: 'invalid', why: refused.kind, heldMs: nowMs } };
  return { ...of, value: joined.value, held: null };
}

function changeOf(row: OpenedRow | OpenedRow<QuarantineRow & { readonly code: KeptCode }>): BackupChange {
  const { group, unit, value, claimed, base, settles } = row;
  const held = 'code' in row ? { code: row.code, why: row.why, heldMs: row.heldMs } : null;
  return { group, unit, value, claimed, base, settles: [...settles], held };
}
