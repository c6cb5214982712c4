/**
 * What the person form holds of each role, what may be wrong with it, and what becomes of the grants there are. Pure. A role has
 * one entry here, however many grants it came from; grants that are over are for the record and never touched.
 */
import { roleNames, roleScopes, type Day, type RoleGrant, type RoleName } from '../../domain/values.ts';
import type { DayTyped } from '../parts/day-parts.ts';
import type { FieldError } from '../parts/error-summary.tsx';
import { errorAt } from '../data/typed-secrets.ts';
import { words } from '../words.ts';

export interface RoleForm extends Omit<RoleGrant, 'from'> {
  /** null while it is being typed. */
  readonly from: Day | null;
  readonly fromTyped: DayTyped;
  readonly toTyped: DayTyped;
}

const isOver = ({ to }: Pick<RoleGrant, 'to'>, today: Day): boolean => to !== null && to < today;

/** Whether a role that was given has begun before today: its first day is then a fact. */
export const hasBegun = ({ from }: Pick<RoleForm, 'from'>, today: Day): boolean => from !== null && from < today;

export const newRole = (role: RoleName, today: Day): RoleForm => ({
  role,
  services: [],
  teams: [],
  from: today,
  fromTyped: 'complete',
  to: null,
  toTyped: 'empty',
});

/** The roles a person has or will have. */
export function rolesIn(grants: readonly RoleGrant[], today: Day): readonly RoleForm[] {
  return roleNames.flatMap((role): RoleForm[] => {
    const given = grants.filter((grant) => grant.role === role && !isOver(grant, today));
    const [first, ...others] = given;
    if (first === undefined) return [];
    const one = others.reduce<RoleGrant>(
      (all, grant) => ({
        ...all,
        services: [...new Set([...all.services, ...grant.services])],
        teams: [...new Set([...all.teams, ...grant.teams])],
        from: grant.from < all.from ? grant.from : all.from,
        to: all.to === null || grant.to === null ? null : grant.to > all.to ? grant.to : all.to,
      }),
      first,
    );
    return [{ ...one, fromTyped: 'complete', toTyped: one.to === null ? 'empty' : 'complete' }];
  });
}

/** Ids of the fields of one role, as errors name them. */
export const roleField = (role: RoleName, field: 'services' | 'teams' | 'from' | 'to'): string => `${role}-${field}`;

export function roleErrors(form: RoleForm, today: Day): readonly FieldError[] {
  const { organisation: text } = words;
  const { role, from, to, services, teams } = form;
  const scope = roleScopes[role];
  const reachesNothing = scope.length > 0 && services.length + teams.length === 0;
  const days: Readonly<Record<DayTyped, string | null>> = {
    empty: null,
    partial: text.dayPartial,
    impossible: text.dayImpossible,
    complete: null,
  };
  const fromWrong = days[form.fromTyped] ?? (from === null ? text.enterFrom : null);
  const toPast = to !== null && (to < today || (from !== null && to < from)) ? text.toTooEarly : null;
  return [
    ...errorAt(
      roleField(role, 'services'),
      reachesNothing ? text.chooseScope[scope.length === 2 ? 'both' : 'services'] : null,
    ),
    ...errorAt(roleField(role, 'from'), fromWrong),
    ...errorAt(roleField(role, 'to'), days[form.toTyped] ?? toPast),
  ];
}

/**
 * The grants after a change: what is still wanted stays as it is, or gets its last day; what is not ends yesterday (or goes,
 * if it only began today or has not begun), and what is newly wanted begins on its day, never before today.
 */
export function regrant(grants: readonly RoleGrant[], wanted: readonly RoleForm[], today: Day): readonly RoleGrant[] {
  const before = rolesIn(grants, today);
  const stays = (role: RoleName): 'whole' | 'with its last day' | null => {
    const [was, is] = [before, wanted].map((all) => all.find((each) => each.role === role));
    if (was === undefined || is === undefined || !sameScope(was, is)) return null;
    if (was.from === is.from && was.to === is.to) return 'whole';
    const isOne = grants.filter((grant) => grant.role === role && !isOver(grant, today)).length === 1;
    return isOne && hasBegun(was, today) ? 'with its last day' : null;
  };
  const kept = grants.flatMap((grant): readonly RoleGrant[] => {
    if (isOver(grant, today)) return [grant];
    const how = stays(grant.role);
    if (how === 'whole') return [grant];
    if (how !== null) return [{ ...grant, to: wanted.find(({ role }) => role === grant.role)?.to ?? null }];
    return grant.from >= today ? [] : [{ ...grant, to: dayBefore(today) }];
  });
  return [...kept, ...wanted.filter(({ role }) => stays(role) === null).map((form) => grantOf(form, today))];
}

export function grantOf({ role, services, teams, from, to }: RoleForm, today: Day): RoleGrant {
  const names = roleScopes[role];
  return {
    role,
    services: names.includes('services') ? services : [],
    teams: names.includes('teams') ? teams : [],
    from: from === null || from < today ? today : from,
    to,
  };
}

type Scope = Pick<RoleGrant, 'services' | 'teams'>;
const sameScope = (a: Scope, b: Scope): boolean => sameSet(a.services, b.services) && sameSet(a.teams, b.teams);

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

const dayBefore = (day: Day): Day => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
