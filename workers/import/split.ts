/**
 * Splits decoded text into rows of cells with Papa Parse; the only file of the workers that names it.
 *
 * Its `Parser` is used as it is, fed piece by piece, because its own streaming decodes each slice of a file apart, which
 * breaks characters at the edges, and wants a FileReader. `parse(text, 0, true)` leaves the last, unfinished row alone
 * and says where it starts; that is put before the next piece.
 */
import Papa from 'papaparse';
import type { Delimiter } from '../../src/protocol/import.ts';
import { limits } from './limits.ts';

export interface SplitRows {
  readonly rows: readonly (readonly string[])[];
  /** Places in `rows` where text follows a closing quotation mark. */
  readonly strayQuotes: ReadonlySet<number>;
  /** The last row holds a quotation mark that is never closed. */
  readonly unclosed: boolean;
}

export interface FirstRows {
  readonly rows: readonly (readonly string[])[];
  /** Text follows a closing quotation mark somewhere, as it does everywhere under a wrong delimiter. */
  readonly strayQuotes: boolean;
}

interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly code: string; readonly row: number }[];
  readonly meta: { readonly cursor: number };
}

export class RowSplitter {
  readonly #delimiter: Delimiter;
  #rest = '';

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter;
  }

  /** Takes the next text, gives the rows it completes. `last`: the text ends here, and so does its last row. */
  push(text: string, last: boolean): SplitRows {
    const input = shortenBlanks(this.#rest + text, this.#delimiter);
    const { data, errors, meta } = parser(this.#delimiter).parse(input, 0, !last) as Parsed;
    this.#rest = last ? '' : input.slice(meta.cursor);
    const complete = errors.filter(({ row }) => row < data.length);
    return {
      rows: data,
      strayQuotes: new Set(complete.filter(({ code }) => code === 'InvalidQuotes').map(({ row }) => row)),
      unclosed: complete.some(({ code }) => code === 'MissingQuotes'),
    };
  }

  /** How many characters of an unfinished row are held. */
  get held(): number {
    return this.#rest.length;
  }
}

/** The first rows of a text, at most `most`. `last`: the text is the whole of it. */
export function firstRowsOf(text: string, delimiter: Delimiter, most: number, last: boolean): FirstRows {
  const { data, errors } = parser(delimiter, most).parse(shortenBlanks(text, delimiter), 0, !last) as Parsed;
  return { rows: data, strayQuotes: errors.some(({ code }) => code === 'InvalidQuotes') };
}

const parser = (delimiter: Delimiter, preview = 0): Papa.Parser =>
  new Papa.Parser({ delimiter, newline: '\n', preview });

/** Longer blanks within a row say nothing, but between tabs each may be a column. */
const longestBlank = (delimiter: Delimiter): number => (delimiter === '\t' ? limits.columns + 1 : 40);

/** After each stray quotation mark the parser looks again at all blanks at the end of the row: they must not be many. */
function shortenBlanks(text: string, delimiter: Delimiter): string {
  const longest = longestBlank(delimiter);
  return text.includes('"') ? text.replace(/[^\S\n]{2,}/g, (blank) => blank.slice(0, longest)) : text;
}
