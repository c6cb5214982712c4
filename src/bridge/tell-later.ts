/**
 * Tells the server of what was done here without asking it, also offline: as soon as it can be reached, and until then noted
 * outside the database.
 *
 * Promises: the newest is told first, so that what the person waits for waits for none but the one that is being told; one of a
 * name is told again only when it is noted again; one that cannot be told keeps no other back, and is tried again once the phase of
 * syncing changes; what is noted outlives a lock, a sign-out and a crash, and goes with the copy.
 */
import { batch, effect, signal } from '@preact/signals';
import type { Result, SyncProblem } from '../protocol/problem.ts';
import type { Copy } from '../store/keyring-entry.ts';
import type { PageNotes } from './page-notes.ts';
import type { SyncBridge } from './sync-bridge.ts';

export interface TellLater {
  /** `text` goes with the name: it is told with it. */
  note(name: string, text: string): void;
  stop(): void;
}

export interface TellLaterDeps {
  readonly notes: PageNotes;
  readonly entry: Pick<Copy, 'home' | 'keyring'>;
  readonly sync: Pick<SyncBridge, 'state'>;
}

interface Untold {
  readonly name: string;
  readonly text: string;
}

/** `prefix` begins the names of the notes; `tell` asks the server. Where there is none, nothing is noted. */
export function tellLater(
  { notes, entry, sync }: TellLaterDeps,
  prefix: string,
  tell: (name: string, text: string) => Promise<Result<unknown, SyncProblem>>,
): TellLater {
  // Ends with the keyring, as all that goes with its copy (`forgotten`).
  const whose = `:${entry.keyring}`;
  const noteOf = (name: string): string => prefix + name + whose;
  const noted = notes.names().filter((name) => name.startsWith(prefix) && name.endsWith(whose));
  /** The newest last. */
  const untold = signal<readonly Untold[]>(
    noted.map((note) => ({ name: note.slice(prefix.length, -whose.length), text: notes.read(note) ?? '' })),
  );
  const untoldBut = (name: string): Untold[] => untold.value.filter((other) => other.name !== name);
  const isTelling = signal(false);
  /** What could not be told in this phase of syncing. */
  let failed = { in: sync.state.value.phase, names: new Set<string>() };
  const stop = effect(() => {
    const { phase } = sync.state.value;
    if (phase !== failed.in) failed = { in: phase, names: new Set() };
    const next = untold.value.findLast(({ name }) => !failed.names.has(name));
    if (next !== undefined && !isTelling.value && (phase === 'idle' || phase === 'syncing')) void tellOne(next);
  });

  async function tellOne(one: Untold): Promise<void> {
    const { names } = failed;
    batch(() => {
      isTelling.value = true;
      untold.value = untoldBut(one.name);
    });
    const told = await tell(one.name, one.text);
    const isNotedAgain = untold.value.some(({ name }) => name === one.name);
    if (told.ok && !isNotedAgain) notes.remove(noteOf(one.name));
    if (!told.ok) names.add(one.name);
    batch(() => {
      isTelling.value = false;
      // Last in the line, so that one that fails in every phase keeps no other back.
      if (!told.ok && !isNotedAgain) untold.value = [one, ...untold.value];
    });
  }

  return {
    note(name, text) {
      if (entry.home !== 'server') return;
      notes.write(noteOf(name), text);
      failed.names.delete(name);
      untold.value = [...untoldBut(name), { name, text }];
    },
    stop,
  };
}
