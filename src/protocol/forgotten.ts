/**
 * What is left on a laptop of a copy that was forgotten because the council said so: a note for whoever sits there, of when and
 * why, with no name and nothing of the work.
 */
import * as v from 'valibot';
import { revokeForms } from './laptops.ts';
import { count, deviceId, moment } from './op.ts';

export const forgottenSchema = v.object({
  form: v.picklist(revokeForms),
  /** When it was said, by the server's clock; and when it was done, by this laptop's. */
  atMs: moment,
  goneMs: moment,
  /** Changes that the server does not have and that went with the copy. */
  givenUp: count,
});
export type Forgotten = v.InferOutput<typeof forgottenSchema>;

/** The same while it is being done, with the name by which the server is told: what was cut off is finished, and said, at the next start. */
export const forgettingSchema = v.object({
  device: deviceId,
  form: forgottenSchema.entries.form,
  atMs: moment,
  givenUp: count,
});
export type Forgetting = v.InferOutput<typeof forgettingSchema>;
