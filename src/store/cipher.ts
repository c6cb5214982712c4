/**
 * Sealed boxes: AES-256-GCM under the person's data key, a fresh 96-bit IV for every box, and the box's place as associated
 * data. So a box moved to another record, unit or table does not open, and no two boxes share an IV.
 *
 * A pending row keeps the place `pending` when it is moved to quarantine: moving it needs no key.
 *
 * A box says in which way it was sealed and opens in that way for ever; sealing is always in the newest. So a row is upgraded
 * when it is next written: a confirmed record as a page or an opened audit brings it anew, a change as it is joined with another
 * tab's, a note and the cube as they are written again. Nothing is rewritten only for the sake of its way: a change that waits to
 * be sent leaves in the box it has. Of a box that a newer build sealed, an older one says that it is too old for it.
 */
import { canonical, type Json, type JsonObject } from '../domain/canonical.ts';
import type { RecordId } from '../domain/ids.ts';
import { StoreFailure } from './problems.ts';
import type { Sealed } from './rows.ts';

export interface Place {
  /** `notes`: beside the database, in the page's own storage. */
  readonly table: 'confirmed' | 'pending' | 'quarantine' | 'meta' | 'notes';
  readonly record: RecordId;
  readonly unit: string;
}

export interface Cipher {
  seal(place: Place, value: JsonObject): Promise<Sealed>;
  /**
   * Throws when the box was sealed under another key or for another place, or has been changed; a `StoreFailure` of
   * `build-too-old` when a newer build sealed it in a way that is not known here.
   */
  open(place: Place, sealed: Sealed): Promise<JsonObject>;
}

/** `count` bytes from the platform's cryptographic source. Passed in by composition roots. */
export type RandomBytes = (count: number) => Uint8Array<ArrayBuffer>;

/** A way of sealing: what a box of it is bound to, the version among it, so that none can pass for another. */
export interface SealWay {
  readonly version: number;
  readonly bindsTo: (place: Place) => readonly Json[];
}

/** All there were, oldest first. The next takes the next number and raises `writerVersion`; none is ever taken out. */
export const sealWays: readonly [SealWay, ...SealWay[]] = [
  { version: 1, bindsTo: ({ table, record, unit }) => [table, record, unit, 1] },
];
const ivBytes = 12;

/** Seals and opens under a (non-extractable) AES-GCM key. `ways`: others in tests only. */
export function aesCipher(key: CryptoKey, randomBytes: RandomBytes, ways = sealWays): Cipher {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const newest = ways[ways.length - 1] ?? ways[0];
  const algorithmOf = ({ bindsTo }: SealWay, place: Place, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
    name: 'AES-GCM',
    iv,
    additionalData: encoder.encode(canonical(bindsTo(place))),
  });
  return {
    async seal(place, value) {
      const iv = randomBytes(ivBytes);
      const plain = encoder.encode(JSON.stringify(value));
      const data = await crypto.subtle.encrypt(algorithmOf(newest, place, iv), key, plain);
      return { version: newest.version, iv, data: new Uint8Array(data) };
    },
    async open(place, { version = 1, iv, data }) {
      const way = ways.find((one) => one.version === version);
      if (way === undefined) throw new StoreFailure({ kind: 'build-too-old' });
      const algorithm = algorithmOf(way, place, iv);
      try {
        return JSON.parse(decoder.decode(await crypto.subtle.decrypt(algorithm, key, data))) as JsonObject;
      } catch (cause) {
        throw new Error(`The sealed box ${place.table} ${place.record} ${place.unit} does not open`, { cause });
      }
    },
  };
}
