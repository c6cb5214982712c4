/**
 * What a QA lead does to the organisation, as edits to record. Pure: an entry that stands and what is wanted of it go in,
 * the edits come out. Nothing is deleted: a name given up stays in `was`, what ends gets a day on which it ended.
 */
import { sameValue, type JsonObject } from '../../domain/canonical.ts';
import { basisOf } from '../../domain/fold.ts';
import type { RecordId, ServiceId } from '../../domain/ids.ts';
import type { Day, PersonValue, ServiceValue } from '../../domain/values.ts';
import type { Edit } from '../../store/record.ts';
import type { ShownRecord } from '../../store/view.ts';
import type { Person, Service, Team } from '../data/organisation.ts';
import { grantOf, regrant, type RoleForm } from './role-form.ts';

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
  readonly roles: readonly RoleForm[];
}

export function addPerson(id: string, wanted: WantedPerson, today: Day): readonly Edit[] {
  const grants = wanted.roles.map((form) => grantOf(form, today));
  return [
    newProfile(id, 'person', { name: wanted.name, email: wanted.email }),
    { record: id as RecordId, kind: 'person', unit: 'roles', value: json({ grants }), base: null },
  ];
}

/** Only the units that really change. */
export function changePerson(person: Person, wanted: WantedPerson, today: Day): readonly Edit[] {
  const profile = person.name !== wanted.name || person.email !== wanted.email;
  const grants = regrant(person.grants, wanted.roles, today);
  return [
    ...(profile ? [changed(person.record, 'profile', { name: wanted.name, email: wanted.email })] : []),
    ...(sameValue(json({ grants }), json({ grants: person.grants }))
      ? []
      : [changed(person.record, 'roles', { grants })]),
  ];
}
