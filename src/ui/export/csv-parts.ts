/** Writes a long table as CSV in parts, which make the same file as `csvText` in one; the page stays free between them. */
import { csvText, type CsvCell } from './csv-text.ts';

/** A few milliseconds of work. */
const rowsInPart = 250;
const byteOrderMark = /^\ufeff/;

export async function csvParts(rows: readonly (readonly CsvCell[])[]): Promise<readonly string[]> {
  const parts = [csvText(rows.slice(0, rowsInPart))];
  for (let from = rowsInPart; from < rows.length; from += rowsInPart) {
    await new Promise((resolve) => setTimeout(resolve));
    parts.push('\r\n', csvText(rows.slice(from, from + rowsInPart)).replace(byteOrderMark, ''));
  }
  return parts;
}
