/** Counts what is worth saying of a file while its rows go by, and tells it at the end. */
import type { ImportColumn } from '../../src/domain/import/column.ts';
import { hasSecondScale, labelKey, readColumn } from '../../src/domain/import/labels.ts';
import type { Scale } from '../../src/domain/grade.ts';
import type { ImportNotice } from '../../src/protocol/import.ts';
import { wordyShare } from './layout.ts';
import { limits } from './limits.ts';
import type { FileRecord, Records } from './records.ts';

export class NoticeTally {
  #controls = 0;
  #broken = 0;
  #longCells = 0;
  #unclosed: number | null = null;
  #shorter = 0;
  #longer = 0;
  #firstUneven = 0;
  #strayRows = 0;
  #firstStray = 0;

  addPiece({ controls, broken, longCells, unclosed }: Records): void {
    this.#controls += controls;
    this.#broken += broken;
    this.#longCells += longCells;
    this.#unclosed ??= unclosed;
  }

  /** Counts a row below the headings. */
  addRow({ row, cells, written, strayQuote }: FileRecord, header: FileRecord): void {
    const shorter = written < header.cells.length;
    const longer = cells.length > header.written;
    if (shorter) this.#shorter++;
    if (longer) this.#longer++;
    if (shorter || longer) this.#firstUneven ||= row;
    if (!strayQuote) return;
    this.#strayRows++;
    this.#firstStray ||= row;
  }

  answer(columns: readonly ImportColumn[], scale: Scale): ImportNotice[] {
    const notices: ImportNotice[] = [...duplicateHeadings(columns), ...secondScales(columns, scale)];
    if (
      wordyShare(
        columns.map(({ heading }) => heading),
        scale,
      ) < 0.5
    )
      notices.push({ kind: 'headings-look-like-values' });
    if (this.#shorter + this.#longer > 0) {
      const counts = { shorter: this.#shorter, longer: this.#longer };
      notices.push({ kind: 'uneven-rows', ...counts, firstRow: this.#firstUneven });
    }
    if (this.#strayRows > 0) notices.push({ kind: 'stray-quotes', rows: this.#strayRows, firstRow: this.#firstStray });
    if (this.#unclosed !== null) notices.push({ kind: 'unclosed-quote', row: this.#unclosed });
    if (this.#controls > 0) notices.push({ kind: 'control-characters', count: this.#controls });
    if (this.#broken > 0) notices.push({ kind: 'broken-characters', count: this.#broken });
    if (this.#longCells > 0) notices.push({ kind: 'long-cells', count: this.#longCells, limit: limits.cellCharacters });
    return notices;
  }
}

function duplicateHeadings(columns: readonly ImportColumn[]): ImportNotice[] {
  const alike = new Map<string, ImportColumn[]>();
  for (const column of columns) {
    const key = labelKey(column.heading);
    if (key !== '') alike.set(key, [...(alike.get(key) ?? []), column]);
  }
  return [...alike.values()].flatMap((same) => {
    const letters = same.map(({ letter }) => letter);
    return letters.length > 1 ? [{ kind: 'duplicate-headings', heading: same[0]?.heading ?? '', letters }] : [];
  });
}

const secondScales = (columns: readonly ImportColumn[], scale: Scale): ImportNotice[] =>
  columns.flatMap(({ letter, heading, values, rest }): ImportNotice[] => {
    const reading = readColumn(scale, values, rest);
    if (reading.other === null || !hasSecondScale(reading)) return [];
    const { known, other } = reading;
    return [{ kind: 'second-scale', letter, heading, scale: other.scale, known, other: other.count }];
  });
