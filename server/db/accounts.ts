/** Passwords, sessions, invitations and recovery deposits. Tokens are here only as their SHA-256. */
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { Tx } from './tables.ts';

export async function findPassword(tx: Tx, authority: AuthorityId, person: PersonId): Promise<string | undefined> {
  const row = await tx
    .selectFrom('account')
    .select('password')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .executeTakeFirst();
  return row?.password === voided ? undefined : row?.password;
}

/** In the place of a password that was taken back: the account and what hangs on it stay. */
const voided = '';

/** Voids what somebody had before: an older password, sessions and invitations. */
export async function voidBefore(tx: Tx, authority: AuthorityId, person: PersonId, beforeMs: number): Promise<void> {
  await tx
    .updateTable('account')
    .set({ password: voided })
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('changed_ms', '<', beforeMs)
    .execute();
  await tx
    .deleteFrom('session')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('signed_in_ms', '<', beforeMs)
    .execute();
  await tx
    .deleteFrom('invitation')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('created_ms', '<', beforeMs)
    .execute();
}

export async function savePassword(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  password: string,
  nowMs: number,
): Promise<void> {
  await tx
    .insertInto('account')
    .values({ authority, person, password, changed_ms: nowMs })
    .onConflict((conflict) => conflict.columns(['authority', 'person']).doUpdateSet({ password, changed_ms: nowMs }))
    .execute();
}

export interface SessionRow {
  readonly tokenHash: string;
  readonly person: PersonId;
  readonly signedInMs: number;
  readonly seenMs: number;
}

export async function insertSession(tx: Tx, authority: AuthorityId, session: SessionRow): Promise<void> {
  const { tokenHash, person, signedInMs, seenMs } = session;
  await tx
    .insertInto('session')
    .values({ authority, token_hash: tokenHash, person, signed_in_ms: signedInMs, seen_ms: seenMs })
    .execute();
}

export async function findSession(tx: Tx, authority: AuthorityId, tokenHash: string): Promise<SessionRow | undefined> {
  const row = await tx
    .selectFrom('session')
    .selectAll()
    .where('authority', '=', authority)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  return row && { tokenHash, person: row.person as PersonId, signedInMs: row.signed_in_ms, seenMs: row.seen_ms };
}

export async function touchSession(tx: Tx, authority: AuthorityId, tokenHash: string, nowMs: number): Promise<void> {
  await tx
    .updateTable('session')
    .set({ seen_ms: nowMs })
    .where('authority', '=', authority)
    .where('token_hash', '=', tokenHash)
    .execute();
}

export async function deleteSession(tx: Tx, authority: AuthorityId, tokenHash: string): Promise<void> {
  await tx.deleteFrom('session').where('authority', '=', authority).where('token_hash', '=', tokenHash).execute();
}

export async function deleteSessionsOf(tx: Tx, authority: AuthorityId, person: PersonId): Promise<void> {
  await tx.deleteFrom('session').where('authority', '=', authority).where('person', '=', person).execute();
}

/** Deletes sessions last seen, or signed in, before these times. */
export async function deleteStaleSessions(
  tx: Tx,
  authority: AuthorityId,
  seenBeforeMs: number,
  signedInBeforeMs: number,
): Promise<void> {
  await tx
    .deleteFrom('session')
    .where('authority', '=', authority)
    .where((eb) => eb.or([eb('seen_ms', '<=', seenBeforeMs), eb('signed_in_ms', '<=', signedInBeforeMs)]))
    .execute();
}

export interface InvitationRow {
  readonly tokenHash: string;
  readonly person: PersonId;
  readonly createdMs: number;
  readonly expiresMs: number;
}

/** A person has at most one open invitation: the new one takes the place of the old. */
export async function replaceInvitation(tx: Tx, authority: AuthorityId, invitation: InvitationRow): Promise<void> {
  const { tokenHash, person, createdMs, expiresMs } = invitation;
  await deleteInvitationsOf(tx, authority, person);
  await tx
    .insertInto('invitation')
    .values({ authority, token_hash: tokenHash, person, created_ms: createdMs, expires_ms: expiresMs })
    .execute();
}

export async function findInvitation(
  tx: Tx,
  authority: AuthorityId,
  tokenHash: string,
): Promise<InvitationRow | undefined> {
  const row = await tx
    .selectFrom('invitation')
    .selectAll()
    .where('authority', '=', authority)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  return row && { tokenHash, person: row.person as PersonId, createdMs: row.created_ms, expiresMs: row.expires_ms };
}

export async function deleteInvitationsOf(tx: Tx, authority: AuthorityId, person: PersonId): Promise<void> {
  await tx.deleteFrom('invitation').where('authority', '=', authority).where('person', '=', person).execute();
}

export interface DepositRow {
  readonly person: PersonId;
  readonly keyring: string;
  readonly device: DeviceId;
  readonly sealed: string;
}

export async function saveDeposit(tx: Tx, authority: AuthorityId, deposit: DepositRow, nowMs: number): Promise<void> {
  const { person, keyring, device, sealed } = deposit;
  await tx
    .insertInto('recovery')
    .values({ authority, person, keyring, device, sealed, deposited_ms: nowMs })
    .onConflict((conflict) =>
      conflict.columns(['authority', 'person', 'keyring']).doUpdateSet({ device, sealed, deposited_ms: nowMs }),
    )
    .execute();
}

export async function findDeposit(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  keyring: string,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('recovery')
    .select('sealed')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('keyring', '=', keyring)
    .executeTakeFirst();
  return row?.sealed;
}

/** How many keyrings a person has deposited for, one per laptop set up, and when last. */
export async function depositsOf(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
): Promise<{ readonly count: number; readonly lastMs: number | null }> {
  const { count, last } = await tx
    .selectFrom('recovery')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('deposited_ms').as('last')])
    .where('authority', '=', authority)
    .where('person', '=', person)
    .executeTakeFirstOrThrow();
  return { count: Number(count), lastMs: (last as number | null) === null ? null : Number(last) };
}

/** Any deposit, to try a key on. */
export async function anyDeposit(tx: Tx, authority: AuthorityId): Promise<DepositRow | undefined> {
  const row = await tx
    .selectFrom('recovery')
    .select(['person', 'keyring', 'device', 'sealed'])
    .where('authority', '=', authority)
    .executeTakeFirst();
  return row && { ...row, person: row.person as PersonId, device: row.device as DeviceId };
}
