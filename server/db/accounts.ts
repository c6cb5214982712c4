/** Passwords, invitations, recovery deposits, and who may not sign in. Tokens are here only as their SHA-256. */
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { Account } from '../../src/protocol/session.ts';
import { deleteSessionsBefore } from './sessions.ts';
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
  await deleteSessionsBefore(tx, authority, person, beforeMs);
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

/** Whether somebody has been here, or has been stopped: with a password or without. */
export async function hasAccount(tx: Tx, authority: AuthorityId, person: PersonId): Promise<boolean> {
  const row = await tx
    .selectFrom('account')
    .select('person')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether somebody may not sign in: they have been told to stop, and have no session. */
export async function isBlocked(tx: Tx, authority: AuthorityId, person: PersonId): Promise<boolean> {
  const row = await tx
    .selectFrom('account')
    .select('blocked_ms')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .executeTakeFirst();
  return row !== undefined && row.blocked_ms !== null;
}

/** `blockedMs`: since when; null lets them sign in again. An account without a password is made when there is none. */
export async function saveBlocked(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  blockedMs: number | null,
  nowMs: number,
): Promise<void> {
  await tx
    .insertInto('account')
    .values({ authority, person, password: voided, changed_ms: nowMs, blocked_ms: blockedMs })
    .onConflict((conflict) => conflict.columns(['authority', 'person']).doUpdateSet({ blocked_ms: blockedMs }))
    .execute();
}

/** Makes an account without a password for somebody who signs in elsewhere, when there is none. */
export async function ensureAccount(tx: Tx, authority: AuthorityId, person: PersonId, nowMs: number): Promise<void> {
  await tx
    .insertInto('account')
    .values({ authority, person, password: voided, changed_ms: nowMs })
    .onConflict((conflict) => conflict.columns(['authority', 'person']).doNothing())
    .execute();
}

/** Every account, by person. */
export async function accountsOf(tx: Tx, authority: AuthorityId): Promise<Account[]> {
  const rows = await tx
    .selectFrom('account')
    .leftJoin('second_factor', (join) =>
      join
        .onRef('second_factor.authority', '=', 'account.authority')
        .onRef('second_factor.person', '=', 'account.person'),
    )
    .select(['account.person', 'account.password', 'account.blocked_ms', 'second_factor.secret'])
    .where('account.authority', '=', authority)
    .orderBy('account.person')
    .execute();
  const identities = await tx.selectFrom('identity').select('person').where('authority', '=', authority).execute();
  const isTied = new Set(identities.map(({ person }) => person));
  return rows.map(({ person, password, blocked_ms, secret }) => ({
    person: person as PersonId,
    hasPassword: password !== voided,
    blocked: blocked_ms !== null,
    secondFactor: secret !== null,
    ...(isTied.has(person) ? { council: true } : {}),
  }));
}

export interface InvitationRow {
  readonly tokenHash: string;
  readonly person: PersonId;
  /** Who made it; null for the server, and for those from before that was kept. */
  readonly by: PersonId | null;
  readonly createdMs: number;
  readonly expiresMs: number;
}

/** A person has at most one open invitation: the new one takes the place of the old. */
export async function replaceInvitation(tx: Tx, authority: AuthorityId, invitation: InvitationRow): Promise<void> {
  const { tokenHash, person, by, createdMs, expiresMs } = invitation;
  await deleteInvitationsOf(tx, authority, person);
  await tx
    .insertInto('invitation')
    .values({ authority, token_hash: tokenHash, person, by_person: by, created_ms: createdMs, expires_ms: expiresMs })
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
  return (
    row && {
      tokenHash,
      person: row.person as PersonId,
      by: row.by_person as PersonId | null,
      createdMs: row.created_ms,
      expiresMs: row.expires_ms,
    }
  );
}

export async function deleteInvitationsOf(tx: Tx, authority: AuthorityId, person: PersonId): Promise<void> {
  await tx.deleteFrom('invitation').where('authority', '=', authority).where('person', '=', person).execute();
}

/** Those that somebody has made for others. */
export async function deleteInvitationsBy(tx: Tx, authority: AuthorityId, by: PersonId): Promise<void> {
  await tx.deleteFrom('invitation').where('authority', '=', authority).where('by_person', '=', by).execute();
}

export interface DepositRow {
  readonly person: PersonId;
  readonly keyring: string;
  readonly device: DeviceId;
  readonly sealed: string;
}

/** One that is made again keeps the time of the first: the copy is no newer for it. */
export async function saveDeposit(tx: Tx, authority: AuthorityId, deposit: DepositRow, nowMs: number): Promise<void> {
  const { person, keyring, device, sealed } = deposit;
  await tx
    .insertInto('recovery')
    .values({ authority, person, keyring, device, sealed, deposited_ms: nowMs })
    .onConflict((conflict) => conflict.columns(['authority', 'person', 'keyring']).doUpdateSet({ device, sealed }))
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

/** How many keyrings a person has deposited for, one per laptop set up, and when for the last of these first. */
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

/** How many a person has deposited for first after `sinceMs`. */
export async function newDepositsOf(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  sinceMs: number,
): Promise<number> {
  const { count } = await tx
    .selectFrom('recovery')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('deposited_ms', '>', sinceMs)
    .executeTakeFirstOrThrow();
  return Number(count);
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
