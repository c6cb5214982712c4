/** All that is held about one case: the search, what it found, and the files. */
import type { Review } from '../../domain/disclosure.ts';
import type { FoundIn } from '../../protocol/subject-access.ts';
import { number, plural } from './plural.ts';

const foundIn: Readonly<Record<FoundIn, string>> = {
  current: 'This is its case reference.',
  former:
    'It had this reference until that was corrected. Check that it is about the same person before you give anything of it out.',
  'other-version':
    'Two people gave it different references, and nobody has yet chosen. One of them is this. Check whose case it is.',
  'not-accepted': 'A change with this reference was sent for it and not accepted, or waits.',
  'discarded-unsent': 'A change with this reference was written for it and discarded on a laptop.',
};

const review: Readonly<Record<Review, string>> = {
  people: 'About somebody else: review',
  text: 'Free text: review for other people',
};

export const subjectAccess = {
  href: '/organisation/subject-access',
  link: 'Subject access',
  title: 'What is held about a case',
  lead: 'To answer somebody who asks what is held about them. The council’s server looks through every audit, what was changed, what was not accepted and what came from files, for one case reference.',
  noted: 'Each search is noted for good with your name and how much it found, never with the reference.',
  reference: 'Case reference',
  referenceHint: 'Also one that was corrected since. Capitals and spaces make no difference.',
  referenceMissing: 'Enter a case reference',
  find: 'Find',
  finding: 'The council’s server is looking…',
  away: 'The search is made by the council’s server. It can be made as soon as this laptop reaches it.',

  nothing: 'Nothing is held under this reference',
  found: (audits: number) => `${plural(audits, 'audit')} found`,
  checked: (changes: number, decisions: number) =>
    `Checked: current references, former ones, rows of imports, and changes that wait, were held, returned or discarded. ${plural(changes, 'reference')} in all, and ${plural(decisions, 'decision')} about changes that were never sent.`,
  erased: (audits: number) =>
    audits === 0
      ? 'No audit has been erased.'
      : `${plural(audits, 'audit')} ${audits === 1 ? 'was' : 'were'} erased when ${audits === 1 ? 'its' : 'their'} time had passed. ${audits === 1 ? 'It does' : 'They do'} not say any more whose case ${audits === 1 ? 'it was' : 'they were'}, so ${audits === 1 ? 'it is' : 'they are'} not found here. The certificates are under “Keeping and erasing”.`,
  more: (shown: number, total: number) => `The first ${number(shown)} of ${number(total)} are listed.`,
  foundIn,
  choose: 'Which of them are about this person?',
  chooseHint: 'Those with this reference now are ticked. Decide about each of the others.',
  chooseNone: 'Tick at least one audit',
  changes: (count: number) => `${plural(count, 'change')} of it ${count === 1 ? 'is' : 'are'} held.`,
  blind: 'You have yet to moderate it, so its grades are kept from you: another QA lead must answer for this one.',
  wasErased: 'Its content was erased when its time had passed. What is found came later.',
  erasedAudit: 'An audit that was erased',
  neverTaken: 'An audit that was never accepted',
  readAll: 'Read everything',
  reading: 'Changes read',
  read: (done: number, of: number) => `${number(done)} of ${plural(of, 'change')}`,
  stopped: 'Stopped.',

  ready: (audits: number, marked: number) =>
    `Everything held of ${plural(audits, 'audit')} is below. ${plural(marked, 'line')} ${marked === 1 ? 'is' : 'are'} marked for review.`,
  contents: 'What is in this answer, and what is not',
  allIn: (audits: number) =>
    audits === 1
      ? 'The one audit that was found under this reference is in it.'
      : `All ${number(audits)} audits that were found under this reference are in it.`,
  partIn: (audits: number, found: number) =>
    `It is not everything: ${number(audits)} of ${plural(found, 'audit')} found under this reference ${audits === 1 ? 'is' : 'are'} in it.`,
  leftByChoice: (audits: number) =>
    `${plural(audits, 'audit')} ${audits === 1 ? 'was' : 'were'} left out by whoever made it, as not about this person.`,
  leftBlind: (audits: number) =>
    `${plural(audits, 'audit')} ${audits === 1 ? 'was' : 'were'} kept back, because whoever made it has yet to moderate ${audits === 1 ? 'it' : 'them'} and may not see the grades. Another QA lead must answer for ${audits === 1 ? 'it' : 'them'}.`,
  leftBeyond: (audits: number) =>
    `${plural(audits, 'audit')} ${audits === 1 ? 'was' : 'were'} left out because one search lists no more than 500.`,
  review,
  reviewNotes: [
    'Lines marked “about somebody else” name another person or are what they said. Lines marked “free text” may name anybody. Look at each before anything is given out: other people have rights too.',
    'A legal hold, and what was said in confidence or for legal advice, may be exempt. Ask your information governance team.',
  ],
  limits: [
    'Not looked through: texts of other audits that may mention this case, and work that a laptop has not sent yet.',
    'Backups and files that were taken away earlier are not part of this.',
  ],
  readFirst: 'Before you give this to anybody',
  readable: 'Download to read (HTML)',
  data: 'Download as data (JSON)',
  readableFile: (day: string) => `plumbline-subject-access-${day}.html`,
  dataFile: (day: string) => `plumbline-subject-access-${day}.json`,
  downloaded: (file: string) => `Downloaded: ${file}. It is marked OFFICIAL-SENSITIVE.`,
  fileTitle: (reference: string) => `What is held about case ${reference}`,
  madeBy: 'Found by',
  madeAt: 'Found on',
  searchId: 'Noted as search',

  asItStands: 'As it stands',
  cameFrom: 'Where it came from',
  history: (changes: number) => `History: ${plural(changes, 'change')}, in the order received`,
  decisions: 'What was decided about changes that were not accepted',
  readers: 'Who has opened it',
  readersTitle: 'Opened in full by',
  readersAbout: 'First and last time. Whoever wrote in it is in its history.',
  openedFromTo: (first: string, last: string) => (first === last ? first : `${first}, last ${last}`),
  missing: (changes: number) =>
    `${plural(changes, 'change')} of it ${changes === 1 ? 'was' : 'were'} lost when the council’s server was put back, and ${changes === 1 ? 'has' : 'have'} not come back.`,
  writtenBy: (name: string, when: string, isOther: boolean) =>
    `${isOther ? 'Another version that nobody has settled, by' : 'By'} ${name}, ${when}`,
  changedBy: (name: string, made: string, received: string, state: string, erased: boolean) =>
    `${state}. By ${name}, ${made}; received ${received}${erased ? '; its content has been erased' : ''}`,
  decidedBy: (name: string, when: string, author: string) => `By ${name}, ${when}. Written by ${author}`,
  unsent: (title: string) => `${title}, never sent`,
  reason: 'Reason',
  importTitle: 'A file',
  importFile: 'File',
  importRow: (file: string, row: number, rows: number) => `${file}, row ${row}; ${plural(rows, 'audit')} came from it`,
  importRead: 'How it was read',
  personWithId: (id: string) => `A person not on this laptop (${id})`,
  states: {
    accepted: 'Accepted',
    waiting: 'Waiting',
    undecided: 'Held, undecided',
    returned: 'Held, returned to its author',
    discarded: 'Held, discarded by its author',
    resent: 'Held, sent again by its author',
    erased: 'Held, erased',
  } as Readonly<Record<string, string>>,
  answers: { yes: 'Yes', no: 'No', na: 'Not applicable' } as Readonly<Record<string, string>> & {
    readonly yes: string;
    readonly no: string;
  },
  fields: {
    reference: 'Case reference',
    initials: 'Initials',
    ageBand: 'Age band',
    header: 'Other details',
    tool: 'Audit tool',
    service: 'Service',
    team: 'Team',
    auditor: 'Auditor',
    moderator: 'Moderator',
    due: 'Due',
    selection: 'How it was picked',
    cycle: 'Cycle',
    extendedTo: 'Extended to',
    extensionApprover: 'Extension approved by',
    extensionReason: 'Reason for the extension',
    exempt: 'Exempt',
    exemptionApprover: 'Exemption approved by',
    exemptionReason: 'Reason for the exemption',
    grade: 'Grade',
    notApplicable: 'Not applicable',
    notApplicableReason: 'Why it does not apply',
    evidence: 'Evidence',
    rationale: 'Rationale',
    suggested: 'Suggested grade',
    chosen: 'Overall grade',
    rule: 'Rule',
    reason: 'Reason',
    obtained: 'Obtained',
    words: 'What they said',
    because: 'Not obtained, because',
    raised: 'An immediate safety concern',
    told: 'Who was told',
    toldAt: 'When',
    how: 'How',
    import: 'File',
    row: 'Identity of its row',
    line: 'Row',
    day: 'Date in the file',
    by: 'By',
    at: 'When',
    unit: 'What was corrected',
    on: 'In force',
    wholeCase: 'Covers the whole case',
    why: 'Reason',
    certificate: 'Certificate',
    kept: 'Hash of what was kept',
  } as Readonly<Record<string, string>>,

  searches: (count: number) => `Searches so far (${count})`,
  searchesNone: 'Nobody has searched yet.',
  searchedAt: 'When',
  searchedBy: 'By',
  searchedAudits: 'Audits found',
  searchedChanges: 'Changes held of them',
} as const;
