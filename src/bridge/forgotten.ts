/**
 * What is left on a laptop of a copy that was forgotten because the council said so: a note for whoever sits there, of when and
 * why, with no name and nothing of the work. It stays until it is read.
 */
import * as v from 'valibot';
import { revokeForms } from '../protocol/laptops.ts';
import { count, moment } from '../protocol/op.ts';
import { parse } from '../protocol/parse.ts';
import type { KeyringEntry } from '../store/keyring-entry.ts';
import type { PageNotes } from './page-notes.ts';

const schema = v.object({
  form: v.picklist(revokeForms),
  /** When it was said, by the server's clock; and when it was done, by this laptop's. */
  atMs: moment,
  goneMs: moment,
  /** Changes that the server does not have and that went with the copy. */
  givenUp: count,
});
export type Forgotten = v.InferOutput<typeof schema>;

const noteName = 'plumbline-forgotten';
/** What the screens remember of audits: their ids, and a place in each. */
const placeNames = 'plumbline-place:';

/** null when there is none, or it has been read. */
export function readForgotten(notes: PageNotes): Forgotten | null {
  const text = notes.read(noteName);
  if (text === null) return null;
  return parse(schema, parseJson(text));
}

export const keepForgotten = (notes: PageNotes, forgotten: Forgotten): void =>
  notes.write(noteName, JSON.stringify(forgotten));

export const seenForgotten = (notes: PageNotes): void => notes.remove(noteName);

/** Whatever the page's own storage has under the name of this copy or its person. */
export function forgetNotes(notes: PageNotes, { keyring, person }: KeyringEntry): void {
  for (const name of notes.names()) {
    const isTheirs = name.endsWith(`:${keyring}`) || name.endsWith(`:${person}`);
    if (isTheirs || name.startsWith(placeNames)) notes.remove(name);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not what was written: the schema refuses undefined.
    return undefined;
  }
}
