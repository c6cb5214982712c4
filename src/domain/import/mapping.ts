/**
 * What a person decides about a file before it is imported: which column is what, and which grade each label is.
 *
 * `suggestMapping` proposes what the headings and the contents plainly say and leaves the rest undefined: two columns
 * that fit equally, an order of day and month that no cell settles, a label that is no grade. Plain data throughout.
 */
import type { GradeId, Scale } from '../grade.ts';
import type { ImportColumn } from './column.ts';
import type { DateOrder } from './dates.ts';
import { headingRank, saysOtherDate, type ColumnRole } from './headings.ts';
import { looksGraded, readColumn, suggestGrade } from './labels.ts';

/** What a label means. Not graded: the cell says that there is no judgement; like a blank, it is in no denominator. */
export type LabelChoice =
  | { readonly kind: 'grade'; readonly grade: GradeId }
  | { readonly kind: 'not-applicable' }
  | { readonly kind: 'not-graded' };

export interface MappedLabel {
  /** Any spelling of it: labels are compared by `labelKey`. */
  readonly label: string;
  readonly choice: LabelChoice;
}

export interface GradedColumn {
  readonly column: number;
  /** What the section is called in the imported tool. */
  readonly title: string;
  readonly labels: readonly MappedLabel[];
}

/** A column that says it row by row, or one name for every row. */
export type NameSource = { readonly column: number } | { readonly constant: string };

export interface DateColumn {
  readonly column: number;
  /** null: no date in the column needs an order, and one that does is not read. */
  readonly order: DateOrder | null;
}

export interface ImportMapping {
  /** A row's day is in the first of these columns that is not blank there. */
  readonly dates: readonly DateColumn[];
  /** Whether a row that is blank in all of them is left out, or taken as an audit without a day. */
  readonly undated: 'leave-out' | 'take';
  readonly service: NameSource;
  readonly team: NameSource;
  readonly reference: number | null;
  readonly auditor: number | null;
  /** Every graded column, the overall grade's among them. */
  readonly graded: readonly GradedColumn[];
  /** Which of the graded columns is the overall grade; null when none is. */
  readonly overall: number | null;
}

/** A mapping in the making: what is not there has not been decided. */
export type MappingDraft = Partial<Omit<ImportMapping, 'dates' | 'graded'>> &
  Pick<ImportMapping, 'graded'> & { readonly dates: readonly DateColumnDraft[] };

export type DateColumnDraft = Pick<DateColumn, 'column'> & Partial<DateColumn>;

export function suggestMapping(columns: readonly ImportColumn[], scale: Scale): MappingDraft {
  const graded = columns.filter(({ values, rest }) => looksGraded(readColumn(scale, values, rest)));
  const others = columns.filter((column) => column.filled > 0 && !graded.includes(column));
  const date = bestFor('date', others.filter(holdsDates)) ?? onlyOne(others.filter(isPlainlyDate));
  const named = others.filter((column) => column !== date);
  const service = bestFor('service', named);
  const team = bestFor('team', named);
  const reference = bestFor('reference', named);
  const auditor = bestFor('auditor', named);
  const overall = bestFor('overall', graded);
  return {
    graded: graded.map((column) => gradedColumn(column, scale)),
    dates: date === undefined ? [] : [dateColumn(date)],
    ...(date?.blank === 0 && { undated: 'leave-out' }),
    ...(service && { service: { column: service.index } }),
    ...(team && { team: { column: team.index } }),
    ...(reference && { reference: reference.index }),
    ...(auditor && { auditor: auditor.index }),
    ...(overall && { overall: overall.index }),
  };
}

/** A column offered as graded: its title from the heading, and the labels that plainly are grades. */
export function gradedColumn({ index, letter, heading, values }: ImportColumn, scale: Scale): GradedColumn {
  const labels = values.flatMap(({ value }): MappedLabel[] => {
    const grade = suggestGrade(scale, value);
    return grade === null ? [] : [{ label: value, choice: { kind: 'grade', grade } }];
  });
  return { column: index, title: titleOf(heading) || letter, labels };
}

const titleOf = (heading: string): string =>
  heading
    .replaceAll('_', ' ')
    .trim()
    .replace(/^\p{Ll}/u, (first) => first.toUpperCase());

/** The column whose heading fits the role best; undefined when none does, or two do alike. */
function bestFor(role: ColumnRole, columns: readonly ImportColumn[]): ImportColumn | undefined {
  const ranked = columns.map((column) => ({ column, rank: headingRank(role, column.heading) ?? Infinity }));
  const best = Math.min(...ranked.map(({ rank }) => rank));
  if (best === Infinity) return undefined;
  return onlyOne(ranked.filter(({ rank }) => rank === best).map(({ column }) => column));
}

const onlyOne = (columns: readonly ImportColumn[]): ImportColumn | undefined =>
  columns.length === 1 ? columns[0] : undefined;

const holdsDates = ({ filled, dates }: ImportColumn): boolean => (dates.dates + dates.serials) * 2 > filled;

/** Five-digit numbers may be anything: without a heading that says so they are no dates. */
const isPlainlyDate = ({ filled, heading, dates }: ImportColumn): boolean =>
  dates.dates * 2 > filled && !saysOtherDate(heading);

/** A column offered as the date, with the order its cells settle. */
export function dateColumn({ index, dates: { order } }: ImportColumn): DateColumnDraft {
  if (order === 'ambiguous') return { column: index };
  return { column: index, order: order === 'none' ? null : order };
}
