/**
 * Who may do what: one table, read by the screens (to offer only what will be accepted) and by the server (for every op
 * it takes and every row it sends). The table is `rights-table`; here is how it is asked.
 *
 * An audit belongs to the service and team it had when allocated; a lead of a service sees it by then or now: also when
 * its team has since moved to the lead's service.
 */
import type { PersonId, ServiceId, TeamId } from './ids.ts';
import type { Kind } from './record.ts';
import { rights, type DecideReach, type PeopleReach, type Reach, type WriteReach } from './rights-table.ts';
import type { Day, RoleGrant, RoleName } from './values.ts';
import { familyOf } from './unit-names.ts';

/** What rights ask of an audit: nothing that identifies a child. `null` where the audit does not exist yet. */
export interface AuditFacts {
  readonly service: ServiceId | null;
  readonly team: TeamId | null;
  readonly auditor: PersonId | null;
  readonly moderator: PersonId | null;
}

/** What a right to write asks besides. */
export interface WriteFacts extends AuditFacts {
  /** Who wrote the allocation as it stands. */
  readonly allocatedBy: PersonId | null;
  readonly submitted: boolean;
  /** Exempted, or given more time: what somebody else has to grant. */
  readonly eased: boolean;
  /** Came in with an import. */
  readonly imported: boolean;
}

/** What a right to write somebody's record, or to look after their account, asks. */
export interface PersonFacts {
  readonly person: PersonId;
  /** Was given the role QA lead for some time, past or to come. */
  readonly isQaLead: boolean;
}

/** What is asked of what is written: of an audit, of a person; of other kinds, and what is not there, nothing. */
export type Written = WriteFacts | PersonFacts | null;

/** A person's roles in force on one day, with each lead's services widened to the teams that are in them now. */
export interface Standing {
  readonly person: PersonId;
  readonly roles: readonly ActiveRole[];
}

export interface ActiveRole {
  readonly role: RoleName;
  readonly services: ReadonlySet<ServiceId>;
  readonly teams: ReadonlySet<TeamId>;
}

/** Which team is in which service today. */
export type TeamsNow = ReadonlyMap<TeamId, ServiceId>;

/** The roles of `person` in force on `today`. */
export function standingOf(person: PersonId, grants: readonly RoleGrant[], today: Day, teamsNow: TeamsNow): Standing {
  const inForce = grants.filter(({ from, to }) => from <= today && (to === null || today <= to));
  return {
    person,
    roles: inForce.map(({ role, services, teams }) => {
      const inServices = [...teamsNow].filter(([, service]) => services.includes(service)).map(([team]) => team);
      return { role, services: new Set(services), teams: new Set([...teams, ...inServices]) };
    }),
  };
}

export const hasRole = (standing: Standing, role: RoleName): boolean =>
  standing.roles.some((active) => active.role === role);

/** The roles that lead services or teams, with what they lead. */
export const leadRoles = ({ roles }: Standing): readonly ActiveRole[] =>
  roles.filter(({ role }) => role === 'team-lead' || role === 'head-of-service');

/** Whether a person may be sent a record. `facts` only for audits. */
export function mayRead(standing: Standing, kind: Kind, facts: AuditFacts | null): boolean {
  return standing.roles.some((active) =>
    rights.some(
      (right) =>
        right.action === 'read' &&
        right.role === active.role &&
        right.kind === kind &&
        reaches(right.reach, active, standing.person, facts),
    ),
  );
}

/** Whether a person may be sent any audit at all. */
export const readsAudits = ({ roles }: Standing): boolean =>
  roles.some(({ role }) =>
    rights.some((right) => right.action === 'read' && right.kind === 'audit' && right.role === role),
  );

/** Whether a person may take what they read of audits, counted or listed, away as a file. */
export const mayExport = ({ roles }: Standing): boolean =>
  roles.some((active) => rights.some((right) => right.action === 'export' && right.role === active.role));

/** Whether a person sees everybody's laptops. Their own they always do. */
export const seesAllLaptops = (standing: Standing): boolean => revokeRights(standing).length > 0;

/** Whether a person may have the copy on a laptop of somebody forgotten: their own they always may. */
export const mayRevoke = (standing: Standing, of: PersonFacts): boolean =>
  standing.person === of.person || revokeRights(standing).some((reach) => reachesPerson(reach, standing.person, of));

const revokeRights = (standing: Standing): readonly PeopleReach[] => peopleRights(standing, 'revoke');

/** Whether a person may find and take away all that is held about a case. */
export const mayDisclose = ({ roles }: Standing): boolean =>
  roles.some((active) => rights.some((right) => right.action === 'disclose' && right.role === active.role));

/** Whether a person is told the cube: percentages of the authority without small numbers. */
export const mayReadCube = ({ roles }: Standing): boolean =>
  roles.some((active) => rights.some((right) => right.action === 'cube' && right.role === active.role));

/** The standing of somebody who was told the cube: a board viewer, whose own record, which would say so, is not sent to them. */
export const withCube = (standing: Standing): Standing =>
  mayReadCube(standing)
    ? standing
    : {
        ...standing,
        roles: [...standing.roles, { role: 'board-viewer', services: new Set(), teams: new Set() }],
      };

/** Whether a person may ever be asked to decide about what others wrote and was held. */
export const isDecider = ({ roles }: Standing): boolean =>
  roles.some((active) => rights.some((right) => right.action === 'decide' && right.role === active.role));

/**
 * Whether a person may decide about a held change of `author`, never their own: of an audit with these facts, or of one
 * that `isNew` and would have them.
 */
export function mayDecide(
  { person, roles }: Standing,
  author: PersonId,
  kind: Kind,
  unit: string,
  { facts, isNew }: { readonly facts: AuditFacts | null; readonly isNew: boolean },
): boolean {
  if (person === author) return false;
  const family = familyOf(kind, unit);
  const within = (reach: DecideReach, active: ActiveRole): boolean =>
    reach === 'new in scope' ? isNew && reaches('scope', active, person, facts) : reaches(reach, active, person, facts);
  return roles.some((active) =>
    rights.some(
      (right) =>
        right.action === 'decide' &&
        right.role === active.role &&
        isAbout(right, kind, family) &&
        within(right.reach, active),
    ),
  );
}

const isAbout = (right: (typeof rights)[number], kind: Kind, family: string | undefined): boolean =>
  right.kind === kind && (right.units === undefined || (family !== undefined && right.units.includes(family)));

/** Two units have the same text of this where each right to decide is about both or neither. */
export function decidedAlike(kind: Kind, unit: string): string {
  const family = familyOf(kind, unit);
  return rights.flatMap((right, i) => (right.action === 'decide' && isAbout(right, kind, family) ? [i] : [])).join(' ');
}

/**
 * Whether a person may write a unit. `before` is the record as it stands (null when it does not exist yet), `after` as it
 * would be with the whole group applied: a right must reach both, so nobody writes an audit out of their own reach
 * or grabs one from outside it.
 */
export function mayWrite(standing: Standing, kind: Kind, unit: string, before: Written, after: Written): boolean {
  const { person, roles } = standing;
  const family = familyOf(kind, unit);
  if (family === undefined) return false;
  const [was, is] = [auditIn(before), auditIn(after)];
  const within = (reach: WriteReach, active: ActiveRole): boolean => {
    if (reach === 'started') return mayStart(person, was, is);
    if (reach === 'coming in') return was === null && is?.imported === true && is.submitted;
    if (reach === 'others') return [before, after].every((each) => reachesPerson('others', person, each));
    return reaches(reach, active, person, is) && (was === null || reaches(reach, active, person, was));
  };
  return roles.some((active) =>
    rights.some(
      (right) =>
        right.action === 'write' &&
        right.role === active.role &&
        right.kind === kind &&
        (right.units === undefined || right.units.includes(family)) &&
        within(right.reach, active),
    ),
  );
}

/** Whether a person may be named as the moderator of an audit: never of one they graded. */
export const mayModerate = ({ person, roles }: Standing, facts: AuditFacts): boolean =>
  facts.auditor !== person &&
  roles.some((active) =>
    rights.some(
      (right) =>
        right.action === 'moderate' && right.role === active.role && reaches(right.reach, active, person, facts),
    ),
  );

/** Whether a person may make links for somebody, stop them signing in, or take a lost second factor away. */
export const mayManageAccount = (standing: Standing, of: PersonFacts): boolean =>
  accountRights(standing).some((reach) => reachesPerson(reach, standing.person, of));

/** Whether a person looks after others' accounts at all. */
export const managesAccounts = (standing: Standing): boolean => accountRights(standing).length > 0;

const accountRights = (standing: Standing): readonly PeopleReach[] => peopleRights(standing, 'account');

const peopleRights = ({ roles }: Standing, action: 'account' | 'revoke'): readonly PeopleReach[] =>
  roles.flatMap(({ role }) =>
    rights.flatMap((right) =>
      (right.action === 'account' || right.action === 'revoke') && right.action === action && right.role === role
        ? [right.reach]
        : [],
    ),
  );

const auditIn = (facts: Written): WriteFacts | null => (facts !== null && 'auditor' in facts ? facts : null);

const reachesPerson = (reach: PeopleReach, person: PersonId, of: Written): boolean =>
  reach === 'authority' || of === null || ('isQaLead' in of && of.person !== person && !of.isQaLead);

function mayStart(person: PersonId, before: WriteFacts | null, after: WriteFacts | null): boolean {
  const isMine = before === null || (before.allocatedBy === person && before.auditor === person && !before.submitted);
  return after?.auditor === person && after.moderator === null && !after.eased && isMine;
}

function reaches(reach: Reach, active: ActiveRole, person: PersonId, facts: AuditFacts | null): boolean {
  switch (reach) {
    case 'authority':
      return true;
    case 'own':
      return facts?.auditor === person;
    case 'moderated':
      return facts?.moderator === person;
    case 'scope':
      return facts !== null && inScope(active, facts);
    default:
      return reach satisfies never;
  }
}

function inScope(active: ActiveRole, facts: AuditFacts): boolean {
  return (
    (facts.service !== null && active.services.has(facts.service)) ||
    (facts.team !== null && active.teams.has(facts.team))
  );
}

/**
 * The roles in force as plain data, for the rights version: whatever changes what a person may see changes this text,
 * also a date that passes or a team that moves.
 */
export function standingFingerprint(standing: Standing): readonly unknown[] {
  return standing.roles
    .map(({ role, services, teams }) => [role, [...services].sort(), [...teams].sort()])
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
