/** The percentages that are asked on the laptops: by team, by service, by period, and of each section. */
import type { SectionsOf } from '../../../src/domain/audit-row.ts';
import type { Question } from './recount.ts';
import type { SummaryQuery } from '../../../src/domain/summary.ts';

export const grades = ['outstanding', 'good', 'requires-improvement', 'inadequate'] as const;

const ask = (by: Question['by'], measure: Question['measure'] = 'overall'): SummaryQuery & Question => ({
  measure,
  by,
  filter: {},
  grades: [...grades],
  goodOrBetter: ['outstanding', 'good'],
});

export const queries = [ask('team'), ask('month'), ask('service'), ask('section', 'sections')] as const;

export const sectionsOf: SectionsOf = () => ['risk', 'plan', 'voice'];
