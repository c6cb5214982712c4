/** What the field's fixed terms are called on screen. */
import type { AuditState } from '../../domain/audit.ts';
import type { AgeBand, RoleName, SelectionMethod } from '../../domain/values.ts';

const roles: Readonly<Record<RoleName, string>> = {
  auditor: 'Auditor',
  moderator: 'Moderator',
  'team-lead': 'Team lead',
  'head-of-service': 'Head of service',
  'qa-lead': 'QA lead',
  administrator: 'Administrator',
  'board-viewer': 'Board viewer',
};

const roleHints: Readonly<Record<RoleName, string>> = {
  auditor: 'Grades the audits allocated to them, and may start an audit nobody allocated.',
  moderator: 'May be named as the moderator of audits in the services and teams chosen here, and sees those audits.',
  'team-lead': 'Sees the audits and percentages of the services and teams chosen here.',
  'head-of-service': 'Sees the audits and percentages of the whole services chosen here, with every team in them.',
  'qa-lead': 'Sets up services, teams and people, allocates audits and sees every percentage.',
  administrator: 'Looks after accounts and roles, but not QA leads’ or their own. Sees no audit and no percentage.',
  'board-viewer':
    'Sees percentages of the whole authority, with small numbers left out. No audit, no case and no names.',
};

const selections: Readonly<Record<SelectionMethod, string>> = {
  random: 'Random sample',
  stratified: 'Random sample within groups',
  thematic: 'Picked for a theme',
  closure: 'Case closing',
  referred: 'Referred for a second look',
  inspection: 'Inspection',
  other: 'Another way',
};

const ageBands: Readonly<Record<AgeBand, string>> = {
  unborn: 'Unborn',
  '0-4': '0 to 4',
  '5-9': '5 to 9',
  '10-15': '10 to 15',
  '16-17': '16 to 17',
  '18-25': '18 to 25',
};

const auditStates: Readonly<Record<AuditState, string>> = {
  allocated: 'Not started',
  'in progress': 'In progress',
  'awaiting moderation': 'Awaiting moderation',
  final: 'Submitted',
  voided: 'Voided',
};

export const names = {
  product: 'Plumbline',
  roles,
  roleHints,
  selections,
  ageBands,
  auditStates,
  exempt: 'Exempt',
  noReference: 'Case reference not here yet',
  unknownService: 'A service not on this laptop yet',
  unknownTeam: 'A team not on this laptop yet',
  unknownPerson: 'A person not on this laptop yet',
  unknownTool: 'A tool not on this laptop yet',
  nobody: 'Nobody yet',
} as const;
