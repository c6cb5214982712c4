/** What the allocation form holds, what may be wrong with it, and the edits it becomes. Pure. */
import type { PersonId, RecordId, ServiceId, TeamId, ToolId } from '../../domain/ids.ts';
import type { Day, SelectionMethod } from '../../domain/values.ts';
import type { Edit } from '../../store/record.ts';
import { caseLineProblem } from '../audit-form/case-lines.ts';
import { splitDay, type DayTyped } from '../parts/day-parts.ts';
import type { FieldError } from '../parts/error-summary.tsx';
import { words } from '../words.ts';
import { audits } from '../words/audits.ts';
import { auditEdits, type CaseAsked } from './audit-edits.ts';

export interface AllocationForm extends CaseAsked {
  readonly tool: ToolId | '';
  readonly service: ServiceId | '';
  readonly team: TeamId | '';
  readonly auditor: PersonId | '';
  readonly due: Day | null;
  readonly dueTyped: DayTyped;
  readonly selection: SelectionMethod | '';
}

export const emptyAllocation: AllocationForm = {
  reference: '',
  initials: '',
  ageBand: '',
  tool: '',
  service: '',
  team: '',
  auditor: '',
  due: null,
  dueTyped: 'empty',
  selection: '',
};

/** Ready for the next case: what tells one case from another is emptied, the rest is kept. */
export const nextAllocation = (form: AllocationForm): AllocationForm => ({
  ...form,
  reference: '',
  initials: '',
  ageBand: '',
});

export function allocationErrors(form: AllocationForm, today: Day): readonly FieldError[] {
  const { allocate: text } = words;
  const dueProblem: Readonly<Record<DayTyped, string | null>> = {
    empty: text.dueMissing,
    partial: text.duePartial,
    impossible: text.dueImpossible,
    complete: form.due !== null && form.due < today ? text.duePast : null,
  };
  const wrong: readonly (readonly [keyof AllocationForm, string | null])[] = [
    ['reference', caseLineProblem('reference', form.reference)],
    ['initials', caseLineProblem('initials', form.initials)],
    ['tool', form.tool === '' ? audits.needTool : null],
    ['service', form.service === '' ? audits.needService : null],
    ['team', form.service !== '' && form.team === '' ? audits.needTeam : null],
    ['auditor', form.auditor === '' ? text.chooseAuditor : null],
    ['due', dueProblem[form.dueTyped]],
    ['selection', form.selection === '' ? audits.needSelection : null],
  ];
  return wrong.flatMap(([id, sentence]) => (sentence === null ? [] : [{ id, text: sentence }]));
}

/** The form has no errors. */
export function allocationEdits(id: RecordId, form: AllocationForm): readonly Edit[] {
  return auditEdits(id, form, {
    tool: form.tool as ToolId,
    service: form.service as ServiceId,
    team: form.team as TeamId,
    auditor: form.auditor as PersonId,
    due: form.due,
    selection: form.selection as SelectionMethod,
  });
}

/** Four weeks from now as one types it, e.g. `27 3 2026`. */
export function exampleDay(today: Day): string {
  const { day, month, year } = splitDay(addDays(today, 28));
  return `${day} ${month} ${year}`;
}

const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
