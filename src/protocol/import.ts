/**
 * What the reading of a file tells the page: how it was read, what its columns hold, its rows page by page, and the
 * closed union of what may be wrong with it. Types only; each problem and notice carries what its sentence needs.
 */
import type { ImportColumn } from '../domain/import/column.ts';
import type { OtherScale } from '../domain/import/labels.ts';

/** UTF-8 where the whole file decodes as it, UTF-16 where a byte order mark says so, windows-1252 otherwise. */
export type FileEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** How the rows of a file are found in its bytes. */
export interface FileLayout {
  readonly encoding: FileEncoding;
  readonly delimiter: Delimiter;
  /** The number of the row that holds the headings. */
  readonly headerRow: number;
}

/** A row of a file. Blank cells at its end are left off. */
export interface FileRow {
  /** From 1, as a spreadsheet numbers it: blank rows count, line breaks within a cell do not. */
  readonly row: number;
  readonly cells: readonly string[];
}

export interface Inspection {
  readonly layout: FileLayout;
  /** Columns that have a heading or a value. */
  readonly columns: readonly ImportColumn[];
  /** The last rows above the headings, shortened. */
  readonly above: readonly FileRow[];
  /** The first rows below the headings, shortened. */
  readonly firstRows: readonly FileRow[];
  /** Rows below the headings; blank rows are not counted. */
  readonly rowCount: number;
  readonly notices: readonly ImportNotice[];
}

/** Rows in the file's order, and how far the reading has come. */
export interface RowPage {
  readonly rows: readonly FileRow[];
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** Worth saying, and no reason to stop. Columns are named by their letters. */
export type ImportNotice =
  | { readonly kind: 'duplicate-headings'; readonly heading: string; readonly letters: readonly string[] }
  /** Most headings are dates, numbers or grades: there may be no row of headings, or another one. */
  | { readonly kind: 'headings-look-like-values' }
  /** Characters that no text has were taken out. */
  | { readonly kind: 'control-characters'; readonly count: number }
  /** Characters that were lost before or in decoding; they show as U+FFFD. */
  | { readonly kind: 'broken-characters'; readonly count: number }
  /** Rows that end before the last heading, and rows with a value beyond it. */
  | { readonly kind: 'uneven-rows'; readonly shorter: number; readonly longer: number; readonly firstRow: number }
  /** Text after a closing quotation mark: its cell may have taken in more than was meant. */
  | { readonly kind: 'stray-quotes'; readonly rows: number; readonly firstRow: number }
  /** A quotation mark in the last row is never closed: everything after it is in one cell. */
  | { readonly kind: 'unclosed-quote'; readonly row: number }
  /** Cells that were cut. */
  | { readonly kind: 'long-cells'; readonly count: number; readonly limit: number }
  | {
      readonly kind: 'second-scale';
      readonly letter: string;
      readonly heading: string;
      readonly scale: OtherScale;
      readonly known: number;
      readonly other: number;
    };

/** Why a file cannot be read. */
export type ImportProblem =
  /** A zip is also what a spreadsheet (.xlsx, .ods) is. */
  | { readonly kind: 'not-text'; readonly found: 'zip' | 'xls' | 'nul' }
  | { readonly kind: 'too-big'; readonly bytes: number; readonly limit: number }
  | { readonly kind: 'one-column'; readonly firstLine: string }
  | { readonly kind: 'too-many-columns'; readonly row: number; readonly columns: number; readonly limit: number }
  | { readonly kind: 'row-too-long'; readonly row: number; readonly limit: number }
  | { readonly kind: 'no-rows' }
  | { readonly kind: 'too-many-rows'; readonly limit: number }
  /** The browser could not read it: moved, changed or forbidden since it was chosen. `why` is the browser's name for it. */
  | { readonly kind: 'unreadable'; readonly why: string }
  /** The person called it off. */
  | { readonly kind: 'cancelled' };
