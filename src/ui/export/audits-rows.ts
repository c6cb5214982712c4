/**
 * The file of the audits behind a figure, as rows: where each stands, its dates and its grades, a column for every section
 * that any of them has. State and month are those it is counted by (`domain/audit-row`). Nothing that anybody wrote is in it
 * but the case reference; the auditor's name only where it was asked for (S24).
 */
import { auditRow, type PlainUnits } from '../../domain/audit-row.ts';
import { shownValue } from '../../domain/fold.ts';
import { gradeById, ofstedScale, type GradeId, type Scale } from '../../domain/grade.ts';
import type { ToolId } from '../../domain/ids.ts';
import type { AllocationValue, CaseValue, EventValue, ImportedValue } from '../../domain/values.ts';
import type { ShownRecord } from '../../store/view.ts';
import { personById, serviceById, teamById, toolById, type Organisation } from '../data/organisation.ts';
import { dayAt } from '../format.ts';
import { sectionName } from '../percentages/names.ts';
import { words } from '../words.ts';
import { exporting as say } from '../words/export.ts';
import { percentages } from '../words/percentages.ts';
import type { CsvCell } from './csv-text.ts';
import { preamble, type Asked, type Row } from './preamble.ts';

/** One audit as the file has it: the cells before and after the sections, and the grade of each section by its id. */
export interface AuditLine {
  readonly before: Row;
  readonly sections: ReadonlyMap<string, string>;
  readonly after: Row;
}

export function auditLine(record: ShownRecord, organisation: Organisation, withAuditors: boolean): AuditLine {
  const { id, units } = record;
  const toolOf = (of: ToolId | null) => toolById(organisation, of);
  const sectionsOf = (of: ToolId | null) => toolOf(of)?.sections.map((section) => section.id) ?? [];
  const row = auditRow(id, plainOf(record), sectionsOf, units['submitted']?.confirmed?.stamp.ms);
  const tool = toolOf(row.tool);
  const scale = tool?.scale ?? ofstedScale;
  const allocation = shownValue<Partial<AllocationValue>>(units, 'allocation');
  const imported = shownValue<ImportedValue>(units, 'imported');
  // Of an imported audit the event says when it came in, and its file when it was made.
  const submitted = imported === undefined ? shownValue<EventValue>(units, 'submitted') : undefined;
  const nobody = imported === undefined ? words.names.nobody : null;
  return {
    before: [
      shownValue<Partial<CaseValue>>(units, 'case')?.reference ?? words.names.noReference,
      serviceById(organisation, row.service)?.name ?? words.names.unknownService,
      teamById(organisation, row.team)?.name ?? words.names.unknownTeam,
      ...(withAuditors ? [personById(organisation, row.auditor)?.name ?? nobody] : []),
      tool?.name ?? words.names.unknownTool,
      row.month,
      row.exempt ? words.names.exempt : words.names.auditStates[row.state],
      words.names.selections[row.selection],
      gradeText(scale, row.overall),
    ],
    sections: new Map(Object.entries(row.sections).map(([section, grade]) => [section, gradeText(scale, grade)])),
    after: [
      allocation?.extendedTo ?? allocation?.due ?? null,
      submitted === undefined ? null : dayAt(submitted.at),
      imported?.day ?? null,
    ],
  };
}

/** The whole file. `about`: the line that names the figure. */
export function auditsRows(asked: Asked, about: Row, lines: readonly AuditLine[]): readonly Row[] {
  const sections = sectionsIn(lines, asked.organisation);
  const cell = (line: AuditLine, section: string): CsvCell => line.sections.get(section) ?? null;
  return [
    ...preamble(asked, about),
    [],
    [
      percentages.caseReference,
      percentages.service,
      percentages.team,
      ...(asked.withAuditors ? [percentages.auditor] : []),
      percentages.tool,
      say.month,
      words.audits.stateColumn,
      percentages.selection,
      percentages.gradeColumn,
      ...sections.map((section) => say.section(sectionName(section, asked.organisation.tools))),
      words.audits.due,
      percentages.date,
      words.auditForm.importedDay,
    ],
    ...lines.map((line) => [...line.before, ...sections.map((section) => cell(line, section)), ...line.after]),
  ];
}

/** Every section that an audit has, in the order of the tools; those that no tool here knows come last. */
function sectionsIn(lines: readonly AuditLine[], { tools }: Organisation): readonly string[] {
  const found = new Set(lines.flatMap((line) => [...line.sections.keys()]));
  const known = tools.flatMap((tool) => tool.sections.map(({ id }) => id)).filter((id) => found.has(id));
  return [...new Set([...known, ...found])];
}

const plainOf = ({ units }: ShownRecord): PlainUnits =>
  Object.fromEntries(Object.entries(units).map(([unit, { value }]) => [unit, value]));

function gradeText(scale: Scale, grade: GradeId | 'na' | null): string {
  if (grade === 'na') return words.parts.notApplicable;
  return grade === null ? words.parts.notGraded : (gradeById(scale, grade)?.name ?? grade);
}
