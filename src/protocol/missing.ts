/**
 * What a restored server does not have back, on the wire: docs/protocol.md, "Regather" (6). Asked by a QA lead; anybody else is
 * answered as if nothing were missing.
 */
import * as v from 'valibot';
import { kinds } from '../domain/record.ts';
import { count, deviceId, moment, personId, recordId, unitName } from './op.ts';
import { request } from './sync.ts';

/** The most groups in one answer. */
export const missingListLimit = 500;

/** With `limit` 0 only for how many changes there are. */
export const missingListRequestSchema = v.object({ ...request, limit: v.pipe(count, v.maxValue(missingListLimit)) });

/** The missing changes of one laptop to one record: of a place in a chain that nobody has seen, only whose it was. */
const missingGroupSchema = v.object({
  device: deviceId,
  person: v.nullable(personId),
  record: v.nullable(recordId),
  kind: v.nullable(v.picklist(kinds)),
  units: v.array(unitName),
  changes: count,
  /** When the newest of them was made, as far as a laptop has said so. */
  madeMs: v.nullable(moment),
  /** Since it was known to be missing, somebody has written these parts of the record again. */
  again: v.boolean(),
});
export type MissingGroup = v.InferOutput<typeof missingGroupSchema>;

export const missingListReplySchema = v.object({
  /** When it was last noticed that the server had gone back; null for never. */
  noticedMs: v.nullable(count),
  /** Changes that are missing and have not been written again. */
  changes: count,
  /** Changes that came back and wait for something that has not. */
  waiting: count,
  /** Those to be looked at first; then those written again. */
  groups: v.array(missingGroupSchema),
});
export type MissingList = v.InferOutput<typeof missingListReplySchema>;

export const nothingMissing: MissingList = { noticedMs: null, changes: 0, waiting: 0, groups: [] };
