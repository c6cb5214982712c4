/**
 * The overall-grade rules (DOMAIN 2.6), a pure engine over a tool's data. A tool whose overall grade is given has no rules:
 * nothing is suggested, and any grade of its scale may be chosen.
 *
 *   1  no suggestion until every section is graded or validly not applicable
 *   2  the suggestion is the median of the graded sections; between two grades, the worse
 *   3  hard limit: a critical section at the worst grade makes the overall grade the worst
 *   4  soft limit: `softLimit` sections at the worst grade limit it to the worst, a single one to the next-worst
 *   5  the best grade needs half of the sections at the best, and none below good
 *   6  the auditor may choose another grade with a reason, but never one above a hard limit
 *   7  kept in the `overall` unit: suggested, chosen, rule, reason; the allocation names the tool version
 *
 * Source: proposed in DOMAIN 2.6 from 231 ILACS reports, where "lowest wins" is wrong in general and right for
 * inadequate. Holds for any scale: best grade first, worst last.
 */
import type { GradeId } from './grade.ts';
import { gradeRank } from './grade.ts';
import { overallRules, type Section, type Tool } from './tool.ts';

export interface SectionResult {
  readonly grade: GradeId | null;
  readonly notApplicable: boolean;
}

/** Which rule made the suggestion or the limit; empty when there was none. */
export type OverallRule = '' | 'median' | 'critical-section' | 'several-worst' | 'one-worst' | 'best-below-good';

export interface OverallResult {
  /** null while sections are waiting, when every section is not applicable, and when the tool has no rules. */
  readonly suggested: GradeId | null;
  readonly rule: OverallRule;
  /** The best grade that the limits in force allow; null when nothing limits. Limits bind as soon as a section does. */
  readonly cap: GradeId | null;
  /** The cap may not be passed even with a reason. */
  readonly hard: boolean;
  /** Sections that have neither a grade of the scale nor a valid "not applicable", in the tool's order. */
  readonly waitingFor: readonly string[];
}

const noOverall: OverallResult = { suggested: null, rule: '', cap: null, hard: false, waitingFor: [] };

/** Suggests the overall grade of an audit from its sections (by section id). */
export function suggestOverall(
  tool: Tool,
  sections: Readonly<Record<string, SectionResult | undefined>>,
): OverallResult {
  const rules = overallRules(tool);
  if (rules === null) return noOverall;
  const ranked = tool.sections.map((section) => ({ section, rank: rankOf(tool, section, sections[section.id]) }));
  const waitingFor = ranked.filter(({ rank }) => rank === 'waiting').map(({ section }) => section.id);
  const graded = ranked.flatMap(({ section, rank }) => (typeof rank === 'number' ? [{ section, rank }] : []));
  const limit = limitOf(tool, rules.softLimit, graded);
  const capped = { cap: limit === null ? null : gradeAt(tool, limit.rank), hard: limit?.rule === 'critical-section' };
  if (waitingFor.length > 0 || graded.length === 0) {
    return { suggested: null, rule: limit?.rule ?? '', ...capped, waitingFor };
  }
  const median = medianRank(graded.map(({ rank }) => rank));
  if (limit !== null && (capped.hard || limit.rank > median)) {
    return { suggested: gradeAt(tool, limit.rank), rule: limit.rule, ...capped, waitingFor };
  }
  if (median === 0 && !deservesBest(tool, graded)) {
    const second = gradeAt(tool, 1);
    return { suggested: second, rule: 'best-below-good', cap: second, hard: false, waitingFor };
  }
  return { suggested: gradeAt(tool, median), rule: 'median', ...capped, waitingFor };
}

interface Graded {
  readonly section: Section;
  /** 0 for the best grade. */
  readonly rank: number;
}

function rankOf(tool: Tool, section: Section, result: SectionResult | undefined): number | 'na' | 'waiting' {
  if (result === undefined) return 'waiting';
  if (result.notApplicable) return section.mayBeNotApplicable ? 'na' : 'waiting';
  return (result.grade === null ? undefined : gradeRank(tool.scale, result.grade)) ?? 'waiting';
}

function limitOf(
  tool: Tool,
  softLimit: number,
  graded: readonly Graded[],
): { readonly rank: number; readonly rule: 'critical-section' | 'several-worst' | 'one-worst' } | null {
  const worst = tool.scale.grades.length - 1;
  const atWorst = graded.filter(({ rank }) => rank === worst);
  if (atWorst.some(({ section }) => section.critical)) return { rank: worst, rule: 'critical-section' };
  if (atWorst.length >= softLimit) return { rank: worst, rule: 'several-worst' };
  return atWorst.length > 0 ? { rank: worst - 1, rule: 'one-worst' } : null;
}

function medianRank(ranks: readonly number[]): number {
  const sorted = [...ranks].sort((a, b) => a - b);
  // Best first, so the upper of two middle ranks is the worse grade.
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function deservesBest(tool: Tool, graded: readonly Graded[]): boolean {
  const best = graded.filter(({ rank }) => rank === 0).length;
  const isGood = (rank: number): boolean => rank === 0 || tool.scale.goodOrBetter.includes(gradeAt(tool, rank));
  return best * 2 >= graded.length && graded.every(({ rank }) => isGood(rank));
}

function gradeAt(tool: Tool, rank: number): GradeId {
  const grade = tool.scale.grades[rank];
  if (grade === undefined) throw new Error(`The scale ${tool.scale.id} has no grade at place ${rank}`);
  return grade.id;
}

/** Why an overall grade may not be chosen. */
export type ChoiceProblem = 'no-overall' | 'not-of-scale' | 'sections-missing' | 'above-hard-limit' | 'reason-needed';

/** Why the auditor may not choose this grade, or null when they may. A moderator decides above a hard limit. */
export function mayChoose(result: OverallResult, tool: Tool, chosen: GradeId, reason: string): ChoiceProblem | null {
  if (tool.overall === null) return 'no-overall';
  const rank = gradeRank(tool.scale, chosen);
  if (rank === undefined) return 'not-of-scale';
  if (tool.overall === 'given') return null;
  if (result.waitingFor.length > 0 || result.suggested === null) return 'sections-missing';
  const capRank = result.cap === null ? undefined : gradeRank(tool.scale, result.cap);
  if (result.hard && capRank !== undefined && rank < capRank) return 'above-hard-limit';
  return chosen !== result.suggested && reason.trim() === '' ? 'reason-needed' : null;
}
