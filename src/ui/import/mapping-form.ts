/**
 * The form that says what is in each column: changes of the draft, what is still undecided, and the mapping it becomes.
 * Pure. A new choice never decides another: what follows from it is asked again.
 */
import { ofstedScale } from '../../domain/grade.ts';
import type { ImportColumn } from '../../domain/import/column.ts';
import type { DateOrder } from '../../domain/import/dates.ts';
import { mostSections } from '../../domain/import/imported-tool.ts';
import { labelKey } from '../../domain/import/labels.ts';
import {
  dateColumn,
  gradedColumn,
  type GradedColumn,
  type ImportMapping,
  type LabelChoice,
  type MappingDraft,
  type NameSource,
} from '../../domain/import/mapping.ts';
import type { FieldError } from '../parts/error-summary.tsx';
import { errorAt } from '../data/typed-secrets.ts';
import { importing as say } from '../words/import.ts';

export type Columns = readonly ImportColumn[];

export const columnAt = (columns: Columns, index: number): ImportColumn | undefined =>
  columns.find((column) => column.index === index);

/** The date columns of the draft, first and second, changed to these; null is none. */
export function withDates(draft: MappingDraft, columns: Columns, indexes: readonly (number | null)[]): MappingDraft {
  const dates = indexes.flatMap((index) => {
    const column = index === null ? undefined : columnAt(columns, index);
    if (column === undefined) return [];
    return [draft.dates.find((date) => date.column === column.index) ?? dateColumn(column)];
  });
  const { undated: _, ...rest } = draft;
  const next = { ...rest, dates };
  return dates.length > 0 && undatedRows(next, columns) === 0 ? { ...next, undated: 'leave-out' } : next;
}

export const withOrder = (draft: MappingDraft, column: number, order: DateOrder): MappingDraft => ({
  ...draft,
  dates: draft.dates.map((date) => (date.column === column ? { ...date, order } : date)),
});

/** The most rows that can be blank in every date column. */
export const undatedRows = ({ dates }: Pick<MappingDraft, 'dates'>, columns: Columns): number =>
  Math.min(...dates.map(({ column }) => columnAt(columns, column)?.blank ?? 0));

export function withGraded(draft: MappingDraft, column: ImportColumn): MappingDraft {
  const graded = [...draft.graded, gradedColumn(column, ofstedScale)].sort((a, b) => a.column - b.column);
  return { ...draft, graded };
}

export function withoutGraded(draft: MappingDraft, index: number): MappingDraft {
  const { overall, ...rest } = draft;
  const graded = draft.graded.filter(({ column }) => column !== index);
  return { ...rest, graded, ...(overall === undefined || overall === index ? {} : { overall }) };
}

const withColumn = (
  draft: MappingDraft,
  index: number,
  change: (graded: GradedColumn) => GradedColumn,
): MappingDraft => ({
  ...draft,
  graded: draft.graded.map((graded) => (graded.column === index ? change(graded) : graded)),
});

export const withTitle = (draft: MappingDraft, index: number, title: string): MappingDraft =>
  withColumn(draft, index, (graded) => ({ ...graded, title }));

/** `choice` null: nothing is decided about the label. */
export const withLabel = (
  draft: MappingDraft,
  index: number,
  label: string,
  choice: LabelChoice | null,
): MappingDraft =>
  withColumn(draft, index, (graded) => {
    const others = graded.labels.filter((mapped) => labelKey(mapped.label) !== labelKey(label));
    return { ...graded, labels: choice === null ? others : [...others, { label, choice }] };
  });

export const choiceOf = ({ labels }: GradedColumn, label: string): LabelChoice | null =>
  labels.find((mapped) => labelKey(mapped.label) === labelKey(label))?.choice ?? null;

/** Columns with a value that the draft makes nothing of. */
export function unusedColumns(draft: MappingDraft, columns: Columns): Columns {
  const used = new Set([
    ...draft.graded.map(({ column }) => column),
    ...plainColumns(draft).map(([, column]) => column),
  ]);
  return columns.filter(({ index, filled }) => filled > 0 && !used.has(index));
}

/** Columns that are something else than a grade, by the field that says so. */
function plainColumns({ dates, service, team, reference, auditor }: MappingDraft): readonly [string, number][] {
  const named = (field: string, source: NameSource | undefined): [string, number][] =>
    source !== undefined && 'column' in source ? [[field, source.column]] : [];
  return [
    ...dates.map(({ column }, at): [string, number] => [at === 0 ? 'date' : 'date-else', column]),
    ...named('service', service),
    ...named('team', team),
    ...(reference == null ? [] : [['reference', reference] as [string, number]]),
    ...(auditor == null ? [] : [['auditor', auditor] as [string, number]]),
  ];
}

/** The longest a section may be called. */
const longestTitle = 200;

export function mappingErrors(draft: MappingDraft, columns: Columns): readonly FieldError[] {
  const letterOf = (index: number): string => columnAt(columns, index)?.letter ?? '';
  const { dates, graded, overall } = draft;
  const isGraded = new Set(graded.map(({ column }) => column));
  return [
    ...errorAt('date', dates.length === 0 ? say.needDate : null),
    ...dates.flatMap(({ column, order }) =>
      errorAt(`order-${column}`, order === undefined ? say.needOrder(letterOf(column)) : null),
    ),
    ...errorAt('undated', dates.length > 0 && draft.undated === undefined ? say.needUndated : null),
    ...nameErrors('service', draft.service, say.needService, say.needServiceName),
    ...nameErrors('team', draft.team, say.needTeam, say.needTeamName),
    ...errorAt('reference', draft.reference === undefined ? say.needReference : null),
    ...errorAt('auditor', draft.auditor === undefined ? say.needAuditor : null),
    ...plainColumns(draft).flatMap(([field, column]) =>
      errorAt(field, isGraded.has(column) ? say.usedTwice(letterOf(column)) : null),
    ),
    ...errorAt('add-graded', graded.length === 0 ? say.needGraded : null),
    ...errorAt('add-graded', sectionsOf(draft).length > mostSections ? say.tooManyGraded(mostSections) : null),
    ...titleErrors(graded, letterOf),
    ...errorAt('overall', graded.length > 0 && overall === undefined ? say.needOverall : null),
  ];
}

function nameErrors(
  field: string,
  source: NameSource | undefined,
  missing: string,
  unnamed: string,
): readonly FieldError[] {
  if (source === undefined) return errorAt(field, missing);
  return errorAt(`${field}-name`, 'constant' in source && source.constant.trim() === '' ? unnamed : null);
}

function titleErrors(graded: readonly GradedColumn[], letterOf: (index: number) => string): readonly FieldError[] {
  const seen = new Set<string>();
  return graded.flatMap(({ column, title }) => {
    const key = labelKey(title);
    const twice = seen.has(key);
    seen.add(key);
    const wrong =
      title.trim() === ''
        ? say.needTitle(letterOf(column))
        : title.trim().length > longestTitle
          ? say.titleTooLong(letterOf(column))
          : twice
            ? say.titleTwice(title.trim())
            : null;
    return errorAt(`title-${column}`, wrong);
  });
}

/** The graded columns that become sections. */
export const sectionsOf = ({ graded, overall }: Pick<MappingDraft, 'graded' | 'overall'>): readonly GradedColumn[] =>
  graded.filter(({ column }) => column !== overall);

/** The mapping that a draft without errors is; null while something is undecided. */
export function mappingOf(draft: MappingDraft, columns: Columns): ImportMapping | null {
  const { dates, undated, service, team, reference, auditor, graded, overall } = draft;
  if (mappingErrors(draft, columns).length > 0) return null;
  if (undated === undefined || service === undefined || team === undefined) return null;
  if (reference === undefined || auditor === undefined || overall === undefined) return null;
  return {
    dates: dates.flatMap(({ column, order }) => (order === undefined ? [] : [{ column, order }])),
    undated,
    service,
    team,
    reference,
    auditor,
    graded: graded.map((one) => ({ ...one, title: one.title.trim().replace(/\s+/g, ' ') })),
    overall,
  };
}
