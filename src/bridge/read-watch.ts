/**
 * Tells the server which audits of other people were read here, so that it can say who opened one (security S31). Those that
 * came in full are read without asking it, offline too: they are told as soon as it can be reached, and until then noted outside
 * the database by their ids alone. The server notes the moment at which it is told.
 *
 * Promises: the newest is told first, so that the audit on the screen, whose text comes with the answer, waits for none but the one
 * that is being told; an audit is told again only when it is read again; one that cannot be told keeps no other back, and is tried
 * again once the phase of syncing changes; what is noted outlives a lock, a sign-out and a crash, and goes with the copy.
 */
import { batch, effect, signal } from '@preact/signals';
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
  /** The newest last. */
  const untold = signal<readonly RecordId[]>(noted.map((name) => name.slice(names.length, -whose.length) as RecordId));
  const untoldBut = (record: RecordId): RecordId[] => untold.value.filter((other) => other !== record);
  const isTelling = signal(false);
  /** What could not be told in this phase of syncing. */
  let failed = { in: sync.state.value.phase, records: new Set<RecordId>() };
  const stopTelling = effect(() => {
    const { phase } = sync.state.value;
    if (phase !== failed.in) failed = { in: phase, records: new Set() };
    const next = untold.value.findLast((record) => !failed.records.has(record));
    if (next !== undefined && !isTelling.value && (phase === 'idle' || phase === 'syncing')) void tell(next);
  });

  async function tell(record: RecordId): Promise<void> {
    const { records } = failed;
    batch(() => {
      isTelling.value = true;
      untold.value = untoldBut(record);
    });
    const told = await sync.openRecord(record);
    const isReadAgain = untold.value.includes(record);
    if (told.ok && !isReadAgain) notes.remove(nameOf(record));
    if (!told.ok) records.add(record);
    batch(() => {
      isTelling.value = false;
      // Last in the line, so that one that fails in every phase keeps no other back.
      if (!told.ok && !isReadAgain) untold.value = [record, ...untold.value];
    });
  }

  return {
    noteRead(record) {
      if (entry.home !== 'server') return;
      notes.write(nameOf(record), '');
      failed.records.delete(record);
      untold.value = [...untoldBut(record), record];
    },
    stop: stopTelling,
  };
}
