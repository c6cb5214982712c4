/** The geometry of one stacked bar, as shares of its width. The headline comes first, so that its interval starts at 0. */
import type { GradeId, Scale } from '../../domain/grade.ts';
import type { Interval, Proportion } from '../../domain/proportion.ts';
import type { SummaryGroup } from '../../domain/summary.ts';
import type { Headline } from './question.ts';

export interface Segment {
  readonly grade: GradeId;
  readonly count: number;
  readonly from: number;
  readonly width: number;
}

export interface Bar {
  readonly segments: readonly Segment[];
  readonly whisker: Interval | null;
}

/** Grades in the order of a bar: those of the headline, then the rest; all from the worst when the worst leads. */
export function gradeOrder(scale: Scale, headline: Headline): readonly GradeId[] {
  const ids = scale.grades.map(({ id }) => id);
  const first = headline === 'good-or-better' ? ids.filter((id) => scale.goodOrBetter.includes(id)) : [headline];
  const rest = ids.filter((id) => !first.includes(id));
  return [...first, ...(headline === ids.at(-1) ? rest.reverse() : rest)];
}

/** The bar of a group, or null below the smallest base: there, only counts are told. */
export function barOf(group: SummaryGroup, scale: Scale, headline: Headline): Bar | null {
  const { share, interval } = headlineOf(group, scale, headline);
  if (share === null) return null;
  let from = 0;
  const segments = gradeOrder(scale, headline).map((grade) => {
    const { count } = proportionOf(group, scale, grade);
    const segment = { grade, count, from, width: count / group.base };
    from += segment.width;
    return segment;
  });
  return { segments: segments.filter(({ count }) => count > 0), whisker: interval };
}

export function headlineOf(group: SummaryGroup, scale: Scale, headline: Headline): Proportion {
  return headline === 'good-or-better' ? group.goodOrBetter : proportionOf(group, scale, headline);
}

function proportionOf(group: SummaryGroup, scale: Scale, grade: GradeId): Proportion {
  const found = group.grades[scale.grades.findIndex(({ id }) => id === grade)];
  if (found === undefined) throw new Error(`The answer has no figure for the grade ${grade}`);
  return found;
}
