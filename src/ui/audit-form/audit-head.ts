/** What an audit is called on its screens. */
import { shownValue, type ShownUnits } from '../../domain/fold.ts';
import type { AllocationValue, CaseValue } from '../../domain/values.ts';
import { teamById, toolById, type Organisation } from '../data/organisation.ts';
import { retention } from '../words/retention.ts';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';

export interface AuditHead {
  readonly title: string;
  readonly caption: string;
}

export function auditHead(units: ShownUnits, organisation: Organisation): AuditHead {
  const reference = shownValue<Partial<CaseValue>>(units, 'case')?.reference ?? '';
  const allocation = shownValue<AllocationValue>(units, 'allocation');
  const tool = toolById(organisation, allocation?.tool)?.name ?? words.names.unknownTool;
  return {
    title:
      units['erased'] !== undefined
        ? retention.erasedTitle
        : reference === ''
          ? words.names.noReference
          : say.title(reference),
    caption: say.caption(tool, teamById(organisation, allocation?.team)?.name ?? ''),
  };
}
