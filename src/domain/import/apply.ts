/**
 * One row of a file under a mapping: the audit it says, as plain data, or why it says none.
 *
 * Nothing is guessed. A blank cell and a label that has not been mapped give no grade and are told apart from each other
 * and from "not applicable". A row without a service and a team is no audit, nor is one whose day cannot be read; a row
 * that says no day is one only where the mapping takes such rows.
 */
import type { GradeId } from '../grade.ts';
import type { Day } from '../values.ts';
import { readDay } from './dates.ts';
import { labelKey } from './labels.ts';
import type { GradedColumn, ImportMapping, LabelChoice, NameSource } from './mapping.ts';

/** What a graded cell says; `label` as it is written. */
export type ImportedGrade =
  | { readonly kind: 'grade'; readonly grade: GradeId; readonly label: string }
  | { readonly kind: 'not-applicable' | 'not-graded' | 'unknown'; readonly label: string }
  | { readonly kind: 'blank' };

export interface ImportedAudit {
  /** null where the row says none, and the mapping takes such rows. */
  readonly day: Day | null;
  /** The column the day was read from. */
  readonly dayFrom: number | null;
  readonly service: string;
  readonly team: string;
  /** null where no column is mapped or the cell is blank. */
  readonly reference: string | null;
  readonly auditor: string | null;
  /** By column, the overall grade's left out. */
  readonly grades: Readonly<Record<number, ImportedGrade>>;
  /** null where no column is the overall grade. */
  readonly overall: ImportedGrade | null;
}

export type NamedField = 'service' | 'team' | 'reference' | 'auditor';

export type RowProblem =
  | { readonly kind: 'no-date' }
  /** Not a date, not one that exists, or one whose order was not settled. */
  | { readonly kind: 'unreadable-date'; readonly text: string }
  | { readonly kind: 'no-service' }
  | { readonly kind: 'no-team' }
  | { readonly kind: 'too-long'; readonly field: NamedField; readonly limit: number };

export type Applied =
  { readonly ok: true; readonly audit: ImportedAudit } | { readonly ok: false; readonly why: RowProblem };

/** As long as each may be in a record; a test holds them to the schemas. */
export const fieldLimits: Readonly<Record<NamedField, number>> = {
  service: 120,
  team: 120,
  reference: 60,
  auditor: 120,
};

/** Makes the reader of a file's rows. The cells of a row in the file's order; those that are missing are blank. */
export function auditReader(mapping: ImportMapping): (cells: readonly string[]) => Applied {
  const graded = mapping.graded.map((column) => ({ column: column.column, read: gradeReader(column) }));
  const overall = graded.find(({ column }) => column === mapping.overall);
  const sections = graded.filter((column) => column !== overall);
  return (cells) => {
    const names = {
      service: nameFrom(mapping.service, cells),
      team: nameFrom(mapping.team, cells),
      reference: mapping.reference === null ? '' : nameIn(cells[mapping.reference]),
      auditor: mapping.auditor === null ? '' : nameIn(cells[mapping.auditor]),
    };
    const dated = dayIn(mapping, cells);
    if ('kind' in dated) return refused(dated);
    if (names.service === '') return refused({ kind: 'no-service' });
    if (names.team === '') return refused({ kind: 'no-team' });
    const long = tooLong(names);
    if (long !== null) return refused(long);
    return {
      ok: true,
      audit: {
        ...dated,
        service: names.service,
        team: names.team,
        reference: names.reference || null,
        auditor: names.auditor || null,
        grades: Object.fromEntries(sections.map(({ column, read }) => [column, read(cells[column])])),
        overall: overall?.read(cells[overall.column]) ?? null,
      },
    };
  };
}

const refused = (why: RowProblem): Applied => ({ ok: false, why });

function dayIn(
  { dates, undated }: ImportMapping,
  cells: readonly string[],
): Pick<ImportedAudit, 'day' | 'dayFrom'> | RowProblem {
  const written = dates.find(({ column }) => nameIn(cells[column]) !== '');
  if (written === undefined) return undated === 'take' ? { day: null, dayFrom: null } : { kind: 'no-date' };
  const text = nameIn(cells[written.column]);
  const day = readDay(text, written.order);
  return day === null ? { kind: 'unreadable-date', text } : { day, dayFrom: written.column };
}

/** A cell as a name of one line. */
const nameIn = (cell = ''): string => cell.trim().replace(/\s+/g, ' ');

const nameFrom = (source: NameSource, cells: readonly string[]): string =>
  nameIn('constant' in source ? source.constant : cells[source.column]);

function tooLong(names: Readonly<Record<NamedField, string>>): RowProblem | null {
  for (const [field, limit] of Object.entries(fieldLimits) as [NamedField, number][]) {
    if (names[field].length > limit) return { kind: 'too-long', field, limit };
  }
  return null;
}

function gradeReader({ labels }: GradedColumn): (cell: string | undefined) => ImportedGrade {
  const choices = new Map<string, LabelChoice>(labels.map(({ label, choice }) => [labelKey(label), choice]));
  return (cell = '') => {
    const label = nameIn(cell);
    const key = labelKey(cell);
    if (key === '') return { kind: 'blank' };
    const choice = choices.get(key);
    if (choice === undefined) return { kind: 'unknown', label };
    return choice.kind === 'grade' ? { kind: 'grade', grade: choice.grade, label } : { kind: choice.kind, label };
  };
}
