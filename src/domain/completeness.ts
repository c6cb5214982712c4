/**
 * What is missing before an audit may be submitted. An audit may be kept with anything missing; it may not be submitted
 * without a rationale for each grade, which is what Ofsted misses in audits (DOMAIN 4). Pure; the check page shows it.
 */
import type { ShownUnits } from './fold.ts';
import { gradeById } from './grade.ts';
import { mayChoose, suggestOverall, type ChoiceProblem, type SectionResult } from './overall.ts';
import type { Section, Tool } from './tool.ts';
import { sectionUnit, voiceUnit } from './unit-names.ts';

export type MissingWhat =
  | 'case-reference'
  | 'grade'
  | 'rationale'
  | 'not-applicable-reason'
  /** The section was marked not applicable, and its tool does not allow that. */
  | 'must-apply'
  | 'overall'
  | 'overall-reason'
  | 'overall-above-limit'
  | 'voice'
  | 'voice-because';

export interface Missing {
  /** The unit that has to be completed. */
  readonly unit: string;
  readonly what: MissingWhat;
}

/** Everything missing from an audit, in the order of the form; empty when it may be submitted. */
export function missingToSubmit(tool: Tool, units: ShownUnits): readonly Missing[] {
  return [
    ...(isBlank(fieldsOf(units, 'case')['reference']) ? [{ unit: 'case', what: 'case-reference' } as const] : []),
    ...tool.sections.flatMap((section) => missingInSection(tool, section, units)),
    ...missingInOverall(tool, units),
    ...tool.voices.flatMap((voice) => missingInVoice(voiceUnit(voice), units)),
  ];
}

function missingInSection(tool: Tool, section: Section, units: ShownUnits): readonly Missing[] {
  const unit = sectionUnit(section.id);
  const value = fieldsOf(units, unit);
  if (value['notApplicable'] === true) {
    if (!section.mayBeNotApplicable) return [{ unit, what: 'must-apply' }];
    return isBlank(value['notApplicableReason']) ? [{ unit, what: 'not-applicable-reason' }] : [];
  }
  const graded = gradeById(tool.scale, value['grade'] as string | null | undefined) !== undefined;
  return [
    ...(graded ? [] : [{ unit, what: 'grade' } as const]),
    ...(isBlank(value['rationale']) ? [{ unit, what: 'rationale' } as const] : []),
  ];
}

/** A suggested overall grade is asked for only when its sections are complete and at least one of them is graded. */
function missingInOverall(tool: Tool, units: ShownUnits): readonly Missing[] {
  const { chosen, reason } = fieldsOf(units, 'overall');
  const result = suggestOverall(tool, sectionResults(tool, units));
  if (result.suggested === null && tool.overall !== 'given') return [];
  if (typeof chosen !== 'string') return [{ unit: 'overall', what: 'overall' }];
  const problem = mayChoose(result, tool, chosen, typeof reason === 'string' ? reason : '');
  return problem === null ? [] : [{ unit: 'overall', what: overallProblem(problem) }];
}

function overallProblem(problem: ChoiceProblem): MissingWhat {
  if (problem === 'reason-needed') return 'overall-reason';
  return problem === 'above-hard-limit' ? 'overall-above-limit' : 'overall';
}

function missingInVoice(unit: string, units: ShownUnits): readonly Missing[] {
  const { obtained, because } = fieldsOf(units, unit);
  if (typeof obtained !== 'boolean') return [{ unit, what: 'voice' }];
  return !obtained && isBlank(because) ? [{ unit, what: 'voice-because' }] : [];
}

/** The sections of an audit as the overall-grade rules take them, by section id. */
export function sectionResults(tool: Tool, units: ShownUnits): Readonly<Record<string, SectionResult>> {
  return Object.fromEntries(
    tool.sections.map(({ id }) => {
      const { grade, notApplicable } = fieldsOf(units, sectionUnit(id));
      return [id, { grade: typeof grade === 'string' ? grade : null, notApplicable: notApplicable === true }];
    }),
  );
}

const fieldsOf = (units: ShownUnits, unit: string): Readonly<Record<string, unknown>> => units[unit]?.value ?? {};

const isBlank = (value: unknown): boolean => typeof value !== 'string' || value.trim() === '';
