/**
 * Recovery secrets, which open a laptop's copy when its passphrase is forgotten. They are encrypted (AES-256-GCM) under a key
 * in a file of its own, so that a copy of the database alone opens no laptop. Who has database and key file can: it is key
 * escrow, and docs/data.md says so. Back the two up apart.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { AuthorityId, PersonId } from '../../src/domain/ids.ts';

/** A secret is given back only this soon after a sign-in. */
export const freshMs = 5 * 60 * 1000;

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
