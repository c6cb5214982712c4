/**
 * Made-up trackers of graded audits, as a council's spreadsheets are: lines above the headings, a line break inside one,
 * an empty column, semicolons, dates day first, grades in any case with spaces behind them, a second scale in one column.
 */

export const trackerName = 'Case audits Q1.csv';

const above = ['Case file audits, first quarter;;;;;;;;', 'made up;;;;;;;;', ''];
const headings =
  'Audit date;Service area;Team;;Case ref;Auditor;Overall grade;"Quality of\nassessment";Voice of the child;Comments';

interface Row {
  readonly date: string;
  readonly service: string;
  readonly team: string;
  readonly auditor: string;
  readonly overall: string;
  readonly assessment: string;
  readonly voice: string;
}

const rows: readonly Row[] = [
  row('13/01/2025', 'Assessment', 'East', 'Ash Auditor', 'Good', 'good ', 'Outstanding'),
  row('14/01/2025', 'Assessment', 'east', 'ash auditor', 'GOOD', 'Good', 'Met'),
  row('15/01/2025', 'Assessment', 'Coast', 'Kim Nobody', 'requires improvement', 'Requires Improvement', 'n/a'),
  row('20/02/2025', 'Early Help', 'Coast', 'Ash Auditor', 'Inadequate  ', 'INADEQUATE', 'Not met'),
  row('21/02/2025', 'Early Help', 'Coast', '', 'Outstanding', 'Good', 'Good'),
  row('22/02/2025', 'early help', 'West', 'Kim Nobody', 'Good', '', 'Good'),
  row('03/03/2025', 'Assessment', 'East', 'Ash Auditor', 'nan', 'Good', 'Good'),
  row('TBC', 'Assessment', 'East', 'Ash Auditor', 'Good', 'Good', 'Good'),
  row('', 'Assessment', 'East', 'Ash Auditor', 'Good', 'Good', 'Good'),
];

function row(...[date, service, team, auditor, overall, assessment, voice]: readonly string[]): Row {
  const text = (cell: string | undefined): string => cell ?? '';
  return {
    ...{ date: text(date), service: text(service), team: text(team), auditor: text(auditor) },
    ...{ overall: text(overall), assessment: text(assessment), voice: text(voice) },
  };
}

const lineOf = ({ date, service, team, auditor, overall, assessment, voice }: Row, at: number): string =>
  [date, service, team, '', `C-${1001 + at}`, auditor, overall, assessment, voice, 'Seen – the child’s plan'].join(';');

/** The tracker as Excel saved it on an older computer: in windows-1252. `more` rows follow the others. */
export const tracker = (more: readonly Row[] = []): Buffer =>
  windows1252([...above, headings, ...[...rows, ...more].map(lineOf)].join('\r\n'));

export const twoMoreRows: readonly Row[] = [
  row('01/04/2025', 'Assessment', 'East', 'Ash Auditor', 'Inadequate', 'Inadequate', 'Inadequate'),
  row('02/04/2025', 'Early Help', 'West', '', 'Inadequate', 'Good', 'Good'),
];

/** The few signs beyond Latin-1 that the tracker has. */
const signs: Readonly<Record<string, number>> = { '–': 0x96, '’': 0x92 };

const windows1252 = (text: string): Buffer => Buffer.from([...text].map((sign) => signs[sign] ?? sign.charCodeAt(0)));

/** A plain tracker of many rows, every one different. */
export function longTracker(count: number): Buffer {
  const grades = ['Outstanding', 'Good', 'Requires improvement', 'Inadequate'];
  const lines = Array.from({ length: count }, (_, at) => {
    const day = String((at % 28) + 1).padStart(2, '0');
    return `2025-0${(at % 9) + 1}-${day},Assessment,East,R-${at + 1},${grades[at % 4]},${grades[(at + 1) % 4]}`;
  });
  return Buffer.from(['Audit date,Service,Team,Case reference,Overall grade,Plan', ...lines].join('\n'));
}
