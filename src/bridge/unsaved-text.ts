/**
 * What somebody wrote and the store did not take, kept sealed in the page's own storage until it does: neither a page that is loaded
 * again, nor a newer build, nor a crash of the browser takes it away (FAULTS 5, 11, 13).
 *
 *   a save fails --> the edit, sealed --> saved after all: taken out
 *                              \--its tab is gone--> whoever opens the copy next records it, and takes it out
 *
 * Promises:
 *  - the newest of each unit is kept, under the copy's own key; nothing is while every save succeeds
 *  - of a tab that lives nothing is recorded by another; it tries again itself
 *  - a note goes only once the store has what it says, its person said that it may be lost, the copy goes, or its key opens nothing in it
 *  - what was recorded of a note is taken out of it before the next: it never comes a second time, over what was written since
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { RecordId } from '../domain/ids.ts';
import type { Result, StoreProblem } from '../protocol/problem.ts';
import { sealedNoteSchema } from '../protocol/sealed-note.ts';
import { boxOfNote, noteOfBox } from '../store/box-text.ts';
import type { Place } from '../store/cipher.ts';
import type { Copy } from '../store/keyring-entry.ts';
import type { Store } from '../store/open.ts';
import { recordUnseen, type Edit } from '../store/record.ts';
import { problemOf } from '../store/problems.ts';
import type { Holds } from './holds.ts';
import { parseNote, type PageNotes } from './page-notes.ts';

type Saved = Result<unknown, StoreProblem>;

export interface UnsavedText {
  /** Saves an edit by `save`, and keeps it sealed for as long as that fails. */
  saving<R extends Saved>(edit: Edit, save: () => Promise<R>): Promise<R>;
  /** What this tab could not save, of each unit the newest: what may be tried again or taken elsewhere. */
  edits(): readonly Edit[];
  /** Whether all that could not be saved is kept here for certain, and comes back when the copy is opened again. */
  readonly isKept: ReadonlySignal<boolean>;
  /** The same, once everything that failed until now has been sealed. */
  settled(): Promise<boolean>;
  /** Its person said that it may be lost, or nothing is left to keep: this tab keeps nothing from now on. */
  close(unsaved: 'keep' | 'lose'): void;
}

export interface UnsavedTextDeps {
  readonly notes: PageNotes;
  readonly holds: Holds;
  readonly entry: Pick<Copy, 'home' | 'keyring'>;
  readonly store: Store;
}

const prefix = 'plumbline-unsaved:';
// Ends with the keyring, as all that goes with its copy (`forgotten`).
const endOf = (keyring: string): string => `:${keyring}`;
const placeOf = (tab: string): Place => ({ table: 'notes', record: tab as RecordId, unit: 'unsaved' });

/**
 * Of these the same edit succeeds in another page, and there is nothing wrong with the disk: what is noted there stays. On a full
 * disk the note is made as well, and counts for nothing: the browser may never have written it.
 */
const elsewhere: ReadonlySet<StoreProblem['kind']> = new Set(['storage-closed', 'build-too-old']);
const passing: ReadonlySet<StoreProblem['kind']> = new Set([...elsewhere, 'disk-full', 'storage-failed']);
/** What the rules refuse, they refuse in every page: the version before it is what can come back. */
const refused: ReadonlySet<StoreProblem['kind']> = new Set(['invalid-value', 'too-much-text']);

/** Whether something of this copy waits for its key. */
export const hasUnsaved = (notes: PageNotes, { keyring }: Pick<Copy, 'keyring'>): boolean =>
  notesOf(notes, keyring).length > 0;

const notesOf = (notes: PageNotes, keyring: string): readonly string[] =>
  notes.names().filter((name) => name.startsWith(prefix) && name.endsWith(endOf(keyring)));

export async function openUnsavedText({ notes, holds, entry, store }: UnsavedTextDeps): Promise<UnsavedText> {
  const tab = store.newId();
  const name = prefix + tab + endOf(entry.keyring);
  const release = await holds.hold(name);
  /** By record and unit: why the newest failed, and the newest that another page may save. */
  const failed = new Map<string, { readonly edit: Edit | null; readonly why: StoreProblem['kind'] }>();
  const isKept = signal(false);
  /** Saves under way of what no note has: until they have answered it is nowhere but in this page. */
  let fresh = 0;
  let isClosed = false;
  /** Grows with everything that fails or is saved after all. */
  let change = 0;
  let writing: Promise<void> | null = null;
  /** The note still has something that has been saved since. */
  let isStale = false;

  const edits = (): readonly Edit[] => [...failed.values()].flatMap(({ edit }) => edit ?? []);

  /** Of a copy whose storage is lost nobody has the key again. */
  function keptOf(edit: Edit, why: StoreProblem['kind']): Edit | null {
    if (refused.has(why)) return failed.get(keyOf(edit))?.edit ?? null;
    return passing.has(why) ? edit : null;
  }

  /** Tried once more: the very value. */
  const isNoted = (edit: Edit): boolean => {
    const kept = failed.get(keyOf(edit))?.edit;
    return kept != null && kept.value === edit.value;
  };

  function changed(): void {
    change += 1;
    isKept.value = false;
    // At once: a note that outlived what was saved would be recorded over it.
    if (edits().length === 0) notes.remove(name);
    else if (!isClosed) writing ??= write();
  }

  async function write(): Promise<void> {
    for (let written = -1; written !== change && !isClosed;) {
      written = change;
      const newest = edits();
      const text = await noteText(store, tab, newest);
      if (written !== change || newest.length === 0 || isClosed) continue;
      notes.write(name, text);
      const isWritten = notes.read(name) === text;
      if (!isWritten && isStale) notes.remove(name);
      isStale = false;
      isKept.value = fresh === 0 && isWritten && [...failed.values()].every(({ why }) => elsewhere.has(why));
    }
    writing = null;
  }

  return {
    async saving(edit, save) {
      const isFresh = !isNoted(edit);
      if (isFresh) {
        fresh += 1;
        isKept.value = false;
      }
      const saved = await save();
      const hadFailed = failed.size > 0;
      if (isFresh) fresh -= 1;
      if (entry.home === 'example') return saved;
      if (saved.ok) isStale = failed.delete(keyOf(edit)) || isStale;
      else failed.set(keyOf(edit), { edit: keptOf(edit, saved.problem.kind), why: saved.problem.kind });
      if (hadFailed || !saved.ok) changed();
      return saved;
    },
    edits,
    isKept,
    async settled() {
      while (writing !== null) await writing;
      return isKept.value;
    },
    close(unsaved) {
      isClosed = true;
      if (unsaved === 'lose' || failed.size === 0) notes.remove(name);
      release();
    },
  };
}

const keyOf = ({ record, unit }: Edit): string => `${record} ${unit}`;

async function noteText({ cipher }: Store, tab: string, edits: readonly Edit[]): Promise<string> {
  return JSON.stringify(noteOfBox(await cipher.seal(placeOf(tab), { edits: edits as never })));
}

/**
 * Records what tabs that are gone could not save. What the store does not take now either stays for the next time: whether something
 * does.
 */
export async function recordLeft({ notes, holds, entry, store }: UnsavedTextDeps): Promise<boolean> {
  let stays = false;
  for (const name of notesOf(notes, entry.keyring)) {
    const tab = name.slice(prefix.length, -endOf(entry.keyring).length);
    await holds.ifFree(name, async () => {
      const edits = await editsIn(store, tab, notes.read(name));
      if (edits === 'of-newer-build') return void (stays = true);
      let left = edits;
      for (const edit of edits) {
        // A fault of ours must not keep the copy shut.
        const saved = await recordUnseen(store, edit).catch(() => null);
        if (saved?.ok !== true) continue;
        left = left.filter((one) => one !== edit);
        if (left.length > 0) notes.write(name, await noteText(store, tab, left));
      }
      if (left.length === 0) notes.remove(name);
      else stays = true;
    });
  }
  return stays;
}

/** Nothing of a note that somebody has changed: it opens for nobody ever, and would keep a copy that is to be forgotten. */
async function editsIn(
  { cipher }: Store,
  tab: string,
  text: string | null,
): Promise<readonly Edit[] | 'of-newer-build'> {
  const note = parseNote(sealedNoteSchema, text);
  if (note === null) return [];
  try {
    return (await cipher.open(placeOf(tab), boxOfNote(note)))['edits'] as unknown as readonly Edit[];
  } catch (error) {
    return problemOf(error)?.kind === 'build-too-old' ? 'of-newer-build' : [];
  }
}

/** Of copies that are not here any more nobody has the key: what they left goes. */
export function forgetUnsaved(notes: PageNotes, here: ReadonlySet<string>): void {
  for (const name of notes.names()) {
    if (name.startsWith(prefix) && !here.has(name.slice(name.lastIndexOf(':') + 1))) notes.remove(name);
  }
}
