/**
 * What a column's heading plainly says it is. Each role has its headings in order of preference; a heading that is in no
 * list says nothing. Headings are compared by their words: case, underscores, line breaks and brackets do not matter.
 */

export type ColumnRole = 'date' | 'service' | 'team' | 'reference' | 'auditor' | 'overall';

const headings: Readonly<Record<ColumnRole, readonly string[]>> = {
  date: [
    'date of audit',
    'audit date',
    'date audited',
    'audited on',
    'date of inspection',
    'inspection date',
    'date of case audit',
    'case audit date',
    'inspection start',
    'inspection start date',
    'audit start date',
    'date audit completed',
    'audit completed',
    'audit completed on',
    'date completed',
    'completed on',
    'date',
    'start date',
  ],
  service: ['service', 'service name', 'service area', 'directorate', 'region', 'region code', 'region name'],
  team: [
    'team',
    'team name',
    'team audited',
    'social work team',
    'local authority',
    'local authority name',
    'la name',
    'la',
    'locality',
  ],
  reference: [
    'case reference',
    'case ref',
    'case reference number',
    'case file reference',
    'case id',
    'case number',
    'case no',
    'child reference',
    'child id',
    'client id',
    'person id',
    'audit reference',
    'audit ref',
    'audit id',
    'inspection id',
    'inspection number',
    'reference',
    'reference number',
    'ref',
    'ref no',
    'id',
  ],
  auditor: [
    'auditor',
    'auditor name',
    'name of auditor',
    'lead auditor',
    'audited by',
    'audit completed by',
    'completed by',
    'lead inspector',
    'inspector',
  ],
  overall: [
    'overall',
    'overall grade',
    'overall audit grade',
    'overall judgement',
    'overall judgment',
    'overall rating',
    'overall outcome',
    'overall effectiveness',
    'overall experiences and progress',
    'overall experiences and progress of children and young people',
    'final grade',
  ],
};

/** Dates that are not the day of the audit, whatever the column holds. */
const otherDates = /\b(birth|dob|due|end|ended|closed|closure|published|publication|opened|referral|next|review)\b/;

/** The heading's words, without case, signs and what stands in brackets. */
export const headingKey = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^()]*\)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** How well a heading fits a role: 0 is best, undefined when it says nothing of it. */
export function headingRank(role: ColumnRole, heading: string): number | undefined {
  const rank = headings[role].indexOf(headingKey(heading));
  return rank < 0 ? undefined : rank;
}

export const saysOtherDate = (heading: string): boolean => otherDates.test(headingKey(heading));
