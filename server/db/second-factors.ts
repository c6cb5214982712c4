/** Second factors. Keys are here encrypted, recovery codes only as a keyed hash. */
import type { AuthorityId, PersonId } from '../../src/domain/ids.ts';
import type { Tx } from './tables.ts';

export interface SecondFactorRow {
  /** The key in use, sealed; null until one has been proved. */
  readonly secret: string | null;
  /** The time step of the last code that was taken: a code counts once. */
  readonly lastStep: number;
  /** The key that is being set up. */
  readonly pending: string | null;
}

export async function findSecondFactor(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
): Promise<SecondFactorRow | undefined> {
  const row = await tx
    .selectFrom('second_factor')
    .select(['secret', 'last_step', 'pending'])
    .where('authority', '=', authority)
    .where('person', '=', person)
    .executeTakeFirst();
  return row && { secret: row.secret, lastStep: row.last_step, pending: row.pending };
}

/** Notes a key that is being set up, with its recovery codes; those of an earlier beginning are gone. */
export async function savePending(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  pending: string,
  codeHashes: readonly string[],
): Promise<void> {
  await tx
    .insertInto('second_factor')
    .values({ authority, person, secret: null, last_step: 0, pending })
    .onConflict((conflict) => conflict.columns(['authority', 'person']).doUpdateSet({ pending }))
    .execute();
  await codesOf(tx, authority, person, 1).execute();
  await tx
    .insertInto('recovery_code')
    .values(codeHashes.map((code_hash) => ({ authority, person, code_hash, pending: 1 })))
    .execute();
}

/** The key that was being set up takes the place of any before, and so do its recovery codes. */
export async function confirmPending(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  { step, nowMs }: { readonly step: number; readonly nowMs: number },
): Promise<void> {
  await tx
    .updateTable('second_factor')
    .set(({ ref }) => ({ secret: ref('pending'), pending: null, last_step: step, confirmed_ms: nowMs }))
    .where('authority', '=', authority)
    .where('person', '=', person)
    .execute();
  await codesOf(tx, authority, person, 0).execute();
  await tx
    .updateTable('recovery_code')
    .set({ pending: 0 })
    .where('authority', '=', authority)
    .where('person', '=', person)
    .execute();
}

/** Takes a time step's code; false when it, or a later one, has been taken. */
export async function takeStep(tx: Tx, authority: AuthorityId, person: PersonId, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('second_factor')
    .set({ last_step: step })
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Uses a recovery code up; false when it is none. */
export async function takeRecoveryCode(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  codeHash: string,
): Promise<boolean> {
  const { numDeletedRows } = await codesOf(tx, authority, person, 0)
    .where('code_hash', '=', codeHash)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function countRecoveryCodes(tx: Tx, authority: AuthorityId, person: PersonId): Promise<number> {
  const { count } = await tx
    .selectFrom('recovery_code')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('pending', '=', 0)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function deleteSecondFactor(tx: Tx, authority: AuthorityId, person: PersonId): Promise<void> {
  await tx.deleteFrom('second_factor').where('authority', '=', authority).where('person', '=', person).execute();
  await tx.deleteFrom('recovery_code').where('authority', '=', authority).where('person', '=', person).execute();
}

/** Takes away one that has been in use since before this. */
export async function deleteFactorBefore(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  beforeMs: number,
): Promise<void> {
  const row = await tx
    .selectFrom('second_factor')
    .select('confirmed_ms')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('confirmed_ms', '<', beforeMs)
    .executeTakeFirst();
  if (row !== undefined) await deleteSecondFactor(tx, authority, person);
}

const codesOf = (tx: Tx, authority: AuthorityId, person: PersonId, pending: 0 | 1) =>
  tx
    .deleteFrom('recovery_code')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('pending', '=', pending);
