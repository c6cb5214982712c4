/**
 * Text into packed bytes and back (gzip, by the browser), a piece at a time. Unpacking is fed in small pieces and stops at the
 * limits: a few bytes that would unpack to more than any laptop holds fill no memory.
 */
import { BackupFailure } from './failure.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** No line of ours is longer: a group of changes has at most 64 KB, and so has a value. */
export const lineLimit = 1024 * 1024;
/** Of unpacked text, in UTF-16 units: twenty times what 100,000 changes take. */
const contentLimit = 4 * 1024 * 1024 * 1024;
/** Text is gathered to about this many UTF-16 units before it is handed over. */
const gatherLength = 64 * 1024;
/** Gzip unpacks to at most about a thousand times as much. */
const feedBytes = 8 * 1024;

/** Each text of `lines` on a line of its own, packed. */
export const pack = (lines: AsyncIterable<string>): AsyncGenerator<Bytes, void> =>
  read(streamOf(encoded(lines)).pipeThrough(new CompressionStream('gzip')));

async function* encoded(lines: AsyncIterable<string>): AsyncGenerator<Bytes, void> {
  const encoder = new TextEncoder();
  let gathered = '';
  for await (const line of lines) {
    gathered += `${line}\n`;
    if (gathered.length < gatherLength) continue;
    yield encoder.encode(gathered);
    gathered = '';
  }
  yield encoder.encode(gathered);
}

/** The lines of packed bytes. Fails on what is not packed text of whole lines, and beyond the limits. */
export async function* unpack(packed: AsyncIterable<Bytes>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const source = pieces(packed);
  const unpacked = read(streamOf(source.bytes).pipeThrough(new DecompressionStream('gzip')));
  /** Whatever fails here and is not the source's own failure is bytes that do not unpack, or no text. */
  const unpacking = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw source.failed() ? error : new BackupFailure('strange-content', error);
    }
  };
  let rest = '';
  let length = 0;
  try {
    for (;;) {
      const next = await unpacking(() => unpacked.next());
      if (next.done) break;
      const text = await unpacking(() => decoder.decode(next.value, { stream: true }));
      length += text.length;
      if (length > contentLimit) throw new BackupFailure('too-large-backup');
      const lines = text.split('\n');
      lines[0] = rest + (lines[0] ?? '');
      rest = lines.pop() ?? '';
      if (rest.length > lineLimit || lines.some((line) => line.length > lineLimit)) {
        throw new BackupFailure('too-large-backup');
      }
      yield* lines;
    }
  } finally {
    await unpacked.return();
  }
  if (rest !== '') throw new BackupFailure('strange-content');
}

function pieces(packed: AsyncIterable<Bytes>): {
  readonly bytes: AsyncGenerator<Bytes, void>;
  readonly failed: () => boolean;
} {
  let failed = false;
  async function* cut(): AsyncGenerator<Bytes, void> {
    try {
      for await (const bytes of packed) {
        for (let at = 0; at < bytes.length; at += feedBytes) yield bytes.subarray(at, at + feedBytes);
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  }
  return { bytes: cut(), failed: () => failed };
}

function streamOf(bytes: AsyncGenerator<Bytes, void>): ReadableStream<Bytes> {
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const next = await bytes.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await bytes.return();
      },
    },
    { highWaterMark: 0 },
  );
}

async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Bytes, void> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value as Bytes;
  } finally {
    // Of a stream that has failed this would only say again why.
    await reader.cancel().catch(() => undefined);
  }
}
