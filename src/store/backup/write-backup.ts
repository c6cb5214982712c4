/**
 * Writes everything on this laptop into a backup file, what could not be saved too, a chunk at a time. Whoever has the file and its passphrase has
 * everything; whoever has the file alone has its size and its first line.
 */
import type { BackupWho } from '../../protocol/backup.ts';
import type { Store } from '../open.ts';
import type { Edit } from '../record.ts';
import { takeOut, type BackupMark, type TakenRecord } from '../take-out.ts';
import { sealChunks } from './chunks.ts';
import { BackupFailure } from './failure.ts';
import { fileKey, headerHash, newHeader, type HeaderOptions } from './header.ts';
import { linesOf, type BackupCounts } from './lines.ts';
import { pack } from './packing.ts';

export interface WriteAsk extends Pick<HeaderOptions, 'iterations' | 'chunk'> {
  readonly store: Store;
  readonly who: BackupWho;
  readonly passphrase: string;
  /** What is only on the screen, because the store did not take it. */
  readonly unsaved?: readonly Edit[];
  /** Takes the file's bytes, piece by piece; the next piece waits for it. */
  readonly put: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly onProgress: (doneRecords: number, allRecords: number) => void;
}

export interface WrittenBackup extends BackupCounts {
  readonly bytes: number;
  readonly mark: BackupMark;
}

/** Rejects with the signal's reason when called off, and with a `BackupFailure` when `put` rejects. */
export async function writeBackup(signal: AbortSignal, ask: WriteAsk): Promise<WrittenBackup> {
  const { store, who, passphrase, onProgress } = ask;
  const put = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    try {
      await ask.put(bytes);
    } catch (error) {
      throw new BackupFailure('unwritable-backup', error);
    }
  };
  const line = newHeader({ ...ask, newId: store.newId, madeMs: who.madeMs });
  const key = await fileKey(line.header, passphrase);
  const of = { key, headerHash: await headerHash(line), chunkBytes: line.header.content.chunkBytes };
  const taken = await takeOut(store, ask.unsaved);
  const counts = { records: 0, units: 0, changes: 0 };
  const content = linesOf(store.hash, who, watched(signal, taken.records(), taken.total, counts, onProgress));
  let bytes = line.bytes.length;
  await put(line.bytes);
  for await (const chunk of sealChunks(of, pack(content))) {
    signal.throwIfAborted();
    await put(chunk);
    bytes += chunk.length;
  }
  return { ...counts, bytes, mark: taken.mark };
}

async function* watched(
  signal: AbortSignal,
  records: AsyncIterable<TakenRecord>,
  total: number,
  counts: { -readonly [Name in keyof BackupCounts]: number },
  onProgress: WriteAsk['onProgress'],
): AsyncGenerator<TakenRecord, void> {
  for await (const record of records) {
    signal.throwIfAborted();
    yield record;
    counts.records += 1;
    counts.units += record.units.size;
    counts.changes += record.changes.length;
    onProgress(counts.records, total);
  }
}
