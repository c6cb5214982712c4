/**
 * Reads a file piece by piece; the only place that touches it. A piece is gone before the next is read, a cancel is heard
 * between two of them, and what the browser throws becomes the problem `unreadable`.
 */
import type { ImportProblem } from '../../src/protocol/import.ts';
import type { Result } from '../../src/protocol/problem.ts';

/** What is used of a File or Blob. */
export interface FileLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

export interface Bytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly doneBytes: number;
  readonly last: boolean;
}

const pieceBytes = 256 * 1024;

/** The pieces of a file in order; at least one, the last marked. A problem is the last thing it gives. */
export async function* readBytes(signal: AbortSignal, file: FileLike): AsyncGenerator<Result<Bytes, ImportProblem>> {
  let start = 0;
  do {
    const end = Math.min(start + pieceBytes, file.size);
    const read = await readPiece(signal, file, start, end);
    if (!read.ok) return yield read;
    yield { ok: true, value: { bytes: read.value, doneBytes: end, last: end >= file.size } };
    start = end;
  } while (start < file.size);
}

/** One piece of a file, from `start` to before `end`. */
export async function readPiece(
  signal: AbortSignal,
  file: FileLike,
  start: number,
  end: number,
): Promise<Result<Uint8Array<ArrayBuffer>, ImportProblem>> {
  if (signal.aborted) return { ok: false, problem: { kind: 'cancelled' } };
  try {
    return { ok: true, value: new Uint8Array(await file.slice(start, end).arrayBuffer()) };
  } catch (error) {
    return { ok: false, problem: { kind: 'unreadable', why: error instanceof Error ? error.name : 'Error' } };
  }
}
