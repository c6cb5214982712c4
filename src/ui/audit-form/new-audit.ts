/** An audit nobody allocated: what is asked to start one, what is wrong with the answers, and the edits that make it. */
import type { PersonId, RecordId, ServiceId, TeamId, ToolId } from '../../domain/ids.ts';
import type { SelectionMethod } from '../../domain/values.ts';
import type { Edit } from '../../store/record.ts';
import { auditEdits, type CaseAsked } from '../data/audit-edits.ts';
import type { FieldError } from '../parts/error-summary.tsx';
import { audits as say } from '../words/audits.ts';
import { caseLineProblem } from './case-lines.ts';

export interface NewAudit extends CaseAsked {
  readonly tool: ToolId | null;
  readonly service: ServiceId | '';
  readonly team: TeamId | '';
  readonly selection: SelectionMethod | null;
}

export const blankNewAudit: NewAudit = {
  reference: '',
  initials: '',
  ageBand: '',
  tool: null,
  service: '',
  team: '',
  selection: null,
};

/** What is wrong, in the order of the fields. The id of each is `new-` and the field's name. */
export function newAuditErrors(asked: NewAudit): readonly FieldError[] {
  const { reference, initials, tool, service, team, selection } = asked;
  const wrong: readonly (readonly [keyof NewAudit, string | null])[] = [
    ['reference', caseLineProblem('reference', reference)],
    ['initials', caseLineProblem('initials', initials)],
    ['tool', tool === null ? say.needTool : null],
    ['service', service === '' ? say.needService : null],
    ['team', team === '' ? say.needTeam : null],
    ['selection', selection === null ? say.needSelection : null],
  ];
  return wrong.flatMap(([field, text]) => (text === null ? [] : [{ id: `new-${field}`, text }]));
}

/** One group: the case, and its allocation to the person who starts it. null while something is missing. */
export function newAuditEdits(asked: NewAudit, record: RecordId, auditor: PersonId): readonly Edit[] | null {
  const { tool, service, team, selection } = asked;
  if (newAuditErrors(asked).length > 0 || tool === null || service === '' || team === '' || selection === null)
    return null;
  return auditEdits(record, asked, { tool, service, team, auditor, due: null, selection });
}
