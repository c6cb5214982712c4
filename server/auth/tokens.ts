/** Secret tokens of 256 random bits, 43 characters. The database has only their SHA-256: a stolen copy signs nobody in. */
import { createHash } from 'node:crypto';

export const newToken = (randomBytes: (n: number) => Uint8Array): string =>
  Buffer.from(randomBytes(32)).toString('base64url');

export const tokenHash = (token: string): string => createHash('sha256').update(token, 'utf8').digest('hex');
