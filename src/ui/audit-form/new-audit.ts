/** An audit nobody allocated: what is asked to start one, what is wrong with the answers, and the edits that make it. */
import type { JsonObject } from '../../domain/canonical.ts';
import type { PersonId, RecordId, ServiceId, TeamId, ToolId } from '../../domain/ids.ts';
import type { AgeBand, AllocationValue, CaseValue, SelectionMethod } from '../../domain/values.ts';
import type { Edit } from '../../store/record.ts';
import type { FieldError } from '../parts/error-summary.tsx';
import { audits as say } from '../words/audits.ts';
import { caseLineProblem, oneLine } from './case-lines.ts';

export interface NewAudit {
  readonly reference: string;
  readonly initials: string;
  readonly ageBand: AgeBand | '';
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
  const initials = oneLine(asked.initials);
  const about: CaseValue = {
    reference: oneLine(asked.reference),
    initials: initials === '' ? null : initials,
    ageBand: asked.ageBand === '' ? null : asked.ageBand,
    header: {},
  };
  const allocation: AllocationValue = {
    tool,
    service,
    team,
    auditor,
    moderator: null,
    due: null,
    selection,
    cycle: null,
    extendedTo: null,
    extensionApprover: null,
    extensionReason: '',
    exempt: false,
    exemptionApprover: null,
    exemptionReason: '',
  };
  const edit = { record, kind: 'audit', base: null } as const;
  return [
    { ...edit, unit: 'case', value: { ...about } as JsonObject },
    { ...edit, unit: 'allocation', value: { ...allocation } as JsonObject },
  ];
}
