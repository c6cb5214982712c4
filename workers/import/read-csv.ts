/**
 * Reads a file of graded records: first `inspect`, to show what is in it, then `rows`, as often as needed, to take it in.
 *
 * Promises: never the whole file in memory; nothing is thrown that is expected; what is wrong with a file is one of the
 * listed problems, told as soon as it is met; a cancel ends the reading within one piece of the file. Both read a file
 * the same way, so the numbers and the columns of a row are the same in each.
 */
import type { Scale } from '../../src/domain/grade.ts';
import type { ImportColumn } from '../../src/domain/import/column.ts';
import type { Delimiter, FileLayout, FileRow, ImportProblem, Inspection, RowPage } from '../../src/protocol/import.ts';
import type { Result } from '../../src/protocol/problem.ts';
import type { FileLike } from './bytes.ts';
import { ColumnTally } from './column-tally.ts';
import { findTable, type TableStart } from './layout.ts';
import { limits, sizeProblem } from './limits.ts';
import { NoticeTally } from './notices.ts';
import { readRecords, type FileRecord, type RecordsLayout } from './records.ts';
import { shorten } from './shorten.ts';
import { readText, startingDecoding, type Decoding, type TextProblem } from './text.ts';

export interface InspectOptions {
  /** Whose grades the labels are compared with. */
  readonly scale: Scale;
  /** Chosen by a person instead of what is found. */
  readonly delimiter?: Delimiter;
  readonly headerRow?: number;
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

const shownRows = 10;
const pageRows = 500;

/** Reads the whole file once, twice where it is not UTF-8, and says what is in it. */
export async function inspect(
  signal: AbortSignal,
  file: FileLike,
  options: InspectOptions,
): Promise<Result<Inspection, ImportProblem>> {
  const tooBig = sizeProblem(file.size);
  if (tooBig !== null) return { ok: false, problem: tooBig };
  const start = await startingDecoding(signal, file);
  if (!start.ok) return start;
  const supposed = await inspectAs(signal, file, start.value, options);
  const answer =
    !supposed.ok && supposed.problem.kind === 'not-utf-8'
      ? await inspectAs(signal, file, { encoding: 'windows-1252', strict: false }, options)
      : supposed;
  return answer.ok ? answer : { ok: false, problem: listed(answer.problem) };
}

/** The rows below the headings in pages, with the progress of the reading. A problem is the last thing it gives. */
export async function* rows(
  signal: AbortSignal,
  file: FileLike,
  { encoding, delimiter, headerRow }: FileLayout,
): AsyncGenerator<Result<RowPage, ImportProblem>> {
  const layout: RecordsLayout = { decoding: { encoding, strict: false }, delimiter, headerRow };
  const totalBytes = file.size;
  for await (const read of readRecords(signal, file, layout)) {
    if (!read.ok) return yield { ok: false, problem: listed(read.problem) };
    const { records, doneBytes } = read.value;
    const below = records.filter(({ row }) => row > headerRow).map(({ row, cells }) => ({ row, cells }));
    for (let from = 0; from === 0 || from < below.length; from += pageRows) {
      if (signal.aborted) return yield { ok: false, problem: { kind: 'cancelled' } };
      yield { ok: true, value: { rows: below.slice(from, from + pageRows), doneBytes, totalBytes } };
    }
  }
}

function listed(problem: TextProblem): ImportProblem {
  if (problem.kind === 'not-utf-8') throw new Error('A decoder that is not strict refused a byte');
  return problem;
}

async function inspectAs(
  signal: AbortSignal,
  file: FileLike,
  decoding: Decoding,
  options: InspectOptions,
): Promise<Result<Inspection, TextProblem>> {
  const table = await findStart(signal, file, decoding, options);
  return table.ok ? inspectTable(signal, file, { decoding, ...table.value }, options) : table;
}

/** Reads as much of the file as it takes to see a table, no more than one row may hold. */
async function findStart(
  signal: AbortSignal,
  file: FileLike,
  decoding: Decoding,
  { scale, delimiter, headerRow }: InspectOptions,
): Promise<Result<TableStart, TextProblem>> {
  let text = '';
  for await (const read of readText(signal, file, decoding)) {
    if (!read.ok) return read;
    text += read.value.text;
    const table = findTable(text, read.value.last, scale, delimiter);
    if (table !== null) return { ok: true, value: { ...table, ...(headerRow !== undefined && { headerRow }) } };
    if (text.length > limits.rowCharacters) break;
  }
  return { ok: false, problem: noTable(text) };
}

function noTable(text: string): ImportProblem {
  const said = text.search(/[^\s,;|"]/);
  if (said < 0) return { kind: 'no-rows' };
  const end = text.indexOf('\n', said);
  if (end < 0 && text.length > limits.rowCharacters) {
    return { kind: 'row-too-long', row: 1, limit: limits.rowCharacters };
  }
  const line = text.slice(text.lastIndexOf('\n', said) + 1, end < 0 ? undefined : end);
  return { kind: 'one-column', firstLine: shorten(line.trim()) };
}

async function inspectTable(
  signal: AbortSignal,
  file: FileLike,
  layout: RecordsLayout,
  { scale, onProgress }: InspectOptions,
): Promise<Result<Inspection, TextProblem>> {
  const above: FileRow[] = [];
  const firstRows: FileRow[] = [];
  const columns: ColumnTally[] = [];
  const notices = new NoticeTally();
  let header: FileRecord | null = null;
  let rowCount = 0;
  for await (const read of readRecords(signal, file, layout)) {
    if (!read.ok) return read;
    notices.addPiece(read.value);
    for (const record of read.value.records) {
      if (record.row === layout.headerRow) header = record;
      else if (header === null) {
        above.push(shown(record));
        if (above.length > shownRows) above.shift();
      } else {
        rowCount++;
        notices.addRow(record, header);
        for (const [i, cell] of record.cells.entries()) (columns[i] ??= new ColumnTally()).add(cell);
        if (firstRows.length < shownRows) firstRows.push(shown(record));
      }
    }
    onProgress?.(read.value.doneBytes, file.size);
  }
  if (header === null || rowCount === 0) return { ok: false, problem: { kind: 'no-rows' } };
  const offered = offeredColumns(header, columns, rowCount);
  const { decoding, delimiter, headerRow } = layout;
  return {
    ok: true,
    value: {
      layout: { encoding: decoding.encoding, delimiter, headerRow },
      columns: offered,
      above,
      firstRows,
      rowCount,
      notices: notices.answer(offered, scale),
    },
  };
}

const shown = ({ row, cells }: FileRow): FileRow => ({ row, cells: cells.map((cell) => shorten(cell)) });

/** Columns with a heading or a value; the others keep their place in the count of letters. */
function offeredColumns(header: FileRecord, columns: readonly ColumnTally[], rowCount: number): ImportColumn[] {
  const width = Math.max(header.cells.length, columns.length);
  return Array.from({ length: width }, (_, index) => {
    const heading = shorten((header.cells[index] ?? '').trim().replace(/\s+/g, ' '));
    return (columns[index] ?? new ColumnTally()).finish(index, heading, rowCount);
  }).filter(({ heading, filled }) => heading !== '' || filled > 0);
}
