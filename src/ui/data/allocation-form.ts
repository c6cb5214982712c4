/** What the allocation form holds, what may be wrong with it, and the edits it becomes. Pure. */
import type { JsonObject } from '../../domain/canonical.ts';
import type { PersonId, RecordId, ServiceId, TeamId, ToolId } from '../../domain/ids.ts';
import type { AgeBand, AllocationValue, CaseValue, Day, SelectionMethod } from '../../domain/values.ts';
import type { Edit } from '../../store/record.ts';
import { splitDay, type DayTyped } from '../parts/day-parts.ts';
import type { FieldError } from '../parts/error-summary.tsx';
import { words } from '../words.ts';

export interface AllocationForm {
  readonly reference: string;
  readonly initials: string;
  readonly ageBand: AgeBand | '';
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
  const wrong: readonly (readonly [string, string, boolean])[] = [
    ['reference', text.enterReference, form.reference.trim() === ''],
    ['reference', text.referenceTooLong, form.reference.trim().length > 60],
    ['initials', text.initialsTooLong, form.initials.trim().length > 6],
    ['tool', text.chooseTool, form.tool === ''],
    ['service', text.chooseService, form.service === ''],
    ['team', text.chooseTeam, form.service !== '' && form.team === ''],
    ['auditor', text.chooseAuditor, form.auditor === ''],
    ['due', text.dueMissing, form.dueTyped === 'empty'],
    ['due', text.duePartial, form.dueTyped === 'partial'],
    ['due', text.dueImpossible, form.dueTyped === 'impossible'],
    ['due', text.duePast, form.due !== null && form.due < today],
    ['selection', text.chooseSelection, form.selection === ''],
  ];
  return wrong.filter(([, , isWrong]) => isWrong).map(([id, sentence]) => ({ id, text: sentence }));
}

/** The two units of a new audit, as one act. The form has no errors. */
export function allocationEdits(id: RecordId, form: AllocationForm): readonly Edit[] {
  const theCase: CaseValue = {
    reference: form.reference.trim(),
    initials: form.initials.trim() === '' ? null : form.initials.trim(),
    ageBand: form.ageBand === '' ? null : form.ageBand,
    header: {},
  };
  const allocation: AllocationValue = {
    tool: form.tool as ToolId,
    service: form.service as ServiceId,
    team: form.team as TeamId,
    auditor: form.auditor as PersonId,
    moderator: null,
    due: form.due,
    selection: form.selection as SelectionMethod,
    cycle: null,
    extendedTo: null,
    extensionApprover: null,
    extensionReason: '',
    exempt: false,
    exemptionApprover: null,
    exemptionReason: '',
  };
  const edit = (unit: string, value: object): Edit => ({
    record: id,
    kind: 'audit',
    unit,
    value: value as JsonObject,
    base: null,
  });
  return [edit('case', theCase), edit('allocation', allocation)];
}

/** Four weeks from now as one types it, e.g. `27 3 2026`. */
export function exampleDay(today: Day): string {
  const { day, month, year } = splitDay(addDays(today, 28));
  return `${day} ${month} ${year}`;
}

const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
