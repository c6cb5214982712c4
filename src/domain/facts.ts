/** What rights and scope ask of a record's units: read here once, for the server's rows and the laptop's screens alike. */
import type { ServiceId, TeamId } from './ids.ts';
import type { Units, UnitVersion } from './record.ts';
import type { TeamsNow, WriteFacts } from './rights.ts';
import type { AllocationValue, RoleGrant, RolesValue, TeamValue } from './values.ts';

/** The facts of an audit from its units; all null when nobody has allocated it. */
export function auditFacts(units: Readonly<Record<string, Pick<UnitVersion, 'value' | 'author'>>>): WriteFacts {
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

/** The role grants of a person's record; none when it has no roles. */
export const grantsOf = (units: Units): readonly RoleGrant[] =>
  (units['roles']?.value as Partial<RolesValue> | undefined)?.grants ?? [];

/** Which service each team is in now, from the team records. */
export function teamsNow(teams: Iterable<{ readonly id: string; readonly units: Units }>): TeamsNow {
  const map = new Map<TeamId, ServiceId>();
  for (const { id, units } of teams) {
    const service = (units['profile']?.value as Partial<TeamValue> | undefined)?.service;
    if (service !== undefined) map.set(id as TeamId, service);
  }
  return map;
}
