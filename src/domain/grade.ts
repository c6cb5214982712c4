/**
 * Grades are values of a scale, and a scale is data: ordered from best to worst, with the words an auditor grades by.
 *
 * The default is Ofsted's four. From April 2026 Ofsted gives no overall grade but keeps the four for its areas.
 * Descriptors: our own words for a single case, after the first clauses of Ofsted's pre-2018 definitions (DOMAIN 2.6, 4).
 */

export type GradeId = string;

export interface Grade {
  readonly id: GradeId;
  readonly name: string;
  /** Fits a narrow column; still words, never a colour. */
  readonly short: string;
  /** The key that gives this grade in the audit form. */
  readonly key: string;
  readonly descriptor: string;
}

export interface Scale {
  readonly id: string;
  /** Best first. A statistic always uses this list, not the grades it happened to see. */
  readonly grades: readonly Grade[];
  /** Grades counted as "good or better". */
  readonly goodOrBetter: readonly GradeId[];
}

export const ofstedScale: Scale = {
  id: 'ofsted-4',
  grades: [
    {
      id: 'outstanding',
      name: 'Outstanding',
      short: 'Outstanding',
      key: '1',
      descriptor:
        'Practice goes beyond good, and there is evidence that it has changed this child’s life and that the change is lasting.',
    },
    {
      id: 'good',
      name: 'Good',
      short: 'Good',
      key: '2',
      descriptor:
        'Needs and risks are understood, the child is heard, the right help comes at the right time and progress is visible.',
    },
    {
      id: 'requires-improvement',
      name: 'Requires improvement',
      short: 'Requires imp.',
      key: '3',
      descriptor:
        'The child is safe and minimum duties are met, but gaps in quality, pace or recording limit progress.',
    },
    {
      id: 'inadequate',
      name: 'Inadequate',
      short: 'Inadequate',
      key: '4',
      descriptor: 'The child is left at risk or unseen, or a duty is not met, with real or likely harm.',
    },
  ],
  goodOrBetter: ['outstanding', 'good'],
};

export const gradeById = (scale: Scale, id: GradeId | null | undefined): Grade | undefined =>
  scale.grades.find((grade) => grade.id === id);

/** 0 for the best grade; undefined when the scale has no such grade. */
export function gradeRank(scale: Scale, id: GradeId): number | undefined {
  const rank = scale.grades.findIndex((grade) => grade.id === id);
  return rank < 0 ? undefined : rank;
}
