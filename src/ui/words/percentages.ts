/** Sentences of the percentages and of the audits behind a figure. Every percentage says its base. */
import type { Beside, Dimension } from '../../domain/summary.ts';
import type { Proportion } from '../../domain/proportion.ts';
import { intervalText, percent } from '../format.ts';
import { number, plural } from './plural.ts';

const by: Readonly<Record<Dimension, string>> = {
  service: 'Service',
  team: 'Team',
  section: 'Section',
  auditor: 'Auditor',
  month: 'Month',
  tool: 'Tool',
};

const beside: Readonly<Record<keyof Beside, string>> = {
  drafts: 'Not submitted yet',
  awaitingModeration: 'Awaiting moderation',
  voided: 'Voided',
  exempt: 'Exempt',
  notApplicable: 'Not applicable',
  notGraded: 'Not graded',
};

/** "inadequate" for "Inadequate", inside a sentence. */
const inSentence = (grade: string): string => grade.charAt(0).toLowerCase() + grade.slice(1);

export const percentages = {
  title: 'Percentages',
  counting: 'Counting…',
  failed: 'The figures could not be counted just now. Nothing is lost.',
  countAgain: 'Count again',
  stillArriving:
    'Audits are still arriving from the council’s server. The figures are of those that are here, not yet of all that you may see.',
  oldFigures: (at: string) =>
    `This laptop was last compared with the council’s server on ${at}. What others have done since is not in these figures.`,
  /** "On 3 March 2026 at 14:02, 2 laptops of people who audit here had not been heard from for days, one of them not since …" */
  unheard: (laptops: number, since: string, at: string) =>
    laptops === 1
      ? `On ${at}, 1 laptop of somebody who audits here had not been heard from since ${since}. What was graded there and not sent is not in these figures.`
      : `On ${at}, ${number(laptops)} laptops of people who audit here had not been heard from for days, one of them not since ${since}. What was graded there and not sent is not in these figures.`,
  unheardWhich: 'See which',
  notBack: (changes: number, orMore: boolean, noticed: string, at: string) =>
    `The council’s server was put back to an earlier state, noticed on ${noticed}. On ${at}, ${changes === 1 ? '1 change that it had lost was' : `${number(changes)}${orMore ? ' or more' : ''} changes that it had lost were`} not back, and may be missing in these figures. Laptops bring back what they have when they connect; what none of them has can be written again.`,
  missingLabel: 'May be missing',
  measure: 'What to count',
  measures: { sections: 'Section grades', overall: 'Overall grades' },
  groupBy: 'Group by',
  by,
  grade: 'Grade in the headline',
  goodOrBetter: 'Good or better',
  filters: 'Filters',
  filtersOn: (n: number) => `Filters (${n} on)`,
  service: 'Service',
  team: 'Team',
  section: 'Section',
  auditor: 'Auditor',
  tool: 'Tool',
  selection: 'How cases were picked',
  fromMonth: 'From month',
  toMonth: 'To month',
  any: 'All',
  anySelection: 'However picked',
  randomOnly: 'Random samples only',
  clearFilters: 'Clear all filters',
  clearFilter: (what: string) => `Remove the filter: ${what}`,
  from: (month: string) => `from ${month}`,
  to: (month: string) => `to ${month}`,

  /** "5 of 20 audits were inadequate: 25%, likely between 11% and 47%." */
  headline: (measure: 'overall' | 'sections', grade: string, p: Proportion): string => {
    const what = measure === 'overall' ? 'audit' : 'section grade';
    const were = p.base === 1 ? 'was' : 'were';
    const counted = `${number(p.count)} of ${plural(p.base, what)} ${were} ${inSentence(grade)}`;
    if (p.share === null || p.interval === null) return `${counted}.`;
    const [lower = '', upper = ''] = intervalText(p.interval).split(' to ');
    return `${counted}: ${percent(p.share)}, likely between ${lower} and ${upper}.`;
  },
  countOf: (p: Proportion) => `${number(p.count)} of ${number(p.base)}`,
  /** "20%, likely 11% to 34%"; nothing below the smallest base. */
  shareAndRange: (p: Proportion) =>
    p.share === null || p.interval === null ? '' : `${percent(p.share)}, likely ${intervalText(p.interval)}`,
  smallBase: (base: number) => `Fewer than five were counted (${base}), so there is no percentage: only the counts.`,
  greyBase: 'Fewer than ten were counted. Take the percentage as a hint.',
  zeroNotSafe: (upper: number) =>
    `None does not mean never: ${upper < 0.005 ? 'a few in a thousand' : `as many as ${percent(upper)}`} could be.`,
  filling: (records: number) =>
    `More audits are still arriving (${plural(records, 'record')} so far). The figures grow until all are here.`,
  nothingCounted: 'Nothing has been counted yet.',
  nothingCountedWhy: 'No audit has been submitted yet. What is being worked on is counted beside.',
  nothingFits: 'No submitted audit fits these filters. Drafts and others are counted beside.',
  noneFit: 'No audit fits these filters.',
  comeWithSync: 'They arrive with the first sync.',
  leadWaits:
    'No audit has been allocated in the services and teams you lead. Your QA lead allocates them, and they appear here by themselves.',
  leadsNothing: 'You lead no service or team yet. Ask your QA lead to choose them for you.',
  auditorWaits: 'Percentages of your own audits appear here once you have one. See',
  orImport: 'Audits that were graded in a spreadsheet can be brought in:',
  speaksForPractice: 'Every audit counted was drawn at random, so this speaks for practice.',
  theseAudits: 'Not every audit counted was drawn at random, so this speaks for these audits, not for all practice.',
  scopePractice: 'Practice',
  scopeAudits: 'These audits',
  interval: 'Likely ranges are 95% intervals (Wilson).',

  besideTitle: 'Not in the percentages',
  besideLead: 'Counted apart, so that nothing is hidden.',
  beside,
  pictureTitle: (dimension: string) => `By ${inSentence(dimension)}`,
  pictureLabel: (group: string, parts: readonly string[], base: number) => `${group}: ${parts.join(', ')} of ${base}`,
  part: (n: number, grade: string) => `${number(n)} ${inSentence(grade)}`,
  onlyCounts: (parts: readonly string[]) => `Counts only: ${parts.join(', ')}`,
  noneCounted: 'None counted',
  whiskerKey: (grade: string) => `Likely range, ${inSentence(grade)}`,
  tableTitle: (dimension: string) => `The figures by ${inSentence(dimension)}`,
  base: 'Counted',
  shareOf: (grade: string) => `% ${inSentence(grade)}`,
  likelyOf: (grade: string) => `Likely range, ${inSentence(grade)}`,
  goodColumn: 'Good or better',
  total: 'All',
  countsOnly: 'counts only',
  sectionOf: (title: string, tools: readonly string[]) => `${title} (${tools.join(', ')})`,
  unnamed: {
    service: 'No service named',
    team: 'No team named',
    section: 'No section',
    auditor: 'No auditor named',
    month: 'No month',
    tool: 'No tool named',
  } satisfies Readonly<Record<Dimension, string>>,
  unknown: {
    service: 'A service not on this laptop',
    team: 'A team not on this laptop',
    section: 'A section this laptop does not know',
    auditor: 'A person not on this laptop',
    month: '',
    tool: 'A tool not on this laptop',
  } satisfies Readonly<Record<Dimension, string>>,
  behind: (n: number, what: string, group: string) => `${n} ${inSentence(what)}, ${group}: show the audits`,
  print: 'Print',
  printedAt: (moment: string) => `Counted on this laptop, ${moment}`,

  behindTitle: 'Audits behind a figure',
  behindBack: 'Percentages',
  behindCaption: (what: string, group: string) => `${what} · ${group}`,
  behindCount: (n: number) => plural(n, 'audit'),
  behindNone: 'No audit is behind this figure any more. Percentages change as audits arrive.',
  behindReading: 'Looking up the audits…',
  everything: 'Everything counted',
  caseReference: 'Case',
  gradeColumn: 'Overall grade',
  sectionGrades: 'Section grades',
  date: 'Submitted',
  notSubmitted: 'Not submitted',
} as const;
