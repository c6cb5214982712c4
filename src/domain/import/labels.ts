/**
 * What a written label says: which grade of a scale it plainly is, or none.
 *
 * A suggestion is made only where nobody would read the label otherwise: the grade's own words in any case and spacing,
 * its usual short forms, its number before or after the words. A bare number, a misspelling, "nan", "n/a", "not judged"
 * suggest nothing; a person maps those, or they stay unmapped and are counted.
 */
import type { Grade, GradeId, Scale } from '../grade.ts';
import type { Counted } from './distinct.ts';

/** A longer text is a remark, not a label: it is compared as it stands. */
const longestLabel = 200;

const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

/** One form for every spelling of a label that differs only in case, spaces, invisible characters or trailing dots. */
export function labelKey(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length > longestLabel) return trimmed;
  return trimmed
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(/(?<![. ])[. ]+$/, '');
}

/** Forms that mean "Requires improvement" beside the grade's own names; Ofsted's full wording is the first. */
const improvementForms = ['requires improvement to be good', 'ri', 'r i', 'req imp', 'req improvement', 'requires imp'];

const wordsOf = (text: string): string => labelKey(text.replace(/[-_.\s]+/g, ' '));

const formsOf = ({ id, name, short }: Grade): readonly string[] => [
  ...[id, name, short].map(wordsOf),
  ...(id === 'requires-improvement' ? improvementForms : []),
];

const numberBefore = /^(?:grade )?\(?(\d{1,2})\)?(?: ?[-–—:.)] ?| )(.+)$/;
const numberAfter = /^(.+?) ?\((\d{1,2})\)$/;

/** The grade of `scale` that `label` plainly is, or null. A number beside the words must be the grade's place. */
export function suggestGrade(scale: Scale, label: string): GradeId | null {
  const key = labelKey(label);
  const before = numberBefore.exec(key);
  const after = before === null ? numberAfter.exec(key) : null;
  const place = before?.[1] ?? after?.[2];
  const words = wordsOf(before?.[2] ?? after?.[1] ?? key);
  const rank = scale.grades.findIndex((grade) => formsOf(grade).includes(words));
  if (rank < 0 || (place !== undefined && Number(place) !== rank + 1)) return null;
  return scale.grades[rank]?.id ?? null;
}

/** Scales that turn up in a column of grades. Naming one maps nothing: it lets a screen say what the labels look like. */
export type OtherScale = 'met' | 'yes-no' | 'red-amber-green' | 'pass-fail' | 'compliant' | 'older-grades' | 'numbers';

const otherLabels: Readonly<Record<Exclude<OtherScale, 'numbers'>, readonly string[]>> = {
  met: ['met', 'fully met', 'mostly met', 'partially met', 'partly met', 'not met', 'unmet'],
  'yes-no': ['yes', 'no', 'y', 'n', 'partial', 'partially', 'partly'],
  'red-amber-green': ['red', 'amber', 'green'],
  'pass-fail': ['pass', 'passed', 'fail', 'failed'],
  compliant: ['compliant', 'partially compliant', 'non compliant', 'not compliant'],
  'older-grades': ['satisfactory', 'adequate'],
};

function otherScaleOf(label: string): OtherScale | null {
  const words = wordsOf(label);
  if (/^\d{1,2}$/.test(words)) return 'numbers';
  for (const [scale, labels] of Object.entries(otherLabels)) {
    if (labels.includes(words)) return scale as OtherScale;
  }
  return null;
}

/** What the labels of one column are, in cells. */
export interface ColumnReading {
  /** Plainly grades of the scale. */
  readonly known: number;
  /** Neither blank nor such a grade. */
  readonly unknown: number;
  /** The other scale that most of the unknown look like, and how many of them do. */
  readonly other: { readonly scale: OtherScale; readonly count: number } | null;
}

/** Reads a column's distinct values with their counts; `rest` cells held values that were not kept. */
export function readColumn(scale: Scale, values: readonly Counted[], rest: number): ColumnReading {
  let known = 0;
  let unknown = rest;
  const others = new Map<OtherScale, number>();
  for (const { value, count } of values) {
    if (labelKey(value) === '') continue;
    if (suggestGrade(scale, value) !== null) {
      known += count;
      continue;
    }
    unknown += count;
    const other = otherScaleOf(value);
    if (other !== null) others.set(other, (others.get(other) ?? 0) + count);
  }
  const [most] = [...others].sort((a, b) => b[1] - a[1]);
  return { known, unknown, other: most === undefined ? null : { scale: most[0], count: most[1] } };
}

/** Most of what is written in the column is a grade of the scale. */
export const looksGraded = ({ known, unknown }: ColumnReading): boolean => known > unknown;

/** Grades and another scale's labels in one column, which together are most of what is written there. */
export const hasSecondScale = ({ known, unknown, other }: ColumnReading): boolean =>
  other !== null && known > 0 && (known + other.count) * 2 > known + unknown;
