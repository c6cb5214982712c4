/** Wrong tries at signing in, by whom or from where: kept, so that a restart does not forget them. */
import type { AuthorityId } from '../../src/domain/ids.ts';
import type { Tx } from './tables.ts';

export interface WrongTries {
  readonly count: number;
  readonly lastMs: number;
}

export async function findWrongTries(tx: Tx, authority: AuthorityId, subject: string): Promise<WrongTries | undefined> {
  const row = await tx
    .selectFrom('wrong_try')
    .select(['count', 'last_ms'])
    .where('authority', '=', authority)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row && { count: row.count, lastMs: row.last_ms };
}

export async function saveWrongTries(
  tx: Tx,
  authority: AuthorityId,
  subject: string,
  { count, lastMs }: WrongTries,
): Promise<void> {
  await tx
    .insertInto('wrong_try')
    .values({ authority, subject, count, last_ms: lastMs })
    .onConflict((conflict) => conflict.columns(['authority', 'subject']).doUpdateSet({ count, last_ms: lastMs }))
    .execute();
}

export async function forgetWrongTries(tx: Tx, authority: AuthorityId, subject: string): Promise<void> {
  await tx.deleteFrom('wrong_try').where('authority', '=', authority).where('subject', '=', subject).execute();
}

export async function forgetWrongTriesBefore(tx: Tx, authority: AuthorityId, beforeMs: number): Promise<void> {
  await tx.deleteFrom('wrong_try').where('authority', '=', authority).where('last_ms', '<', beforeMs).execute();
}
