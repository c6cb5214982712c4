/**
 * An audit tool: a versioned form, kept as data. A published version never changes; an audit names the version it uses.
 *
 * Checks (yes, no, not applicable, or a date) record compliance; they are never averaged into a grade. Prompts help the
 * auditor think. A section's grade is a judgement of quality, given with evidence and a rationale.
 */
import type { GradeId, Scale } from './grade.ts';
import type { ToolId } from './ids.ts';

export interface Check {
  readonly id: string;
  readonly text: string;
  readonly answer: 'yes-no' | 'date';
}

export interface Prompt {
  readonly text: string;
  /** The "so what" prompt: what difference did this make to the child? */
  readonly impact?: true;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** An inadequate critical section limits the overall grade (DOMAIN 2.6, hard limit). */
  readonly critical: boolean;
  /** The auditor may answer "not applicable", with a reason. */
  readonly mayBeNotApplicable: boolean;
  readonly prompts: readonly Prompt[];
  readonly checks: readonly Check[];
  /** Words for this section's grades where the scale's own are too general. */
  readonly descriptors?: Readonly<Record<GradeId, string>>;
  readonly themes: readonly string[];
}

/** Parameters of the overall-grade rules (DOMAIN 2.6). */
export interface OverallRules {
  readonly id: string;
  /** This many inadequate sections make the overall grade inadequate. */
  readonly softLimit: number;
}

export type Voice = 'practitioner' | 'child' | 'parent';

export interface Tool {
  readonly id: ToolId;
  /** The same for every version of one tool. */
  readonly family: string;
  readonly name: string;
  readonly version: string;
  readonly purpose: string;
  readonly subject: 'child' | 'family' | 'contact' | 'assessment' | 'carer' | 'supervision' | 'closure';
  /** How far back to read, and the period to judge, in months. */
  readonly readBackMonths: number;
  readonly judgeMonths: number;
  readonly scale: Scale;
  readonly sections: readonly Section[];
  readonly voices: readonly Voice[];
  /** How an audit comes to an overall grade: by rules that suggest one, as it is given and by no rule, or not at all. */
  readonly overall: OverallRules | 'given' | null;
}

/** The rules that suggest a tool's overall grade, or null where none do. */
export const overallRules = ({ overall }: Tool): OverallRules | null => (overall === 'given' ? null : overall);

export const sectionById = (tool: Tool, id: string): Section | undefined =>
  tool.sections.find((section) => section.id === id);
