/**
 * How the made-up authority is set up and changes: who is there from the start, and on the way a team that opens and closes, a
 * team that moves to another service, and a service that gets a new name. Each a user action of the QA lead.
 */
import type { JsonObject } from '../canonical.ts';
import type { RecordId, ServiceId, TeamId } from '../ids.ts';
import type { Day, RoleGrant, ServiceValue, TeamValue } from '../values.ts';
import { minutesLater, officeTime } from './calendar.ts';
import { teamId, type Cast, type CastPerson, type IdOf } from './cast.ts';
import type { ExampleEdit, ExampleGroup } from './group.ts';
import { services, type StoryService, type StoryTeam } from './story.ts';

/** The day that lies at a part of the time told, from 0 to 1. */
export type DayAt = (part: number) => Day;

export const serviceId = (idOf: IdOf, key: string): ServiceId => idOf<ServiceId>(`service ${key}`);

/** Whether a team is open at a part of the time told. */
export const isOpenAt = ({ opens = 0, closes = 1 }: StoryTeam, part: number): boolean => opens <= part && part < closes;

/** The key of the service a team is in at a part of the time told. */
export const serviceKeyAt = (service: StoryService, { moves }: StoryTeam, part: number): string =>
  moves !== undefined && part >= moves.at ? moves.to : service.key;

const profile = (record: string, kind: 'service' | 'team', value: ServiceValue | TeamValue): ExampleEdit => ({
  record: record as RecordId,
  kind,
  unit: 'profile',
  value: { ...value } as unknown as JsonObject,
});

/** The first actions. Of these the QA lead's own record comes first, when nobody has any right yet. */
export function foundingGroups(cast: Cast, idOf: IdOf, dayAt: DayAt): readonly ExampleGroup[] {
  const day = dayAt(0);
  const start = officeTime(day, 30);
  const { id: by } = cast.qaLead;
  const people = [cast.qaLead, ...cast.people.filter((person) => person !== cast.qaLead)];
  const ofServices = services.map((service) => [
    profile(serviceId(idOf, service.key), 'service', { name: service.name, from: day, to: null, was: [] }),
    ...service.teams.filter((team) => isOpenAt(team, 0)).map((team) => newTeam(idOf, service, team, day)),
  ]);
  const [own, ...others] = people.map((person) => personEdits(person, idOf, day));
  return [own ?? [], ...ofServices, ...others].map((edits, i) => ({ by, atMs: minutesLater(start, i * 4), edits }));
}

function newTeam(idOf: IdOf, service: StoryService, { name }: StoryTeam, from: Day): ExampleEdit {
  return profile(teamId(idOf, name), 'team', {
    name,
    from,
    to: null,
    was: [],
    service: serviceId(idOf, service.key),
  } satisfies TeamValue);
}

function personEdits(person: CastPerson, idOf: IdOf, from: Day): readonly ExampleEdit[] {
  const { id, name, email, audits, isQaLead, leads, manages, also } = person;
  const grant = (role: RoleGrant['role'], of: readonly ServiceId[] = [], teams: readonly TeamId[] = []): RoleGrant => ({
    role,
    services: of,
    teams,
    from,
    to: null,
  });
  const grants = [
    ...(audits ? [grant('auditor')] : []),
    ...(leads.length + manages.length > 0
      ? [
          grant(
            'team-lead',
            leads.map((key) => serviceId(idOf, key)),
            manages.map((team) => teamId(idOf, team)),
          ),
        ]
      : []),
    ...also.map(({ role, of }) =>
      grant(
        role,
        of.map((key) => serviceId(idOf, key)),
      ),
    ),
    ...(isQaLead ? [grant('qa-lead')] : []),
  ];
  const edit = { record: id as string as RecordId, kind: 'person' } as const;
  return [
    { ...edit, unit: 'profile', value: { name, email } },
    { ...edit, unit: 'roles', value: { grants } as unknown as JsonObject },
  ];
}

/** What changes later. */
export function laterGroups(cast: Cast, idOf: IdOf, dayAt: DayAt): readonly ExampleGroup[] {
  const group = (day: Day, edits: readonly ExampleEdit[]): ExampleGroup => ({
    by: cast.qaLead.id,
    atMs: officeTime(day, 20),
    edits,
  });
  const founded = dayAt(0);
  return services.flatMap((service) => [
    ...renaming(service, idOf, founded, dayAt).map(([day, edit]) => group(day, [edit])),
    ...service.teams.flatMap((team) =>
      teamChanges(service, team, idOf, dayAt).map(([day, edit]) => group(day, [edit])),
    ),
  ]);
}

type Dated = readonly [Day, ExampleEdit];

function renaming({ key, name, renamed }: StoryService, idOf: IdOf, from: Day, dayAt: DayAt): readonly Dated[] {
  if (renamed === undefined) return [];
  const day = dayAt(renamed.at);
  const value = { name: renamed.newName, from, to: null, was: [{ name, until: day }] };
  return [[day, profile(serviceId(idOf, key), 'service', value)]];
}

function teamChanges(service: StoryService, team: StoryTeam, idOf: IdOf, dayAt: DayAt): readonly Dated[] {
  const { name, opens = 0, closes, moves } = team;
  const from = dayAt(opens);
  const value: TeamValue = { name, from, to: null, was: [], service: serviceId(idOf, service.key) };
  const change = (part: number, more: Partial<TeamValue>): Dated => [
    dayAt(part),
    profile(teamId(idOf, name), 'team', { ...value, ...more }),
  ];
  return [
    ...(opens > 0 ? [change(opens, {})] : []),
    ...(closes === undefined ? [] : [change(closes, { to: dayAt(closes) })]),
    ...(moves === undefined
      ? []
      : [
          change(moves.at, {
            name: moves.newName,
            service: serviceId(idOf, moves.to),
            was: [{ name, until: dayAt(moves.at) }],
          }),
        ]),
  ];
}
