/**
 * SHA-256 of many short texts, one after the other: a first download hashes seventy thousand of a few dozen bytes for every
 * five thousand audits, and making the hash's own memory anew for each took as long as hashing. Not for two at a time.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hash } from '../src/domain/chain.ts';

/** A text of so many UTF-16 units, or fewer, fits into the memory that is kept, whatever its letters. */
const keptUnits = 1_024;
const bytesOfUnit = 3;

/** 64 lower-case hex digits of a text's UTF-8 bytes. */
export function textHasher(): Hash {
  const encoder = new TextEncoder();
  const [fresh, used] = [sha256.create(), sha256.create()];
  const kept = new Uint8Array(keptUnits * bytesOfUnit);
  const out = new Uint8Array(used.outputLen);
  return (text) => {
    const isShort = text.length <= keptUnits;
    const bytes = isShort ? kept.subarray(0, encoder.encodeInto(text, kept).written) : encoder.encode(text);
    fresh._cloneInto(used);
    used.update(bytes).digestInto(out);
    return bytesToHex(out);
  };
}
