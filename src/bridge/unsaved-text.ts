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
 *  - a note goes only once the store has what it says, its person said that it may be lost, or the copy goes
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { RecordId } from '../domain/ids.ts';
import type { Result, StoreProblem } from '../protocol/problem.ts';
import { sealedNoteSchema } from '../protocol/sealed-note.ts';
import { boxOfNote, noteOfBox } from '../store/box-text.ts';
import type { Place } from '../store/cipher.ts';
import type { Copy } from '../store/keyring-entry.ts';
import type { Store } from '../store/open.ts';
import { recordOrKeep, type Edit } from '../store/record.ts';
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
/** Of a copy whose storage is lost nobody has the key again; what the rules refuse, they refuse in every page. */
const passing: ReadonlySet<StoreProblem['kind']> = new Set([...elsewhere, 'disk-full', 'storage-failed']);

/** Whether something of this copy waits for its key. */
export const hasUnsaved = (notes: PageNotes, { keyring }: Pick<Copy, 'keyring'>): boolean =>
  notesOf(notes, keyring).length > 0;

const notesOf = (notes: PageNotes, keyring: string): readonly string[] =>
  notes.names().filter((name) => name.startsWith(prefix) && name.endsWith(endOf(keyring)));

export async function openUnsavedText({ notes, holds, entry, store }: UnsavedTextDeps): Promise<UnsavedText> {
  const tab = store.newId();
  const name = prefix + tab + endOf(entry.keyring);
  const release = await holds.hold(name);
  /** By record and unit: the newest that failed. */
  const failed = new Map<string, { readonly edit: Edit; readonly why: StoreProblem['kind'] }>();
  const isKept = signal(false);
  let saving = 0;
  let isClosed = false;
  /** Grows with everything that fails or is saved after all. */
  let change = 0;
  let writing: Promise<void> | null = null;

  const edits = (): readonly Edit[] => [...failed.values()].flatMap(({ edit, why }) => (passing.has(why) ? edit : []));

  function changed(): void {
    change += 1;
    isKept.value = false;
    // At once: a note that outlived what was saved would be recorded over it.
    if (edits().length === 0) notes.remove(name);
    else writing ??= write();
  }

  async function write(): Promise<void> {
    for (let written = -1; written !== change && !isClosed;) {
      written = change;
      const newest = edits();
      const box = await store.cipher.seal(placeOf(tab), { edits: newest as never });
      const text = JSON.stringify(noteOfBox(box));
      if (written !== change || newest.length === 0 || isClosed) continue;
      notes.write(name, text);
      isKept.value = notes.read(name) === text && [...failed.values()].every(({ why }) => elsewhere.has(why));
    }
    writing = null;
  }

  return {
    async saving(edit, save) {
      saving += 1;
      const saved = await save();
      saving -= 1;
      if (entry.home === 'example') return saved;
      const key = `${edit.record} ${edit.unit}`;
      if (!saved.ok) failed.set(key, { edit, why: saved.problem.kind });
      if (!saved.ok || failed.delete(key)) changed();
      return saved;
    },
    edits,
    isKept,
    async settled() {
      while (writing !== null) await writing;
      return saving === 0 && isKept.value;
    },
    close(unsaved) {
      isClosed = true;
      if (unsaved === 'lose' || failed.size === 0) notes.remove(name);
      release();
    },
  };
}

/** Records what tabs that are gone could not save. What cannot be recorded now either stays for the next time. */
export async function recordLeft({ notes, holds, entry, store }: UnsavedTextDeps): Promise<void> {
  for (const name of notesOf(notes, entry.keyring)) {
    const tab = name.slice(prefix.length, -endOf(entry.keyring).length);
    await holds.ifFree(name, async () => {
      const edits = await editsIn(store, tab, notes.read(name));
      if (edits === null) return;
      for (const edit of edits) {
        // A fault of ours must not keep the copy shut.
        const saved = await recordOrKeep(store, edit, 'act').catch(() => null);
        if (saved?.ok !== true) return;
      }
      notes.remove(name);
    });
  }
}

/** null of a note that does not open: somebody has changed it, or a newer build has sealed it. */
async function editsIn({ cipher }: Store, tab: string, text: string | null): Promise<readonly Edit[] | null> {
  const note = parseNote(sealedNoteSchema, text);
  const opened = note === null ? null : await cipher.open(placeOf(tab), boxOfNote(note)).catch(() => null);
  return opened === null ? null : (opened['edits'] as unknown as readonly Edit[]);
}
