/**
 * Ops that this database had and lost, as laptops have told of them. What one person alone tells of counts for that person; for
 * everybody what two have told of, and what was told within 30 days of when a loss was shown (protocol: Regather).
 */
import { sql, type ExpressionBuilder } from 'kysely';
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Kind } from '../../src/domain/record.ts';
import { isGranting } from './granting.ts';
import { isWithin, type ReachableAudits } from './heads.ts';
import { regatherMs } from './restored.ts';
import type { MissingTable, Tables, Tx } from './tables.ts';

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

/** For whom what was told counts: one person, also by their own word; everybody; or anybody, whoever told of it. */
export type Hearer = { readonly who: 'everybody' | 'anybody' } | { readonly who: 'person'; readonly person: PersonId };

export const everybody: Hearer = { who: 'everybody' };
export const anybody: Hearer = { who: 'anybody' };
export const one = (person: PersonId): Hearer => ({ who: 'person', person });

/** The missing ops that have not come back, by device and seq. */
export async function missingOps(tx: Tx, authority: AuthorityId, to: Hearer): Promise<ListedMissing[]> {
  const rows = await ofEachPlace(tx, authority, to)
    .select(['place.device', 'place.seq', 'place.person', 'place.record', 'place.kind', 'place.unit'])
    .select('place.made_ms as madeMs')
    .select((eb) => isWrittenAgain(eb).as('again'))
    .orderBy('place.device')
    .orderBy('place.seq')
    .execute();
  return rows.map(({ again, ...op }) => ({ ...(op as Missing), again: Boolean(again) }));
}

interface NotBackAsk {
  readonly within: readonly ReachableAudits[];
  readonly sinceMs: number;
  readonly limit: number;
}

/**
 * How many of them nobody has written again, and somebody who may read the audits `within` misses: of those; or, told since `sinceMs`,
 * of a record that is not here and may be one, which nobody can write again. Counts to `limit`, and looks at every row there is for it.
 */
export async function countNotBack(
  tx: Tx,
  authority: AuthorityId,
  to: Hearer,
  { within, sinceMs, limit }: NotBackAsk,
): Promise<number> {
  const rows = await ofEachPlace(tx, authority, to)
    .select('place.seq')
    .where(({ eb, or }) => or([eb('place.kind', 'is', null), eb('place.kind', '=', 'audit')]))
    .where(({ eb, selectFrom, not, or, and, exists }) => {
      const here = selectFrom('record')
        .select('record.id')
        .whereRef('record.authority', '=', 'place.authority')
        .whereRef('record.id', '=', 'place.record');
      const isReached = here.where((of) => of.or(within.map((each) => isWithin(of, each))));
      return or([and([not(exists(here)), eb('place.told_ms', '>', sinceMs)]), exists(isReached)]);
    })
    .where((eb) => eb.not(isWrittenAgain(eb)))
    .limit(limit)
    .execute();
  return rows.length;
}

/** How many there are of them, of one record or in all: places, however many have told of each. */
export async function countMissing(tx: Tx, authority: AuthorityId, to: Hearer, record?: RecordId): Promise<number> {
  const all = stillMissing(tx, authority, to).select(['missing.device', 'missing.seq']).distinct();
  const of = record === undefined ? all : all.where('missing.record', '=', record);
  const counted = tx.selectFrom(of.as('place')).select(({ fn }) => fn.countAll<number>().as('count'));
  return Number((await counted.executeTakeFirstOrThrow()).count);
}

/** How many rows one person has told that count for `to`. */
export async function countTold(tx: Tx, authority: AuthorityId, person: PersonId, to: Hearer): Promise<number> {
  const theirs = stillMissing(tx, authority, to).where('missing.told_by', '=', person);
  const counted = theirs.select(({ fn }) => fn.countAll<number>().as('count'));
  return Number((await counted.executeTakeFirstOrThrow()).count);
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
  const found = await stillMissing(tx, authority, anybody)
    .select('missing.device')
    .where((eb) => {
      const isFirm = eb.or([eb('missing.firm', '=', 1), eb('missing.told_by', '=', person)]);
      const isRecent = eb('missing.told_ms', '>', recentMs);
      const granting = isGranting(eb.ref('missing.kind'), eb.ref('missing.unit'));
      const known = eb
        .selectFrom('missing as known')
        .select('known.seq')
        .whereRef('known.authority', '=', 'missing.authority')
        .whereRef('known.device', '=', 'missing.device')
        .whereRef('known.seq', '=', 'missing.seq')
        .where('known.record', 'is not', null)
        .where((of) => of.or([of('known.firm', '=', 1), of('known.told_by', '=', person)]));
      const isOfTheirs = eb.and([eb('missing.record', 'in', records), granting]);
      const isOfNobodyKnows = eb.and([eb('missing.record', 'is', null), isRecent, eb.not(eb.exists(known))]);
      const counts = isProved ? eb.or([isFirm, isRecent]) : isFirm;
      return eb.and([eb.or([isOfTheirs, isOfNobodyKnows]), counts]);
    })
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** The first missing place of a device of which one other person than `to` alone has told, and `to` has not; undefined for none. */
export async function firstToldAlone(
  tx: Tx,
  authority: AuthorityId,
  device: DeviceId,
  to: PersonId,
): Promise<number | undefined> {
  const row = await stillMissing(tx, authority, anybody)
    .select(({ fn }) => fn.min('missing.seq').as('seq'))
    .where('missing.device', '=', device)
    .where('missing.firm', '=', 0)
    .where('missing.told_by', '<>', to)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('missing as own')
            .select('own.seq')
            .whereRef('own.authority', '=', 'missing.authority')
            .whereRef('own.device', '=', 'missing.device')
            .whereRef('own.seq', '=', 'missing.seq')
            .where('own.told_by', '=', to),
        ),
      ),
    )
    .executeTakeFirst();
  return row?.seq == null ? undefined : Number(row.seq);
}

/** The devices whose chains may have gaps: their own person has said so or that they know another history, or two people have. */
export async function devicesWithGaps(tx: Tx, authority: AuthorityId): Promise<Set<string>> {
  const told = tx
    .selectFrom('device')
    .innerJoin('missing', (join) =>
      join.onRef('missing.authority', '=', 'device.authority').onRef('missing.device', '=', 'device.device'),
    )
    .select('device.device')
    .where('device.authority', '=', authority)
    .where(({ eb, or }) => or([eb('missing.firm', '=', 1), eb('missing.told_by', '=', eb.ref('device.person'))]));
  const contradicted = tx
    .selectFrom('device')
    .innerJoin('contradicted', (join) =>
      join
        .onRef('contradicted.authority', '=', 'device.authority')
        .onRef('contradicted.device', '=', 'device.device')
        .onRef('contradicted.person', '=', 'device.person'),
    )
    .select('device.device')
    .where('device.authority', '=', authority);
  return new Set((await told.union(contradicted).execute()).map(({ device }) => device));
}

/** One row of each place: of which most is known and most have told, else told first. */
function ofEachPlace(tx: Tx, authority: AuthorityId, to: Hearer) {
  const told = stillMissing(tx, authority, to)
    .selectAll('missing')
    .select(
      sql<number>`row_number() over (
        partition by missing.device, missing.seq order by (missing.record is null), missing.firm desc, missing.told_ms
      )`.as('nth'),
    );
  return tx.selectFrom(told.as('place')).where('place.nth', '=', 1);
}

/** Whether somebody has written the unit of that record since the place was told of. */
const isWrittenAgain = (eb: ExpressionBuilder<Tables & { place: MissingTable }, 'place'>) =>
  eb.exists(
    eb
      .selectFrom('op as later')
      .select('later.seq')
      .whereRef('later.authority', '=', 'place.authority')
      .whereRef('later.record', '=', 'place.record')
      .whereRef('later.unit', '=', 'place.unit')
      .whereRef('later.received_ms', '>', 'place.told_ms')
      .where('later.accepted', '=', 1),
  );

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
  if (to.who === 'anybody') return all;
  return all.where(({ eb, and, or }) =>
    or([
      eb('missing.firm', '=', 1),
      and([
        eb(eb('missing.told_ms', '-', regatherMs), '<', eb.ref('restored.noticed_ms')),
        eb(eb('missing.told_ms', '+', regatherMs), '>', eb.ref('restored.noticed_ms')),
      ]),
      ...(to.who === 'person' ? [eb('missing.told_by', '=', to.person)] : []),
    ]),
  );
};
