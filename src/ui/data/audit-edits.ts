/** A new audit as it is recorded, whoever makes it: the case and its allocation, one group. */
import type { JsonObject } from '../../domain/canonical.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { AgeBand, AllocationValue, CaseValue } from '../../domain/values.ts';
import type { Edit } from '../../store/record.ts';
import { oneLine } from '../audit-form/case-lines.ts';

/** The case as typed. */
export interface CaseAsked {
  readonly reference: string;
  readonly initials: string;
  readonly ageBand: AgeBand | '';
}

/** The case as it is kept. */
export function caseOf(asked: CaseAsked): CaseValue {
  const initials = oneLine(asked.initials);
  return {
    reference: oneLine(asked.reference),
    initials: initials === '' ? null : initials,
    ageBand: asked.ageBand === '' ? null : asked.ageBand,
    header: {},
  };
}

export type AllocationAsked = Pick<AllocationValue, 'tool' | 'service' | 'team' | 'auditor' | 'due' | 'selection'>;

export function auditEdits(record: RecordId, asked: CaseAsked, given: AllocationAsked): readonly Edit[] {
  const allocation: AllocationValue = {
    tool: given.tool,
    service: given.service,
    team: given.team,
    auditor: given.auditor,
    moderator: null,
    due: given.due,
    selection: given.selection,
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
    { ...edit, unit: 'case', value: { ...caseOf(asked) } as JsonObject },
    { ...edit, unit: 'allocation', value: { ...allocation } as JsonObject },
  ];
}
