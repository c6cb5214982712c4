/**
 * The identity of a row of a file: what it says, and which of the rows that say the same it is. The same file read again
 * gives the same keys, whatever its encoding, delimiter, line ends, quotes or empty cells at the ends of rows, so what
 * was imported before can be told. Two equal rows of one file stay two.
 */
import { canonical } from '../canonical.ts';
import type { Hash } from '../chain.ts';

/** 64 lower-case hex digits. */
export type RowKey = string;

/** Gives the key of each row of one file. Called once for every row, in the file's order. */
export function rowKeys(hash: Hash): (cells: readonly string[]) => RowKey {
  const seen = new Map<string, number>();
  return (cells) => {
    const said = hash(canonical(['plumbline.import-row.1', saidBy(cells)]));
    const occurrence = (seen.get(said) ?? 0) + 1;
    seen.set(said, occurrence);
    return hash(canonical(['plumbline.import-key.1', said, occurrence]));
  };
}

function saidBy(cells: readonly string[]): string[] {
  const trimmed = cells.map((cell) => cell.trim());
  return trimmed.slice(0, trimmed.findLastIndex((cell) => cell !== '') + 1);
}
