/**
 * The sealed part of a backup file: AES-256-GCM in chunks, so that neither writing nor reading holds more than one.
 *
 *   check       chunk 0, nothing in it: its tag alone says whether the key and the first line are the right ones
 *   content     chunks 1, 2, ... of `chunkBytes` each; the last may be shorter, is never empty, and says that it is the last
 *
 * Every chunk is bound to the first line's hash, its number and whether it is the last. So a chunk that is changed, left
 * out, doubled, moved, or taken from another file does not open, and neither does a file that is cut or goes on after its end. The
 * key is of this file alone (a fresh salt), so a chunk's number is its IV.
 */
import { bytesOf } from './header.ts';
import { BackupFailure } from './failure.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Place = 'check' | 'middle' | 'last';

export interface ChunkKey {
  readonly key: CryptoKey;
  readonly headerHash: Bytes;
  readonly chunkBytes: number;
}

const ivBytes = 12;
const tagBytes = 16;
const placeBytes: Readonly<Record<Place, number>> = { middle: 0, last: 1, check: 2 };

function gcm({ headerHash }: ChunkKey, number: number, place: Place): AesGcmParams {
  const iv = new Uint8Array(ivBytes);
  new DataView(iv.buffer).setUint32(ivBytes - 4, number);
  const additionalData = new Uint8Array(headerHash.length + 5);
  additionalData.set(headerHash);
  new DataView(additionalData.buffer).setUint32(headerHash.length, number);
  additionalData[headerHash.length + 4] = placeBytes[place];
  return { name: 'AES-GCM', iv, additionalData };
}

const seal = async (of: ChunkKey, number: number, place: Place, bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.encrypt(gcm(of, number, place), of.key, bytes));

/** The check, then `content` in chunks. */
export async function* sealChunks(of: ChunkKey, content: AsyncIterable<Bytes>): AsyncGenerator<Bytes, void> {
  yield await seal(of, 0, 'check', new Uint8Array(0));
  let number = 1;
  let open = new Uint8Array(of.chunkBytes);
  let filled = 0;
  for await (const bytes of content) {
    for (let at = 0; at < bytes.length;) {
      // Only what follows tells that a full chunk is not the last.
      if (filled === of.chunkBytes) {
        yield await seal(of, number, 'middle', open);
        number += 1;
        open = new Uint8Array(of.chunkBytes);
        filled = 0;
      }
      const part = bytes.subarray(at, at + of.chunkBytes - filled);
      open.set(part, filled);
      filled += part.length;
      at += part.length;
    }
  }
  yield await seal(of, number, 'last', open.slice(0, filled));
}

/** Whether the key is this file's. */
export async function isKeyOf(of: ChunkKey, file: Blob, from: number): Promise<boolean> {
  const check = await bytesOf(file, from, from + tagBytes);
  if (check.length < tagBytes) throw new BackupFailure('damaged-backup');
  return (await openChunk(of, 0, 'check', check)) !== null;
}

/** The content of the chunks that follow the check at `from`. Tells how far in the file it has come before each. */
export async function* openChunks(
  of: ChunkKey,
  file: Blob,
  from: number,
  onProgress: (doneBytes: number) => void,
): AsyncGenerator<Bytes, void> {
  const sealedBytes = of.chunkBytes + tagBytes;
  for (let at = from + tagBytes, number = 1; ; number += 1, at += sealedBytes) {
    onProgress(at);
    const isLast = at + sealedBytes >= file.size;
    const sealed = await bytesOf(file, at, at + sealedBytes);
    if (sealed.length <= tagBytes) throw new BackupFailure('damaged-backup');
    const bytes = await openChunk(of, number, isLast ? 'last' : 'middle', sealed);
    if (bytes === null) throw new BackupFailure('damaged-backup');
    yield bytes;
    if (isLast) return;
  }
}

async function openChunk(of: ChunkKey, number: number, place: Place, sealed: Bytes): Promise<Bytes | null> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(gcm(of, number, place), of.key, sealed));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
}
