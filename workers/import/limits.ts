/**
 * How much of a file is read. Far above what an authority's records need, far below what would exhaust a laptop; what
 * passes one of them is a listed problem, but for a long cell, which is cut and counted.
 */
import type { ImportProblem } from '../../src/protocol/import.ts';

export const limits = {
  fileBytes: 50_000_000,
  columns: 500,
  /** Rows below the headings that are not blank. */
  rows: 200_000,
  /** Rows of any kind: no spreadsheet has more. */
  allRows: 1_048_576,
  cellCharacters: 32_000,
  rowCharacters: 1_000_000,
} as const;

/** Known before a byte is read. */
export const sizeProblem = (bytes: number): ImportProblem | null =>
  bytes > limits.fileBytes ? { kind: 'too-big', bytes, limit: limits.fileBytes } : null;
