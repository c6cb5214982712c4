/**
 * Push, pull, open and repair on the wire. Every request names the protocol version, authority and expected person;
 * every reply carries the marker, echoes the nonce and tells epoch and time, so that nothing else can be taken for it.
 */
import * as v from 'valibot';
import { kinds } from '../domain/record.ts';
import { projections } from '../domain/projection.ts';
import { lossSchema } from './loss.ts';
import {
  authorityId,
  count,
  deviceId,
  hashText,
  jsonObject,
  opIdText,
  opSchema,
  personId,
  recordId,
  stampSchema,
  unitName,
} from './op.ts';
import { heldCodes, serverProblemSchema } from './problem.ts';

const nonce = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

/** Fields of every request. */
const request = { protocol: count, nonce, authority: authorityId, person: personId, device: deviceId };

/** (epoch, version, head at that version, rights): what a laptop has received up to. */
export const cursorSchema = v.object({ epoch: nonce, version: count, head: hashText, rights: hashText });
export type Cursor = v.InferOutput<typeof cursorSchema>;

export const pushRequestSchema = v.object({
  ...request,
  ops: v.pipe(v.array(opSchema), v.minLength(1), v.maxLength(2000)),
});
/** The most bytes of records in one answer: a thin line asks for little at a time. */
const maxBytes = v.optional(count);
export const pullRequestSchema = v.object({ ...request, cursor: v.nullable(cursorSchema), maxBytes });
export const openRequestSchema = v.object({ ...request, record: recordId });
export const bucketsRequestSchema = v.object({ ...request });
export const bucketRequestSchema = v.object({
  ...request,
  buckets: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{2}$/))), v.minLength(1), v.maxLength(256)),
});
export const recordsRequestSchema = v.object({
  ...request,
  records: v.pipe(v.array(recordId), v.minLength(1), v.maxLength(200)),
  maxBytes,
});

/** The browser of this laptop has lost changes. The server writes it into its log, and takes nothing back for it. */
export const lossRequestSchema = v.object({ ...request, loss: lossSchema });
export const lossReplySchema = v.object({});

export type PushRequest = v.InferOutput<typeof pushRequestSchema>;

const version = { op: opIdText, value: jsonObject, author: personId, stamp: stampSchema };
const unitState = v.object({ ...version, others: v.array(v.object(version)) });

/** A record as one person is sent it. */
export const sentRecordSchema = v.object({
  id: recordId,
  kind: v.picklist(kinds),
  version: count,
  projection: v.picklist(projections),
  units: v.record(unitName, unitState),
});
export type SentRecord = v.InferOutput<typeof sentRecordSchema>;

/** What became of one op. `stamp` is the ordering stamp, which the laptop adopts. */
export const opResultSchema = v.variant('outcome', [
  v.object({ seq: count, outcome: v.literal('accepted'), version: count, stamp: stampSchema }),
  v.object({ seq: count, outcome: v.literal('held'), code: v.picklist(heldCodes), why: v.string() }),
]);
export type OpResult = v.InferOutput<typeof opResultSchema>;

/** Every op up to `acceptedTo` is settled (accepted or held) and durable; `head` is the device's chain head there. */
export const pushReplySchema = v.object({ acceptedTo: count, head: hashText, results: v.array(opResultSchema) });
export type PushReply = v.InferOutput<typeof pushReplySchema>;

const total = v.object({ count, digest: nonce });
/** A page of records after the cursor. `total` comes with the last page, from the same snapshot. */
export const pullReplySchema = v.object({
  records: v.array(sentRecordSchema),
  cursor: cursorSchema,
  last: v.boolean(),
  total: v.nullable(total),
});
export type PullReply = v.InferOutput<typeof pullReplySchema>;

/** null when there is no such record, or none this person may read: the two look the same. */
export const openReplySchema = v.object({ record: v.nullable(sentRecordSchema) });
export type OpenReply = v.InferOutput<typeof openReplySchema>;

/** Buckets of this person's records, at `cursor`. */
export const bucketsReplySchema = v.object({
  cursor: cursorSchema,
  buckets: v.array(v.object({ bucket: v.string(), count, digest: nonce })),
});
export type BucketsReply = v.InferOutput<typeof bucketsReplySchema>;

export const bucketReplySchema = v.object({
  cursor: cursorSchema,
  records: v.array(v.object({ id: recordId, digest: nonce })),
});
export type BucketReply = v.InferOutput<typeof bucketReplySchema>;

export const recordsReplySchema = v.object({ records: v.array(sentRecordSchema) });
export type RecordsReply = v.InferOutput<typeof recordsReplySchema>;

/** The first field of every reply of ours. */
export const replyMarker = 'plumbline';

/** Wraps every reply to a sync request. */
export const envelopeSchema = v.object({
  [replyMarker]: count,
  nonce,
  epoch: nonce,
  serverMs: count,
  body: v.optional(v.unknown()),
  problem: v.optional(serverProblemSchema),
});
export type Envelope = v.InferOutput<typeof envelopeSchema>;

/** The header without which no request is taken: a cross-site form cannot send it (FAULTS S16). */
export const requestHeader = 'x-plumbline';

export const paths = {
  push: '/api/sync/push',
  pull: '/api/sync/pull',
  open: '/api/sync/open',
  buckets: '/api/sync/buckets',
  bucket: '/api/sync/bucket',
  records: '/api/sync/records',
  loss: '/api/sync/loss',
  pokes: '/api/sync/pokes',
} as const;
