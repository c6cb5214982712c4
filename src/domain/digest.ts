/**
 * What proves that a laptop and the server hold the same: the sum, over every unit a person is sent, of
 * H(record, unit, op ids of the shown version and its others). A sum does not depend on order and can be kept per record,
 * per bucket and in all; each side computes its own and neither ever copies the other's (FAULTS 28).
 */
import type { Hash } from './chain.ts';
import type { RecordId } from './ids.ts';
import type { Units } from './record.ts';

/** 32 lower-case hex digits: a sum modulo 2^128. */
export type Digest = string;

export const emptyDigest: Digest = '0'.repeat(32);

const modulus = 1n << 128n;
const toDigest = (sum: bigint): Digest => sum.toString(16).padStart(32, '0');

/** The digest of one record's visible units. */
export function recordDigest(hash: Hash, record: RecordId, units: Units): Digest {
  let sum = 0n;
  for (const [unit, state] of Object.entries(units)) {
    const ops = [state.op, ...state.others.map((other) => other.op).sort()];
    // The canonical text, since of ids and unit names alone there is no other: none is anything but ASCII.
    const text = JSON.stringify(['plumbline.digest.1', record, unit, ops]);
    sum += BigInt(`0x${hash(text).slice(0, 32)}`);
  }
  return toDigest(sum % modulus);
}

/** Sum of digests; the digest of a set is the sum of its records'. */
export function sumDigests(digests: Iterable<Digest>): Digest {
  let sum = 0n;
  for (const digest of digests) sum += BigInt(`0x${digest}`);
  return toDigest(sum % modulus);
}

/** A sum without some of its digests and with others. */
export function changeSum(sum: Digest, without: Iterable<Digest>, others: Iterable<Digest>): Digest {
  const difference = BigInt(`0x${sum}`) + BigInt(`0x${sumDigests(others)}`) - BigInt(`0x${sumDigests(without)}`);
  return toDigest((difference + modulus) % modulus);
}

/** Records are compared in 256 buckets by the first two digits of their id. */
export const bucketOf = (record: RecordId): string => record.slice(0, 2);

export interface BucketDigest {
  readonly bucket: string;
  readonly count: number;
  readonly digest: Digest;
}

/** Count and digest of each bucket that holds a record, ordered by bucket. */
export function bucketDigests(records: Iterable<{ readonly id: RecordId; readonly digest: Digest }>): BucketDigest[] {
  const buckets = new Map<string, { count: number; sum: bigint }>();
  for (const { id, digest } of records) {
    const entry = buckets.get(bucketOf(id)) ?? { count: 0, sum: 0n };
    buckets.set(bucketOf(id), { count: entry.count + 1, sum: entry.sum + BigInt(`0x${digest}`) });
  }
  return [...buckets]
    .map(([bucket, { count, sum }]) => ({ bucket, count, digest: toDigest(sum % modulus) }))
    .sort((a, b) => (a.bucket < b.bucket ? -1 : 1));
}
