/** Sentences of the audit form, of reading an audit through, and of submitting it. */
import type { MissingWhat } from '../../domain/completeness.ts';
import type { ChoiceProblem, OverallRule } from '../../domain/overall.ts';
import type { Voice } from '../../domain/tool.ts';
import { plural } from './plural.ts';

const overallRule: Readonly<Record<Exclude<OverallRule, ''>, string>> = {
  median: 'It is the middle of the section grades; between two, the worse one.',
  'critical-section':
    'A critical section is at the worst grade, so the overall grade is as well. Only a moderator can go above it.',
  'several-worst': 'Several sections are at the worst grade, which brings the overall grade down to it.',
  'one-worst': 'One section is at the worst grade, which keeps the overall grade from being better than this.',
  'best-below-good': 'The best grade needs at least half of the sections at the best, and none below good.',
};

const choiceProblem: Readonly<Record<ChoiceProblem, string>> = {
  'no-overall': 'This tool gives no overall grade.',
  'not-of-scale': 'The grade is not one of this tool’s.',
  'sections-missing': 'Grade every section first, or mark it not applicable.',
  'above-hard-limit':
    'A critical section is at the worst grade, so only a moderator can choose a better overall grade.',
  'reason-needed': 'Say why you choose another grade than the one suggested.',
};

interface VoiceWords {
  readonly title: string;
  readonly asked: string;
  readonly words: string;
}

const voice: Readonly<Record<Voice, VoiceWords>> = {
  practitioner: {
    title: 'The practitioner',
    asked: 'Did you talk about this case with the practitioner?',
    words: 'What the practitioner said',
  },
  child: {
    title: 'The child or young person',
    asked: 'Did you hear from the child about the help they had?',
    words: 'What the child said, in their own words where you can',
  },
  parent: {
    title: 'A parent or carer',
    asked: 'Did you hear from a parent or carer?',
    words: 'What the parent or carer said',
  },
};

const missingShort: Readonly<Record<MissingWhat, string>> = {
  'case-reference': 'case reference',
  grade: 'grade',
  rationale: 'rationale',
  'not-applicable-reason': 'reason',
  'must-apply': 'grade',
  overall: 'overall grade',
  'overall-reason': 'reason',
  'overall-above-limit': 'another grade',
  voice: 'answer',
  'voice-because': 'reason',
};

const missingLong: Readonly<Record<MissingWhat, string>> = {
  'case-reference': 'the case reference',
  grade: 'a grade',
  rationale: 'the rationale: why this grade',
  'not-applicable-reason': 'why it is not applicable',
  'must-apply': 'a grade. This section cannot be marked not applicable',
  overall: 'your overall grade',
  'overall-reason': 'why you chose another grade than the one suggested',
  'overall-above-limit': 'a grade no better than a critical section allows',
  voice: 'whether you heard from them',
  'voice-because': 'why it was not obtained',
};

export const auditForm = {
  reading: 'Reading the audit…',
  caption: (tool: string, team: string) => (team === '' ? tool : `${tool} · ${team}`),
  title: (reference: string) => `Case ${reference}`,
  tabTitle: 'Audit',

  notHereTitle: 'This audit is not on this laptop',
  notHereTry: 'Look for it now',
  notHereNotThere: 'The council’s server has no such audit for you.',
  fetching: 'Fetching the evidence and rationale from the council’s server…',
  fetchLater:
    'The grades are here, but the evidence and rationale are only on the council’s server. They appear as soon as this laptop reaches it.',
  blind: 'You moderate this audit. The auditor’s grades stay hidden until you have locked your own.',
  unknownTool: 'This audit uses a tool that is not on this laptop yet. It opens as soon as the tool has arrived.',
  notYours: (auditor: string) =>
    `This is the audit of ${auditor}, who alone can change it. You can read it as it stands.`,
  notYoursButCase: (auditor: string) =>
    `This is the audit of ${auditor}, who alone can grade it. You can read it as it stands, and correct the case.`,
  submittedBy: (name: string, when: string) =>
    `Submitted by ${name} on ${when}. It can be read, and its grades cannot change.`,
  voided: (name: string, when: string) => `Voided by ${name} on ${when}. It is not counted in any percentage.`,
  importedFrom: (file: string, line: string, when: string) =>
    `Graded elsewhere. It came in with the import of ${file} (row ${line}) on ${when}, so there is no evidence or rationale here.`,
  importUndone: (name: string, when: string) =>
    `The import that this audit came in with was taken back by ${name} on ${when}. It is in no figure and no list.`,
  importedDay: 'Date in the file',
  notNamed: 'Not named',
  exempt: 'This audit has been exempted, so nobody expects you to finish it.',

  sections: 'Sections',
  showSections: (title: string, at: number, of: number) => `${at} of ${of}: ${title}`,
  progress: (done: number, of: number) => `${done} of ${of} sections graded`,
  sectionOf: (at: number, of: number) => `Section ${at} of ${of}`,
  critical: 'Critical section',
  criticalShort: 'Critical',
  criticalMeans: (worst: string) => `If this section is ${worst.toLowerCase()}, the overall grade cannot be better.`,
  beyondSections: 'Beyond the sections',
  voices: 'What people said',
  overall: 'Overall grade',
  concern: 'Immediate safety concern',
  concernRaised: 'Concern raised',
  case: 'The case',
  readThrough: 'Read through and submit',
  heard: (done: number, of: number) => `${done} of ${of} answered`,
  missingShort,
  missingLong,
  missingLine: (where: string, what: string) => `${where}: ${what}`,
  missingChecks: (n: number) => plural(n, 'check'),
  missing: (things: readonly string[]) => `Missing: ${things.join(', ')}`,
  notStarted: 'Not started',

  gradeLegend: 'Grade',
  gradeHint: (first: string, last: string) => `Judge the quality of practice. Keys ${first} to ${last}.`,
  notApplicable: 'Not applicable to this case',
  notApplicableHint: 'The section then counts in no percentage.',
  notApplicableReason: 'Why is it not applicable?',
  notApplicableInstead: 'Marked not applicable. Choosing a grade takes that back.',
  prompts: 'Things to ask yourself',
  impact: 'Impact:',
  evidence: 'Evidence',
  evidenceHint: 'What you saw in the file, and where. No names.',
  rationale: 'Rationale',
  rationaleHint: 'Why this grade and not the one above or below?',
  checksTitle: 'Compliance checks',
  checksNote: 'Compliance checks do not change the grade.',
  yes: 'Yes',
  no: 'No',
  na: 'n.a.',
  naLong: 'Not applicable',
  clear: 'Clear',
  clearAbout: (check: string) => `the answer to: ${check}`,
  noDate: 'Did not happen',
  dateIncomplete: 'Enter the day, month and year, for example 27 3 2026',

  previous: 'Previous',
  next: 'Next',

  notSaved: 'Not saved yet',
  notSavedCopy: 'What you wrote is still on this screen. Copy it to a safe place before you load the page again.',
  notSavedBack:
    'What you wrote is kept, encrypted, outside Plumbline’s storage. Once you have loaded the page again and unlocked Plumbline, it is back and saved.',
  notSavedKept: 'What you wrote is still on this screen, and saving is tried again by itself.',
  tryAgain: 'Try again now',

  voicesLead: 'An audit is stronger with the people in it. “Not obtained” is an honest answer when you say why.',
  voice,
  obtained: 'Yes',
  notObtained: 'No, not obtained',
  because: 'Not obtained, because',
  notAsked: 'Not answered yet',

  concernLead: 'Use this when a child may be in danger now. It is separate from any grade.',
  concernAsk: 'Is there an immediate safety concern?',
  concernYes: 'Yes, a child may be in danger now',
  concernNo: 'No',
  told: 'Who did you tell?',
  toldHint: 'Name and role, for example the duty manager',
  toldAt: 'When did you tell them?',
  toldNow: 'Just now',
  how: 'How did you tell them?',
  howHint: 'For example by phone',
  concernNone: 'None raised',
  said: 'What they said',

  suggestion: 'Suggested by the tool’s rules',
  waitingLead: 'A suggestion appears when every section is graded or not applicable. Still waiting for:',
  nothingGraded: 'Every section is not applicable, so there is no overall grade.',
  rule: overallRule,
  chosenLegend: 'Your overall grade',
  chosenHint: 'You may choose another than the suggested one if you say why.',
  takeSuggestion: (grade: string) => `Take the suggestion: ${grade}`,
  aboveLimit: 'Above the limit of a critical section',
  overallReason: 'Why another grade than the suggested one?',
  suggestionMoved: (grade: string) => `Sections have changed since: the suggestion is now ${grade}. Please look again.`,
  choiceProblem,

  changedBy: (name: string, time: string) => `${name} also changed this at ${time}`,
  changedLead: 'Both versions are kept until somebody has looked. Which one counts?',
  otherCaseNote: 'This version does not count. It is kept until a QA lead has looked at both and corrected the case.',
  otherVersionNote: 'This version does not count. It is kept until the auditor has looked at both.',
  changedHere: 'Changed by two people',
  keepThis: 'Keep the one below',
  takeThat: 'Take this one instead',
  you: 'You',
  emptyText: 'Nothing written',

  keys: 'Keys',
  keysTitle: 'Keys of this form',
  keysOr: 'or',
  keysNext: 'Next section',
  keysPrevious: 'Previous section',
  keysEvidence: 'Go to the evidence',
  keysRationale: 'Go to the rationale',
  keysHelp: 'Show or hide these keys',
  keysEscape: 'Leave a text box, so that single keys work again',
  keysSingle: 'Use single keys',
  keysSingleHint:
    'Switch this off if you speak to your computer, or if single keys get in your way. The keys with Alt always work.',
  graded: (grade: string, section: string) => `${grade} for ${section}`,

  checkTitle: 'Read through and submit',
  checkBack: 'Back to the form',
  missingTitle: 'Before you can submit',
  missingLead: (n: number) => `${plural(n, 'thing')} still missing. You can leave and come back; everything is kept.`,
  nothingMissing: 'Nothing is missing.',
  submit: 'Submit this audit',
  submitNote: 'After that it can be read but not changed. It counts in the percentages.',
  submitConfirm: 'Submit this audit?',
  submitYes: 'Submit',
  submitNo: 'Keep working on it',
  submittedTitle: 'Audit submitted',
  submittedNext: 'Back to my audits',
  submittedRead: 'Read it again',
  change: 'Change',
  notAnswered: 'Not answered',
  correctCase: 'Correct the case reference, initials or age band',
  correctClosedLead:
    'The audit is closed, so a correction says why. What stood here before stays in the history on the council’s server; grades and evidence do not change.',
  correctionWhy: 'Why is it corrected?',
  correctionWhyHint:
    'Everybody who reads the audit reads this. Do not repeat what was wrong if it points to another child.',
  correctionWhyMissing: 'Say why it is corrected',
  nothingCorrected: 'Nothing is different yet',
  correct: 'Correct the case',
  caseCorrected: 'The case is corrected',
  correctedOn: (when: string, name: string, reason: string) =>
    `Corrected on ${when} by ${name}${reason === '' ? '' : `, because: ${reason}`}`,
  keptUntilThen: (problem: string, kept: string) =>
    kept === '' ? problem : `${problem}. Until then “${kept}” is kept.`,
  caseReference: 'Case reference',
  initials: 'Initials',
  ageBand: 'Age band',
  tool: 'Tool',
  service: 'Service',
  team: 'Team',
  auditor: 'Auditor',
  due: 'Due',
  selection: 'Picked',
} as const;
