/** Columns as an inspection would offer them, made from a heading and cells. */
import { columnLetter, type ImportColumn } from '../../../src/domain/import/column.ts';
import { DateTally } from '../../../src/domain/import/dates.ts';
import { DistinctTexts } from '../../../src/domain/import/distinct.ts';

export function columnOf(index: number, heading: string, cells: readonly string[]): ImportColumn {
  const values = new DistinctTexts(300, 120);
  const dates = new DateTally();
  const filled = cells.filter((cell) => cell.trim() !== '');
  for (const cell of filled) {
    values.add(cell.trim());
    dates.add(cell);
  }
  return {
    index,
    letter: columnLetter(index),
    heading,
    samples: filled.slice(0, 5),
    values: values.values(),
    rest: values.rest,
    filled: filled.length,
    blank: cells.length - filled.length,
    dates: { ...dates.counts, order: dates.order },
  };
}

/** A table of columns: heading and cells of each. */
export const columnsOf = (table: readonly (readonly [string, readonly string[]])[]): ImportColumn[] =>
  table.map(([heading, cells], index) => columnOf(index, heading, cells));
