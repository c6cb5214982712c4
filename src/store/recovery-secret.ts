/**
 * The recovery secret of a copy: the data key under it and, where a server is to hold it, itself under the data key. One that a
 * server has given out for a recovery is not to open the copy for ever, so the copy makes another one with each recovery. Which
 * of the two the server holds is known for certain only once it has said so, or given it out: until then both open the copy.
 *
 *   A opened the copy                     { A }              ->  { A, renewal: B }
 *   the server holds B                    { A, renewal: B }  ->  { B }
 *   A opened it again before that         { A, renewal: B }  ->  as it is: B was told to nobody
 *   B opened it: the answer was lost      { A, renewal: B }  ->  { B, renewal: C }
 */
import type { RandomBytes } from './cipher.ts';
import type { ByRecovery, KeptHome, KeyringRow } from './keyring-entry.ts';
import { codeSecretBytes } from './recovery-code.ts';
import { fromHex, keyBytes, saltBytes, secretKey, toHex, unwrapKey, wrapKey } from './wrapping.ts';

/** A printed code is copied by hand, so its secret is no longer than it need be; the server keeps a whole key's length. */
const secretBytes: Readonly<Record<KeptHome, number>> = { server: keyBytes, laptop: codeSecretBytes };

export interface NewRecovery {
  /** Hex digits. */
  readonly secret: string;
  readonly wraps: ByRecovery;
}

/** A new secret for a data key: `raw`, and as it is used. */
export async function newRecovery(
  randomBytes: RandomBytes,
  { keyring, home }: { readonly keyring: string; readonly home: KeptHome },
  raw: Uint8Array<ArrayBuffer>,
  key: CryptoKey,
): Promise<NewRecovery> {
  const secret = randomBytes(secretBytes[home]);
  const salt = randomBytes(saltBytes);
  try {
    const box = await wrapKey(randomBytes, raw, await secretKey('recovery', secret, salt), keyring, 'recovery');
    const ownSecret = home === 'server' ? await wrapKey(randomBytes, secret, key, keyring, 'deposit') : undefined;
    return { secret: toHex(secret), wraps: { byRecovery: { salt, box }, ownSecret } };
  } finally {
    secret.fill(0);
  }
}

export interface Recovered {
  readonly raw: Uint8Array<ArrayBuffer>;
  /** Those that the secret opened. */
  readonly by: ByRecovery;
}

/** The raw data key, to be set to zero by whoever asked; null when neither secret of the copy is this one. */
export async function openByRecovery(row: KeyringRow, secret: string): Promise<Recovered | null> {
  const bytes = fromHex(secret);
  if (bytes === null) return null;
  for (const by of [row, row.renewal]) {
    if (by === undefined) continue;
    const { salt, box } = by.byRecovery;
    const raw = await unwrapKey(box, await secretKey('recovery', bytes, salt), row.keyring, 'recovery');
    if (raw !== null) return { raw, by };
  }
  return null;
}

/** A row as it is once the server holds the secret that it is to hold. */
export const settled = ({ renewal, ...row }: KeyringRow): KeyringRow => ({ ...row, ...renewal });

/** The same where that is the secret of these wraps: the row may have changed since they were read. */
export const settledBy = (row: KeyringRow, by: ByRecovery): KeyringRow =>
  row.renewal !== undefined && toHex(row.renewal.byRecovery.salt) === toHex(by.byRecovery.salt) ? settled(row) : row;

/** The secret that the server is to hold, hex digits, or null. */
export async function secretToHold(row: KeyringRow, key: CryptoKey): Promise<string | null> {
  const { ownSecret } = settled(row);
  const secret = ownSecret && (await unwrapKey(ownSecret, key, row.keyring, 'deposit'));
  if (!secret) return null;
  try {
    return toHex(secret);
  } finally {
    secret.fill(0);
  }
}
