/** What rights and scope ask of a record's units: read here once, for the server's rows and the laptop's screens alike. */
import type { PersonId, ServiceId, TeamId } from './ids.ts';
import type { Kind, Units, UnitVersion } from './record.ts';
import type { PersonFacts, TeamsNow, WriteFacts, Written } from './rights.ts';
import type { AllocationValue, RoleGrant, RolesValue, TeamValue } from './values.ts';

type FactVersion = Pick<UnitVersion, 'value' | 'author'>;
type FactUnits = Readonly<Record<string, FactVersion & { readonly others?: readonly FactVersion[] }>>;

/** The facts of an audit from its units; all null when nobody has allocated it. */
export function auditFacts(units: FactUnits): WriteFacts {
  const state = units['allocation'];
  const value = state?.value as Partial<AllocationValue> | undefined;
  return {
    service: value?.service ?? null,
    team: value?.team ?? null,
    auditor: value?.auditor ?? null,
    moderator: value?.moderator ?? null,
    allocatedBy: state?.author ?? null,
    submitted: units['submitted'] !== undefined,
    imported: units['imported'] !== undefined,
    eased: value?.exempt === true || value?.extendedTo != null,
  };
}

/** The unit of each kind of record from which a right can come: with any other written or lost, nobody may do more. */
export const grantingUnits: Partial<Record<Kind, string>> = { audit: 'allocation', person: 'roles', team: 'profile' };

/** The role grants of a person's record; none when it has no roles. */
export const grantsOf = (units: FactUnits): readonly RoleGrant[] =>
  (units['roles']?.value as Partial<RolesValue> | undefined)?.grants ?? [];

export const personFacts = (id: string, grants: readonly RoleGrant[]): PersonFacts => ({
  person: id as PersonId,
  isQaLead: grants.some(({ role }) => role === 'qa-lead'),
});

/** Also by versions that do not show: one of them may be looked at and taken. */
export function personFactsIn(id: string, units: FactUnits): PersonFacts {
  const { roles } = units;
  const versions = roles === undefined ? [] : [roles, ...(roles.others ?? [])];
  return personFacts(
    id,
    versions.flatMap((each) => grantsOf({ roles: each })),
  );
}

/** What a right to write asks of a record with these units. */
export function writtenFacts(kind: Kind, id: string, units: FactUnits): Written {
  if (kind === 'audit') return auditFacts(units);
  return kind === 'person' ? personFactsIn(id, units) : null;
}

/** Which service each team is in now, from the team records. */
export function teamsNow(teams: Iterable<{ readonly id: string; readonly units: Units }>): TeamsNow {
  const map = new Map<TeamId, ServiceId>();
  for (const { id, units } of teams) {
    const service = (units['profile']?.value as Partial<TeamValue> | undefined)?.service;
    if (service !== undefined) map.set(id as TeamId, service);
  }
  return map;
}
