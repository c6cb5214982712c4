/** Sign-ins with a council account that have begun, each for one use, and which account is which person. */
import type { AuthorityId, PersonId } from '../../src/domain/ids.ts';
import type { Tx } from './tables.ts';

/**
 * What the browser had when it began. Its cookies are SameSite=Strict: coming back from another site it need not send them.
 */
export interface BrowserBefore {
  /** SHA-256 of the token of the session that ends when this sign-in succeeds. */
  readonly sessionHash: string | null;
  /** The marks of the people who have signed in there (`auth/known-browser`). */
  readonly marks: string | null;
}

export interface CouncilTry extends BrowserBefore {
  readonly stateHash: string;
  readonly browserHash: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly recovers: string | null;
  readonly begunMs: number;
}

export async function insertCouncilTry(tx: Tx, authority: AuthorityId, begun: CouncilTry): Promise<void> {
  const { stateHash, browserHash, nonce, verifier, recovers, begunMs, sessionHash, marks } = begun;
  await tx
    .insertInto('council_try')
    .values({
      ...{ authority, nonce, verifier, recovers, marks },
      ...{ state_hash: stateHash, browser_hash: browserHash, begun_ms: begunMs, session_hash: sessionHash },
    })
    .execute();
}

/** Takes a sign-in that has begun out; undefined when there is none, or not any more. */
export async function takeCouncilTry(
  tx: Tx,
  authority: AuthorityId,
  stateHash: string,
): Promise<CouncilTry | undefined> {
  const row = await tx
    .deleteFrom('council_try')
    .where('authority', '=', authority)
    .where('state_hash', '=', stateHash)
    .returningAll()
    .executeTakeFirst();
  return (
    row && {
      stateHash,
      browserHash: row.browser_hash,
      nonce: row.nonce,
      verifier: row.verifier,
      recovers: row.recovers,
      begunMs: row.begun_ms,
      sessionHash: row.session_hash,
      marks: row.marks,
    }
  );
}

export async function deleteCouncilTriesBefore(tx: Tx, authority: AuthorityId, beforeMs: number): Promise<void> {
  await tx.deleteFrom('council_try').where('authority', '=', authority).where('begun_ms', '<', beforeMs).execute();
}

export interface CouncilIdentity {
  readonly issuer: string;
  readonly subject: string;
}

export async function findIdentity(
  tx: Tx,
  authority: AuthorityId,
  { issuer, subject }: CouncilIdentity,
): Promise<PersonId | undefined> {
  const row = await tx
    .selectFrom('identity')
    .select('person')
    .where('authority', '=', authority)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.person as PersonId | undefined;
}

/** Whether somebody else's council account is this person's already. */
export async function hasIdentity(tx: Tx, authority: AuthorityId, issuer: string, person: PersonId): Promise<boolean> {
  const row = await tx
    .selectFrom('identity')
    .select('subject')
    .where('authority', '=', authority)
    .where('issuer', '=', issuer)
    .where('person', '=', person)
    .executeTakeFirst();
  return row !== undefined;
}

/** Which council accounts were this person's. */
export const deleteIdentitiesOf = (
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
): Promise<readonly CouncilIdentity[]> =>
  tx
    .deleteFrom('identity')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .returning(['issuer', 'subject'])
    .execute();

export const identitiesOf = (tx: Tx, authority: AuthorityId, person: PersonId): Promise<readonly CouncilIdentity[]> =>
  tx
    .selectFrom('identity')
    .select(['issuer', 'subject'])
    .where('authority', '=', authority)
    .where('person', '=', person)
    .execute();

export async function deleteIdentity(
  tx: Tx,
  authority: AuthorityId,
  { issuer, subject }: CouncilIdentity,
): Promise<void> {
  await tx
    .deleteFrom('identity')
    .where('authority', '=', authority)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .execute();
}

export async function insertIdentity(
  tx: Tx,
  authority: AuthorityId,
  { issuer, subject }: CouncilIdentity,
  person: PersonId,
): Promise<void> {
  await tx.insertInto('identity').values({ authority, issuer, subject, person }).execute();
}
