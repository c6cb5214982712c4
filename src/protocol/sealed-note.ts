/** A sealed box where only text can be kept: in the page's own storage. */
import * as v from 'valibot';
import { count } from './op.ts';

const base64 = v.pipe(v.string(), v.base64());

export const sealedNoteSchema = v.object({ version: v.exactOptional(count), iv: base64, data: base64 });
export type SealedNote = v.InferOutput<typeof sealedNoteSchema>;
