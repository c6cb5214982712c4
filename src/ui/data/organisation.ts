/**
 * The services, teams, people and tools this laptop knows, by name and by id, and what the person in front of it may do.
 * Read whole (an authority has a few hundred of these) and shared by every screen through `useOrganisation`.
 */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PersonId, RecordId, ServiceId, TeamId, ToolId } from '../../domain/ids.ts';
import { shownValue, type ShownUnits } from '../../domain/fold.ts';
import { isImportedTool } from '../../domain/import/imported-tool.ts';
import type { Kind } from '../../domain/record.ts';
import { standingOf, type Standing } from '../../domain/rights.ts';
import type { Tool } from '../../domain/tool.ts';
import { builtInTools } from '../../domain/tools/built-in.ts';
import { settingsId } from '../../domain/unit-names.ts';
import type {
  AuthorityValue,
  Day,
  EventValue,
  ImportedValue,
  ImportSourceValue,
  PersonValue,
  RolesValue,
  ServiceValue,
  TeamValue,
  ToolValue,
} from '../../domain/values.ts';
import type { Store } from '../../store/open.ts';
import { readKind, readRecord, type ShownRecord } from '../../store/view.ts';

export interface Service extends ServiceValue {
  readonly id: ServiceId;
  readonly record: ShownRecord;
}

export interface Team extends TeamValue {
  readonly id: TeamId;
  readonly record: ShownRecord;
}

export interface Person extends PersonValue {
  readonly id: PersonId;
  readonly grants: RolesValue['grants'];
  readonly record: ShownRecord;
}

/** One import of graded records. */
export interface ImportEntry extends ImportSourceValue {
  readonly id: RecordId;
  readonly finished: EventValue | null;
  readonly undone: EventValue | null;
  readonly record: ShownRecord;
}

export interface Organisation {
  readonly authorityName: string | null;
  /** By name; closed ones too. */
  readonly services: readonly Service[];
  readonly teams: readonly Team[];
  readonly people: readonly Person[];
  readonly tools: readonly Tool[];
  /** Newest first; those that were undone too. */
  readonly imports: readonly ImportEntry[];
}

/** What it is read from. */
export const organisationKinds: readonly Kind[] = ['service', 'team', 'person', 'tool', 'import', 'settings'];

export async function readOrganisation(store: Store): Promise<Organisation> {
  const [services, teams, people, tools, imports, settings] = await Promise.all([
    readKind(store, 'service'),
    readKind(store, 'team'),
    readKind(store, 'person'),
    readKind(store, 'tool'),
    readKind(store, 'import'),
    readRecord(store, settingsId as RecordId),
  ]);
  return {
    authorityName: (settings && shownValue<AuthorityValue>(settings.units, 'authority')?.name) ?? null,
    services: services.flatMap(serviceOf).sort(byName),
    teams: teams.flatMap(teamOf).sort(byName),
    people: people.flatMap(personOf).sort(byName),
    tools: [...builtInTools, ...tools.flatMap(toolOf)],
    imports: imports.flatMap(importOf).sort((a, b) => b.at - a.at),
  };
}

function serviceOf(record: ShownRecord): Service[] {
  const value = shownValue<ServiceValue>(record.units, 'profile');
  return value === undefined ? [] : [{ ...value, id: record.id as string as ServiceId, record }];
}

function teamOf(record: ShownRecord): Team[] {
  const value = shownValue<TeamValue>(record.units, 'profile');
  return value === undefined ? [] : [{ ...value, id: record.id as string as TeamId, record }];
}

function personOf(record: ShownRecord): Person[] {
  const value = shownValue<PersonValue>(record.units, 'profile');
  const grants = shownValue<RolesValue>(record.units, 'roles')?.grants ?? [];
  return value === undefined ? [] : [{ ...value, id: record.id as string as PersonId, grants, record }];
}

const toolOf = (record: ShownRecord): Tool[] => {
  const value = shownValue<ToolValue>(record.units, 'definition');
  return value === undefined ? [] : [value.tool];
};

function importOf(record: ShownRecord): ImportEntry[] {
  const source = shownValue<ImportSourceValue>(record.units, 'source');
  const event = (unit: string): EventValue | null => shownValue<EventValue>(record.units, unit) ?? null;
  if (source === undefined) return [];
  return [{ ...source, id: record.id, finished: event('finished'), undone: event('undone'), record }];
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name.localeCompare(b.name, 'en-GB');

export const isOpen = (value: Pick<ServiceValue, 'to'>, today: Day): boolean => value.to === null || value.to > today;

export const serviceById = (organisation: Organisation, id: ServiceId | null | undefined): Service | undefined =>
  organisation.services.find((service) => service.id === id);
export const teamById = (organisation: Organisation, id: TeamId | null | undefined): Team | undefined =>
  organisation.teams.find((team) => team.id === id);
export const personById = (organisation: Organisation, id: PersonId | null | undefined): Person | undefined =>
  organisation.people.find((person) => person.id === id);
export const toolById = (organisation: Organisation, id: ToolId | null | undefined): Tool | undefined =>
  organisation.tools.find((tool) => tool.id === id);

/** Tools that somebody can grade with here: not those that imports made for their columns. */
export const gradingTools = ({ tools }: Organisation): readonly Tool[] => tools.filter((tool) => !isImportedTool(tool));

/** The import that an audit came in with and that has been undone since; undefined where there is none such. */
export function undoneImportOf({ imports }: Organisation, units: ShownUnits): ImportEntry | undefined {
  const from = shownValue<Partial<ImportedValue>>(units, 'imported')?.import;
  return from === undefined ? undefined : imports.find(({ id, undone }) => id === from && undone !== null);
}

/** What `person` may do on a day, from the roles this laptop has. */
export function standingIn(organisation: Organisation, person: PersonId, today: Day): Standing {
  const grants = personById(organisation, person)?.grants ?? [];
  return standingOf(person, grants, today, new Map(organisation.teams.map(({ id, service }) => [id, service])));
}

export const OrganisationContext = createContext<Organisation | null>(null);

/** The organisation as it stands now. Every screen inside the frame has it. */
export function useOrganisation(): Organisation {
  const organisation = useContext(OrganisationContext);
  if (organisation === null) throw new Error('useOrganisation is called outside the application frame');
  return organisation;
}
