/**
 * Writes a table as CSV that a spreadsheet opens as it was meant: UTF-8 with a byte order mark, CRLF, RFC 4180 quotes,
 * and no cell that it would run as a formula. Such a cell gets an apostrophe before it, also where the sign stands after
 * spaces or is full-width; a plain negative number stays a number.
 */
import Papa from 'papaparse';

export type CsvCell = string | number | null;

const formula = /^(?!-\d+(?:\.\d+)?$)[\s\u200b-\u200d\u2060\ufeff]*[=+\-@\t\r\0＝＋－＠]/;

export const csvText = (rows: readonly (readonly CsvCell[])[]): string =>
  Papa.BYTE_ORDER_MARK + Papa.unparse([...rows], { newline: '\r\n', escapeFormulae: formula });
