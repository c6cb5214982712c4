/** What the files say that people take away, and what the screens say of them. */
import type { Day } from '../../domain/values.ts';
import { number, plural } from './plural.ts';

const audits = (n: number): string => plural(n, 'audit');

export const exporting = {
  download: 'Download as CSV',
  percentagesFile: (day: Day) => `plumbline-percentages-${day}.csv`,
  auditsFile: (day: Day) => `plumbline-audits-${day}.csv`,
  downloaded: (file: string) => `Downloaded: ${file}`,
  withAuditors: 'With auditors’ names',
  withAuditorsHint: 'Left out unless you tick this: learning is shared without names.',

  marking: 'OFFICIAL-SENSITIVE',
  authority: 'Authority',
  figures: 'Figures',
  figuresBy: (measure: string, by: string) => `${measure} by ${by.toLowerCase()}`,
  figure: 'Audits behind',
  figureOf: (figure: string, group: string) => `${figure}, ${group}`,
  filters: 'Filters',
  noFilters: 'None',
  filter: (name: string, value: string) => `${name}: ${value}`,
  scope: 'Speaks for',
  when: 'Counted on this laptop',
  ranges: 'Ranges',
  rangesAre:
    '95% intervals (Wilson). Percentages are whole, as on the screen. Fewer than five counted: counts only, no percentage and no range.',

  count: (grade: string) => `${grade}: count`,
  base: (grade: string) => `${grade}: base`,
  percent: (grade: string) => `${grade}: %`,
  lower: (grade: string) => `${grade}: 95% from`,
  upper: (grade: string) => `${grade}: 95% to`,
  beside: (name: string) => `Not in the percentages: ${name.charAt(0).toLowerCase()}${name.slice(1)}`,
  note: 'Note',
  countsOnly: 'counts only',
  auditorNumber: (n: number) => `Auditor ${n}`,
  oneAuditor: 'one auditor, not named',

  auditsLead: (n: number) =>
    n === 1
      ? 'One row, with grades and dates. Never evidence or anything else that was written.'
      : `A row for each of the ${audits(n)}, with grades and dates. Never evidence or anything else that was written.`,
  progress: 'Audits written',
  written: (done: number, of: number) => `${number(done)} of ${audits(of)}`,
  stopped: 'Stopped. Nothing was downloaded.',
  notFound: 'The audits could not be looked up just now. Nothing was downloaded.',
  month: 'Month',
  section: (title: string) => `Section: ${title}`,
} as const;
