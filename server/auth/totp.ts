/**
 * Time-based one-time passwords (RFC 6238: HMAC-SHA1, six digits, 30 seconds), as every authenticator app makes them. The
 * vectors of the RFC are in `tests/server/totp.test.ts`.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const stepMs = 30_000;
const digits = 6;
/** Of RFC 4226's 160 bits. */
export const totpSecretBytes = 20;
/** A code is taken one step early or late: clocks differ, and people type. */
const steps = [0, -1, 1];

/** The time step whose code is shown at this time. */
const stepAt = (ms: number): number => Math.floor(ms / stepMs);

/** The code of one time step. */
export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

/** The time step whose code this is, around `nowMs` and after `lastStep`, whose code has been used; null when it is none. */
export function stepOf(secret: Uint8Array, code: string, nowMs: number, lastStep: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const now = stepAt(nowMs);
  const given = Buffer.from(code);
  const found = steps.map((by) => now + by).find((step) => timingSafeEqual(given, Buffer.from(codeAt(secret, step))));
  return found !== undefined && found > lastStep ? found : null;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 (RFC 4648) without padding, as authenticator apps take a key that is typed. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** What the QR code says, in the format of Google's key URIs, which all apps read. */
export function keyUri(secret: string, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const query = new URLSearchParams({ secret, issuer, algorithm: 'SHA1', digits: String(digits), period: '30' });
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`;
}
