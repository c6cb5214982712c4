/** Saving a backup file from an open laptop: whose it is, what it is called, and the job itself. */
import type { Laptop } from '../../bridge/laptop.ts';
import { contentVersion, type BackupProblem, type BackupWho } from '../../protocol/backup.ts';
import type { Result, StoreProblem } from '../../protocol/problem.ts';
import { asBackupResult, type Cancelled } from '../../store/backup/failure.ts';
import { writeLastBackup } from '../../store/backup/last-backup.ts';
import { writeBackup } from '../../store/backup/write-backup.ts';
import { problemOf } from '../../store/problems.ts';
import { dayAt } from '../format.ts';
import { personById, type Organisation } from './organisation.ts';
import type { SaveTarget } from './save-target.ts';

export interface SavedBackup {
  readonly name: string;
  readonly bytes: number;
  /** Where the browser has it until it is saved; null when it is on a disk. */
  readonly url: string | null;
}

/** `plumbline-<authority>-<date>.plumbline` */
export function backupName(authorityName: string, atMs: number): string {
  const slug = authorityName
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `plumbline-${slug === '' ? 'laptop' : slug}-${dayAt(atMs)}.plumbline`;
}

/** Saves everything on this laptop into `target`, also what is only on the screen because the disk is full; and remembers that. */
export async function saveBackup(
  signal: AbortSignal,
  laptop: Laptop,
  organisation: Organisation,
  ask: {
    readonly name: string;
    readonly passphrase: string;
    readonly target: SaveTarget;
    readonly onProgress: (done: number, all: number) => void;
  },
): Promise<Result<SavedBackup, BackupProblem | StoreProblem | Cancelled>> {
  const { name, passphrase, target, onProgress } = ask;
  const { store } = laptop;
  const saved = await asBackupResult(signal, async () => {
    const who = whoOf(laptop, organisation);
    await laptop.putAway(); // what cannot be saved even now goes into the file from the screen
    const written = await writeBackup(signal, {
      store,
      who,
      passphrase,
      unsaved: laptop.unsaved.edits(),
      put: (bytes) => target.put(bytes),
      onProgress,
    });
    const url = await target.finish();
    await rememberBackup(laptop, written.mark);
    laptop.noteExport({ what: 'backup', rows: written.records, namesAuditors: true });
    return { name, bytes: written.bytes, url };
  });
  if (!saved.ok) await target.discard();
  return saved;
}

function whoOf({ store, entry, session, sync }: Laptop, organisation: Organisation): BackupWho {
  if (entry.home === 'example') throw new Error('The example is not saved');
  const me = personById(organisation, store.person);
  return {
    is: 'who',
    content: contentVersion,
    home: entry.home,
    authority: store.authority,
    authorityName: organisation.authorityName ?? entry.authorityName,
    person: store.person,
    name: me?.name ?? session.name,
    email: me?.email ?? session.email,
    madeMs: Math.round(store.now() + (sync.state.value.clockOffsetMs ?? 0)),
  };
}

/** On a disk that is full, which is when a backup is wanted most, the note of it may not fit. The file is saved all the same. */
async function rememberBackup({ store }: Laptop, mark: Parameters<typeof writeLastBackup>[1]): Promise<void> {
  try {
    await writeLastBackup(store, mark);
  } catch (error) {
    if (problemOf(error)?.kind !== 'disk-full') throw error;
  }
}
