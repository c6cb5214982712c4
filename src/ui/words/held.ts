/** Changes that were not accepted: on their author's laptop, and in the list of the lead who decides about them. */
import type { HeldDecision } from '../../protocol/held.ts';
import type { HeldCode } from '../../protocol/problem.ts';
import { plural } from './plural.ts';

/** Why, to the lead who decides: what `problems.held` says to the author. */
const whyForLead: Readonly<Record<HeldCode, string>> = {
  'not-allowed':
    'Their role did not let them change this when it arrived, for example because the audit was given to somebody else.',
  invalid:
    'What was entered does not fit the rules of Plumbline. It cannot be accepted; return it so that they can put it right.',
  closed: 'The audit had been submitted or voided before this arrived.',
  group: 'It was made together with another change that was not accepted.',
};

const decided: Readonly<Record<HeldDecision['what'], (name: string, when: string) => string>> = {
  accepted: (name, when) => `Accepted on the author’s behalf by ${name} on ${when}`,
  returned: (name, when) => `Returned by ${name} on ${when}`,
  discarded: (name, when) => `Discarded by ${name} on ${when}`,
  resent: (name, when) => `Sent again by ${name} on ${when}`,
};

export const held = {
  unsaid: 'Nothing written',
  oneChange: (what: string, when: string) => `${what.charAt(0).toUpperCase()}${what.slice(1)}, made ${when}`,
  neverSent:
    'It has not reached the council’s server, so your lead does not see it yet. Send it again to show it to them.',
  returnedBy: (name: string, when: string) => `${name} sent this back to you on ${when}:`,
  sendAgain: 'Send again',
  edit: 'Edit',
  laterOwn: (when: string) => `You have another version of this part, saved ${when}`,
  laterLead:
    'If you send the one that was not accepted, it takes the place of this one. To keep this one, discard the one that was not accepted. Both are kept in the history.',
  laterAppeared: 'Nothing has been sent. You have another version of this part: compare the two, then choose.',
  sendInstead: 'Send the one not accepted',
  editLater: 'Edit the other version',
  copy: 'Copy the text',
  copied: 'Copied',
  copyFailed: 'The browser did not let Plumbline copy. Select the text and copy it yourself.',
  save: 'Save as a file',
  saveAll: 'Save all as a file',
  saveHint:
    'The file is not encrypted: keep it on a council drive. An encrypted backup of everything can be saved further down this page.',
  discard: 'Discard',
  sent: 'It is on its way to the council’s server again',
  discarded: 'Discarded. Your lead will see it, with your reason.',
  discardTitle: 'Discard this change?',
  discardLead: 'It is removed from this laptop. Your lead sees what it was, that you discarded it, and why.',
  discardWhy: 'Why do you discard it?',
  whyMissing: 'Say why',
  whyTooLong: 'Use 2,000 characters at most',
  about: (what: string) => `this: ${what}`,

  fileName: (day: string) => `plumbline-not-accepted-${day}.csv`,
  fileTitle: 'Changes that were not accepted',
  fileSaved: 'Saved on',
  fileBy: 'By',
  fileColumns: ['About', 'Change', 'Field', 'What was written', 'Why it was not accepted', 'Made'],

  nav: 'To decide',
  navCount: (waiting: number) => `To decide (${waiting})`,
  title: 'To decide',
  waitingTitle: (n: number) => `Waiting for a decision (${n})`,
  none: 'Nothing waits for your decision.',
  lead: 'These changes by others did not enter the record when they arrived. Their authors still have them. Accept them on the author’s behalf, or return them with a note.',
  offline: 'The list is on the council’s server. It appears as soon as this laptop reaches it.',
  asking: 'Asking the council’s server…',
  more: (shown: number, of: number) => `The oldest ${shown} of ${of} are shown. The others follow as you decide.`,
  byAuthor: (name: string) => `Written by ${name}`,
  aboutBy: (about: string, name: string) => (about === '' ? `Written by ${name}` : `${about}, written by ${name}`),
  arrived: (when: string) => `arrived ${when}`,
  whyForLead,
  accept: 'Accept on behalf',
  acceptAll: (n: number) => `Accept all ${n} on behalf`,
  return: 'Return',
  acceptTitle: 'Accept on the author’s behalf?',
  acceptLead: (name: string) =>
    `It enters the audit as ${name} wrote it, with the time at which they did. That you accepted it, and why, is kept with it on the council’s server.`,
  acceptWhy: 'Why does it count?',
  returnTitle: 'Return it to its author?',
  returnLead: (name: string) => `${name} sees your note beside it, and can change it, send it again or discard it.`,
  returnWhy: 'Your note to them',
  decidedNow: 'Decided',
  decidedBefore: (sentence: string) => `Somebody decided first. ${sentence}.`,
  gone: 'It is not yours to decide about any more.',
  refused: (why: string) => `It could not be accepted. ${why}`,
  refusedBecause: {
    'already-submitted': 'The audit is final, so its grades cannot change any more. Return it with a note.',
    'already-voided': 'The audit has been voided. Return it with a note.',
    'already-erased': 'The audit was erased when its time had passed. Return it with a note.',
    'already-corrected': 'A correction is written once. Return it with a note.',
    'nothing-corrected': 'It says that the case was corrected, and corrects nothing. Return it with a note.',
    'already-begun': 'The audit was begun before it came in with an import.',
    'written-again':
      'Its author has written this part again since, and that text counts. Return it with a note if they should look at both.',
    'not-allocated': 'The audit does not exist yet. Accept first what begins it.',
  } as Readonly<Record<string, string>>,
  refusedOtherwise: 'It does not fit the record as it stands. Return it with a note.',
  returnedTitle: (n: number) => `Returned, with their author (${n})`,
  decidedTitle: (n: number) => `Decided in the last 30 days (${n})`,
  decided,
  reason: 'Reason',
  newAudit: 'A new audit',
  groups: (n: number) => plural(n, 'change'),

  overlapsTitle: (n: number) => `Changed by two people (${n})`,
  overlapsLead:
    'Two people changed the same part unseen by each other. Both versions are kept, and the auditor is asked which one counts. Until then the later one counts.',
  overlapsNone: 'Nowhere do two versions wait for somebody to look.',
  overlapsReading: 'Looking through your audits…',
  shownBy: (name: string, when: string) => `${name}, ${when}: this one counts until somebody has looked`,
  alsoBy: (name: string, when: string) => `${name} also changed this ${when}`,
  overlapsShow: 'Show both versions',
  openAudit: 'Open the audit',
} as const;
