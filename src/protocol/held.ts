/**
 * What becomes of an op that was held, on the wire: docs/protocol.md, "Held". A held group is named by its device and its
 * group id. Its author sends it again or discards it; a lead accepts it on the author's behalf or returns it.
 */
import * as v from 'valibot';
import { kinds } from '../domain/record.ts';
import { count, deviceId, groupId, jsonObject, moment, personId, recordId, unitName } from './op.ts';
import { heldCodes } from './problem.ts';
import { request } from './sync.ts';
import { shortText } from './text.ts';

const key = { device: deviceId, group: groupId };
const keySchema = v.object(key);
export type HeldKey = v.InferOutput<typeof keySchema>;

/** What a lead may say, and what the author may. All but `returned` end it: the first of them stands. */
export const leadDecisions = ['accepted', 'returned'] as const;
export const authorDecisions = ['discarded', 'resent'] as const;
export type LeadDecision = (typeof leadDecisions)[number];
export type AuthorDecision = (typeof authorDecisions)[number];

const decisionSchema = v.object({
  what: v.picklist([...leadDecisions, ...authorDecisions]),
  by: personId,
  /** A lead's reason or note, an author's reason for discarding; empty for what was sent again. */
  why: shortText,
  /** When it was decided, by the clock of where it was. */
  atMs: moment,
});
export type HeldDecision = v.InferOutput<typeof decisionSchema>;

const written = { record: recordId, kind: v.picklist(kinds), unit: unitName, value: jsonObject };

/** What one laptop's own author has decided. The content goes with it: the server need not have received it before. */
const toldSchema = v.object({
  ...key,
  what: v.picklist(authorDecisions),
  why: shortText,
  atMs: moment,
  content: v.pipe(v.array(v.object(written)), v.maxLength(1000)),
});
export type HeldTold = v.InferOutput<typeof toldSchema>;

/** The most groups asked about, and told, at once. */
export const heldAskLimit = 200;
export const heldToldLimit = 4;

/** A laptop tells what was decided on it, and asks what has become of the groups it still keeps. */
export const heldRequestSchema = v.object({
  ...request,
  told: v.pipe(v.array(toldSchema), v.maxLength(heldToldLimit)),
  ask: v.pipe(v.array(keySchema), v.maxLength(heldAskLimit)),
});
export interface HeldAsked {
  readonly told: readonly HeldTold[];
  readonly ask: readonly HeldKey[];
}
/** Of every group told or asked about: the newest decision, null while there is none. */
export const heldReplySchema = v.object({
  groups: v.array(v.object({ ...key, decision: v.nullable(decisionSchema) })),
});
export type HeldReply = v.InferOutput<typeof heldReplySchema>;

const reasoned = { code: v.picklist(heldCodes), why: v.string() };
const heldGroupSchema = v.object({
  ...key,
  person: personId,
  heldMs: count,
  /** `code` is null in what was discarded on a laptop without having reached the server. */
  ops: v.array(v.object({ ...written, claimedMs: moment, code: v.nullable(reasoned.code), why: reasoned.why })),
  /** Oldest first; empty while nobody has decided anything. */
  decisions: v.array(decisionSchema),
});
export type HeldGroup = v.InferOutput<typeof heldGroupSchema>;

/** A lead asks for the held groups they may decide about; with `limit` 0 only for how many there are. */
export const heldListRequestSchema = v.object({ ...request, limit: v.pipe(count, v.maxValue(heldAskLimit)) });
export const heldListReplySchema = v.object({
  /** How many wait for a lead's decision: all of them, also those beyond the limit. */
  waiting: count,
  /** Those that wait, oldest first; then returned ones; then those decided of late. */
  groups: v.array(heldGroupSchema),
});
export type HeldList = v.InferOutput<typeof heldListReplySchema>;

export const decideRequestSchema = v.object({
  ...request,
  groups: v.pipe(v.array(keySchema), v.minLength(1), v.maxLength(heldAskLimit)),
  what: v.picklist(leadDecisions),
  why: v.pipe(shortText, v.minLength(1)),
});
export type DecideRequest = v.InferOutput<typeof decideRequestSchema>;
/** What a lead says of some held groups. */
export type LeadSays = Pick<DecideRequest, 'groups' | 'what' | 'why'>;

/**
 * What became of one group: `decided` with the decision that stands, whoever made it; `refused` with why it cannot be
 * accepted; `not-found` when there is none that this lead may decide about.
 */
const decidedSchema = v.variant('outcome', [
  v.object({ ...key, outcome: v.literal('decided'), decision: decisionSchema }),
  v.object({ ...key, outcome: v.literal('refused'), ...reasoned }),
  v.object({ ...key, outcome: v.literal('not-found') }),
]);
export type Decided = v.InferOutput<typeof decidedSchema>;
export const decideReplySchema = v.object({ results: v.array(decidedSchema) });
export type DecideReply = v.InferOutput<typeof decideReplySchema>;
