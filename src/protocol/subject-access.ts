/**
 * All that is held about one case, on the wire: docs/protocol.md, "Subject access". Asked by whoever has the right to disclose;
 * anybody else is answered as if there were no such address.
 */
import * as v from 'valibot';
import { kinds } from '../domain/record.ts';
import { count, deviceId, jsonObject, moment, personId, recordId, unitName } from './op.ts';
import { request } from './sync.ts';
import { line, shortText } from './text.ts';

/** The most audits in one answer: far more than a case ever has. */
export const foundLimit = 500;

const searchId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

export const searchRequestSchema = v.object({ ...request, reference: v.pipe(line(60), v.regex(/\S/)) });

/**
 * Where a reference stands in what is held of an audit: it is the audit's own now; it was, before it was corrected; it stands
 * in a version that nobody has settled; or in a change that was never accepted.
 */
export const foundIn = ['current', 'former', 'other-version', 'not-accepted', 'discarded-unsent'] as const;
export type FoundIn = (typeof foundIn)[number];

const foundSchema = v.object({
  record: recordId,
  in: v.array(v.picklist(foundIn)),
  /** The reference that the audit has now; null when it was never accepted at all, or when it was erased. */
  reference: v.nullable(v.string()),
  changes: count,
  /** This person has yet to moderate it: it is kept from them above every other right. */
  blind: v.boolean(),
  /** Its content was erased: what is found of it came later. */
  erased: v.boolean(),
});
export type Found = v.InferOutput<typeof foundSchema>;

export const searchReplySchema = v.object({
  /** Under which the search is noted in the trail. */
  search: searchId,
  found: v.array(foundSchema),
  /** How many there are, also beyond the limit. */
  total: count,
  /** What was looked through: accepted and other changes of a case reference, and decisions with a content. */
  looked: v.object({ changes: count, decisions: count }),
  /** Audits that do not say any more whose case they were. */
  erased: count,
});
export type SearchReply = v.InferOutput<typeof searchReplySchema>;

/** What is held of one audit, from a place in its history on. */
export const discloseRequestSchema = v.object({ ...request, search: searchId, record: recordId, from: count });
export interface DiscloseAsk {
  readonly search: string;
  readonly record: v.InferOutput<typeof recordId>;
  readonly from: number;
}

/** What became of a change: accepted, or waiting, or `undecided` or what was decided of a held one. */
const changeSchema = v.object({
  unit: unitName,
  kind: v.picklist(kinds),
  value: jsonObject,
  person: personId,
  device: deviceId,
  claimedMs: moment,
  receivedMs: count,
  state: v.string(),
  /** Its content was erased; `value` is what was left. */
  erased: v.boolean(),
});
export type HeldChange = v.InferOutput<typeof changeSchema>;

const decisionSchema = v.object({
  what: v.string(),
  author: personId,
  by: personId,
  why: shortText,
  atMs: moment,
  /** Discarded on a laptop without ever having been received as changes. */
  content: v.array(v.object({ unit: unitName, value: jsonObject })),
});

export const discloseReplySchema = v.object({
  /** The units as they stand, with every version; null when nothing of it was ever accepted. Only with `from` 0. */
  units: v.nullable(v.record(v.string(), v.unknown())),
  /** In the order in which they were received. */
  history: v.array(changeSchema),
  /** Where to go on; null: this is the end. */
  next: v.nullable(count),
  decisions: v.array(decisionSchema),
  /** Who opened it in full, first and last. */
  openedBy: v.array(v.object({ person: personId, firstMs: count, lastMs: count })),
  /** Changes of it that a restore of the server lost. */
  missing: count,
});
export type DiscloseReply = v.InferOutput<typeof discloseReplySchema>;
