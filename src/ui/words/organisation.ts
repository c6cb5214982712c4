/** Services, teams and people. */
import type { RoleName } from '../../domain/values.ts';
import { dayText } from '../format.ts';
import { plural } from './plural.ts';

const scopeServices: Readonly<Partial<Record<RoleName, string>>> = {
  moderator: 'Whole services whose audits they may moderate',
  'team-lead': 'Whole services they lead',
  'head-of-service': 'Services they are head of',
};

const scopeTeams: Readonly<Partial<Record<RoleName, string>>> = {
  moderator: 'Single teams whose audits they may moderate',
  'team-lead': 'Single teams they lead',
};

export const organisation = {
  title: 'Organisation',
  notForYou:
    'Only a QA lead can change services and teams, and only a QA lead or an administrator people. Ask yours if something here is wrong.',
  views: 'Parts of the organisation',
  services: 'Services and teams',
  people: 'People',

  noServices: 'There are no services yet. Add the first one, such as Assessment Service or Early Help, then its teams.',
  noTeams: 'No team yet. Every audit belongs to a team: add the first one.',
  addService: 'Add a service',
  addTeam: 'Add a team',
  addTeamTo: (service: string) => `to ${service}`,
  serviceName: 'Service name',
  teamName: 'Team name',
  add: 'Add',
  save: 'Save',
  cancel: 'Cancel',
  rename: 'Rename',
  close: 'Close',
  reopen: 'Open again',
  renameHint: 'Audits keep the name of their time. The change counts from today.',
  team: 'Team',
  service: 'Service',
  state: 'State',
  open: 'Open',
  closedOn: (day: string) => `Closed on ${day}`,
  formerly: (names: string) => `Formerly ${names}`,
  closedServices: (count: number) => `Closed services (${count})`,
  closeTitle: (name: string) => `Close ${name}?`,
  closeServiceBody: (teams: number) =>
    teams === 0
      ? 'No new audits can be allocated to it. Its past audits and percentages stay.'
      : `Its ${plural(teams, 'open team')} ${teams === 1 ? 'is' : 'are'} closed with it. No new audits can be allocated to it. Its past audits and percentages stay.`,
  closeTeamBody: 'No new audits can be allocated to it. Its past audits and percentages stay.',
  enterName: 'Enter a name',
  nameTaken: (name: string) => `There is already an open one called ${name}. Choose another name.`,
  added: (name: string) => `${name} added`,
  renamed: (before: string, after: string) => `${before} is now called ${after}`,
  closed: (name: string) => `${name} closed`,
  reopened: (name: string) => `${name} opened again`,

  noPeople: 'There are no people yet. Add the first one, give them a role, then send them their link.',
  onlyYou: 'So far there is only you. Add your auditors and leads, then send each of them their link.',
  addPerson: 'Add a person',
  editPerson: (name: string) => `Change ${name}`,
  edit: 'Change',
  personName: 'Full name',
  email: 'Work email address',
  emailHint: 'They sign in with this.',
  emailNeedsAt: 'Enter an email address in the form name@council.gov.uk',
  emailTaken: (name: string) => `${name} already has this email address. Each person needs their own.`,
  role: 'Roles',
  roleHint: 'A person can have more than one.',
  chooseRole: 'Choose at least one role',
  roleHintNotLead: 'A person can have more than one. Only a QA lead can make another QA lead.',
  scopeServices,
  scopeTeams,
  leadHint: 'A lead of a service sees all of its teams.',
  chooseScope: { both: 'Choose at least one service or team', services: 'Choose at least one service' },
  noServicesToLead: 'Add services and teams first. Then you can say which ones this role is for.',
  inForce: (from: string | null, to: string | null, today: string) =>
    `In force ${daysText(from, to, today)}. Change the days`,
  begun: (day: string) => `Since ${day}.`,
  firstDay: 'First day',
  lastDay: 'Last day',
  lastDayHint: 'Leave empty if there is none. The role ends at midnight after this day.',
  dayPartial: 'Enter a day, a month and a year of four digits',
  dayImpossible: 'Enter a real date, such as 27 3 2027',
  enterFrom: 'Enter the first day of the role',
  toTooEarly: 'Enter a last day that is not past and not before the first day',
  savePerson: 'Save person',
  saved: (name: string) => `${name} saved`,
  noRole: 'No role',
  you: 'you',
  name: 'Name',
  reaches: (role: string, names: string, days: string) =>
    [names === '' ? role : `${role}: ${names}`, days].filter((part) => part !== '').join(', '),
  days: (from: string, to: string | null, today: string) =>
    from > today || to !== null ? daysText(from, to, today) : '',
  notYours: 'Only a QA lead can change this person',
  keepQaLead: 'You cannot take the QA lead role from yourself. Ask another QA lead to do it.',

  invite: 'Invitation link',
  inviteFor: (name: string) => `for ${name}`,
  inviteTitle: (name: string) => `Invitation link for ${name}`,
  inviteBody: 'Send this link to them yourself, by email or chat. It can be used once and sets their password.',
  inviteExpires: (moment: string) => `It works until ${moment}.`,
  copy: 'Copy link',
  copied: 'Link copied',
  copyFailed: 'The browser did not allow copying. Select the link and copy it with Ctrl + C.',
  link: 'Link',
  makeLink: 'Make the link',
  making: 'Making the link',
  inviteOffline:
    'A link can only be made while connected to the council’s server. Everything else on this page works offline.',
  inviteUnsent: 'This person is not on the council’s server yet. The link can be made once they have been sent.',
  inviteUnsentAction: 'Sync now',
} as const;

/** "from 1 June 2026 to 31 August 2026": from today on is said as such. */
function daysText(from: string | null, to: string | null, today: string): string {
  const begins = from === null ? '' : from === today ? 'from today' : `from ${dayText(from)}`;
  return [begins, to === null ? 'without a last day' : `to ${dayText(to)}`].filter((part) => part !== '').join(' ');
}
