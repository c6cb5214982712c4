/** Sessions. A token is here only as its SHA-256. */
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { Tx } from './tables.ts';

export interface SessionRow {
  readonly tokenHash: string;
  readonly person: PersonId;
  readonly signedInMs: number;
  readonly seenMs: number;
  /** SHA-256 of what only the unlocked copy can say; null until one has used the session. */
  readonly unlockedHash: string | null;
  /** The keyring whose recovery secret this sign-in may fetch, once. */
  readonly recovers: string | null;
  /** The laptop that syncs with it; null before the first request. */
  readonly device: string | null;
  /** The notices up to this have been read in it; null for none. */
  readonly noticedMs: number | null;
}

export async function insertSession(tx: Tx, authority: AuthorityId, session: SessionRow): Promise<void> {
  const { tokenHash, person, signedInMs, seenMs, unlockedHash, recovers, device, noticedMs } = session;
  await tx
    .insertInto('session')
    .values({
      authority,
      token_hash: tokenHash,
      person,
      signed_in_ms: signedInMs,
      seen_ms: seenMs,
      unlocked_hash: unlockedHash,
      recovers,
      device,
      noticed_ms: noticedMs,
    })
    .execute();
}

export async function findSession(tx: Tx, authority: AuthorityId, tokenHash: string): Promise<SessionRow | undefined> {
  const row = await tx
    .selectFrom('session')
    .selectAll()
    .where('authority', '=', authority)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  return (
    row && {
      tokenHash,
      person: row.person as PersonId,
      signedInMs: row.signed_in_ms,
      seenMs: row.seen_ms,
      unlockedHash: row.unlocked_hash,
      recovers: row.recovers,
      device: row.device,
      noticedMs: row.noticed_ms,
    }
  );
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

/** Leaves a person so many sessions: those used last. */
export async function deleteSessionsBeyond(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  limit: number,
): Promise<void> {
  const kept = tx
    .selectFrom('session')
    .select('token_hash')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .orderBy('seen_ms', 'desc')
    .orderBy('signed_in_ms', 'desc')
    .orderBy('token_hash')
    .limit(limit);
  await tx
    .deleteFrom('session')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('token_hash', 'not in', kept)
    .execute();
}

/** Ends the sessions of a person that were begun before this. */
export async function deleteSessionsBefore(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  beforeMs: number,
): Promise<void> {
  await tx
    .deleteFrom('session')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('signed_in_ms', '<', beforeMs)
    .execute();
}

/** Ends the sessions of a person with which a laptop syncs, under whichever device id, and those of which no laptop is known. */
export async function deleteSessionsOfLaptop(
  tx: Tx,
  authority: AuthorityId,
  { person, device, unlockedHash }: Pick<SessionRow, 'person' | 'unlockedHash'> & { readonly device: DeviceId },
): Promise<void> {
  await tx
    .deleteFrom('session')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where((eb) =>
      eb.or([
        eb('device', '=', device),
        eb('device', 'is', null),
        ...(unlockedHash === null ? [] : [eb('unlocked_hash', '=', unlockedHash)]),
      ]),
    )
    .execute();
}

/** Notes which laptop syncs with a session. */
export async function saveSessionDevice(
  tx: Tx,
  authority: AuthorityId,
  tokenHash: string,
  device: DeviceId,
): Promise<void> {
  await tx
    .updateTable('session')
    .set({ device })
    .where('authority', '=', authority)
    .where('token_hash', '=', tokenHash)
    .execute();
}

/** In this session the notices up to `noticedMs` have been read. */
export async function saveNoticed(tx: Tx, authority: AuthorityId, tokenHash: string, noticedMs: number): Promise<void> {
  await tx
    .updateTable('session')
    .set({ noticed_ms: noticedMs })
    .where('authority', '=', authority)
    .where('token_hash', '=', tokenHash)
    .execute();
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

/** Binds a session to the copy that has unlocked it. False when another did meanwhile. */
export async function bindSession(
  tx: Tx,
  authority: AuthorityId,
  tokenHash: string,
  unlockedHash: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('session')
    .set({ unlocked_hash: unlockedHash })
    .where('authority', '=', authority)
    .where('token_hash', '=', tokenHash)
    .where((eb) => eb.or([eb('unlocked_hash', 'is', null), eb('unlocked_hash', '=', unlockedHash)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Takes a session's one recovery of a keyring; false when it has none. */
export async function takeRecovery(
  tx: Tx,
  authority: AuthorityId,
  tokenHash: string,
  keyring: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('session')
    .set({ recovers: null })
    .where('authority', '=', authority)
    .where('token_hash', '=', tokenHash)
    .where('recovers', '=', keyring)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
