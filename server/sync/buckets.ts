/** The three questions of a repair: docs/protocol.md, "Repair". Each answers from one snapshot. */
import { bucketDigests, bucketOf, sumDigests } from '../../src/domain/digest.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { BucketReply, BucketsReply, RecordsReply, SentRecord } from '../../src/protocol/sync.ts';
import { allHeads } from '../db/heads.ts';
import { recountSums } from '../db/sums.ts';
import type { Tx } from '../db/tables.ts';
import { cursorNow, pageLimitBytes } from './build-pull.ts';
import type { Asking } from './context.ts';
import { readStanding } from './standing.ts';
import { sendRecord, visibleDigests, visibleTotal } from './visible.ts';

export interface Buckets {
  readonly reply: BucketsReply;
  /** Whether the sums that are kept say what the records say. */
  readonly isSumRight: boolean;
}

/** repair 1: count and digest of each bucket, from the records themselves. */
export async function readBuckets(tx: Tx, asking: Asking): Promise<Buckets> {
  const standing = await readStanding(tx, asking);
  const digests = await visibleDigests(tx, asking, standing);
  const kept = await visibleTotal(tx, asking, standing);
  const isSumRight = kept.count === digests.length && kept.digest === sumDigests(digests.map(({ digest }) => digest));
  return { reply: { cursor: await cursorNow(tx, asking, standing), buckets: bucketDigests(digests) }, isSumRight };
}

/** Makes the kept sums again from all records: a sum that is wrong would call every laptop unequal for ever. */
export const makeSumsAgain = async (tx: Tx, { authority }: Asking): Promise<void> =>
  recountSums(tx, authority.id, await allHeads(tx, authority.id));

/** repair 2: ids and digests in the buckets that differ. */
export async function readBucket(tx: Tx, asking: Asking, buckets: readonly string[]): Promise<BucketReply> {
  const standing = await readStanding(tx, asking);
  const wanted = new Set(buckets);
  const digests = await visibleDigests(tx, asking, standing);
  const records = digests.filter(({ id }) => wanted.has(bucketOf(id)));
  return { cursor: await cursorNow(tx, asking, standing), records };
}

/**
 * repair 3: the records that are missing or different, as many as a page holds: the laptop asks again for the rest. What is
 * absent or forbidden is left out.
 */
export async function readRecords(
  tx: Tx,
  asking: Asking,
  ids: readonly RecordId[],
  maxBytes = pageLimitBytes,
): Promise<RecordsReply> {
  const limit = Math.min(maxBytes, pageLimitBytes);
  const standing = await readStanding(tx, asking);
  const records: SentRecord[] = [];
  let bytes = 0;
  for (const id of new Set(ids)) {
    const record = await sendRecord(tx, asking, standing, id);
    if (record === null) continue;
    bytes += Buffer.byteLength(JSON.stringify(record));
    if (records.length > 0 && bytes > limit) break;
    records.push(record);
  }
  return { records };
}
