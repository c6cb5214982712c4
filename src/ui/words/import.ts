/** Sentences of importing graded records: the steps of it, and the list of imports. */
import type { RowProblem } from '../../domain/import/apply.ts';
import type { Delimiter, FileEncoding } from '../../protocol/import.ts';
import { noticeSentence, stopSentence } from './import-problems.ts';
import { number, plural } from './plural.ts';

const sizeText = (bytes: number): string =>
  bytes < 1_000_000
    ? `${number(Math.max(1, Math.round(bytes / 1_000)))} KB`
    : `${number(Math.round(bytes / 1_000_000))} MB`;

const rowList = (rows: readonly number[], count: number): string => {
  const shown = rows.map(number).join(', ');
  const what = count === 1 ? 'row' : 'rows';
  return count > rows.length ? `${what} ${shown} and ${number(count - rows.length)} more` : `${what} ${shown}`;
};

const delimiters: Readonly<Record<Delimiter, string>> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Vertical bar',
};

const encodings: Readonly<Record<FileEncoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16, big-endian',
  'windows-1252': 'Windows (1252)',
};

const refused: Readonly<Record<RowProblem['kind'], (count: number) => string>> = {
  'no-date': (count) => `${plural(count, 'row')} without a date`,
  'unreadable-date': (count) => `${plural(count, 'row')} whose date cannot be read`,
  'no-service': (count) => `${plural(count, 'row')} without a service`,
  'no-team': (count) => `${plural(count, 'row')} without a team`,
  'too-long': (count) => `${plural(count, 'row')} with a name or reference that is too long`,
};

const namesShown = 12;

export const importing = {
  title: 'Imports',
  caption: 'Import graded records',
  link: 'Import graded records',
  notForYou: 'Only a QA lead can import records. Ask yours if you have audits in a spreadsheet.',
  lead: 'Bring in audits that were graded elsewhere, from a spreadsheet saved as CSV. They count in the percentages like audits made here, and a whole import can be taken back.',
  begin: 'Import a file',
  stopSentence,
  noticeSentence,
  sizeText,

  steps: 'Steps of this import',
  stepDone: 'done',
  step: {
    file: 'File',
    rows: 'First rows',
    columns: 'Columns',
    places: 'Services and teams',
    about: 'About the audits',
    check: 'Check',
    add: 'Add',
  },
  continue: 'Continue',
  reading: (done: number, total: number) => `Reading the file: ${Math.round((done / Math.max(1, total)) * 100)}%`,
  readingLabel: 'Reading the file',

  fileTitle: 'Choose the file',
  fileLabel: 'CSV file of graded audits',
  fileHint: 'Up to 50 MB and 200,000 rows. In Excel: Save As, then “CSV UTF-8 (Comma delimited)”.',
  fileMissing: 'Choose a file',
  fileStays:
    'The file is read on this laptop. Nothing is added before you have checked it, and only the columns you choose are kept: date, service, team, case reference, auditor and grades. Everything else in the file is left behind.',

  rowsTitle: 'Is this how the file should be read?',
  rowsLead: (columns: number, rows: number) =>
    `${plural(columns, 'column')} and ${plural(rows, 'row')} were found beneath the headings.`,
  fileName: 'File',
  size: 'Size',
  encoding: 'Characters',
  encodings,
  delimiter: 'Columns are separated by',
  delimiters,
  headerRow: 'The headings are in',
  headerRowOption: (row: number, text: string) => `Row ${number(row)}: ${text}`,
  notices: 'Worth a look',
  firstRows: 'The first rows',
  firstRowsOf: (shown: number, all: number) => `The first ${number(shown)} of ${number(all)} rows`,
  rowColumn: 'Row',
  moreColumns: (count: number) => `${plural(count, 'more column')} to the right.`,

  columnsTitle: 'What is in each column?',
  columnsLead: 'What Plumbline suggests is marked. Check it: a suggestion comes from headings and contents alone.',
  suggested: 'Suggested',
  column: (letter: string, heading: string) => `${letter}: ${heading === '' ? 'no heading' : heading}`,
  samples: (samples: readonly string[]) => `For example: ${samples.join(' · ')}`,
  date: 'Date of the audit',
  dateHint: 'Percentages over time go by this.',
  dateElse: 'Where that is blank, take the date from (optional)',
  noDateElse: 'Nowhere else',
  dateOrder: (letter: string) => `How are dates written in column ${letter}?`,
  dateOrderHint: (sample: string) => `The column does not settle it: ${sample} could be either.`,
  dateOrderMixed:
    'Some dates there only make sense one way and some only the other. Those that do not fit are left out.',
  dayFirst: 'Day first, as in 31/12/2025',
  monthFirst: 'Month first, as in 12/31/2025',
  undated: (count: number) =>
    `${plural(count, 'row')} ${count === 1 ? 'has' : 'have'} no date there. What should happen?`,
  undatedLeave: 'Leave them out',
  undatedTake: 'Take them as audits without a date',
  undatedTakeHint: 'They count in the percentages, but in no month.',
  service: 'Service',
  team: 'Team',
  sameForAll: 'The same for every row',
  serviceForAll: 'Name of the service',
  teamForAll: 'Name of the team',
  reference: 'Case reference',
  noReference: 'None: call each audit by its row, such as Row 12',
  referenceHint: 'A local reference, never a child’s name.',
  auditor: 'Auditor',
  noAuditor: 'None in this file',
  gradedTitle: 'Graded columns',
  gradedLead:
    'Each becomes a section of the imported audits. Say what every label means. A label you do not decide about counts as no grade, and so does a blank: neither is ever in a percentage.',
  noGraded: 'No column of grades was found. Add one from the list.',
  gradedColumn: (letter: string, heading: string) => `Column ${letter}: ${heading}`,
  sectionTitle: 'Called in Plumbline',
  addGraded: 'Add a graded column',
  addGradedHint: 'From the columns that are not used yet.',
  add: 'Add',
  removeGraded: 'Not a graded column',
  overall: 'Overall grade',
  overallHint: 'Which of the graded columns is the overall grade of the audit?',
  noOverall: 'None: there are section grades only',
  label: 'Label in the file',
  cells: 'Cells',
  means: 'Means',
  meansOf: (label: string, column: string) => `What “${label}” means in ${column}`,
  undecided: 'Not decided: no grade',
  notGraded: 'Not graded',
  notApplicable: 'Not applicable',
  blanks: (count: number) => `${plural(count, 'blank cell')}: no grade`,
  moreLabels: (count: number) => `${plural(count, 'cell')} with other labels: no grade`,
  notKept: 'Columns that are not brought in',
  notKeptLead: 'Nothing of these is kept.',
  needDate: 'Choose the column of the date',
  needOrder: (letter: string) => `Say how dates are written in column ${letter}`,
  needUndated: 'Say what should happen to rows without a date',
  needService: 'Choose the column of the service, or the same for every row',
  needServiceName: 'Enter the name of the service',
  needTeam: 'Choose the column of the team, or the same for every row',
  needTeamName: 'Enter the name of the team',
  needReference: 'Choose the column of the case reference, or none',
  needAuditor: 'Choose the column of the auditor, or none',
  needGraded: 'Add at least one graded column',
  tooManyGraded: (limit: number) => `Choose at most ${number(limit)} graded columns besides the overall grade`,
  needOverall: 'Choose which column is the overall grade, or none',
  needTitle: (letter: string) => `Enter what column ${letter} is called`,
  titleTooLong: (letter: string) => `What column ${letter} is called must be 200 characters or fewer`,
  titleTwice: (title: string) => `Two columns are called ${title}. Call one of them something else.`,
  usedTwice: (letter: string) =>
    `Column ${letter} is a graded column. Choose another here, or take it out of the graded columns.`,

  placesTitle: 'Which services, teams and people are these?',
  placesLead: (audits: number) =>
    `The ${plural(audits, 'audit')} to be added name these. Names that Plumbline knows are filled in.`,
  spread: 'A team name comes up under several services. Is it one team?',
  spreadHint: (names: readonly string[], more: number) =>
    `This is asked once, for the whole file. It is about: ${names.join(', ')}${more > 0 ? ` and ${number(more)} more` : ''}.`,
  spreadOne: 'One team that works across services',
  spreadOneHint:
    'It belongs to the service it is named with most often. Whoever leads that service can see all of its audits.',
  spreadEach: 'A team of its own in each service',
  services: 'Services',
  teams: 'Teams',
  auditors: 'Auditors',
  nameInFile: 'Name in the file',
  audits: 'Audits',
  isPlumbline: 'In Plumbline',
  newService: 'Make a new service',
  newTeam: 'Make a new team',
  teamsInServices: 'Services',
  nobody: 'Leave out: no auditor named',
  auditorsLead:
    'An auditor is only named where Plumbline knows the person. People are never made from a name: they need an email address. Add them under Organisation first if their audits should carry their names.',
  placeOf: (what: string, name: string) => `${what}: what is ${name}?`,
  teamIn: (team: string, service: string) => `${team} (${service})`,
  needSpread: 'Say whether a team name under several services is one team',
  needPlace: (name: string) => `Choose what ${name} is`,
  undecidedPlaces: (count: number) => `${plural(count, 'name')} still to decide`,

  aboutTitle: 'About these audits',
  selection: 'How were these cases picked?',
  selectionHint:
    'For the whole file. Only cases drawn at random can speak for practice as a whole, so percentages keep the others apart.',
  selectionUnknown: 'Not known, or another way',
  needSelection: 'Say how these cases were picked',
  toolName: 'Name of the audit tool',
  toolNameHint: 'Percentages can be narrowed down to it.',
  toolNameOf: (file: string) => `Imported: ${file}`,
  toolKnown: (name: string) => `An earlier import has the same columns, so these audits join its tool, “${name}”.`,
  needToolName: 'Enter a name for the audit tool',
  toolNameTooLong: 'The name must be 120 characters or fewer',

  checkTitle: 'Check before you add',
  pastKeeping: (audits: number, months: number) =>
    `${plural(audits, 'audit')} ${audits === 1 ? 'is' : 'are'} older than the ${plural(months, 'month')} for which your council keeps what audits say. A week after ${audits === 1 ? 'it is' : 'they are'} added, ${audits === 1 ? 'its case reference is' : 'their case references are'} erased for good; the ${audits === 1 ? 'grade stays and counts' : 'grades stay and count'}.`,
  soonPastKeeping: (audits: number, more: boolean) =>
    `${plural(audits, more ? 'more audit' : 'audit', more ? 'more audits' : 'audits')} will be as old within 90 days, and ${audits === 1 ? 'its case reference is' : 'their case references are'} erased then.`,
  nothingYet: 'Nothing has been added yet.',
  willAdd: (audits: number) => `${plural(audits, 'audit')} will be added`,
  willAddNone: 'There is nothing to add',
  allHere: 'Every row of this file that is an audit is here already.',
  noneIsAudit: 'No row of this file can be read as an audit. Go back and check which column is what.',
  dates: 'Dates',
  datesFromTo: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  noDates: 'None has a date',
  undatedAudits: (count: number) => `${plural(count, 'audit')}, counted in no month`,
  toolNew: (name: string) => `${name} (new)`,
  toolSame: (name: string) => `${name} (from an earlier import)`,
  tool: 'Audit tool',
  picked: 'How cases were picked',
  noMonth: 'Without a date',
  /** The first few of many names. */
  names: (all: readonly string[]) => {
    const shown = all.slice(0, namesShown).join(', ');
    return all.length > namesShown
      ? `${number(all.length)}: ${shown} and ${number(all.length - namesShown)} more`
      : `${number(all.length)}: ${shown}`;
  },
  newServices: 'New services',
  newTeams: 'New teams',
  withoutAuditor: 'Without an auditor',
  withoutReference: (count: number) => `${plural(count, 'audit')} called by the row, such as Row 12`,
  gradesTable: 'The grades that will be added',
  section: 'Column',
  overallOf: (title: string) => `${title} (overall grade)`,
  columnsNotKept: (columns: readonly string[]) => `Columns that are not brought in: ${columns.join(', ')}`,
  blank: 'Blank',
  unknownLabel: 'Not decided',
  leftOut: 'What is left out',
  nothingLeftOut: 'Every row is an audit, and every label has a meaning.',
  refused,
  rowList,
  unreadableDates: (texts: readonly string[], more: number) =>
    `Dates that cannot be read: ${texts.map((text) => `“${text}”`).join(', ')}${more > 0 ? ` and ${number(more)} more` : ''}`,
  unknownIn: (column: string, cells: number, texts: readonly string[], more: number) =>
    `${plural(cells, 'grade')} in ${column}, for labels you did not decide about: ${texts.join(', ')}${more > 0 ? ` and ${number(more)} more` : ''}`,
  labelCount: (label: string, count: number) => `“${label}” (${number(count)})`,
  withoutGrade: (count: number) => `${plural(count, 'audit')} without any grade: in no percentage, counted beside it`,
  alreadyHere: 'Already here',
  alreadyHereOf: (rows: number, file: string, day: string) =>
    `${plural(rows, 'row')} came in with ${file} on ${day}. They are passed over.`,
  alreadyHereUnknown: (rows: number) => `${plural(rows, 'row')} came in with an earlier import. They are passed over.`,
  sameFile: (name: string, day: string, state: string) =>
    `${name} has imported this same file on ${day} (${state.toLowerCase()}). Rows that have not reached this laptop yet would be added twice: sync first.`,
  goesOn: (day: string) =>
    `The import of this file that was begun on ${day} stopped half-way. It goes on where it ended.`,
  addNow: (audits: number) => `Add ${plural(audits, 'audit')}`,
  finishNow: 'Mark this import as complete',

  addTitle: 'Adding the audits',
  adding: (written: number, all: number) => `${number(written)} of ${plural(all, 'audit')} added`,
  addingLabel: 'Adding the audits',
  stay: 'Keep this page open and the laptop unlocked until it is done. If it is interrupted, what was added stays whole, and the same file adds the rest.',
  cancel: 'Cancel and take back',
  cancelTitle: 'Stop adding?',
  cancelBody: (written: number) =>
    `${plural(written, 'audit')} ${written === 1 ? 'has' : 'have'} been added so far. ${written === 1 ? 'It leaves' : 'They leave'} every figure and every list.`,
  cancelConfirm: 'Stop and take back',
  cancelBack: 'Go on adding',
  stopping: 'Stopping',
  tryAgain: 'Try again',
  doneTitle: 'Import complete',
  done: (written: number) => `${plural(written, 'audit')} added`,
  doneBody: 'They count in the percentages on this laptop from now on, and on others once they have synced.',
  doneResumed: 'Nothing was left to add',
  toPercentages: 'See their percentages',
  toSections: 'See their section grades',
  toImports: 'Back to imports',
  another: 'Import another file',
  cancelledTitle: 'Import cancelled',
  cancelledBody: (written: number) =>
    `The ${plural(written, 'audit')} that had been added ${written === 1 ? 'does' : 'do'} not count anywhere.`,
  cancelledNone: 'Nothing had been added.',
  interrupted: (written: number) =>
    `${plural(written, 'audit')} ${written === 1 ? 'has' : 'have'} been added and ${written === 1 ? 'counts' : 'count'}. The rest can be added now, or later from the same file.`,

  listTitle: 'Imports so far',
  none: 'Nothing has been imported yet.',
  whoWhen: 'Imported',
  byOn: (name: string, moment: string) => `${name}, ${moment}`,
  rows: 'Audits',
  state: 'State',
  states: {
    added: 'Added',
    halfWay: 'Stopped half-way',
    undone: 'Taken back',
  },
  halfWayHint: 'Choose the same file again to add the rest, or take it back.',
  undoneBy: (name: string, moment: string) => `by ${name}, ${moment}`,
  undo: 'Take back',
  undoAbout: (file: string) => `the import of ${file}`,
  undoTitle: (file: string) => `Take back the import of ${file}?`,
  undoBody: (audits: number) =>
    `Its ${plural(audits, 'audit')} ${audits === 1 ? 'leaves' : 'leave'} every figure and every list, here and on every other laptop.`,
  undoBodyHalfWay: (audits: number) =>
    `What was added of its ${plural(audits, 'audit')} leaves every figure and every list, here and on every other laptop.`,
  undoMore:
    'The services, teams and tool that were made for it stay. To bring the audits in again, import the file again.',
  undone: (file: string) => `The import of ${file} has been taken back`,

  rowReference: 'Row',
  notApplicableReason: 'n.a. in the imported file',
  readAs: {
    date: (columns: string, undated: string) => `Date: ${columns}; rows without one: ${undated}`,
    name: (what: string, source: string) => `${what}: ${source}`,
    constant: (name: string) => `“${name}” in every row`,
    none: 'none',
    graded: (column: string, title: string, labels: string) => `${column} is “${title}”: ${labels}`,
    label: (label: string, meaning: string) => `“${label}” is ${meaning}`,
    noLabels: 'no label is a grade',
    overall: 'Overall grade',
  },
} as const;
