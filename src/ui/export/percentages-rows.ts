/**
 * The file of the percentages on screen, as rows: the same answer, group by group and in the same order, with the count, the
 * base, the percentage and the interval of every grade in columns of their own. Counts nothing itself. Below the smallest
 * base a percentage and its interval are empty and the last column says why.
 */
import type { Scale } from '../../domain/grade.ts';
import type { Proportion } from '../../domain/proportion.ts';
import type { SummaryGroup } from '../../domain/summary.ts';
import { wholePercent } from '../format.ts';
import { besideKinds } from '../percentages/figures-table.tsx';
import type { NamedGroup } from '../percentages/names.ts';
import { exporting as say } from '../words/export.ts';
import { percentages } from '../words/percentages.ts';
import type { CsvCell } from './csv-text.ts';
import { preamble, type Asked, type Row } from './preamble.ts';

export interface PercentagesAsked extends Asked {
  readonly scale: Scale;
  readonly groups: readonly NamedGroup[];
  readonly total: SummaryGroup;
  readonly speaksForPractice: boolean;
}

export function percentagesRows(asked: PercentagesAsked): readonly Row[] {
  const { question, scale, total, speaksForPractice } = asked;
  const by = percentages.by[question.by];
  const grades = [...scale.grades.map(({ name }) => name), percentages.goodOrBetter];
  return [
    ...preamble(asked, [say.figures, say.figuresBy(percentages.measures[question.measure], by)]),
    [
      say.scope,
      speaksForPractice ? percentages.scopePractice : percentages.scopeAudits,
      speaksForPractice ? percentages.speaksForPractice : percentages.theseAudits,
    ],
    [say.ranges, say.rangesAre],
    [],
    [
      by,
      ...grades.flatMap((name) => [
        say.count(name),
        say.base(name),
        say.percent(name),
        say.lower(name),
        say.upper(name),
      ]),
      percentages.base,
      ...besideKinds.map((which) => say.beside(percentages.beside[which])),
      say.note,
    ],
    ...namedIn(asked).map(({ name, group }) => rowOf(name, group)),
    rowOf(percentages.total, total),
  ];
}

/** Auditors are numbered in the order of the screen unless they are to be named. */
function namedIn({ question, groups, withAuditors }: PercentagesAsked): readonly NamedGroup[] {
  if (question.by !== 'auditor' || withAuditors) return groups;
  return groups.map(({ name, group }, at) => ({
    name: group.key === null ? name : say.auditorNumber(at + 1),
    group,
  }));
}

const rowOf = (name: string, group: SummaryGroup): Row => [
  name,
  ...[...group.grades, group.goodOrBetter].flatMap(cellsOf),
  group.base,
  ...besideKinds.map((which) => group.beside[which]),
  group.goodOrBetter.share === null ? say.countsOnly : null,
];

const cellsOf = ({ count, base, share, interval }: Proportion): readonly CsvCell[] => [
  count,
  base,
  share === null ? null : wholePercent(share),
  interval === null ? null : wholePercent(interval.lower),
  interval === null ? null : wholePercent(interval.upper),
];
