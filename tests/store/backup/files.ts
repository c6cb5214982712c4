/** What tests of backup files share: a file made of a store, bytes changed in it, and content written by hand. */
import type { BackupWho } from '../../../src/protocol/backup.ts';
import type { AuthorityId, PersonId } from '../../../src/domain/ids.ts';
import { sealChunks } from '../../../src/store/backup/chunks.ts';
import { BackupFailure } from '../../../src/store/backup/failure.ts';
import { fileKey, headerHash, newHeader } from '../../../src/store/backup/header.ts';
import { pack } from '../../../src/store/backup/packing.ts';
import { openBackup, type OpenedBackup } from '../../../src/store/backup/read-backup.ts';
import { writeBackup, type WriteAsk } from '../../../src/store/backup/write-backup.ts';
import type { Store } from '../../../src/store/open.ts';
import type { TakenRecord } from '../../../src/store/take-out.ts';
import { newId } from '../../server/client.ts';
import { authority, hash, me } from '../laptop.ts';

export const passphrase = 'three random words';

/** Small chunks, so that a small file has several; few iterations, so that a test has many files. */
const small = { iterations: 10, chunk: 1024 };
const madeMs = 1_750_000_000_000;

export const whoOf = (changes: Partial<BackupWho> = {}): BackupWho => ({
  is: 'who',
  content: 1,
  home: 'laptop',
  authority: authority as AuthorityId,
  authorityName: 'Made-up Council',
  person: me as PersonId,
  name: 'Alex Made-up',
  email: 'alex@example.org',
  madeMs,
  ...changes,
});

/** A file of everything in `store`. */
export async function fileOf(store: Store, changes: Partial<WriteAsk> = {}): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  await writeBackup(new AbortController().signal, {
    ...small,
    store: { ...store, newId }, // a fresh salt for each file, also where a test counts its ids
    who: whoOf(),
    passphrase,
    put: async (bytes) => void parts.push(bytes),
    onProgress: () => undefined,
    ...changes,
  });
  return new Blob(parts);
}

/** A file that holds exactly these lines, sealed as ours are. */
export const fileOfLines = (...lines: readonly string[]): Promise<Blob> =>
  fileOfBytes(
    pack(
      (async function* () {
        yield* lines;
      })(),
    ),
  );

/** A file that holds exactly these bytes, sealed as ours are. */
export async function fileOfBytes(content: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<Blob> {
  const line = newHeader({ ...small, newId, madeMs });
  const key = await fileKey(line.header, passphrase);
  const of = { key, headerHash: await headerHash(line), chunkBytes: line.header.content.chunkBytes };
  const parts = [line.bytes];
  for await (const chunk of sealChunks(of, content)) parts.push(chunk);
  return new Blob(parts);
}

export const open = (file: Blob, typed = passphrase): Promise<OpenedBackup> => openBackup(hash, file, typed);

export async function recordsOf(opened: OpenedBackup): Promise<TakenRecord[]> {
  const records = [];
  for await (const record of opened.records(new AbortController().signal)) records.push(record);
  return records;
}

/** Opens and reads a file through: null when all is well, else the problem's kind. A bug is thrown on. */
export async function wrongWith(file: Blob, typed = passphrase): Promise<string | null> {
  try {
    await recordsOf(await open(file, typed));
    return null;
  } catch (error) {
    if (error instanceof BackupFailure) return error.problem.kind;
    throw error;
  }
}

export const bytesIn = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await file.arrayBuffer());

/** How long the first line of a file is, with its end. */
export const headerLength = (bytes: Uint8Array): number => bytes.indexOf(10) + 1;
