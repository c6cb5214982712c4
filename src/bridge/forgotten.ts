/**
 * The note of a copy that was forgotten, in the page's own storage, until it is read; the note of one that is being forgotten, so
 * that it is said also where that was cut off; and everything else there that goes with a copy.
 */
import { forgettingSchema, forgottenSchema, type Forgetting, type Forgotten } from '../protocol/forgotten.ts';
import type { KeyringEntry } from '../store/keyring-entry.ts';
import { parseNote, type PageNotes } from './page-notes.ts';

const noteName = 'plumbline-forgotten';
/** With the keyring after it: it goes with whatever else is noted of that copy. */
const begunNames = 'plumbline-forgetting:';
/** What the screens remember of audits: their ids, and a place in each. */
const placeNames = 'plumbline-place:';

/** null when there is none, or it has been read. */
export function readForgotten(notes: PageNotes): Forgotten | null {
  return parseNote(forgottenSchema, notes.read(noteName));
}

export const keepForgotten = (notes: PageNotes, forgotten: Forgotten): void =>
  notes.write(noteName, JSON.stringify(forgotten));

export const seenForgotten = (notes: PageNotes): void => notes.remove(noteName);

/** Before anything is destroyed. */
export const beginForgetting = (notes: PageNotes, { keyring }: KeyringEntry, forgetting: Forgetting): void =>
  notes.write(`${begunNames}${keyring}`, JSON.stringify(forgetting));

/**
 * Makes of what was cut off a note that is read, when its copy is none of `entries` any more. Answers which, for the server to be
 * told. While the copy is still whole, its next contact does all of it again.
 */
export function finishForgetting(
  notes: PageNotes,
  entries: readonly KeyringEntry[],
  nowMs: number,
): (Forgetting & { readonly keyring: string })[] {
  return notes.names().flatMap((name) => {
    const keyring = name.slice(begunNames.length);
    if (!name.startsWith(begunNames) || entries.some((entry) => entry.keyring === keyring)) return [];
    const begun = parseNote(forgettingSchema, notes.read(name));
    notes.remove(name);
    if (begun === null) return [];
    const { form, atMs, givenUp } = begun;
    keepForgotten(notes, { form, atMs, givenUp, goneMs: nowMs });
    return [{ ...begun, keyring }];
  });
}

/** Whatever the page's own storage has under the name of this copy or its person. */
export function forgetNotes(notes: PageNotes, { keyring, person }: KeyringEntry): void {
  for (const name of notes.names()) {
    const isTheirs = name.endsWith(`:${keyring}`) || name.endsWith(`:${person}`);
    if (isTheirs || name.startsWith(placeNames)) notes.remove(name);
  }
}
