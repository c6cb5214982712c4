/** What was done with an account and its person has not read yet. */
import type { AuthorityId, PersonId } from '../../src/domain/ids.ts';
import { noticeKinds, type Notice } from '../../src/protocol/session.ts';
import type { Tx } from './tables.ts';

export async function addNotice(
  tx: Tx,
  authority: AuthorityId,
  id: string,
  person: PersonId,
  { kind, atMs }: Notice,
): Promise<void> {
  await tx.insertInto('notice').values({ authority, id, person, kind, at_ms: atMs }).execute();
}

/** Oldest first. A kind that this build does not know is passed over, and stays. */
export async function noticesOf(tx: Tx, authority: AuthorityId, person: PersonId): Promise<readonly Notice[]> {
  const rows = await tx
    .selectFrom('notice')
    .select(['kind', 'at_ms'])
    .where('authority', '=', authority)
    .where('person', '=', person)
    .orderBy('at_ms')
    .limit(50)
    .execute();
  return rows.flatMap(({ kind, at_ms }) => {
    const known = noticeKinds.find((one) => one === kind);
    return known === undefined ? [] : [{ kind: known, atMs: at_ms }];
  });
}

/** The person has read those up to `atMs`. */
export async function deleteNotices(tx: Tx, authority: AuthorityId, person: PersonId, atMs: number): Promise<void> {
  await tx
    .deleteFrom('notice')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('at_ms', '<=', atMs)
    .execute();
}
