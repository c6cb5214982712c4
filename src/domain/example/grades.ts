/**
 * Grades that hang together: an audit's sections are drawn around the overall grade the story wants, and drawn again until the
 * tool's own rules suggest that grade from them. Chronology and voice come out weaker than the rest, as they do in the field.
 */
import type { GradeId } from '../grade.ts';
import { mayChoose, suggestOverall, type SectionResult } from '../overall.ts';
import type { Section, Tool } from '../tool.ts';
import type { OverallValue } from '../values.ts';
import type { Chance } from './chance.ts';
import type { GradeShares } from './story.ts';

export interface Graded {
  readonly sections: Readonly<Record<string, SectionResult>>;
  /** null when the tool gives no overall grade. */
  readonly overall: OverallValue | null;
}

/** The middle of the sections' places on a scale of four, best first, around each overall grade. */
const centres = [0.4, 1.1, 1.85, 2.35] as const;
const spread = 0.8;
const weaker: Readonly<Record<string, number>> = { chronology: 0.5, voice: 0.45 };
/** A critical section is seldom the one that is inadequate in an audit that is not. */
const criticalShift = -0.3;
const notApplicableShare = 0.35;
const departureShare = 0.05;
const mostTries = 300;

/** The grade at place `at` of 0 to 1 when the grades have these shares, worst first. */
export function gradeAt({ scale: { grades } }: Tool, shares: GradeShares, at: number): GradeId {
  const worstFirst = [...grades].reverse();
  let sum = 0;
  const place = shares.findIndex((share) => at < (sum += share));
  return (worstFirst[place < 0 ? shares.length : place] ?? grades[0])?.id ?? '';
}

/** Grades the sections of an audit whose overall grade is to be `wanted`. `reasonFor` writes why another was chosen. */
export function gradeAudit(
  tool: Tool,
  wanted: GradeId,
  chance: Chance,
  reasonFor: (better: boolean) => string,
): Graded {
  if (tool.overall === null) return { sections: drawSections(tool, rankIn(tool, wanted), chance), overall: null };
  const departure = chance.happens(departureShare) ? departing(tool, wanted, chance, reasonFor) : null;
  if (departure !== null) return departure;
  const sections = sectionsFor(tool, rankIn(tool, wanted), chance);
  const { suggested, rule } = suggestOverall(tool, sections);
  return { sections, overall: { suggested, chosen: suggested, rule, reason: '' } };
}

/** The auditor chooses the grade next to the one suggested; null where the rules do not allow it. */
function departing(tool: Tool, wanted: GradeId, chance: Chance, reasonFor: (better: boolean) => string): Graded | null {
  const rank = rankIn(tool, wanted) + chance.pick([-1, 1]);
  if (rank < 0 || rank >= tool.scale.grades.length) return null;
  const sections = sectionsFor(tool, rank, chance);
  const result = suggestOverall(tool, sections);
  const reason = reasonFor(rankIn(tool, wanted) < rank);
  if (result.suggested === wanted || mayChoose(result, tool, wanted, reason) !== null) return null;
  return { sections, overall: { suggested: result.suggested, chosen: wanted, rule: result.rule, reason } };
}

const rankIn = ({ scale }: Tool, grade: GradeId): number => scale.grades.findIndex(({ id }) => id === grade);

function sectionsFor(tool: Tool, rank: number, chance: Chance): Record<string, SectionResult> {
  const wanted = tool.scale.grades[rank]?.id;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const sections = drawSections(tool, rank, chance);
    if (suggestOverall(tool, sections).suggested === wanted) return sections;
  }
  return Object.fromEntries(tool.sections.map(({ id }) => [id, { grade: wanted ?? null, notApplicable: false }]));
}

function drawSections(tool: Tool, rank: number, chance: Chance): Record<string, SectionResult> {
  const centre = centres[rank] ?? rank;
  return Object.fromEntries(tool.sections.map((section) => [section.id, drawSection(tool, section, centre, chance)]));
}

function drawSection(tool: Tool, section: Section, centre: number, chance: Chance): SectionResult {
  if (section.mayBeNotApplicable && chance.happens(notApplicableShare)) return { grade: null, notApplicable: true };
  const shift =
    Math.max(0, ...section.themes.map((theme) => weaker[theme] ?? 0)) + (section.critical ? criticalShift : 0);
  // The sum of two even draws: most near the middle, none far out.
  const noise = (chance.share() + chance.share() - 1) * 2 * spread;
  const worst = tool.scale.grades.length - 1;
  const rank = Math.min(worst, Math.max(0, Math.round(centre + shift + noise)));
  return { grade: tool.scale.grades[rank]?.id ?? null, notApplicable: false };
}
