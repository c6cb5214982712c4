/**
 * Ops that this database had and lost, as laptops have told of them. What one person alone tells of counts for that person; for
 * everybody what two have told of, and what was told until 30 days after a loss was shown (protocol: Regather).
 */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { grantingUnits } from '../../src/domain/facts.ts';
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Kind } from '../../src/domain/record.ts';
import { regatherMs } from './restored.ts';
import { inStatements, insertRows } from './statements.ts';
import type { Tables, Tx } from './tables.ts';

/** An op that is not here and was. Of one from a gap in a device's chain no more is known than whose device it is. */
export interface Missing {
  readonly device: DeviceId;
  readonly seq: number;
  readonly person: PersonId | null;
  readonly record: RecordId | null;
  readonly kind: Kind | null;
  readonly unit: string | null;
  /** When it was made. */
  readonly madeMs: number | null;
}

export interface ListedMissing extends Missing {
  /** Since it was told of, somebody has written that unit of that record again. */
  readonly again: boolean;
}

/** Who tells, when, how many new rows there is room for, and since when what somebody else told is confirmed by the same. */
export interface Telling {
  readonly person: PersonId;
  readonly nowMs: number;
  readonly room: number;
  readonly sinceMs: number;
}

/**
 * Notes ops that are missing, but for those that are here. Told again with more known of it, an op keeps what is known; told as
 * of another record, it is what was told last, unless two have told the same. Answers whether any had been told of by somebody
 * else since `sinceMs`, and is now again.
 */
export async function insertMissing(
  tx: Tx,
  authority: AuthorityId,
  missing: readonly Missing[],
  telling: Telling,
): Promise<boolean> {
  let isConfirmed = false;
  let { room } = telling;
  for (const device of new Set(missing.map((each) => each.device))) {
    for (const some of inStatements(missing.filter((each) => each.device === device))) {
      const { added, confirmed } = await insertOfDevice(tx, authority, device, some, { ...telling, room });
      room -= added;
      if (confirmed) isConfirmed = true;
    }
  }
  return isConfirmed;
}

async function insertOfDevice(
  tx: Tx,
  authority: AuthorityId,
  device: DeviceId,
  missing: readonly Missing[],
  telling: Telling,
): Promise<{ readonly added: number; readonly confirmed: boolean }> {
  const seqs = missing.map(({ seq }) => seq);
  const places = { authority, device, seqs };
  const here = new Set((await placesIn(tx, 'op', places).select('seq').execute()).map(({ seq }) => seq));
  const known = new Map((await placesIn(tx, 'missing', places).selectAll().execute()).map((row) => [row.seq, row]));
  const fresh = new Map<number, Tables['missing']>();
  let confirmed = false;
  for (const { seq, person, record, kind, unit, madeMs } of missing) {
    if (here.has(seq)) continue;
    const told = { person, record, kind, unit, made_ms: madeMs };
    const row = known.get(seq);
    if (row === undefined) {
      fresh.set(seq, { authority, device, seq, ...told, told_ms: telling.nowMs, told_by: telling.person });
      continue;
    }
    const now = toldAgain(row, told, telling);
    if (now === null) continue;
    if (row.told_by !== null && now.told_by === null && row.told_ms >= telling.sinceMs) confirmed = true;
    await placesToChange(tx, places, seq).set(now).execute();
  }
  const added = [...fresh.values()].slice(0, telling.room);
  await insertRows(tx, 'missing', added);
  return { added: added.length, confirmed };
}

interface Places {
  readonly authority: AuthorityId;
  readonly device: DeviceId;
  readonly seqs: readonly number[];
}

const placesIn = (tx: Tx, table: 'op' | 'missing', { authority, device, seqs }: Places) =>
  tx
    .selectFrom(table as 'missing')
    .where('authority', '=', authority)
    .where('device', '=', device)
    .where('seq', 'in', seqs);

const placesToChange = (tx: Tx, { authority, device }: Places, seq: number) =>
  tx.updateTable('missing').where('authority', '=', authority).where('device', '=', device).where('seq', '=', seq);

type Told = Pick<Tables['missing'], 'person' | 'record' | 'kind' | 'unit' | 'made_ms'>;

/** What a row becomes; null where nothing changes. */
function toldAgain(row: Tables['missing'], told: Told, { person, nowMs }: Telling): Partial<Tables['missing']> | null {
  const isSame = row.record === null || told.record === null || (row.record === told.record && row.unit === told.unit);
  if (isSame) {
    const more = Object.entries(told).filter(([key, value]) => value !== null && row[key as keyof Told] === null);
    const by = row.told_by === null || row.told_by === person ? {} : { told_by: null };
    const now = { ...Object.fromEntries(more), ...by };
    return Object.keys(now).length === 0 ? null : now;
  }
  return row.told_by === null ? null : { ...told, told_by: person, told_ms: nowMs };
}

/** For whom what was told counts: one person, also by their own word; everybody; or `anybody`, whoever told of it. */
export type Hearer = PersonId | 'everybody' | 'anybody';

/** The missing ops that have not come back, by device and seq. */
export async function missingOps(tx: Tx, authority: AuthorityId, to: Hearer): Promise<ListedMissing[]> {
  const rows = await stillMissing(tx, authority, to)
    .select(['missing.device', 'missing.seq', 'missing.person', 'missing.record', 'missing.kind', 'missing.unit'])
    .select(['missing.made_ms as madeMs', 'missing.told_ms as toldMs'])
    .select((eb) =>
      eb
        .selectFrom('op as later')
        .select(({ fn }) => fn.max('later.received_ms').as('ms'))
        .whereRef('later.authority', '=', 'missing.authority')
        .whereRef('later.record', '=', 'missing.record')
        .whereRef('later.unit', '=', 'missing.unit')
        .where('later.accepted', '=', 1)
        .as('writtenMs'),
    )
    .orderBy('missing.device')
    .orderBy('missing.seq')
    .execute();
  return rows.map(({ toldMs, writtenMs, ...one }) => {
    return { ...(one as Missing), again: writtenMs !== null && Number(writtenMs) > Number(toldMs) };
  });
}

/** How many there are of them, of one record or in all. */
export async function countMissing(tx: Tx, authority: AuthorityId, to: Hearer, record?: RecordId): Promise<number> {
  const all = stillMissing(tx, authority, to).select(({ fn }) => fn.countAll<number>().as('count'));
  const of = record === undefined ? all : all.where('missing.record', '=', record);
  return Number((await of.executeTakeFirstOrThrow()).count);
}

/** What a refusal by rights is judged by, and whose word about it counts for how long. */
export interface Ground {
  readonly person: PersonId;
  /** Whose granting units give the right: their ops may be among what is missing. */
  readonly records: readonly RecordId[];
  /** Whether a loss was shown: then what one other person alone has told of counts, where it was told since `recentMs`. */
  readonly isProved: boolean;
  readonly recentMs: number;
}

/** Whether an op is missing that could give the right, or one of which the record is not known and which was told of recently. */
export async function mayGrant(
  tx: Tx,
  authority: AuthorityId,
  { person, records, isProved, recentMs }: Ground,
): Promise<boolean> {
  const found = await stillMissing(tx, authority, 'anybody')
    .select('missing.device')
    .where((eb) => {
      const isFirm = eb.or([eb('missing.told_by', 'is', null), eb('missing.told_by', '=', person)]);
      const isRecent = eb('missing.told_ms', '>', recentMs);
      const isOfTheirs = eb.and([eb('missing.record', 'in', records), isGranting(eb)]);
      const isOfNobodyKnows = eb.and([eb('missing.record', 'is', null), isRecent]);
      const counts = isProved ? eb.or([isFirm, isRecent]) : isFirm;
      return eb.and([eb.or([isOfTheirs, isOfNobodyKnows]), counts]);
    })
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

const isGranting = (eb: ExpressionBuilder<Tables, 'missing'>): Expression<SqlBool> =>
  eb.or(
    Object.entries(grantingUnits).map(([kind, unit]) =>
      eb.and([eb('missing.kind', '=', kind), eb('missing.unit', '=', unit)]),
    ),
  );

/** The first missing place of a device of which one other person than `to` alone has told; undefined for none. */
export async function firstToldAlone(
  tx: Tx,
  authority: AuthorityId,
  device: DeviceId,
  to: PersonId,
): Promise<number | undefined> {
  const row = await stillMissing(tx, authority, 'anybody')
    .select(({ fn }) => fn.min('missing.seq').as('seq'))
    .where('missing.device', '=', device)
    .where('missing.told_by', '<>', to)
    .executeTakeFirst();
  return row?.seq == null ? undefined : Number(row.seq);
}

/** The devices of which anybody has said that something is missing: their chains may have gaps. */
export async function devicesWithGaps(tx: Tx, authority: AuthorityId): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('missing')
    .select('device')
    .where('authority', '=', authority)
    .union(tx.selectFrom('contradicted').select('device').where('authority', '=', authority))
    .execute();
  return new Set(rows.map(({ device }) => device));
}

const stillMissing = (tx: Tx, authority: AuthorityId, to: Hearer) => {
  const all = tx
    .selectFrom('missing')
    .leftJoin('op', (join) =>
      join
        .onRef('op.authority', '=', 'missing.authority')
        .onRef('op.device', '=', 'missing.device')
        .onRef('op.seq', '=', 'missing.seq'),
    )
    .leftJoin('restored', 'restored.authority', 'missing.authority')
    .where('missing.authority', '=', authority)
    .where('op.seq', 'is', null);
  if (to === 'anybody') return all;
  return all.where(({ eb, or }) =>
    or([
      eb('missing.told_by', 'is', null),
      eb(eb('missing.told_ms', '-', regatherMs), '<', eb.ref('restored.noticed_ms')),
      ...(to === 'everybody' ? [] : [eb('missing.told_by', '=', to)]),
    ]),
  );
};
