/** A column of a file as it is offered for mapping: its letter and heading, and what its cells hold, within bounds. */
import type { ColumnDateOrder } from './dates.ts';
import type { Counted } from './distinct.ts';

export interface ImportColumn {
  /** 0 for the first column of the file, empty ones counted. */
  readonly index: number;
  /** As a spreadsheet shows it: A to Z, AA, AB, ... */
  readonly letter: string;
  /** Line breaks and runs of spaces made one space; empty where there is none. */
  readonly heading: string;
  /** The first different values, shortened: enough to recognise the column by. */
  readonly samples: readonly string[];
  /** Different values in the order they were first seen, spellings of one label together under the first. */
  readonly values: readonly Counted[];
  /** Cells with a value that is not among `values`: too many different ones, or too long. */
  readonly rest: number;
  readonly filled: number;
  readonly blank: number;
  readonly dates: ColumnDates;
}

export interface ColumnDates {
  /** Cells that are a date in some order. */
  readonly dates: number;
  /** Cells that are a number Excel may have meant as a date. */
  readonly serials: number;
  readonly order: ColumnDateOrder;
}

/** The letter of a column, as Excel names it. */
export function columnLetter(index: number): string {
  let letter = '';
  for (let left = index; left >= 0; left = Math.floor(left / 26) - 1) {
    letter = String.fromCharCode(65 + (left % 26)) + letter;
  }
  return letter;
}
