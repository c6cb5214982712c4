/**
 * A grade as a person sees it: always its word, with a shape that differs by grade and a colour that only repeats what
 * the shape says. `gradeTone` gives charts the same four colours.
 */
import { gradeById, gradeRank, type GradeId, type Scale } from '../../domain/grade.ts';
import { words } from '../words.ts';

/** 0 is best, 3 is worst; a scale with more or fewer grades is spread over the four. */
export type GradeTone = 0 | 1 | 2 | 3;

export function gradeTone(scale: Scale, grade: GradeId): GradeTone | null {
  const rank = gradeRank(scale, grade);
  if (rank === undefined) return null;
  return Math.round((rank / Math.max(1, scale.grades.length - 1)) * 3) as GradeTone;
}

interface GradeMarkProps {
  readonly scale: Scale;
  /** `na` is not applicable, null is not graded. */
  readonly grade: GradeId | 'na' | null;
  /** The short name, for narrow columns. */
  readonly short?: boolean;
}

export function GradeMark({ scale, grade, short }: GradeMarkProps) {
  const known = gradeById(scale, grade);
  if (known === undefined) {
    const text = grade === 'na' ? words.parts.notApplicable : words.parts.notGraded;
    return (
      <span class="app-grade app-grade--none">
        <GradeShape tone={null} />
        <span>{text}</span>
      </span>
    );
  }
  const tone = gradeTone(scale, known.id);
  return (
    <span class={`app-grade app-grade--${tone}`}>
      <GradeShape tone={tone} />
      <span>{short ? known.short : known.name}</span>
    </span>
  );
}

/** Star, disc, triangle, square; a dash where there is no grade. */
const shapes: Readonly<Record<GradeTone, string>> = {
  0: 'M8 .800l2.200 4.700 5 .600-3.700 3.500 1 5L8 12.100l-4.500 2.500 1-5L.800 6.100l5-.600z',
  1: 'M8 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13z',
  2: 'M8 1.500l7.200 13H.800z',
  3: 'M2 2h12v12H2z',
};

/** The shape alone, for a chart's key that has the word beside it. */
export function GradeShape({ tone }: { readonly tone: GradeTone | null }) {
  return (
    <svg
      class={`app-grade__shape app-grade__shape--${tone ?? 'none'}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={tone === null ? 'M3 7h10v2H3z' : shapes[tone]} />
    </svg>
  );
}
