/**
 * Finds in the first text of a file how it is laid out: the delimiter, and the row of headings below a preamble.
 *
 * The headings are the row that is filled like the rows of the table and holds words, not dates, numbers or grades. The
 * delimiter is one whose table takes in nearly every row from its headings on, with quotation marks in order; of several
 * the one whose table starts first, then the one with most columns. A person may choose either of them otherwise.
 */
import { DateTally } from '../../src/domain/import/dates.ts';
import { suggestGrade } from '../../src/domain/import/labels.ts';
import type { Scale } from '../../src/domain/grade.ts';
import { delimiters, type Delimiter } from '../../src/protocol/import.ts';
import { firstRowsOf, type FirstRows } from './split.ts';

export interface TableStart {
  readonly delimiter: Delimiter;
  /** From 1. */
  readonly headerRow: number;
}

/** Rows that are looked at; headings are looked for in the first part of them. */
const sampleRows = 100;
const deepestHeader = 50;
/** Of a row, the cells that are looked at. */
const sampleCells = 100;
/** The part of the rows that a table must take in to be taken for granted. */
const nearlyAll = 0.95;

interface Candidate extends TableStart {
  readonly columns: number;
  /** Rows from the headings on. */
  readonly below: number;
  /** Those that have as many cells as the headings. */
  readonly fitting: number;
  /** Those that have two or more and not more than the headings, and all of their cells. */
  readonly loose: number;
  readonly looseCells: number;
  readonly strayQuotes: boolean;
}

/** Where the table starts, under the delimiter that fits best or the given one; null where no row has two filled cells. */
export function findTable(text: string, last: boolean, scale: Scale, given?: Delimiter): TableStart | null {
  const found = (given === undefined ? delimiters : [given]).flatMap((delimiter) => {
    const candidate = candidateOf(firstRowsOf(text, delimiter, sampleRows, last), delimiter, scale);
    return candidate === null ? [] : [candidate];
  });
  const best = bestOf(found);
  return best === undefined ? null : { delimiter: best.delimiter, headerRow: best.headerRow };
}

/**
 * The first table whose rows are as long as its headings. A table that starts before it and has shorter rows comes first
 * if it is the bigger one: then the other is a list in a cell.
 */
function bestOf(found: readonly Candidate[]): Candidate | undefined {
  const orderly = found.filter(({ strayQuotes }) => !strayQuotes);
  const [first] = orderly
    .filter(({ fitting, below }) => isNearlyAll(fitting, below))
    .sort((a, b) => a.headerRow - b.headerRow || b.columns - a.columns);
  if (first === undefined) return biggest(found);
  const before = orderly.filter(
    ({ headerRow, loose, below }) => headerRow < first.headerRow && isNearlyAll(loose, below),
  );
  return biggest([first, ...before]);
}

const isNearlyAll = (rows: number, below: number): boolean => rows > 1 && rows >= below * nearlyAll;

const biggest = (found: readonly Candidate[]): Candidate | undefined =>
  [...found].sort((a, b) => b.looseCells - a.looseCells)[0];

function candidateOf({ rows, strayQuotes }: FirstRows, delimiter: Delimiter, scale: Scale): Candidate | null {
  const header = headerIn(rows, scale);
  const columns = header === null ? undefined : rows[header]?.length;
  if (header === null || columns === undefined) return null;
  const below = rows.slice(header).filter((row) => filledIn(row) > 0);
  const fitting = below.filter(({ length }) => length === columns).length;
  const loose = below.filter(({ length }) => length > 1 && length <= columns);
  return {
    delimiter,
    headerRow: header + 1,
    columns,
    below: below.length,
    fitting,
    loose: loose.length,
    looseCells: loose.reduce((sum, { length }) => sum + length, 0),
    strayQuotes,
  };
}

/** The place of the headings among the first rows; null where no row has two filled cells. */
function headerIn(rows: readonly (readonly string[])[], scale: Scale): number | null {
  const tabular = rows.map(filledIn).filter((filled) => filled > 1);
  const usual = tabular.sort((a, b) => a - b)[Math.floor(tabular.length * 0.75)];
  if (usual === undefined) return null;
  let best: { readonly place: number; readonly score: number } | null = null;
  for (const [place, row] of rows.slice(0, deepestHeader).entries()) {
    const filled = filledIn(row);
    if (filled < 2) continue;
    const score = Math.min(1, filled / usual) + wordyShare(row, scale);
    if (best === null || score > best.score) best = { place, score };
  }
  return best?.place ?? null;
}

const filledIn = (cells: readonly string[]): number => cells.filter((cell) => cell.trim() !== '').length;

/** The part of a row's filled cells that may be headings: no dates, numbers or grades, and no "Produced by:". */
export function wordyShare(cells: readonly string[], scale: Scale): number {
  const filled = cells.slice(0, sampleCells).filter((cell) => cell.trim() !== '');
  return filled.length === 0 ? 0 : filled.filter((cell) => isWordy(cell.trim(), scale)).length / filled.length;
}

function isWordy(cell: string, scale: Scale): boolean {
  if (/^[-+£$€]?[\d., ]+%?$/.test(cell) || cell.endsWith(':') || suggestGrade(scale, cell) !== null) return false;
  const dates = new DateTally();
  dates.add(cell);
  return dates.counts.dates === 0;
}
