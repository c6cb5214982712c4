/** Writes tables as files of every kind that is met, for the reader to read back; and files that are there only in part. */
import type { FileLike } from '../../../workers/import/bytes.ts';
import type { Delimiter, FileEncoding } from '../../../src/protocol/import.ts';

export interface Writing {
  readonly delimiter: Delimiter;
  readonly newline: '\n' | '\r\n' | '\r';
  readonly encoding: FileEncoding | 'utf-8-bom';
  readonly quoteAll: boolean;
  /** Lines above the table, each one cell. */
  readonly preamble: readonly string[];
  /** Fills preamble lines up with empty cells, as a spreadsheet does. */
  readonly padPreamble: boolean;
  /** Blank lines after the table; none ends the file without a line end. */
  readonly lineEnds: number;
}

export const plainWriting: Writing = {
  delimiter: ',',
  newline: '\n',
  encoding: 'utf-8',
  quoteAll: false,
  preamble: [],
  padPreamble: false,
  lineEnds: 1,
};

export function writeFile(table: readonly (readonly string[])[], writing: Partial<Writing> = {}): Blob {
  const { delimiter, newline, encoding, quoteAll, preamble, padPreamble, lineEnds } = { ...plainWriting, ...writing };
  const width = table[0]?.length ?? 1;
  const above = preamble.map((line) => [line, ...Array<string>(padPreamble ? width - 1 : 0).fill('')]);
  const quoted = (cell: string): string =>
    quoteAll || cell.includes('"') || cell.includes(delimiter) || /[\r\n]/.test(cell)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;
  const lines = [...above, ...table].map((cells) => cells.map(quoted).join(delimiter));
  return new Blob([encode(lines.join(newline) + newline.repeat(lineEnds), encoding)]);
}

function encode(text: string, encoding: Writing['encoding']): Uint8Array<ArrayBuffer> {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-8-bom') return new TextEncoder().encode(`\ufeff${text}`);
  if (encoding === 'windows-1252') return Uint8Array.from([...text].map((sign) => sure1252(sign)));
  const marked = `\ufeff${text}`;
  const bytes = new Uint8Array(2 * marked.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < marked.length; i++) view.setUint16(2 * i, marked.charCodeAt(i), encoding === 'utf-16le');
  return bytes;
}

/** The text characters of windows-1252 with their bytes, by the Encoding Standard; quotation marks left out. */
const signs1252 = new Map<string, number>([
  ...[...'€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'].map((sign, i) => [sign, 0x80 + i] as const),
  ...Array.from({ length: 0x100 }, (_, byte) => [String.fromCharCode(byte), byte] as const).filter(
    ([, byte]) => byte < 0x80 || byte >= 0xa0,
  ),
]);

export const characters1252: readonly string[] = [...signs1252.keys()].filter(
  (sign) => !/[\u0000-\u001f\u007f"]/.test(sign),
);

function sure1252(sign: string): number {
  const byte = signs1252.get(sign);
  if (byte === undefined) throw new Error(`windows-1252 has no ${sign}`);
  return byte;
}

export interface SparseFile extends FileLike {
  /** Bytes that have been read, and the most that were read at once. */
  readonly read: { bytes: number; most: number };
}

/** A file of `size` bytes that is `head` and then `unit` again and again, made piece by piece as it is read. */
export function sparseFile(size: number, head: string, unit: string): SparseFile {
  const encoder = new TextEncoder();
  const first = encoder.encode(head);
  const again = encoder.encode(unit.repeat(Math.ceil(100_000 / unit.length)));
  const read = { bytes: 0, most: 0 };
  return {
    size,
    read,
    slice(start, end) {
      const bytes = new Uint8Array(end - start);
      read.bytes += bytes.length;
      read.most = Math.max(read.most, bytes.length);
      let place = 0;
      if (start < first.length) {
        bytes.set(first.subarray(start, end));
        place = Math.min(first.length, end) - start;
      }
      while (place < bytes.length) {
        const from = (start + place - first.length) % (unit.length * Math.ceil(100_000 / unit.length));
        const part = again.subarray(from, from + bytes.length - place);
        bytes.set(part, place);
        place += part.length;
      }
      return { arrayBuffer: () => Promise.resolve(bytes.buffer) };
    },
  };
}
