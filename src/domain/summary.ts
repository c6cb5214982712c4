/**
 * What a team lead asks of the audits and gets back: types of the question and the answer.
 * Counting is in `tally`, what counts in `audit-row`.
 */
import type { AuditState } from './audit.ts';
import type { GradeId } from './grade.ts';
import type { PersonId, RecordId, ServiceId, TeamId, ToolId } from './ids.ts';
import type { Proportion } from './proportion.ts';
import type { SelectionMethod } from './values.ts';

/** What counting needs of one audit, from plain columns alone. */
export interface AuditRow {
  readonly id: RecordId;
  readonly service: ServiceId | null;
  readonly team: TeamId | null;
  readonly auditor: PersonId | null;
  readonly tool: ToolId | null;
  readonly selection: SelectionMethod;
  /**
   * `YYYY-MM` in which it was submitted (London time); for one not submitted, in which it is due; for an imported one, of
   * the day its file gives. null where there is none.
   */
  readonly month: string | null;
  readonly state: AuditState;
  readonly exempt: boolean;
  /** The import it came in with; null for an audit made here. */
  readonly import: RecordId | null;
  /** The overall grade; null when not graded. */
  readonly overall: GradeId | null;
  /** By section id: a grade, `na`, or null when not graded yet. */
  readonly sections: Readonly<Record<string, GradeId | 'na' | null>>;
}

export const dimensions = ['service', 'team', 'section', 'auditor', 'month', 'tool'] as const;
export type Dimension = (typeof dimensions)[number];

/** Filters combine: a row must pass every one that is given. A grade is never a filter of a base. */
export interface SummaryFilter {
  readonly services?: readonly ServiceId[];
  readonly teams?: readonly TeamId[];
  readonly auditors?: readonly PersonId[];
  readonly tools?: readonly ToolId[];
  readonly sections?: readonly string[];
  readonly selections?: readonly SelectionMethod[];
  /** `YYYY-MM`, inclusive. */
  readonly fromMonth?: string;
  readonly toMonth?: string;
}

/** `overall` counts one grade per audit, `sections` one per graded section. */
export type Measure = 'overall' | 'sections';

export interface SummaryQuery {
  readonly measure: Measure;
  /** Which groups the answer has; `section` goes with the measure `sections`. */
  readonly by: Dimension;
  readonly filter: SummaryFilter;
  /** The scale counted on: grade ids best first, and which are good or better. */
  readonly grades: readonly GradeId[];
  readonly goodOrBetter: readonly GradeId[];
}

/** What is in scope and in no denominator; always shown beside it. Counts of audits (or of sections, by measure). */
export interface Beside {
  /** Allocated or in progress. */
  readonly drafts: number;
  readonly awaitingModeration: number;
  readonly voided: number;
  readonly exempt: number;
  readonly notApplicable: number;
  /** Final, with no grade or a grade that is not of the scale. */
  readonly notGraded: number;
}

export interface SummaryGroup {
  /** The service, team, section, auditor, month or tool; null for audits that name none. */
  readonly key: string | null;
  /** In the order of the query's grades. */
  readonly grades: readonly Proportion[];
  readonly goodOrBetter: Proportion;
  readonly base: number;
  readonly beside: Beside;
}

export interface Summary {
  readonly query: SummaryQuery;
  readonly groups: readonly SummaryGroup[];
  readonly total: SummaryGroup;
  /** Whether every counted audit was drawn at random: only then do the figures speak for practice (DOMAIN 7.1). */
  readonly speaksForPractice: boolean;
  /** The store's change counter this was counted at. */
  readonly change: number;
}

/** One figure of an answer, to ask which audits are behind it. `group` undefined means the total. */
export interface Figure {
  readonly group?: string | null;
  readonly what:
    | { readonly kind: 'base' }
    | { readonly kind: 'grade'; readonly grade: GradeId }
    | { readonly kind: 'good-or-better' }
    | { readonly kind: 'beside'; readonly which: keyof Beside };
}
