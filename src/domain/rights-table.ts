/**
 * The one table of rights (`rights` asks it). A line grants; what no line grants is refused. By role:
 *
 *   auditor          grades the audits allocated to them
 *   moderator        may be named as the moderator of an audit of their services and teams, and is then sent it
 *   team lead        sees the audits of their services and teams, and decides about held grading there
 *   head of service  the same for whole services
 *   QA lead          the organisation, allocation, voiding, legal holds, correcting a case; sees every audit
 *   administrator    accounts, roles and the authority's name; no audit, no tool, no import: no content at all
 *   board viewer     no record of any kind: percentages of the whole authority, small numbers held back (`domain/board`)
 */
import type { Kind } from './record.ts';
import type { RoleName } from './values.ts';

/** Where a right reaches. */
export type Reach =
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

/** `others`: people who are neither this person nor, at any time, a QA lead: nobody raises themselves. */
export type PeopleReach = 'authority' | 'others';
/**
 * `started`: an audit that does not exist yet, or is not submitted and was allocated by this person to this person. Nobody
 * exempts themselves, gives themselves more time or chooses their moderator.
 * `coming in`: an audit that does not exist yet and comes in with an import, graded elsewhere and submitted: an open one
 * would lie among somebody's audits with grades that they did not give.
 */
export type WriteReach = Reach | 'started' | 'coming in' | 'others';
/** `new in scope`: an audit that does not exist yet and would be of the role's services and teams. */
export type DecideReach = Reach | 'new in scope';
/**
 * `export`: taking figures and lists away as a file, of whatever this person may read. `decide`: saying what becomes of
 * somebody else's change that was held. `moderate`: being named as the moderator of an audit. `account`: links for others,
 * who may sign in, and lost second factors. `disclose`: finding and taking away all that is held about one case, its history and
 * what was never accepted included, to answer the person it is about. `revoke`: seeing everybody's laptops, and having the copy on
 * one of these people's forgotten. `cube`: being told how audits were graded, by numbers of which none is small.
 */
type Right =
  | RightOf<'read', Reach>
  | RightOf<'write', WriteReach>
  | RightOf<'decide', DecideReach>
  | RightOf<'export', 'readable'>
  | RightOf<'moderate', 'scope'>
  | RightOf<'account', PeopleReach>
  | RightOf<'disclose', 'authority'>
  | RightOf<'revoke', PeopleReach>
  | RightOf<'cube', 'authority'>;

const graded = ['case', 'section:*', 'checks:*', 'overall', 'voice:*', 'concern', 'submitted'] as const;
const working: readonly RoleName[] = ['auditor', 'moderator', 'team-lead', 'head-of-service', 'qa-lead'];
const leading: readonly RoleName[] = ['team-lead', 'head-of-service'];
const organisation = ['service', 'team', 'person', 'tool', 'import', 'settings'] as const;

export const rights: readonly Right[] = [
  ...working.flatMap((role) => organisation.map((kind): Right => ({ role, action: 'read', kind, reach: 'authority' }))),
  { role: 'auditor', action: 'read', kind: 'audit', reach: 'own' },
  { role: 'auditor', action: 'write', kind: 'audit', units: graded, reach: 'own' },
  { role: 'auditor', action: 'write', kind: 'audit', units: ['allocation', 'case'], reach: 'started' },
  { role: 'moderator', action: 'moderate', kind: 'audit', reach: 'scope' },
  { role: 'moderator', action: 'read', kind: 'audit', reach: 'moderated' },
  ...leading.flatMap((role): readonly Right[] => [
    { role, action: 'read', kind: 'audit', reach: 'scope' },
    { role, action: 'export', kind: 'audit', reach: 'readable' },
    { role, action: 'decide', kind: 'audit', units: graded, reach: 'scope' },
    { role, action: 'decide', kind: 'audit', units: ['allocation'], reach: 'new in scope' },
  ]),
  { role: 'qa-lead', action: 'read', kind: 'audit', reach: 'authority' },
  { role: 'qa-lead', action: 'export', kind: 'audit', reach: 'readable' },
  { role: 'qa-lead', action: 'disclose', kind: 'audit', reach: 'authority' },
  {
    role: 'qa-lead',
    action: 'write',
    kind: 'audit',
    units: ['case', 'correction:*', 'allocation', 'voided', 'hold', 'erased'],
    reach: 'authority',
  },
  { role: 'qa-lead', action: 'write', kind: 'audit', units: [...graded, 'allocation', 'imported'], reach: 'coming in' },
  ...organisation.map((kind): Right => ({ role: 'qa-lead', action: 'write', kind, reach: 'authority' })),
  ...(['audit', ...organisation] as const).map((kind): Right => ({
    role: 'qa-lead',
    action: 'decide',
    kind,
    reach: 'authority',
  })),
  { role: 'qa-lead', action: 'account', kind: 'person', reach: 'authority' },
  { role: 'qa-lead', action: 'revoke', kind: 'person', reach: 'authority' },
  ...(['service', 'team', 'person', 'settings'] as const).map((kind): Right => ({
    role: 'administrator',
    action: 'read',
    kind,
    reach: 'authority',
  })),
  { role: 'administrator', action: 'write', kind: 'person', units: ['profile', 'roles'], reach: 'others' },
  { role: 'administrator', action: 'write', kind: 'settings', units: ['authority'], reach: 'authority' },
  { role: 'administrator', action: 'account', kind: 'person', reach: 'others' },
  { role: 'administrator', action: 'revoke', kind: 'person', reach: 'others' },
  { role: 'board-viewer', action: 'cube', kind: 'audit', reach: 'authority' },
];
