/**
 * Whether this computer keeps a person's work over a restart of the browser (FAULTS 2). When a laptop is first opened a mark is
 * made where the work lies, and the same in the page's own storage. Both found again in a later run of the browser: the check
 * has passed, for good. On a computer that deletes them they are gone with the rest, and nobody is left here to be told: the
 * server tells them as they sign in again.
 */
import type { Result, StoreProblem } from '../protocol/problem.ts';
import { readKeptMark, writeKeptMark } from '../store/kept-mark.ts';
import { asResult } from '../store/problems.ts';
import type { Laptop } from './laptop.ts';
import type { Visit } from './visit.ts';

export type StorageCheck =
  /** Nothing is to be kept here. */
  | { readonly kind: 'not-needed' }
  /** `returned`: every tab was closed and opened again, but the browser was not, as far as can be told. */
  | { readonly kind: 'to-do'; readonly returned: boolean }
  /** `justNow`: found out as this laptop was opened. */
  | { readonly kind: 'kept'; readonly atMs: number; readonly justNow: boolean };

/** The marks in the page's own storage, by keyring: the run of the browser in which each was made. */
export interface PageMarks {
  read(keyring: string): string | null;
  write(keyring: string, run: string): void;
}

export interface StorageCheckDeps {
  readonly visit: Promise<Visit>;
  readonly marks: PageMarks;
}

type Checked = Pick<Laptop, 'store' | 'entry' | 'home'>;

/** Looks, and makes the marks where there are none. Never fails: what cannot be found out is still to do. */
export async function checkStorage(laptop: Checked, deps: StorageCheckDeps): Promise<StorageCheck> {
  if (!laptop.home.isKept) return { kind: 'not-needed' };
  const checked = await asResult(() => look(laptop, deps));
  return checked.ok ? checked.value : { kind: 'to-do', returned: false };
}

async function look(
  { store, entry }: Checked,
  { visit, marks }: StorageCheckDeps,
): Promise<Result<StorageCheck, StoreProblem>> {
  const found = await readKeptMark(store);
  if (found !== null && found.keptMs !== null) return as({ kind: 'kept', atMs: found.keptMs, justNow: false });
  const { run, returned, leaveMark } = await visit;
  leaveMark();
  if (found === null || marks.read(entry.keyring) !== found.run) {
    // None, or half of one: from the beginning.
    if (run !== null) {
      marks.write(entry.keyring, run);
      await writeKeptMark(store, { run, keptMs: null });
    }
    return as({ kind: 'to-do', returned: false });
  }
  if (run === null || run === found.run) return as({ kind: 'to-do', returned });
  const keptMs = store.now();
  await writeKeptMark(store, { ...found, keptMs });
  return as({ kind: 'kept', atMs: keptMs, justNow: true });
}

const as = (value: StorageCheck) => ({ ok: true, value }) as const;
