/** The note of a copy that was forgotten, in the page's own storage, until it is read; and everything else there that goes with a copy. */
import { forgottenSchema, type Forgotten } from '../protocol/forgotten.ts';
import { parse } from '../protocol/parse.ts';
import type { KeyringEntry } from '../store/keyring-entry.ts';
import type { PageNotes } from './page-notes.ts';

const noteName = 'plumbline-forgotten';
/** What the screens remember of audits: their ids, and a place in each. */
const placeNames = 'plumbline-place:';

/** null when there is none, or it has been read. */
export function readForgotten(notes: PageNotes): Forgotten | null {
  const text = notes.read(noteName);
  if (text === null) return null;
  return parse(forgottenSchema, parseJson(text));
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
