/**
 * Opens a backup file and reads its records, from the beginning each time, a chunk at a time. Fails with a `BackupFailure`
 * before anything it has read is used, unless whoever reads uses a record before the last one has come: read a file through
 * once, then again to use it.
 */
import type { Hash } from '../../domain/chain.ts';
import type { BackupWho } from '../../protocol/backup.ts';
import type { TakenRecord } from '../take-out.ts';
import { isKeyOf, openChunks, type ChunkKey } from './chunks.ts';
import { BackupFailure } from './failure.ts';
import { fileKey, headerHash, readHeader } from './header.ts';
import { readWho, recordsIn } from './lines.ts';
import { unpack } from './packing.ts';

export interface OpenedBackup {
  readonly who: BackupWho;
  /** Every record, in the file's order. Rejects with the signal's reason when called off. */
  records(
    signal: AbortSignal,
    onProgress?: (doneBytes: number, allBytes: number) => void,
  ): AsyncGenerator<TakenRecord, void>;
}

/** Opens `file` with its passphrase. */
export async function openBackup(hash: Hash, file: Blob, passphrase: string): Promise<OpenedBackup> {
  const line = await readHeader(file);
  const key = await fileKey(line.header, passphrase);
  const of: ChunkKey = { key, headerHash: await headerHash(line), chunkBytes: line.header.content.chunkBytes };
  const from = line.bytes.length;
  if (!(await isKeyOf(of, file, from))) throw new BackupFailure('wrong-file-passphrase');
  const lines = (onProgress: (doneBytes: number) => void) => unpack(openChunks(of, file, from, onProgress));
  return {
    who: await readWho(lines(() => undefined)),
    async *records(signal, onProgress = () => undefined) {
      const content = lines((doneBytes) => {
        signal.throwIfAborted();
        onProgress(doneBytes, file.size);
      });
      for await (const record of recordsIn(hash, content)) {
        signal.throwIfAborted();
        yield record;
      }
    },
  };
}
