/** Laptops: the list, having the copy on one removed, and what somebody sees on a laptop whose copy is. */
import { plural } from './plural.ts';

const changes = (count: number): string => plural(count, 'change');

export const laptops = {
  href: '/this-laptop/all',
  leadsOnly: 'It belongs to a QA lead. Only they and other QA leads can have its copy removed.',
  at: (device: string) => `/this-laptop/all/${device}`,
  link: 'Laptops',
  linkOwn: 'Your laptops',

  title: 'Laptops',
  titleOwn: 'Your laptops',
  lead: 'Every copy of Plumbline’s work on a laptop, those first that may need looking at: work not sent, then no contact for long. A laptop that two people use is listed once for each.',
  leadOwn:
    'Each laptop on which you have opened Plumbline. Is one lost, stolen or handed back? Have the copy on it removed here.',
  onlyTold:
    'What stands here is what each laptop said when it was last online. What has been done on it since is not known.',
  offline: 'The list is on the council’s server. It appears as soon as this laptop reaches it.',
  asking: 'Asking the council’s server…',
  none: 'No laptop is known.',
  search: 'Find a person or a laptop',
  found: (shown: number, all: number) =>
    shown === all ? plural(all, 'laptop') : `${shown} of ${plural(all, 'laptop')}`,
  foundNone: 'No laptop fits that.',

  unnamed: 'A laptop',
  here: 'This laptop',
  whose: 'Whose',
  nobody: 'Somebody who is not in the list of people',
  browser: 'Browser',
  lastContact: 'Last contact',
  firstContact: 'First contact',
  unsent: 'Not sent',
  app: 'Version',
  unknown: 'It has not said',
  justNow: 'just now',
  ago: (duration: string) => `${duration} ago`,
  contact: (ago: string, exact: string) => `${ago}, on ${exact}`,
  unsentNone: (ago: string, exact: string) => `Nothing was waiting when it was last heard, ${ago} (${exact})`,
  unsentSome: (count: number, ago: string, exact: string) =>
    `${changes(count)} not sent when it was last heard, ${ago} (${exact})`,

  isUnsent: 'Work not sent',
  isSilent: 'No contact for long',
  isAsked: 'To be removed',
  isGave: 'Says all is sent',
  isGone: 'Says it is removed',
  asked: {
    lost: (when: string, who: string) =>
      `On ${when} ${who} asked for its copy to be removed: lost or handed back. At its next contact it sends what it has not sent, and removes the copy then. Nothing happens until it is online with Plumbline open.`,
    stolen: (when: string, who: string) =>
      `On ${when} ${who} said that it is stolen. At its next contact it removes the copy at once. Nothing happens until it is online with Plumbline open.`,
  },
  gave: (when: string) =>
    `On ${when} the laptop said that it had handed over everything it had. It has not said yet that the copy is removed.`,
  gone: {
    lost: (when: string, gave: string | null) =>
      gave === null
        ? `On ${when} the laptop said that the copy is removed, and that nothing on it was left to send.`
        : `On ${when} the laptop said that the copy is removed. On ${gave} it had said that everything on it was handed over.`,
    stolen: (when: string, givenUp: number) =>
      givenUp === 0
        ? `On ${when} the laptop said that the copy is removed, and that it had nothing that was not sent.`
        : `On ${when} the laptop said that the copy is removed. ${changes(givenUp)} that it had not sent ${givenUp === 1 ? 'was' : 'were'} given up.`,
    thenStolen: (when: string, stolen: string, who: string) =>
      `On ${when} the laptop said that the copy is removed. On ${stolen} ${who} said that it is stolen: nothing is taken from it any more, and a copy that is still there is removed at its next contact.`,
  },
  goneWord: 'Only the laptop itself has said so. If it may be in wrong hands, report it stolen.',
  because: (reason: string) => `Reason given: ${reason}`,
  you: 'you',
  somebody: 'somebody',

  rename: 'Name it',
  renameTitle: 'What do you call this laptop?',
  renameHint: 'Only to tell your laptops apart, for example “The one at home”.',
  renameTooLong: 'Use at most 60 characters',
  save: 'Save',
  renamed: 'The name is saved.',
  remove: 'Remove the copy',
  report: 'Report it stolen',
  about: (name: string) => `on ${name}`,
  aboutReport: (name: string) => `: ${name}`,

  removeTitle: 'Remove the copy on a laptop',
  reportTitle: 'Report a laptop stolen',
  reportWhat: (when: string) =>
    `On ${when} this laptop said that the copy on it is removed. Whoever has the laptop can make it say so. Once it is reported stolen nothing is taken from it any more, and a copy that is still there is removed at its next contact. What that has not sent is given up.`,
  which: 'Laptop',
  removeWhat:
    'Only this laptop’s copy is removed. Its person’s other laptops go on, and nothing on the council’s server is deleted.',
  removeOffline:
    'Nothing happens before this laptop is online with Plumbline open in its browser. Until then its passphrase and the encryption of its disk protect what is on it.',
  formLabel: 'What has happened to it?',
  lost: 'It is lost, or has been handed back',
  lostHint:
    'At its next contact it first sends everything it has not sent. Only when the council’s server has all of it is the copy removed. If Plumbline is locked there and something is not sent, its passphrase has to be typed first.',
  stolen: 'It is stolen',
  stolenHint: 'At its next contact the copy is removed at once. What it has not sent is given up for ever.',
  formMissing: 'Say what has happened to it',
  reason: 'Reason',
  reasonOptional: 'Reason (optional)',
  reasonHint: 'The person whose laptop it is reads this. Do not name a child.',
  reasonMissing: 'Give a reason: what was not sent is given up',
  reasonTooLong: 'Use at most 500 characters',
  password: 'Your password',
  passwordHint:
    'The one you sign in to the council’s server with, so that nobody else gives up work from a page you left open.',
  continue: 'Continue',
  confirmTitle: 'Give up what it has not sent?',
  confirmSome: (said: string) => `${said}. It may have more since. All of that is given up and cannot be brought back.`,
  confirmNone: (said: string) => `${said}. What was done on it since is given up and cannot be brought back.`,
  confirmUnknown: 'It has not said how much it has not sent. All of that is given up and cannot be brought back.',
  confirm: 'It is stolen: remove the copy',
  done: 'The laptop is told at its next contact.',
  notThere: 'There is no such laptop, or it is not one you can see.',
  strongest: 'This laptop was already said to be stolen.',
  back: 'Laptops',

  leavingTitle: 'The copy on this laptop is being removed',
  leavingAsked: {
    lost: (when: string) =>
      `On ${when} your council asked for that. What you have not sent yet is being sent first. Keep this page open and stay online.`,
    stolen: (when: string) =>
      `On ${when} this laptop was said to be stolen. Its copy is removed now, and what it has not sent is given up.`,
  },
  leavingElsewhere:
    'Everything that was saved has been sent. Plumbline is still open in another window or tab of this browser, where something may not be saved yet. Go to that window and see what it says. The copy is removed once that window has closed it.',
  leavingTrouble: 'Not everything has been sent yet. This laptop tries again by itself.',
  leavingWhy: 'The copy on this laptop was removed before this could be sent.',
  forgottenTitle: 'The copy on this laptop has been removed',
  forgotten: {
    lost: (asked: string, done: string) =>
      `On ${asked} your council asked for that, and on ${done} it was done. Everything you had saved here is on the council’s server.`,
    stolen: (asked: string, done: string) =>
      `On ${asked} this laptop was said to be stolen, and on ${done} its copy was removed. What is on the council’s server is safe there.`,
  },
  forgottenGivenUp: (count: number) =>
    `${changes(count)} that had not been sent ${count === 1 ? 'was' : 'were'} given up and cannot be brought back.`,
  forgottenNext: 'Do you need Plumbline here again? Ask your QA lead, then sign in and set this laptop up anew.',
  forgottenRead: 'Continue',
  unlockFirstTitle: 'The copy on this laptop is to be removed',
  unlockFirst: (when: string, count: number) =>
    count === 0
      ? `On ${when} your council asked for that. Unlock it while you are online: it makes sure that the council’s server has everything, and removes the copy then.`
      : `On ${when} your council asked for that. It has ${changes(count)} not sent. Unlock it while you are online: it sends ${count === 1 ? 'it' : 'them'}, and removes the copy then.`,
} as const;
