/**
 * The audit that one row of a file becomes, unit by unit, in the order in which they may be written. Nothing is made up:
 * no evidence, no rationale, no suggestion; a cell without a grade is a section without one.
 */
import type { JsonObject } from '../canonical.ts';
import type { PersonId, RecordId } from '../ids.ts';
import { londonNoon } from '../london.ts';
import type { Tool } from '../tool.ts';
import { sectionUnit } from '../unit-names.ts';
import type {
  AllocationValue,
  CaseValue,
  EventValue,
  ImportedValue,
  OverallValue,
  SectionValue,
  SelectionMethod,
} from '../values.ts';
import type { ImportedAudit, ImportedGrade } from './apply.ts';
import type { AuditPlace } from './decided-places.ts';
import type { RowKey } from './row-key.ts';

/** What every audit of one import has in common. */
export interface AuditsOfImport {
  readonly import: RecordId;
  readonly tool: Tool;
  /** The columns of the tool's sections, in their order. */
  readonly columns: readonly number[];
  readonly selection: SelectionMethod;
  readonly by: PersonId;
  /** When it came in: the time of an audit without a day. */
  readonly atMs: number;
  /** Before the number of a row, where it has no reference. */
  readonly rowReference: string;
  readonly notApplicableReason: string;
}

export interface ImportedRow {
  readonly row: number;
  readonly key: RowKey;
  readonly audit: ImportedAudit;
  readonly place: AuditPlace;
}

export interface NewUnit {
  readonly unit: string;
  readonly value: JsonObject;
}

/** The rule an imported overall grade is kept with: none of ours. */
export const asImported = 'as-imported';

export function auditUnits(common: AuditsOfImport, { row, key, audit, place }: ImportedRow): readonly NewUnit[] {
  const { tool, columns, by, atMs } = common;
  const at = audit.day === null ? atMs : londonNoon(audit.day);
  return [
    unit<CaseValue>('case', {
      reference: audit.reference ?? `${common.rowReference} ${row}`,
      initials: null,
      ageBand: null,
      header: {},
    }),
    unit<AllocationValue>('allocation', allocationOf(common, place)),
    unit<ImportedValue>('imported', { import: common.import, row: key, line: row, day: audit.day }),
    ...tool.sections.map(({ id }, i) => {
      const grade = audit.grades[columns[i] ?? -1];
      return unit<SectionValue>(sectionUnit(id), sectionOf(grade, common.notApplicableReason));
    }),
    ...(audit.overall === null ? [] : [unit<OverallValue>('overall', overallOf(audit.overall))]),
    unit<EventValue>('submitted', { by, at, reason: '' }),
  ];
}

const unit = <Value extends object>(name: string, value: Value): NewUnit => ({
  unit: name,
  value: value as object as JsonObject,
});

const allocationOf = (
  { tool, selection }: AuditsOfImport,
  { service, team, auditor }: AuditPlace,
): AllocationValue => ({
  tool: tool.id,
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
});

function sectionOf(grade: ImportedGrade | undefined, notApplicableReason: string): SectionValue {
  const notApplicable = grade?.kind === 'not-applicable';
  return {
    grade: grade?.kind === 'grade' ? grade.grade : null,
    notApplicable,
    notApplicableReason: notApplicable ? notApplicableReason : '',
    evidence: '',
    rationale: '',
  };
}

const overallOf = (grade: ImportedGrade): OverallValue => ({
  suggested: null,
  chosen: grade.kind === 'grade' ? grade.grade : null,
  rule: asImported,
  reason: '',
});
