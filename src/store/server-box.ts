/**
 * Seals text so that only the council's server can open it: ephemeral ECDH on P-256, HKDF-SHA256, AES-256-GCM. One ephemeral
 * key for each call, whose private half is forgotten with it, so that the laptop that sealed a box cannot open it either.
 *
 *   box = 1 (version) · ephemeral public key, 65 bytes · IV, 12 bytes · ciphertext and tag
 *   key = HKDF(x of the shared point, salt: ephemeral public key, info: label)      bound to: label, authority, device, seq
 */
import { canonical } from '../domain/canonical.ts';
import type { AuthorityId, DeviceId } from '../domain/ids.ts';
import type { RandomBytes } from './cipher.ts';

export interface BoxPlace {
  readonly authority: AuthorityId;
  readonly device: DeviceId;
  readonly seq: number;
}

export interface Parcel {
  readonly place: BoxPlace;
  readonly text: string;
}

/** Seals each parcel to the server's public key (65 bytes, uncompressed, in hex), in the same order. */
export type SealForServer = (serverKey: string, parcels: readonly Parcel[]) => Promise<Uint8Array<ArrayBuffer>[]>;

export const boxLabel = 'plumbline.retained.1';
const boxVersion = 1;
const ivBytes = 12;
const curve = { name: 'ECDH', namedCurve: 'P-256' };

export function sealForServer(randomBytes: RandomBytes): SealForServer {
  const encoder = new TextEncoder();
  return async (serverKey, parcels) => {
    const raw = Uint8Array.from(serverKey.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    const server = await crypto.subtle.importKey('raw', raw, curve, false, []);
    const pair = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
    const ephemeral = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: server }, pair.privateKey, 256);
    const key = await crypto.subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt: ephemeral, info: encoder.encode(boxLabel) },
      await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']),
      { name: 'AES-GCM', length: 256 },
      false,
      ['encrypt'],
    );
    return Promise.all(
      parcels.map(async ({ place: { authority, device, seq }, text }) => {
        const iv = randomBytes(ivBytes);
        const additionalData = encoder.encode(canonical([boxLabel, authority, device, seq]));
        const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, encoder.encode(text));
        return joined(Uint8Array.of(boxVersion), ephemeral, iv, new Uint8Array(sealed));
      }),
    );
  };
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
