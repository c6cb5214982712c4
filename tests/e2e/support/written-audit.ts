/** A whole audit as its auditor's laptop writes it: grades, texts, and the event that submits it. */
import type { Edit } from '../../server/client.ts';

export interface WrittenAudit {
  /** Grades, or `na`, by section id. A section without one is not graded. */
  readonly sections?: Readonly<Record<string, string>>;
  readonly overall?: string;
  /** When it was submitted; a draft when absent. */
  readonly at?: number;
}

/** The edits that grade an audit which exists, and submit it. */
export function auditEdits(id: string, by: string, { sections = {}, overall, at }: WrittenAudit): Edit[] {
  const edit = (unit: string, value: object): Edit => ({ record: id, kind: 'audit', unit, value });
  return [
    ...Object.entries(sections).map(([section, grade]) =>
      edit(`section:${section}`, {
        grade: grade === 'na' ? null : grade,
        notApplicable: grade === 'na',
        notApplicableReason: grade === 'na' ? 'Nothing of the kind in this case.' : '',
        evidence: 'Made-up evidence.',
        rationale: 'Made-up rationale.',
      }),
    ),
    ...(overall === undefined
      ? []
      : [edit('overall', { suggested: overall, chosen: overall, rule: 'median', reason: '' })]),
    ...(at === undefined ? [] : [edit('submitted', { by, at, reason: '' })]),
  ];
}
