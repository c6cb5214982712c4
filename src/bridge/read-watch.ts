/**
 * Tells the server which audits of other people were read here, so that it can say who opened one (security S31). Those that
 * came in full are read without asking it, offline too: they are told as soon as it can be reached, and until then noted outside
 * the database by their ids alone. The server notes the moment at which it is told.
 *
 * Promises: an audit is told again only when it is read again; one that cannot be told does not keep the others back; what is
 * noted outlives a lock, a sign-out and a crash, and goes with the copy.
 */
import { effect, signal } from '@preact/signals';
import type { RecordId } from '../domain/ids.ts';
import type { Copy } from '../store/keyring-entry.ts';
import type { PageNotes } from './page-notes.ts';
import type { SyncBridge } from './sync-bridge.ts';

export interface ReadWatch {
  /** Somebody else's audit is on the screen. */
  noteRead(record: RecordId): void;
  stop(): void;
}

interface ReadWatchDeps {
  readonly notes: PageNotes;
  readonly entry: Pick<Copy, 'home' | 'keyring'>;
  readonly sync: Pick<SyncBridge, 'state' | 'openRecord'>;
}

const names = 'plumbline-read:';

export function watchReads({ notes, entry, sync }: ReadWatchDeps): ReadWatch {
  // Ends with the keyring, as all that goes with its copy (`forgotten`).
  const whose = `:${entry.keyring}`;
  const nameOf = (record: RecordId): string => names + record + whose;
  const noted = notes.names().filter((name) => name.startsWith(names) && name.endsWith(whose));
  const untold = new Set(noted.map((name) => name.slice(names.length, -whose.length) as RecordId));
  const turns = signal(0);
  let telling = false;
  const stopTelling = effect(() => {
    const { phase } = sync.state.value;
    const [next] = turns.value >= 0 ? untold : [];
    if (next !== undefined && !telling && (phase === 'idle' || phase === 'syncing')) void tell(next);
  });

  async function tell(record: RecordId): Promise<void> {
    telling = true;
    untold.delete(record);
    const told = await sync.openRecord(record);
    telling = false;
    if (!told.ok) return void untold.add(record); // Last in the line; tried again when the state of syncing changes.
    if (!untold.has(record)) notes.remove(nameOf(record));
    turns.value += 1;
  }

  return {
    noteRead(record) {
      if (entry.home !== 'server') return;
      notes.write(nameOf(record), '');
      untold.add(record);
      turns.value += 1;
    },
    stop: stopTelling,
  };
}
