/** What was done with an account, for its person to be told of: which notices stand and who has read them says `auth/notices`. */
import type { AuthorityId, PersonId } from '../../src/domain/ids.ts';
import type { noticeKinds } from '../../src/protocol/session.ts';
import type { Tx } from './tables.ts';

export interface NewNotice {
  readonly kind: (typeof noticeKinds)[number];
  readonly atMs: number;
  /** Of a recovery, which copy was opened by it: SHA-256 of what only the unlocked copy can say. null where that is not known. */
  readonly copy?: string | null;
}

export interface NoticeRow {
  readonly kind: string;
  readonly atMs: number;
  readonly copy: string | null;
}

/** One with an id that is there already changes nothing. */
export async function addNotice(
  tx: Tx,
  authority: AuthorityId,
  id: string,
  person: PersonId,
  { kind, atMs, copy = null }: NewNotice,
): Promise<void> {
  await tx
    .insertInto('notice')
    .values({ authority, id, person, kind, at_ms: atMs, copy })
    .onConflict((conflict) => conflict.columns(['authority', 'id']).doNothing())
    .execute();
}

/** Those of a person after this, oldest first. */
export async function noticesSince(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  afterMs: number,
): Promise<readonly NoticeRow[]> {
  const rows = await tx
    .selectFrom('notice')
    .select(['kind', 'at_ms', 'copy'])
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('at_ms', '>', afterMs)
    .orderBy('at_ms')
    .orderBy('id')
    .execute();
  return rows.map(({ kind, at_ms, copy }) => ({ kind, atMs: at_ms, copy }));
}

/** Nobody is told any more of those up to `atMs`. */
export async function deleteNotices(tx: Tx, authority: AuthorityId, person: PersonId, atMs: number): Promise<void> {
  await tx
    .deleteFrom('notice')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('at_ms', '<=', atMs)
    .execute();
}

/** The same for everybody. */
export async function deleteNoticesOfAll(tx: Tx, authority: AuthorityId, atMs: number): Promise<void> {
  await tx.deleteFrom('notice').where('authority', '=', authority).where('at_ms', '<=', atMs).execute();
}
