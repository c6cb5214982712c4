/**
 * Who may do what: one table, read by the screens (to offer only what will be accepted) and by the server (for every op
 * it takes and every row it sends). A line of the table grants; what no line grants is refused.
 *
 * An audit belongs to the service and team it had when allocated; a lead of a service sees it by then or now: also when
 * its team has since moved to the lead's service.
 */
import type { PersonId, ServiceId, TeamId } from './ids.ts';
import type { Kind } from './record.ts';
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

/** Where a right reaches. */
type Reach =
  /** every record of the kind */
  | 'authority'
  /** audits of the role's services and teams */
  | 'scope'
  /** audits this person is the auditor of */
  | 'own'
  /** audits this person is the moderator of */
  | 'moderated';

interface RightOf<Action, Where> {
  readonly role: RoleName;
  readonly action: Action;
  readonly kind: Kind;
  /** Unit families; all of the kind's when absent. */
  readonly units?: readonly string[];
  readonly reach: Where;
}

/**
 * `started`: an audit that does not exist yet, or is not submitted and was allocated by this person to this person. Nobody
 * exempts themselves, gives themselves more time or chooses their moderator.
 * `coming in`: an audit that does not exist yet and comes in with an import, graded elsewhere and submitted: an open one
 * would lie among somebody's audits with grades that they did not give.
 */
type WriteReach = Reach | 'started' | 'coming in';
/** `new in scope`: an audit that does not exist yet and would be of the role's services and teams. */
type DecideReach = Reach | 'new in scope';
/**
 * `export`: taking figures and lists away as a file, of whatever this person may read. `decide`: saying what becomes of
 * somebody else's change that was held. `disclose`: finding and taking away all that is held about one case, its history and
 * what was never accepted included, to answer the person it is about.
 */
type Right =
  | RightOf<'read', Reach>
  | RightOf<'write', WriteReach>
  | RightOf<'decide', DecideReach>
  | RightOf<'export', 'readable'>
  | RightOf<'disclose', 'authority'>;

const graded = ['case', 'section:*', 'checks:*', 'overall', 'voice:*', 'concern', 'submitted'] as const;
const everyone: readonly RoleName[] = ['auditor', 'team-lead', 'qa-lead'];
const organisation = ['service', 'team', 'person', 'tool', 'import', 'settings'] as const;

export const rights: readonly Right[] = [
  ...everyone.flatMap((role) =>
    organisation.map((kind): Right => ({ role, action: 'read', kind, reach: 'authority' })),
  ),
  { role: 'auditor', action: 'read', kind: 'audit', reach: 'own' },
  { role: 'auditor', action: 'read', kind: 'audit', reach: 'moderated' },
  { role: 'auditor', action: 'write', kind: 'audit', units: graded, reach: 'own' },
  { role: 'auditor', action: 'write', kind: 'audit', units: ['allocation', 'case'], reach: 'started' },
  { role: 'team-lead', action: 'read', kind: 'audit', reach: 'scope' },
  { role: 'team-lead', action: 'export', kind: 'audit', reach: 'readable' },
  { role: 'qa-lead', action: 'read', kind: 'audit', reach: 'authority' },
  { role: 'qa-lead', action: 'export', kind: 'audit', reach: 'readable' },
  { role: 'qa-lead', action: 'disclose', kind: 'audit', reach: 'authority' },
  {
    role: 'qa-lead',
    action: 'write',
    kind: 'audit',
    units: ['case', 'allocation', 'voided', 'hold', 'erased'],
    reach: 'authority',
  },
  { role: 'qa-lead', action: 'write', kind: 'audit', units: [...graded, 'allocation', 'imported'], reach: 'coming in' },
  ...organisation.map((kind): Right => ({ role: 'qa-lead', action: 'write', kind, reach: 'authority' })),
  { role: 'team-lead', action: 'decide', kind: 'audit', units: graded, reach: 'scope' },
  { role: 'team-lead', action: 'decide', kind: 'audit', units: ['allocation'], reach: 'new in scope' },
  ...(['audit', ...organisation] as const).map((kind): Right => ({
    role: 'qa-lead',
    action: 'decide',
    kind,
    reach: 'authority',
  })),
];

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

/** Whether a person may take what they read of audits, counted or listed, away as a file. */
export const mayExport = ({ roles }: Standing): boolean =>
  roles.some((active) => rights.some((right) => right.action === 'export' && right.role === active.role));

/** Whether a person may find and take away all that is held about a case. */
export const mayDisclose = ({ roles }: Standing): boolean =>
  roles.some((active) => rights.some((right) => right.action === 'disclose' && right.role === active.role));

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
        right.kind === kind &&
        (right.units === undefined || (family !== undefined && right.units.includes(family))) &&
        within(right.reach, active),
    ),
  );
}

/**
 * Whether a person may write a unit. `before` is the audit as it stands (null when it does not exist yet), `after` as it
 * would be with the whole group applied: a right must reach both, so nobody writes an audit out of their own reach
 * or grabs one from outside it.
 */
export function mayWrite(
  standing: Standing,
  kind: Kind,
  unit: string,
  before: WriteFacts | null,
  after: WriteFacts | null,
): boolean {
  const { person, roles } = standing;
  const family = familyOf(kind, unit);
  if (family === undefined) return false;
  const within = (reach: WriteReach, active: ActiveRole): boolean => {
    if (reach === 'started') return mayStart(person, before, after);
    if (reach === 'coming in') return before === null && after?.imported === true && after.submitted;
    return reaches(reach, active, person, after) && (before === null || reaches(reach, active, person, before));
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
