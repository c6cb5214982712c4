/** Since when this database is known to be a backup that was put back, and which ops it had and lost. */
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Kind } from '../../src/domain/record.ts';
import type { Tx } from './tables.ts';

export async function noteRestored(tx: Tx, authority: AuthorityId, nowMs: number): Promise<void> {
  await tx
    .insertInto('restored')
    .values({ authority, noticed_ms: nowMs })
    .onConflict((conflict) => conflict.column('authority').doUpdateSet({ noticed_ms: nowMs }))
    .execute();
}

/** When it was last noticed; undefined for never. */
export async function restoredMs(tx: Tx, authority: AuthorityId): Promise<number | undefined> {
  const row = await tx
    .selectFrom('restored')
    .select('noticed_ms')
    .where('authority', '=', authority)
    .executeTakeFirst();
  return row?.noticed_ms;
}

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

/** Notes ops that are missing; what is told again with more known of it, takes the place of what was told with less. */
export async function insertMissing(
  tx: Tx,
  authority: AuthorityId,
  missing: readonly Missing[],
  nowMs: number,
): Promise<void> {
  for (const { device, seq, person, record, kind, unit, madeMs } of missing) {
    const told = { person, record, kind, unit, made_ms: madeMs };
    const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
    await tx
      .insertInto('missing')
      .values({ authority, device, seq, ...told, told_ms: nowMs })
      .onConflict((conflict) =>
        conflict.columns(['authority', 'device', 'seq']).doUpdateSet({ ...known, told_ms: nowMs }),
      )
      .execute();
  }
}

/** The missing ops that have not come back, by device and seq. */
export async function missingOps(tx: Tx, authority: AuthorityId): Promise<ListedMissing[]> {
  const rows = await stillMissing(tx, authority)
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

/** How many there are of them. */
export async function countMissing(tx: Tx, authority: AuthorityId): Promise<number> {
  const { count } = await stillMissing(tx, authority)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

const stillMissing = (tx: Tx, authority: AuthorityId) =>
  tx
    .selectFrom('missing')
    .leftJoin('op', (join) =>
      join
        .onRef('op.authority', '=', 'missing.authority')
        .onRef('op.device', '=', 'missing.device')
        .onRef('op.seq', '=', 'missing.seq'),
    )
    .where('missing.authority', '=', authority)
    .where('op.seq', 'is', null);

/** The public key that laptops were given; undefined before the first. */
export async function findServerKey(tx: Tx, authority: AuthorityId): Promise<string | undefined> {
  const row = await tx.selectFrom('server_key').select('public').where('authority', '=', authority).executeTakeFirst();
  return row?.public;
}

export async function saveServerKey(tx: Tx, authority: AuthorityId, key: string): Promise<void> {
  await tx
    .insertInto('server_key')
    .values({ authority, public: key })
    .onConflict((conflict) => conflict.column('authority').doUpdateSet({ public: key }))
    .execute();
}
