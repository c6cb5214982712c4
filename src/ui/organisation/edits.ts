/**
 * What a QA lead does to the organisation, as edits to record. Pure: an entry that stands and what is wanted of it go in,
 * the edits come out. Nothing is deleted: a name given up stays in `was`, what ends gets a day on which it ended.
 */
import { sameValue, type JsonObject } from '../../domain/canonical.ts';
import { basisOf } from '../../domain/fold.ts';
import type { RecordId, ServiceId, TeamId } from '../../domain/ids.ts';
import type { Day, PersonValue, RoleGrant, RoleName, RolesValue, ServiceValue } from '../../domain/values.ts';
import type { Edit } from '../../store/record.ts';
import type { ShownRecord } from '../../store/view.ts';
import type { Person, Service, Team } from '../data/organisation.ts';

const json = (value: object): JsonObject => value as JsonObject;

const newProfile = (id: string, kind: 'service' | 'team' | 'person', value: object): Edit => ({
  record: id as RecordId,
  kind,
  unit: 'profile',
  value: json(value),
  base: null,
});

/** An edit of a unit that stands; fields this build does not know are carried along. */
function changed(record: ShownRecord, unit: string, fields: object): Edit {
  const before = record.units[unit];
  return {
    record: record.id,
    kind: record.kind,
    unit,
    value: json({ ...before?.value, ...fields }),
    ...basisOf(before),
  };
}

export function addService(id: string, name: string, today: Day): Edit {
  return newProfile(id, 'service', { name, from: today, to: null, was: [] });
}

export function addTeam(id: string, name: string, service: ServiceId, today: Day): Edit {
  return newProfile(id, 'team', { name, service, from: today, to: null, was: [] });
}

type Renameable = Pick<ServiceValue, 'name' | 'was'> & { readonly record: ShownRecord };

export const rename = (entry: Renameable, name: string, today: Day): Edit =>
  changed(entry.record, 'profile', { name, was: [...entry.was, { name: entry.name, until: today }] });

/** Closes a service with its open teams, or one team. */
export const close = (entries: readonly (Service | Team)[], today: Day): readonly Edit[] =>
  entries.map(({ record }) => changed(record, 'profile', { to: today }));

export const reopen = (entry: Service | Team): Edit => changed(entry.record, 'profile', { to: null });

/** What the person form asks for. */
export interface WantedPerson extends PersonValue {
  readonly roles: readonly RoleName[];
  /** Of the team lead. */
  readonly services: readonly ServiceId[];
  readonly teams: readonly TeamId[];
}

export function addPerson(id: string, wanted: WantedPerson, today: Day): readonly Edit[] {
  const grants = wanted.roles.map((role) => grantOf(role, wanted, today));
  return [
    newProfile(id, 'person', { name: wanted.name, email: wanted.email }),
    { record: id as RecordId, kind: 'person', unit: 'roles', value: json({ grants }), base: null },
  ];
}

/** Only the units that really change. */
export function changePerson(person: Person, wanted: WantedPerson, today: Day): readonly Edit[] {
  const profile = person.name !== wanted.name || person.email !== wanted.email;
  const grants = regrant(person.grants, wanted, today);
  return [
    ...(profile ? [changed(person.record, 'profile', { name: wanted.name, email: wanted.email })] : []),
    ...(sameValue(json({ grants }), json({ grants: person.grants }))
      ? []
      : [changed(person.record, 'roles', { grants })]),
  ];
}

/**
 * The grants after a change: one in force that is still wanted stays as it is, one that is not ends yesterday (or goes,
 * if it only began today), and what is newly wanted begins today. Past grants stay for the record.
 */
export function regrant(grants: RolesValue['grants'], wanted: WantedPerson, today: Day): readonly RoleGrant[] {
  const inForce = (grant: RoleGrant): boolean => grant.from <= today && (grant.to === null || grant.to >= today);
  const still = (grant: RoleGrant): boolean =>
    wanted.roles.includes(grant.role) && sameScope(grant, grantOf(grant.role, wanted, today));
  const kept = grants.flatMap((grant) => {
    if (!inForce(grant) || still(grant)) return [grant];
    return grant.from === today ? [] : [{ ...grant, to: dayBefore(today) }];
  });
  const covered = new Set(kept.filter((grant) => inForce(grant)).map(({ role }) => role));
  return [...kept, ...wanted.roles.filter((role) => !covered.has(role)).map((role) => grantOf(role, wanted, today))];
}

const grantOf = (role: RoleName, wanted: WantedPerson, today: Day): RoleGrant => ({
  role,
  services: role === 'team-lead' ? wanted.services : [],
  teams: role === 'team-lead' ? wanted.teams : [],
  from: today,
  to: null,
});

const sameScope = (a: RoleGrant, b: RoleGrant): boolean => sameSet(a.services, b.services) && sameSet(a.teams, b.teams);

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

const dayBefore = (day: Day): Day => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
