/** An authenticator app, as somebody has it on their phone. */
import { codeAt } from '../../server/auth/totp.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bytes of a key as it is shown to be typed: base32. */
export function keyBytes(secret: string): Uint8Array {
  const bits = [...secret.replaceAll(' ', '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'));
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2));
}

/** What it shows for a key at a time, or so many steps of half a minute after it. */
export const codeOf = (secret: string, ms: number, by = 0): string =>
  codeAt(keyBytes(secret), Math.floor(ms / 30_000) + by);
