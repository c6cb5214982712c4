/**
 * Reads a file's rows under a layout, a piece at a time, with the numbers a spreadsheet gives them. Blank rows are left
 * out, blank cells at the end of a row left off, cells past their limit cut; a limit that is passed ends the reading
 * where it is passed.
 */
import type { Delimiter, FileRow, ImportProblem } from '../../src/protocol/import.ts';
import type { Result } from '../../src/protocol/problem.ts';
import type { FileLike } from './bytes.ts';
import { limits } from './limits.ts';
import { shorten } from './shorten.ts';
import { RowSplitter } from './split.ts';
import { readText, type Decoding, type TextProblem } from './text.ts';

export interface FileRecord extends FileRow {
  /** Cells that are written in the row, blank ones at its end among them. */
  readonly written: number;
  readonly strayQuote: boolean;
}

export interface Records {
  readonly records: readonly FileRecord[];
  readonly controls: number;
  readonly broken: number;
  /** Cells that were cut. */
  readonly longCells: number;
  /** The row whose quotation mark is never closed, if the file ends so. */
  readonly unclosed: number | null;
  readonly doneBytes: number;
}

export interface RecordsLayout {
  readonly decoding: Decoding;
  readonly delimiter: Delimiter;
  readonly headerRow: number;
}

export async function* readRecords(
  signal: AbortSignal,
  file: FileLike,
  { decoding, delimiter, headerRow }: RecordsLayout,
): AsyncGenerator<Result<Records, TextProblem>> {
  const splitter = new RowSplitter(delimiter);
  let row = 0;
  let below = 0;
  for await (const read of readText(signal, file, decoding)) {
    if (!read.ok) return yield read;
    const { text, controls, broken, doneBytes, last } = read.value;
    const split = splitter.push(text, last);
    const records: FileRecord[] = [];
    let longCells = 0;
    for (const [place, cells] of split.rows.entries()) {
      row++;
      const problem = rowProblem(cells, row);
      if (problem !== null) return yield failed(problem);
      if (row > limits.allRows) return yield failed({ kind: 'too-many-rows', limit: limits.allRows });
      const width = widthOf(cells);
      if (width === 0) continue;
      if (row > headerRow && ++below > limits.rows) return yield failed({ kind: 'too-many-rows', limit: limits.rows });
      const kept = cells.slice(0, width);
      longCells += shortenLong(kept);
      records.push({ row, cells: kept, written: cells.length, strayQuote: split.strayQuotes.has(place) });
    }
    if (splitter.held > limits.rowCharacters) return yield failed(tooLong(row + 1));
    const unclosed = split.unclosed ? row : null;
    yield { ok: true, value: { records, controls, broken, longCells, unclosed, doneBytes } };
  }
}

const failed = (problem: ImportProblem): { ok: false; problem: ImportProblem } => ({ ok: false, problem });

const tooLong = (row: number): ImportProblem => ({ kind: 'row-too-long', row, limit: limits.rowCharacters });

function rowProblem(cells: readonly string[], row: number): ImportProblem | null {
  let characters = cells.length;
  for (const cell of cells) characters += cell.length;
  if (characters > limits.rowCharacters) return tooLong(row);
  const columns = widthOf(cells);
  return columns > limits.columns ? { kind: 'too-many-columns', row, columns, limit: limits.columns } : null;
}

/** Cells up to the last that is not blank. */
const widthOf = (cells: readonly string[]): number => cells.findLastIndex((cell) => cell.trim() !== '') + 1;

/** Cuts the cells that are past their limit in place. How many there were. */
function shortenLong(cells: string[]): number {
  let count = 0;
  for (const [i, cell] of cells.entries()) {
    if (cell.length <= limits.cellCharacters) continue;
    cells[i] = shorten(cell, limits.cellCharacters);
    count++;
  }
  return count;
}
