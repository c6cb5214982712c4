/** What a person has chosen, as the plan that is written: which tool, which import goes on, and the names made ids. Pure. */
import { ofstedScale } from '../../domain/grade.ts';
import type { NewId, PersonId, RecordId, ToolId } from '../../domain/ids.ts';
import { decidedPlaces } from '../../domain/import/decided-places.ts';
import { importedTool, sameTool } from '../../domain/import/imported-tool.ts';
import type { KnownPlaces, PlacesDraft } from '../../domain/import/places.ts';
import type { Tool } from '../../domain/tool.ts';
import { builtInTools } from '../../domain/tools/built-in.ts';
import type { Day, SelectionMethod } from '../../domain/values.ts';
import type { FileReading, ImportCheck, ImportPlan } from '../../protocol/import-job.ts';
import { tidyText } from '../../protocol/text.ts';
import type { ImportEntry, Organisation } from '../data/organisation.ts';
import { importing as say } from '../words/import.ts';
import { sectionsOf, type Columns } from './mapping-form.ts';
import { headingOf, readAs } from './read-as.ts';

/** What the names in a file can be: everything the authority has, closed or open. */
export const knownPlaces = ({ services, teams, people }: Organisation): KnownPlaces => ({
  services,
  teams,
  people: people.map(({ id, name }) => ({ id, name, was: [], to: null })),
});

const longestToolName = 120;
const longestFileName = 200;

/** A text cut to a length, without what a record cannot hold. */
const cut = (text: string, longest: number): string => tidyText(text.slice(0, longest)).replace(/\s+/g, ' ').trim();

export const suggestedToolName = (fileName: string): string =>
  cut(say.toolNameOf(fileName.replace(/\.[^.]{1,5}$/, '')), longestToolName);

export function toolNameError(name: string): string | null {
  if (name.trim() === '') return say.needToolName;
  return name.trim().length > longestToolName ? say.toolNameTooLong : null;
}

/** The tool of the mapped columns as it would be made now. Its id is only for the making. */
export function toolWanted({ mapping }: FileReading, columns: Columns, name: string, id: string): Tool {
  const sections = sectionsOf(mapping).map(({ column, title }) => ({ heading: headingOf(columns, column), title }));
  const wanted = {
    name: cut(name, longestToolName),
    scale: ofstedScale,
    columns: sections,
    hasOverall: mapping.overall !== null,
  };
  return importedTool(id as ToolId, wanted, reservedSections);
}

const reservedSections = new Set(builtInTools.flatMap(({ sections }) => sections.map(({ id }) => id)));

/** The tool of an earlier import with the same columns; undefined where one has to be made. */
export const knownTool = (organisation: Organisation, reading: FileReading, columns: Columns): Tool | undefined =>
  sameTool(organisation.tools, toolWanted(reading, columns, '', ''));

/** This person's import of the same file as the same columns that stopped half-way: it goes on instead of a new one. */
export const importToGoOn = (
  imports: readonly ImportEntry[],
  { digest }: ImportCheck,
  tool: Tool | undefined,
  person: PersonId,
): ImportEntry | undefined =>
  imports.find(
    (one) =>
      one.digest === digest &&
      one.tool === tool?.id &&
      one.by === person &&
      one.finished === null &&
      one.undone === null,
  );

export interface PlanInput {
  readonly fileName: string;
  readonly reading: FileReading;
  readonly columns: Columns;
  readonly check: ImportCheck;
  readonly places: PlacesDraft;
  readonly toolName: string;
  readonly selection: SelectionMethod;
  readonly person: PersonId;
  readonly nowMs: number;
  readonly today: Day;
}

/** null while a name is undecided. */
export function importPlan(input: PlanInput, organisation: Organisation, newId: NewId): ImportPlan | null {
  const { fileName, reading, columns, check, person } = input;
  const from = check.days !== null && check.days.first < input.today ? check.days.first : input.today;
  const decided = decidedPlaces(input.places, newId, from);
  if (decided === null) return null;
  const known = knownTool(organisation, reading, columns);
  const goesOn = importToGoOn(organisation.imports, check, known, person);
  return {
    ...reading,
    ...decided,
    record: goesOn?.id ?? (newId() as RecordId),
    file: cut(fileName, longestFileName) || say.fileName,
    digest: check.digest,
    rows: check.fresh.audits + (goesOn === undefined ? 0 : (check.here.get(goesOn.id) ?? 0)),
    readAs: readAs(reading.mapping, columns, ofstedScale),
    tool: known ?? toolWanted(reading, columns, input.toolName, newId()),
    selection: input.selection,
    by: person,
    atMs: input.nowMs,
    rowReference: say.rowReference,
    notApplicableReason: say.notApplicableReason,
  };
}
