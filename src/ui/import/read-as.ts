/** How a file was read, in words, one line each: kept with the import, so that anyone can see it later. */
import { gradeById, type Scale } from '../../domain/grade.ts';
import type { ImportMapping, LabelChoice, NameSource } from '../../domain/import/mapping.ts';
import { longTextLimit, tidyText } from '../../protocol/text.ts';
import { importing as say } from '../words/import.ts';
import { columnAt, type Columns } from './mapping-form.ts';

export function readAs(mapping: ImportMapping, columns: Columns, scale: Scale): string {
  const { readAs: line } = say;
  const column = (index: number): string =>
    say.column(columnAt(columns, index)?.letter ?? '', headingOf(columns, index));
  const source = (from: NameSource): string =>
    'constant' in from ? line.constant(from.constant) : column(from.column);
  const optional = (index: number | null): string => (index === null ? line.none : column(index));
  const undated = mapping.undated === 'take' ? say.undatedTake : say.undatedLeave;
  const lines = [
    line.date(mapping.dates.map((date) => column(date.column)).join(', '), undated),
    line.name(say.service, source(mapping.service)),
    line.name(say.team, source(mapping.team)),
    line.name(say.reference, optional(mapping.reference)),
    line.name(say.auditor, optional(mapping.auditor)),
    ...mapping.graded.map(({ column: index, title, labels }) => {
      const means = labels.map(({ label, choice }) => line.label(label, meaningOf(choice, scale))).join(', ');
      const named = index === mapping.overall ? line.overall : title;
      return line.graded(column(index), named, means === '' ? line.noLabels : means);
    }),
  ];
  return tidyText(lines.join('\n').slice(0, longTextLimit));
}

export const headingOf = (columns: Columns, index: number): string => columnAt(columns, index)?.heading ?? '';

export function meaningOf(choice: LabelChoice, scale: Scale): string {
  switch (choice.kind) {
    case 'grade':
      return gradeById(scale, choice.grade)?.name ?? choice.grade;
    case 'not-applicable':
      return say.notApplicable;
    case 'not-graded':
      return say.notGraded;
    default:
      return choice satisfies never;
  }
}
