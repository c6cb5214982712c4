/**
 * Recovery secrets, which open a laptop's copy when its passphrase is forgotten. They are encrypted (AES-256-GCM) under a key
 * in a file of its own, so that a copy of the database alone opens no laptop. Who has database and key file can: it is key
 * escrow, and docs/data.md says so. Back the two up apart.
 *
 * A secret is given to a sign-in that was made for it, within five minutes, once: neither a session that is just there nor its
 * cookie gets one. It is logged, and its person is told at the next sign-in on any laptop.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { AuthorityId, PersonId } from '../../src/domain/ids.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import { depositMark, sessionPaths } from '../../src/protocol/session.ts';
import type { Server } from '../context.ts';
import { findDeposit } from '../db/accounts.ts';
import { keyOfKeyring } from '../db/claims.ts';
import { addNotice } from '../db/notices.ts';
import { takeRecovery, type SessionRow } from '../db/sessions.ts';
import { traceOf } from '../log.ts';
import { sha256 } from '../sync/context.ts';

/** A secret is given back only this soon after the sign-in. */
const freshMs = 5 * 60 * 1000;

/** Of one person, each for one copy on one laptop: far beyond what anybody opens, and an end to filling the database. */
export const depositLimit = 200;

const ivBytes = 12;
const tagBytes = 16;

/** Whose deposit it is: bound to the ciphertext, so that a row moved to another person's name does not open. */
export interface DepositPlace {
  readonly authority: AuthorityId;
  readonly person: PersonId;
  readonly keyring: string;
}

const associated = ({ authority, person, keyring }: DepositPlace): Buffer =>
  Buffer.from(['plumbline.recovery.1', authority, person, keyring].join(' '), 'utf8');

/** iv, tag and ciphertext, as base64. */
export function sealSecret(key: Uint8Array, iv: Uint8Array, place: DepositPlace, secret: string): string {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes }).setAAD(associated(place));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
}

/** Throws when the deposit was changed or the key is another. */
export function openSecret(key: Uint8Array, place: DepositPlace, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const iv = bytes.subarray(0, ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes }).setAAD(associated(place));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
}

export const newIv = (randomBytes: (n: number) => Uint8Array): Uint8Array => randomBytes(ivBytes);

/** Whether the secret that is held for a keyring is the one with this mark. One that cannot be opened any more is not. */
export async function isDeposited(
  { database, authority, recoveryKey, newId, log }: Server,
  person: PersonId,
  keyring: string,
  mark: string,
): Promise<boolean> {
  const sealed = await database.read((tx) => findDeposit(tx, authority.id, person, keyring));
  if (sealed === undefined) return false;
  try {
    return depositMark(sha256, openSecret(recoveryKey, { authority: authority.id, person, keyring }, sealed)) === mark;
  } catch (error) {
    log({ event: 'failed', path: sessionPaths.deposited, reference: newId(), error: traceOf(error) });
    return false;
  }
}

export async function recoverSecret(
  { database, authority, recoveryKey, now, newId, log }: Server,
  { person, signedInMs, tokenHash, recovers }: SessionRow,
  keyring: string,
): Promise<Result<{ readonly secret: string }, ServerProblem>> {
  const nowMs = now();
  const refused = (problem: ServerProblem) => {
    log({ event: 'recovery-refused', person, keyring });
    return { ok: false, problem } as const;
  };
  if (recovers !== keyring || nowMs - signedInMs > freshMs) return refused({ kind: 'stale-sign-in' });
  const sealed = await database.write(async (tx) => {
    const found = await findDeposit(tx, authority.id, person, keyring);
    if (found === undefined) return null;
    if (!(await takeRecovery(tx, authority.id, tokenHash, keyring))) return undefined;
    const copy = await keyOfKeyring(tx, authority.id, person, keyring);
    await addNotice(tx, authority.id, newId(), person, { kind: 'recovery', atMs: nowMs, copy });
    return found;
  });
  if (sealed === null) return refused({ kind: 'not-found' });
  if (sealed === undefined) return refused({ kind: 'stale-sign-in' });
  log({ event: 'recovery-given', person, keyring });
  return { ok: true, value: { secret: openSecret(recoveryKey, { authority: authority.id, person, keyring }, sealed) } };
}
