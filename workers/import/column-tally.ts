/** What one column of a file holds, counted cell by cell in bounded memory. */
import { columnLetter, type ImportColumn } from '../../src/domain/import/column.ts';
import { DateTally } from '../../src/domain/import/dates.ts';
import { DistinctTexts, ownText } from '../../src/domain/import/distinct.ts';
import { labelKey } from '../../src/domain/import/labels.ts';
import { shorten } from './shorten.ts';

/** Enough for the teams of an authority, and for every label that anyone would map by hand. */
const mostValues = 300;
/** As long as a name may be. */
const longestValue = 120;
const mostSamples = 5;

export class ColumnTally {
  readonly #raw = new DistinctTexts(mostValues, longestValue);
  readonly #samples: string[] = [];
  readonly #dates = new DateTally();
  #filled = 0;

  add(cell: string): void {
    const value = cell.trim();
    if (value === '') return;
    this.#filled++;
    // What is kept is looked at once, with its count, when the counting ends.
    if (!this.#raw.add(value)) this.#dates.add(value);
    if (this.#samples.length < mostSamples) this.#addSample(shorten(value));
  }

  get filled(): number {
    return this.#filled;
  }

  /** Ends the counting: what the column holds, over as many rows as the file has below its headings. */
  finish(index: number, heading: string, rows: number): ImportColumn {
    const values = new DistinctTexts(mostValues, longestValue);
    for (const { value, count } of this.#raw.values()) {
      values.add(value, labelKey(value), count);
      this.#dates.add(value, count);
    }
    return {
      index,
      letter: columnLetter(index),
      heading,
      samples: this.#samples,
      values: values.values(),
      rest: this.#raw.rest,
      filled: this.#filled,
      blank: rows - this.#filled,
      dates: { ...this.#dates.counts, order: this.#dates.order },
    };
  }

  #addSample(value: string): void {
    if (!this.#samples.includes(value)) this.#samples.push(ownText(value));
  }
}
