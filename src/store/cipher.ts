/**
 * Sealed boxes: AES-256-GCM under the person's data key, a fresh 96-bit IV for every box, and the box's place as associated
 * data. So a box moved to another record, unit or table does not open, and no two boxes share an IV.
 *
 * A pending row keeps the place `pending` when it is moved to quarantine: moving it needs no key.
 */
import { canonical, type JsonObject } from '../domain/canonical.ts';
import type { RecordId } from '../domain/ids.ts';
import type { Sealed } from './rows.ts';

export interface Place {
  readonly table: 'confirmed' | 'pending' | 'quarantine' | 'meta';
  readonly record: RecordId;
  readonly unit: string;
}

export interface Cipher {
  seal(place: Place, value: JsonObject): Promise<Sealed>;
  /** Throws when the box was sealed under another key or for another place, or has been changed. */
  open(place: Place, sealed: Sealed): Promise<JsonObject>;
}

/** `count` bytes from the platform's cryptographic source. Passed in by composition roots. */
export type RandomBytes = (count: number) => Uint8Array<ArrayBuffer>;

/** Goes into every box's associated data; the next way of sealing takes the next number. */
const sealVersion = 1;
const ivBytes = 12;

/** Seals and opens under a (non-extractable) AES-GCM key. */
export function aesCipher(key: CryptoKey, randomBytes: RandomBytes): Cipher {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const additionalData = ({ table, record, unit }: Place) =>
    encoder.encode(canonical([table, record, unit, sealVersion]));
  return {
    async seal(place, value) {
      const iv = randomBytes(ivBytes);
      const plain = encoder.encode(JSON.stringify(value));
      const data = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: additionalData(place) },
        key,
        plain,
      );
      return { iv, data: new Uint8Array(data) };
    },
    async open(place, { iv, data }) {
      const algorithm = { name: 'AES-GCM', iv, additionalData: additionalData(place) };
      try {
        return JSON.parse(decoder.decode(await crypto.subtle.decrypt(algorithm, key, data))) as JsonObject;
      } catch (cause) {
        throw new Error(`The sealed box ${place.table} ${place.record} ${place.unit} does not open`, { cause });
      }
    },
  };
}
