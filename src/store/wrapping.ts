/**
 * Wrapping a person's data key: AES-256-GCM under a key made from a passphrase (PBKDF2-SHA256), or from a recovery secret or
 * what a passkey answers (HKDF).
 * The associated data binds a wrapped key to its keyring and to the way it opens. Raw bytes are zeroed by whoever made them.
 */
import { canonical } from '../domain/canonical.ts';
import type { RandomBytes } from './cipher.ts';
import type { Sealed } from './rows.ts';

export const keyBytes = 32;
export const saltBytes = 16;
export const ivBytes = 12;

/** Which way of opening a wrapped key is for; `deposit`: a recovery secret under the data key itself. */
export type How = 'passphrase' | 'recovery' | 'passkey' | 'deposit';

/** Wraps `raw` under `wrapping`. */
export async function wrapKey(
  randomBytes: RandomBytes,
  raw: Uint8Array<ArrayBuffer>,
  wrapping: CryptoKey,
  keyring: string,
  how: How,
): Promise<Sealed> {
  const iv = randomBytes(ivBytes);
  const data = await crypto.subtle.encrypt(gcm(iv, keyring, how), wrapping, raw);
  return { iv, data: new Uint8Array(data) };
}

const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);

const gcm = (iv: Uint8Array<ArrayBuffer>, keyring: string, how: How): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: text(canonical(['plumbline.keyring.1', keyring, how])),
});

/** The same passphrase from another keyboard is the same characters: NFKC first. */
export async function passphraseKey(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', text(passphrase.normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(algorithm, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** A key from a secret that nobody could guess: of a recovery, or of a passkey. */
export async function secretKey(
  how: 'recovery' | 'passkey',
  secret: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt, info: text(`plumbline.${how}.1`) };
  return crypto.subtle.deriveKey(algorithm, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** The raw data key, or null when the wrapping key is not the one, or the box was changed. */
export async function unwrapKey({ iv, data }: Sealed, wrapping: CryptoKey, keyring: string, how: How) {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(gcm(iv, keyring, how), wrapping, data));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
}

/** The data key as it is used: non-extractable. */
export const importDataKey = (raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

/** The same, and the raw bytes are zero afterwards. */
export async function importAndForget(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  try {
    return await importDataKey(raw);
  } finally {
    raw.fill(0);
  }
}

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The bytes of a secret of 64 or, behind a printed code, 40 digits; null when it is no such text. */
export function fromHex(hex: string): Uint8Array<ArrayBuffer> | null {
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(hex)) return null;
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
