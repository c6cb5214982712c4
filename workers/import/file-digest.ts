/** The digest of a file's bytes, a piece at a time: by it the same file is known again, whatever it is called. */
import type { ImportProblem } from '../../src/protocol/import.ts';
import type { Result } from '../../src/protocol/problem.ts';
import { readBytes, type FileLike } from './bytes.ts';

/** A hash that takes bytes piece by piece. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  hex(): string;
}

export async function fileDigest(
  signal: AbortSignal,
  file: FileLike,
  hash: RunningHash,
): Promise<Result<string, ImportProblem>> {
  for await (const read of readBytes(signal, file)) {
    if (!read.ok) return read;
    hash.update(read.value.bytes);
  }
  return { ok: true, value: hash.hex() };
}
