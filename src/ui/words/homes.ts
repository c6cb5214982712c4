/**
 * What reads otherwise by where somebody's work lives: on a council's server, on this laptop only, or in the example. Nothing
 * in the last two speaks of sending, syncing or a server.
 */
import type { HomeName } from '../../store/keyring-entry.ts';

interface HomeWords {
  /** In the frame, beside the authority's name; null where there is nothing to add. */
  readonly where: string | null;
  readonly nothingAllocated: string;
  readonly nothingStart: string;
  readonly allDone: string;
  readonly startLead: string;
  readonly noServices: string;
  readonly submittedSaved: string;
  readonly submittedUnsent: string;
  readonly notHereWhy: string;
  readonly notHereDo: string;
  readonly phoneNow: string;
  readonly phoneWhom: string;
  readonly noAudits: string;
  readonly allocatedMore: string;
  readonly storageNotKept: string;
  readonly storageUnknown: string;
  /** On a browser that deletes what a page keeps when it has not been opened for a week. */
  readonly drops: string;
  /** Before the browser is closed to find out whether this computer keeps work. */
  readonly beforeClosing: string;
}

const whom =
  'Ring the team manager who holds the case, or the emergency duty team outside office hours. If a child is in danger this minute, ring 999.';
const notPersisted =
  'The browser has not promised to keep Plumbline’s storage, and may clear it when the disk is full. Install Plumbline from the browser’s menu, or add this page to your favourites';

const drops =
  'Use Microsoft Edge or Google Chrome on a laptop for your work. If you have to stay, add Plumbline to the Dock (on a Mac: File, Add to Dock) or to the Home Screen and open it from there, where nothing is deleted.';

const server: HomeWords = {
  where: null,
  nothingAllocated:
    'When somebody allocates an audit to you it appears here by itself, as soon as this laptop has been in touch with the council’s server.',
  nothingStart: 'You do not have to wait: you can start an audit nobody allocated, also offline.',
  allDone: 'You have submitted everything you were given. New audits appear here by themselves.',
  startLead:
    'For a case nobody allocated to you. It opens at once, also offline; your QA lead sees it when this laptop syncs.',
  noServices:
    'There are no services on this laptop yet. They arrive with the first sync; connect to the council’s network, or ask your QA lead to set them up.',
  submittedSaved: 'It is saved on this laptop and goes to the council’s server by itself.',
  submittedUnsent: 'You can close the laptop: it is sent the next time you are connected and unlocked.',
  notHereWhy:
    'It may not have arrived yet, it may have been allocated to somebody else, or it may belong to a service you do not see. Nothing you wrote has been deleted.',
  notHereDo: 'Connect to the council’s network and try again in a minute. If it is still not here, ask your QA lead.',
  phoneNow: 'Phone now. Do not wait for this laptop to sync.',
  phoneWhom: `${whom} What you write here reaches nobody while you are offline.`,
  noAudits: 'There are no audits on this laptop yet.',
  allocatedMore: 'It is saved on this laptop and reaches the auditor when both of you have synced.',
  storageNotKept: `${notPersisted}, and connect at least once a day so that your work is sent.`,
  storageUnknown: 'This browser does not say whether it keeps Plumbline’s storage. Connect at least once a day.',
  drops: `${drops} Wait until everything here is on the council’s server before you move: what has been sent is safe.`,
  beforeClosing:
    'Wait until the top of the page says that your work is on the council’s server: until then this computer has the only copy.',
};

const laptop: HomeWords = {
  where: 'On this laptop only',
  nothingAllocated: 'Start an audit for a case you want to look at. It opens at once, ready to grade.',
  nothingStart: 'Before the first one, add the services and teams that hold your cases under Organisation.',
  allDone: 'You have submitted every audit you started.',
  startLead: 'It opens at once, ready to grade, and stays on this laptop.',
  noServices:
    'There are no services with teams yet. Add them first: every audit belongs to the team that held the case.',
  submittedSaved: 'It is saved on this laptop.',
  submittedUnsent: 'It counts in your percentages from now on.',
  notHereWhy: 'There is no audit at this address. It may have been another person’s, on another laptop.',
  notHereDo: 'Look for it in your list of audits.',
  phoneNow: 'Phone now. What you write here reaches nobody.',
  phoneWhom: whom,
  noAudits: 'There are no audits yet. Percentages appear here once you have submitted your first one.',
  allocatedMore: 'It is saved on this laptop.',
  storageNotKept: `${notPersisted}, and keep a copy of your work elsewhere.`,
  storageUnknown: 'This browser does not say whether it keeps Plumbline’s storage. Keep a copy of your work elsewhere.',
  drops: `${drops} What is here does not go there by itself: save a backup file under “This laptop” first, and bring it in there.`,
  beforeClosing:
    'Save a backup file first, under “This laptop”, if there is work here that you would miss: this computer has the only copy.',
};

const example: HomeWords = {
  ...laptop,
  where: null,
  nothingAllocated: 'Everything you were given in this example has been done.',
  nothingStart: 'You can start an audit of your own.',
  allDone: 'You have submitted everything you were given in this example.',
  startLead: 'It opens at once, ready to grade. Make a case up: nothing of it is kept.',
  submittedSaved: 'It counts in the percentages of this example.',
  submittedUnsent: 'It is gone when you leave.',
  notHereWhy: 'There is no audit at this address in the example.',
  noAudits: 'The example’s audits are still being made up. They appear here in a moment.',
  allocatedMore: 'In this example it reaches nobody: the people are made up.',
};

export const homes: Readonly<Record<HomeName, HomeWords>> = { server, laptop, example };
