/**
 * Push, pull, open and repair on the wire. Every request names the protocol version, authority and expected person;
 * every reply carries the marker, echoes the nonce and tells epoch and time, so that nothing else can be taken for it.
 */
import * as v from 'valibot';
import { kinds } from '../domain/record.ts';
import { projections } from '../domain/projection.ts';
import { exportNoteSchema } from './export.ts';
import { contactSchema } from './laptops.ts';
import { lossSchema } from './loss.ts';
import {
  authorityId,
  count,
  deviceId,
  hashText,
  jsonObject,
  moment,
  opIdText,
  opSchema,
  personId,
  recordId,
  seqNumber,
  stampSchema,
  unitName,
} from './op.ts';
import { heldCodes, serverProblemSchema } from './problem.ts';

const nonce = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

/** Fields of every request. */
export const request = { protocol: count, nonce, authority: authorityId, person: personId, device: deviceId };

/** (epoch, version, head at that version, rights): what a laptop has received up to. */
export const cursorSchema = v.object({ epoch: nonce, version: count, head: hashText, rights: hashText });
export type Cursor = v.InferOutput<typeof cursorSchema>;

/** A head of the server's chain, with the history it is of: what a laptop keeps of it outside the server. */
export const chainAnchorSchema = v.object({ epoch: nonce, place: count, head: hashText });
export type ChainAnchor = v.InferOutput<typeof chainAnchorSchema>;

export const pushRequestSchema = v.object({
  ...request,
  ops: v.pipe(v.array(opSchema), v.minLength(1), v.maxLength(2000)),
  /** Of which history the laptop knows: a server that was restored says so before it takes anything. */
  cursor: v.exactOptional(v.nullable(cursorSchema)),
  contact: v.exactOptional(contactSchema),
});
/** The most bytes of records in one answer: a thin line asks for little at a time. */
const maxBytes = v.optional(count);
export const pullRequestSchema = v.object({
  ...request,
  cursor: v.nullable(cursorSchema),
  maxBytes,
  /** The last seq of this device that the server has acknowledged: one that knows less has lost it. */
  acknowledged: v.exactOptional(count),
  /** The head of the server's chain that this laptop was last told of. */
  anchor: v.exactOptional(chainAnchorSchema),
  contact: v.exactOptional(contactSchema),
});
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
/** A file was made on this laptop. The server writes it into its log. */
export const exportedRequestSchema = v.object({ ...request, exported: exportNoteSchema });
/** Of what is written into the log alone. */
export const loggedReplySchema = v.object({});

/** How far a device goes of which ops are retained on a laptop. */
const keptUpTo = v.object({ device: deviceId, seq: count });
/**
 * Whether a copy is to be forgotten, asked by its keyring and device: a locked app has nothing else. `acknowledged`: the last
 * change of it that a server has taken. `cursor` and `kept` (how far the devices go of which ops are retained here) are absent in
 * requests of older builds, which say too little for the server to have it all.
 */
export const standingRequestSchema = v.object({
  nonce,
  device: deviceId,
  keyring: nonce,
  acknowledged: count,
  cursor: v.exactOptional(v.nullable(cursorSchema)),
  kept: v.exactOptional(v.pipe(v.array(keptUpTo), v.maxLength(1000))),
});

/** A revoked laptop has handed over all it had: what it knows of this server, so that one that was put back asks for more. */
export const leaveRequestSchema = v.object({ ...request, cursor: v.nullable(cursorSchema), acknowledged: count });
export const leaveReplySchema = v.object({});

export type PushRequest = v.InferOutput<typeof pushRequestSchema>;

/** What has become of ops that wait on the server. */
export const outcomesRequestSchema = v.object({
  ...request,
  seqs: v.pipe(v.array(v.pipe(count, v.minValue(1))), v.minLength(1), v.maxLength(2000)),
});
/** After a restore: how far does the server know these devices? */
export const knownRequestSchema = v.object({
  ...request,
  cursor: v.nullable(cursorSchema),
  acknowledged: count,
  devices: v.pipe(v.array(deviceId), v.minLength(1), v.maxLength(1000)),
});

const base64 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]+={0,2}$/));
/** An op that was acknowledged, sealed to the server: `store/server-box` seals it, `server/sync/server-box` opens it. */
export const retainedBoxSchema = v.object({ device: deviceId, seq: v.pipe(seqNumber, v.minValue(1)), box: base64 });
export type RetainedBox = v.InferOutput<typeof retainedBoxSchema>;

/** The end of what this laptop's device has sealed and the server has settled: what is missing below it is lost. */
const chainPlace = v.object({ seq: seqNumber, head: hashText });
export type ChainPlace = v.InferOutput<typeof chainPlace>;

export const offerRequestSchema = v.object({
  ...request,
  boxes: v.pipe(v.array(retainedBoxSchema), v.maxLength(2000)),
  /** With the last offer of this device. */
  reached: v.exactOptional(chainPlace),
});

/** An op that this laptop has seen confirmed and the server does not know: of which record, and whose. */
export const missingOpSchema = v.object({
  op: opIdText,
  record: recordId,
  kind: v.picklist(kinds),
  unit: unitName,
  author: personId,
  /** When it was made: by its ordering stamp. An older build does not say. */
  madeMs: v.exactOptional(moment),
});
export type MissingOp = v.InferOutput<typeof missingOpSchema>;
export const missingRequestSchema = v.object({
  ...request,
  missing: v.pipe(v.array(missingOpSchema), v.minLength(1), v.maxLength(500)),
});

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

/**
 * What became of one op. `stamp` is the ordering stamp, which the laptop adopts. A `receipt` is the server's own proof, to
 * itself, that it has accepted the op. What is `waiting` is durable and neither accepted nor held: it does not fit yet.
 */
export const opResultSchema = v.variant('outcome', [
  v.object({
    seq: count,
    outcome: v.literal('accepted'),
    version: count,
    stamp: stampSchema,
    receipt: v.exactOptional(hashText),
  }),
  v.object({ seq: count, outcome: v.literal('waiting') }),
  v.object({ seq: count, outcome: v.literal('held'), code: v.picklist(heldCodes), why: v.string() }),
]);
export type OpResult = v.InferOutput<typeof opResultSchema>;

/** The server's public key, to which acknowledged ops are sealed: a point of P-256, uncompressed. */
const serverKey = v.exactOptional(v.pipe(v.string(), v.regex(/^04[0-9a-f]{128}$/)));

/** Every op up to `acceptedTo` is settled and durable; `head` is the device's chain head there. */
export const pushReplySchema = v.object({
  acceptedTo: count,
  head: hashText,
  results: v.array(opResultSchema),
  serverKey,
});
export type PushReply = v.InferOutput<typeof pushReplySchema>;

/** The results that are known, in order of seq. */
export const outcomesReplySchema = v.object({ results: v.array(opResultSchema) });
export type OutcomesReply = v.InferOutput<typeof outcomesReplySchema>;

/** 0 for a device that the server does not know. */
export const knownReplySchema = v.object({ known: v.array(v.object({ device: deviceId, seq: count })) });
export type KnownReply = v.InferOutput<typeof knownReplySchema>;

/** How many of the offered ops were taken (accepted, held or waiting), were known, and could not be taken at all. */
export const offerReplySchema = v.object({ taken: count, known: count, unreadable: count });
export type OfferReply = v.InferOutput<typeof offerReplySchema>;

export const missingReplySchema = v.object({});

const total = v.object({ count, digest: nonce });
/**
 * Laptops of people who audit that had not been heard from at `atMs`, the longest silent of them since `sinceMs`, by the server's clock: what was
 * done there and not sent is in no figure.
 */
export const unheardSchema = v.object({ laptops: count, sinceMs: moment, atMs: moment });
export type Unheard = v.InferOutput<typeof unheardSchema>;

/** No more are counted. */
export const notBackLimit = 1_000;

/**
 * Changes that a restore of the server lost, noticed at `noticedMs`, and that had not come back at `atMs`: what they say may be missing in
 * figures. At the limit there may be more.
 */
export const notBackSchema = v.object({ changes: count, noticedMs: moment, atMs: moment });
export type NotBack = v.InferOutput<typeof notBackSchema>;

/** A page of records after the cursor. `total` comes with the last page, from the same snapshot. */
export const pullReplySchema = v.object({
  records: v.array(sentRecordSchema),
  cursor: cursorSchema,
  last: v.boolean(),
  /** With the last page: where the server's chain has come to. */
  anchor: v.exactOptional(chainAnchorSchema),
  /** With the last page, to whoever reads audits of others: laptops of those who grade them. Absent for none. */
  unheard: v.exactOptional(unheardSchema),
  /** The same of changes to those audits, as far as anybody can say which audit it was. */
  notBack: v.exactOptional(notBackSchema),
  total: v.nullable(total),
  serverKey,
});
export type PullReply = v.InferOutput<typeof pullReplySchema>;

/** What figures of what was sent may lack; absent for nothing. */
export type Lacking = Pick<PullReply, 'unheard' | 'notBack'>;

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

/** The header that shows that the copy is unlocked (Sessions): 64 hex digits. */
export const unlockedHeader = 'x-plumbline-unlocked';

export const paths = {
  push: '/api/sync/push',
  pull: '/api/sync/pull',
  open: '/api/sync/open',
  buckets: '/api/sync/buckets',
  bucket: '/api/sync/bucket',
  records: '/api/sync/records',
  held: '/api/sync/held',
  heldList: '/api/sync/held/list',
  decide: '/api/sync/held/decide',
  outcomes: '/api/sync/outcomes',
  known: '/api/sync/known',
  offer: '/api/sync/offer',
  missing: '/api/sync/missing',
  missingList: '/api/sync/missing/list',
  search: '/api/sync/subject/search',
  disclose: '/api/sync/subject/disclose',
  cube: '/api/sync/cube',
  loss: '/api/sync/loss',
  exported: '/api/sync/exported',
  leave: '/api/sync/leave',
  pokes: '/api/sync/pokes',
} as const;
