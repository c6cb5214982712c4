/** How long audits say whose case they are, legal holds, and what was erased. */
import { number, plural } from './plural.ts';

export const retention = {
  tab: 'Keeping and erasing',
  lead: 'An audit is not the case record. When the period you set has passed since the last change of a closed audit, the council’s server erases what says whose case it was, and everything that was written about it. Its grades, team and month stay, so percentages do not change.',
  open: 'Open audits are not erased, whatever their age: submit or void them.',
  periodTitle: 'The period',
  months: 'Months after the last change of a closed audit',
  monthsHint: 'For example 24. Leave it empty to keep audits for ever.',
  laptopDays: 'Days after which a laptop drops its copy by itself',
  laptopDaysHint:
    'Of a laptop that was not compared with the server for so long. Work that was not sent stays on it. Leave it empty for never.',
  save: 'Save',
  saved: 'Period saved',
  monthsWrong: 'Months must be a whole number from 1 to 1,200, or empty',
  daysWrong: 'Days must be a whole number from 1 to 366, or empty',
  noPeriod: 'No period is set: audits are kept for ever.',
  inForceFrom: (months: number, day: string) =>
    `${plural(months, 'month')}. Nothing is erased under it before ${day}: a change of the period takes effect after a week.`,
  cycles: (count: number) =>
    `${plural(count, 'cycle')} ${count === 1 ? 'has' : 'have'} a period of ${count === 1 ? 'its' : 'their'} own.`,
  warnTitle: 'Set this period?',
  warnBody: (months: number) =>
    `From a week on, every closed audit whose last change is ${plural(months, 'month')} old is erased each night, unless it is under a legal hold or somebody has yet to look at changes to it. What is erased cannot be brought back.`,
  warnYes: 'Set the period',
  counting: 'Counting the audits that it would erase…',
  dueThen: (audits: number, day: string) => `On ${day} it erases ${plural(audits, 'audit')}.`,
  dueYear: (audits: number) => `In the year after that, ${number(audits)} more of those there are now.`,
  dueHeld: (audits: number) =>
    `${plural(audits, 'audit')} whose time it sets ${audits === 1 ? 'is' : 'are'} kept by a legal hold.`,
  dueKnown: 'Counted on this laptop, of the audits it has.',
  warnLaptopTitle: 'Let laptops drop their copies?',
  warnLaptop: (days: number) =>
    `A laptop that was not compared with the council’s server for ${plural(days, 'day')} drops its copy of what it was sent, when it is next opened. Work on it that was not sent stays. Somebody who works offline for longer than that sees their audits again only once they connect.`,
  warnLaptopYes: 'Let them drop it',

  holdsTitle: (count: number) => `Legal holds (${count})`,
  holdsReading: 'Looking through your audits…',
  holdsNone: 'No audit is under a legal hold. Put one on from the audit itself.',
  holdsLead: 'None of these is erased while its hold is on.',
  holdsCaption: 'Audits under a legal hold',
  reference: 'Case reference',
  heldBy: 'Put on by',
  heldAt: 'When',
  heldWhy: 'Why',
  covers: 'Covers',
  coversOne: 'This audit',
  coversCase: 'Every audit of the case',

  hold: 'Put a legal hold on',
  holdCase: 'Put a hold on the whole case',
  lift: 'Lift the hold',
  holdTitle: 'Put a legal hold on this audit?',
  holdCaseTitle: 'Put a legal hold on the whole case?',
  holdLead: 'It is not erased while the hold is on, however old it gets. Who put it on, when and why is kept.',
  holdCaseLead:
    'No audit with this case reference is erased while the hold is on, those to come included. Who put it on, when and why is kept.',
  holdWhy: 'Why must it be kept?',
  liftTitle: 'Lift the legal hold?',
  liftLead: 'If its time has passed, it is erased a week from now. Who lifted the hold, when and why is kept.',
  liftWhy: 'Why may the hold end?',
  held: 'Legal hold saved on this laptop',
  holdAsked: 'A legal hold was asked for here. It is in force once it is on the council’s server.',
  lifted: 'Lifting of the hold saved on this laptop',
  heldSentence: (name: string, when: string, wholeCase: boolean) =>
    `${wholeCase ? 'Every audit of this case is' : 'This audit is'} under a legal hold, put on by ${name} on ${when}.`,
  heldReason: (why: string) => `Reason: ${why}`,
  erasedSentence: (when: string) =>
    `The content of this audit was erased on ${when}, when its time had passed. Whose case it was, and everything that was written, is gone for good.`,
  erasedTitle: 'An audit that was erased',
  erasedUnder: (name: string, certificate: string) =>
    `It was erased under the period that ${name} had set for how long audits are kept, with certificate ${certificate}.`,
  keptTitle: 'What was kept',
  keptAnswers: (count: number) => plural(count, 'answer'),
  heldTwice:
    'Two people have said different things about a legal hold here, unseen by each other. It stands while either says so. What you decide settles both.',
  liftedSentence: (name: string, when: string) => `${name} lifted it on ${when}.`,

  doneTitle: (count: number) => `Certificates of erasure (${count})`,
  doneNone: 'Nothing has been erased yet.',
  doneCaption: 'What was erased',
  erasedOn: 'Erased on',
  audits: 'Audits',
  changes: 'Changes',
  lastChanged: 'Last changed',
  between: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
  underPeriodOf: 'Period set by',
  certificate: 'Certificate',
  chain: 'Record before it',
  place: (place: number, head: string) => `place ${place}, ${head}`,
  print: 'Print',
  download: 'Download as CSV',
  file: (day: string) => `plumbline-erasures-${day}.csv`,
  downloaded: (name: string) => `${name} downloaded`,
} as const;
