/** Sentences of what a board viewer sees. Every percentage says its base; what is left out says that it is. */
import { monthText } from '../format.ts';
import { number } from './plural.ts';

export const board = {
  nav: 'Board percentages',
  title: 'Percentages for the board',
  lead: (authority: string) =>
    `How audits of case files were graded in the whole of ${authority}: by quarter, and by service and team.`,
  made: (moment: string) => `Made by the council’s server on ${moment}.`,
  freshness: 'They are made again about once an hour, when this laptop asks. Without a network you see the last ones.',
  fetching: 'The percentages have not arrived yet. They come from the council’s server as soon as it can be reached.',
  print: 'Print',

  leftOutTitle: 'What “too few” means',
  leftOut: (smallest: number) =>
    `Numbers from 1 to ${smallest - 1} are left out: so few could point to a child or a worker. Another number beside them ` +
    `may be left out as well: otherwise the small one could be found by taking the others away from the total.`,
  tooFew: 'Too few',
  none: '–',
  likely: (range: string) => `likely ${range}`,

  period: (from: string, to: string) => `${monthText(from)} to ${monthText(to)}`,
  byQuarter: (period: string) => `By quarter, ${period}`,
  byService: (period: string) => `By service, ${period}`,
  byTeam: (period: string) => `By service and team, ${period}`,
  showTeams: 'Show the teams',
  hideTeams: 'Show the services alone',
  quarter: 'Quarter',
  service: 'Service',
  serviceAndTeam: 'Service and team',
  base: 'Audits counted',
  goodOrBetter: 'Good or better',
  whole: 'Whole authority',
  unnamedService: 'No service named',
  unnamedTeam: 'No team named',

  tooFewInAll: 'Too few audits were counted in this year to say how they were graded.',
  noneInAll: 'No audit was counted in this year.',
  beside: 'Not in the percentages of this year',
  besideNumber: (n: number | null) => (n === null ? 'Too few' : number(n)),
  whichAudits:
    'Counted are audits that are final and have an overall grade. The quarter that is running now is not in it yet.',
} as const;
