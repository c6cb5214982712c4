/** Held changes as a file that a person can keep: marked, with everything that was written and why it was not accepted. */
import { dayAt, momentText } from '../format.ts';
import type { CsvCell } from '../export/csv-text.ts';
import { exporting } from '../words/export.ts';
import { held as say } from '../words/held.ts';
import { textsOf } from './held-content.tsx';
import type { HeldItem } from './held-items.ts';

export function heldRows(items: readonly HeldItem[], by: string, nowMs: number): readonly (readonly CsvCell[])[] {
  return [
    [exporting.marking],
    [say.fileTitle],
    [say.fileSaved, momentText(nowMs)],
    [say.fileBy, by],
    [],
    [...say.fileColumns],
    ...items.flatMap(({ about, changes }) =>
      changes.flatMap(({ row, value, what, why }) => {
        const texts = textsOf(row.kind, row.unit, value);
        const fields = texts.length === 0 ? ([['', say.unsaid]] as const) : texts;
        return fields.map(([field, text]): CsvCell[] => [about, what, field, text, why, momentText(row.editedMs)]);
      }),
    ),
  ];
}

export const heldFileName = (nowMs: number): string => say.fileName(dayAt(nowMs));
