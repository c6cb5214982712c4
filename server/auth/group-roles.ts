/**
 * Which groups of the council's directory give which roles: a JSON file (OIDC_GROUPS_FILE), read at start.
 *
 *   [ { "group": "plumbline-auditors", "role": "auditor" },
 *     { "group": "plumbline-leads-assessment", "role": "team-lead", "services": ["Assessment Service"] } ]
 *
 * Services and teams are named as in Plumbline, or by id: of a moderator and a team lead both, of a head of service services,
 * of other roles neither. A name that is nobody's yet gives nothing.
 */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { unitValue } from '../../src/domain/record.ts';
import type { ServiceId, TeamId } from '../../src/domain/ids.ts';
import { roleNames, roleScopes, type RoleGrant, type ServiceValue } from '../../src/domain/values.ts';
import type { AuthorityId } from '../../src/domain/ids.ts';
import { ConfigError } from '../config.ts';
import { recordsOfKind } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';

const names = v.optional(v.array(v.string()), []);
const groupRolesSchema = v.array(
  v.strictObject({ group: v.string(), role: v.picklist(roleNames), services: names, teams: names }),
);
export type GroupRoles = v.InferOutput<typeof groupRolesSchema>;

/** Throws a ConfigError. */
export function readGroupRoles(path: string): GroupRoles {
  try {
    return v.parse(groupRolesSchema, JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new ConfigError(
      `OIDC_GROUPS_FILE (${path}) cannot be read: it is to be JSON, a list of { "group", "role", "services", "teams" }, ` +
        `with a role of ${roleNames.join(', ')}.`,
      { cause },
    );
  }
}

/** The roles that these groups give from `from` on, without an end. */
export async function grantsOfGroups(
  tx: Tx,
  authority: AuthorityId,
  mapping: GroupRoles,
  groups: readonly string[],
  from: string,
): Promise<readonly RoleGrant[]> {
  const given = mapping.filter(({ group }) => groups.includes(group));
  const services = new Map<string, string>();
  const teams = new Map<string, string>();
  for (const [kind, ids] of [
    ['service', services],
    ['team', teams],
  ] as const) {
    for (const { id, units } of await recordsOfKind(tx, authority, kind)) {
      const name = unitValue<ServiceValue>(units, 'profile')?.name;
      if (name !== undefined) ids.set(name, id);
      ids.set(id, id);
    }
  }
  const known = (ids: Map<string, string>, all: readonly string[]): string[] =>
    all.flatMap((name) => ids.get(name) ?? []).sort();
  return roleNames.flatMap((role): RoleGrant[] => {
    const ofRole = given.filter((one) => one.role === role);
    if (ofRole.length === 0) return [];
    const of = (ids: Map<string, string>, pick: (one: GroupRoles[number]) => readonly string[]): string[] => [
      ...new Set(known(ids, ofRole.flatMap(pick))),
    ];
    const names = roleScopes[role];
    const inServices = names.includes('services') ? of(services, (one) => one.services) : [];
    const inTeams = names.includes('teams') ? of(teams, (one) => one.teams) : [];
    if (names.length > 0 && inServices.length + inTeams.length === 0) return [];
    return [{ role, services: inServices as ServiceId[], teams: inTeams as TeamId[], from, to: null }];
  });
}
