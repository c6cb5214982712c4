/** The percentages that are asked on every laptop. */
import type { SectionsOf } from '../../../src/domain/audit-row.ts';
import type { SummaryQuery } from '../../../src/domain/summary.ts';

export const grades = ['outstanding', 'good', 'requires-improvement', 'inadequate'] as const;

export const query: SummaryQuery = {
  measure: 'overall',
  by: 'team',
  filter: {},
  grades: [...grades],
  goodOrBetter: ['outstanding', 'good'],
};

export const sectionsOf: SectionsOf = () => ['risk', 'plan', 'voice'];
