/** What a laptop tells the server's log of a file that was made on it: what it lists and how much of it, never of whom. */
import * as v from 'valibot';
import { count, moment } from './op.ts';

/**
 * `held`: changes that were not accepted, with their text. `certificates`: what was erased. `backup`: everything on the laptop,
 * sealed with a passphrase. `subject`: all that is held about one case, to answer whom it is about.
 */
const exportKinds = ['percentages', 'audits', 'held', 'certificates', 'backup', 'subject'] as const;

/** `rows`: how many audits, changes, certificates or, of a backup, records it lists; none where it is of percentages. `atMs` by the laptop's clock. */
export const exportNoteSchema = v.object({
  what: v.picklist(exportKinds),
  rows: count,
  namesAuditors: v.boolean(),
  atMs: moment,
});
export type ExportNote = v.InferOutput<typeof exportNoteSchema>;
