/**
 * An audit as a list shows it, and the order of the two lists. Reads what the `columns` projection carries, nothing more.
 * What came in with an import that was undone is in no list.
 */
import { auditState, type AuditState } from '../../domain/audit.ts';
import { shownValue } from '../../domain/fold.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { AllocationValue, CaseValue, Day, EventValue } from '../../domain/values.ts';
import type { ShownRecord } from '../../store/view.ts';
import { teamById, toolById, undoneImportOf, type Organisation } from '../data/organisation.ts';
import { words } from '../words.ts';
import { gradedSections } from './places.ts';

export interface ListedAudit {
  readonly id: RecordId;
  readonly reference: string;
  readonly tool: string;
  readonly team: string;
  /** As extended. */
  readonly due: Day | null;
  readonly extended: boolean;
  readonly exempt: boolean;
  readonly state: AuditState;
  /** null when this laptop does not know the tool. */
  readonly graded: { readonly done: number; readonly of: number } | null;
  readonly submittedMs: number | null;
  readonly unsent: number;
  readonly sent: number;
  readonly quarantined: number;
}

export interface ListedAudits {
  /** Soonest due first; those without a due date last, then by reference. */
  readonly toDo: readonly ListedAudit[];
  /** Newest first. */
  readonly done: readonly ListedAudit[];
}

export function listAudits(records: readonly ShownRecord[], organisation: Organisation): ListedAudits {
  const counted = records.filter(({ units }) => undoneImportOf(organisation, units) === undefined);
  const all = counted.map((record) => listed(record, organisation));
  const isOpen = ({ state }: ListedAudit): boolean => state === 'allocated' || state === 'in progress';
  return {
    toDo: all.filter(isOpen).sort(soonestDue),
    done: all.filter((audit) => !isOpen(audit)).sort((a, b) => (b.submittedMs ?? 0) - (a.submittedMs ?? 0)),
  };
}

function listed({ id, units, unsent, sent, quarantined }: ShownRecord, organisation: Organisation): ListedAudit {
  const allocation = shownValue<AllocationValue>(units, 'allocation');
  const tool = toolById(organisation, allocation?.tool);
  return {
    id,
    reference: shownValue<Partial<CaseValue>>(units, 'case')?.reference ?? '',
    tool: tool?.name ?? words.names.unknownTool,
    team: teamById(organisation, allocation?.team)?.name ?? words.names.unknownTeam,
    due: allocation?.extendedTo ?? allocation?.due ?? null,
    extended: allocation?.extendedTo != null,
    exempt: allocation?.exempt === true,
    state: auditState(units, allocation),
    graded: tool === undefined ? null : { done: gradedSections(tool, units), of: tool.sections.length },
    submittedMs: shownValue<EventValue>(units, 'submitted')?.at ?? null,
    unsent,
    sent,
    quarantined,
  };
}

function soonestDue(a: ListedAudit, b: ListedAudit): number {
  const [x, y] = [a.due ?? '9999', b.due ?? '9999'];
  return x < y ? -1 : x > y ? 1 : a.reference.localeCompare(b.reference, 'en-GB', { numeric: true });
}
