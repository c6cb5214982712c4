/**
 * Decodes a file piece by piece into text that can be split.
 *
 * Promises: a character is never cut between two pieces; every line end is a line feed; characters that no text has are
 * taken out and counted; where the encoding is only supposed (`strict`), the first byte that contradicts it ends the
 * reading with `not-utf-8`, and the caller tries another.
 */
import type { FileEncoding, ImportProblem } from '../../src/protocol/import.ts';
import type { Result } from '../../src/protocol/problem.ts';
import { readBytes, readPiece, type FileLike } from './bytes.ts';

export interface Decoding {
  readonly encoding: FileEncoding;
  readonly strict: boolean;
}

export interface TextPiece {
  readonly text: string;
  /** Control characters taken out of this piece, and characters in it that were lost. */
  readonly controls: number;
  readonly broken: number;
  readonly doneBytes: number;
  readonly last: boolean;
}

export type TextProblem = ImportProblem | { readonly kind: 'not-utf-8' };

/** What a file's first bytes say: that it is no text, or how to decode it. */
export async function startingDecoding(signal: AbortSignal, file: FileLike): Promise<Result<Decoding, ImportProblem>> {
  const start = await readPiece(signal, file, 0, Math.min(8, file.size));
  if (!start.ok) return start;
  const begins = (...bytes: number[]): boolean => bytes.every((byte, i) => start.value[i] === byte);
  if (begins(0x50, 0x4b, 0x03, 0x04) || begins(0x50, 0x4b, 0x05, 0x06)) return notText('zip');
  if (begins(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return notText('xls');
  const decoding = (encoding: FileEncoding, strict: boolean) => ({ ok: true, value: { encoding, strict } }) as const;
  if (begins(0xef, 0xbb, 0xbf)) return decoding('utf-8', false);
  if (begins(0xff, 0xfe)) return decoding('utf-16le', false);
  if (begins(0xfe, 0xff)) return decoding('utf-16be', false);
  return decoding('utf-8', true);
}

export async function* readText(
  signal: AbortSignal,
  file: FileLike,
  { encoding, strict }: Decoding,
): AsyncGenerator<Result<TextPiece, TextProblem>> {
  const decoder = new TextDecoder(encoding, { fatal: strict });
  const wide = encoding.startsWith('utf-16');
  let held = '';
  for await (const read of readBytes(signal, file)) {
    if (!read.ok) return yield read;
    const { bytes, doneBytes, last } = read.value;
    if (!wide && bytes.includes(0)) return yield notText('nul');
    const decoded = decode(decoder, bytes, last);
    if (decoded === null) return yield { ok: false, problem: { kind: 'not-utf-8' } };
    const all = held + (encoding === 'windows-1252' ? decoded.replace(upper, sign1252) : decoded);
    // A line end of two characters may be cut between two pieces.
    held = !last && all.endsWith('\r') ? '\r' : '';
    const lines = (held === '' ? all : all.slice(0, -1)).replace(/\r\n?/g, '\n');
    const text = lines.replace(control, '');
    const broken = lines.includes('\ufffd') ? lines.split('\ufffd').length - 1 : 0;
    yield { ok: true, value: { text, controls: lines.length - text.length, broken, doneBytes, last } };
  }
}

const notText = (found: 'zip' | 'xls' | 'nul'): { ok: false; problem: ImportProblem } => ({
  ok: false,
  problem: { kind: 'not-text', found },
});

// Tab and line feed stay; a byte order mark within a file comes of files put together.
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g;

/**
 * What windows-1252 has at 0x80 to 0x9f. Node reads these bytes as Latin 1 (nodejs/node#56542); after a decoder that
 * reads them rightly this changes nothing.
 */
const signs1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const upper = /[\u0080-\u009f]/g;
const sign1252 = (sign: string): string => signs1252.charAt(sign.charCodeAt(0) - 0x80);

function decode(decoder: TextDecoder, bytes: Uint8Array<ArrayBuffer>, last: boolean): string | null {
  try {
    return decoder.decode(bytes, { stream: !last });
  } catch {
    // Only a strict decoder throws, and only for bytes that its encoding does not have.
    return null;
  }
}
