/** A person's first hour: whether this computer keeps their work, and a look round. */

export const firstRun = {
  checkTitle: 'Before your first audit',
  checkAsk:
    'Close the browser completely, open it again and come back. It takes a minute and shows whether this computer keeps your work.',
  checkHow: 'How, and why',
  checkWhy:
    'Some computers are set to delete what a browser keeps each time it is closed. Plumbline keeps your work in the browser, so it has to know.',
  checkSteps: [
    'Close every window of the browser, not only this page.',
    'Open it again, come back to this address and unlock.',
    'Where this message was, Plumbline says that your work was kept. If Plumbline does not know you any more, this computer deletes your work: tell your IT.',
  ],
  checkReturned:
    'Plumbline was closed and opened again, but the browser was not closed completely, or it brings its pages back by itself. Close all of its windows; on Windows also its symbol beside the clock.',
  checkHide: 'Do not show this again on this computer',
  checkInForm: 'Whether this computer keeps your work has not been checked yet.',
  checkInFormHow: 'Check it before you go on',
  dropsTitle: 'This browser forgets',
  dropsHeading:
    'This browser deletes what Plumbline keeps once you have used it for seven days without opening Plumbline',
  kept: (moment: string) => `This computer kept your work over a restart. Checked ${moment}.`,
  notChecked: 'Whether this computer keeps your work over a restart of the browser has not been checked yet.',
  promise: 'What the browser says',

  beforeTitle: 'Is this a computer you have used before?',
  before: (moment: string) => `You have set up a laptop before, last on ${moment}.`,
  beforeSame:
    'If it was this one, this computer deletes your work when the browser closes: tell your IT before you go on. If it was another, carry on.',
  forIt: 'For your IT',
  policies:
    'Browser policies that delete what Plumbline keeps: BrowsingDataLifetime, ClearBrowsingDataOnExitList (in Edge also ClearBrowsingDataOnExit) and ForceEphemeralProfiles. Please leave Plumbline’s address out of them. A private (InPrivate, incognito) window deletes it too.',

  setUpTitle: 'On the way to the first audit',
  setUpDone: 'Done',
  setUp: {
    services: 'Add your services and their teams',
    auditors: 'Add people, at least one of them an auditor, and send each their link',
    'first-audit': 'Allocate the first audit',
  },
  startFirst: 'Start the first audit',

  tour: 'A look round',
  tourOf: (step: number, of: number) => `${step} of ${of}`,
  tourNext: 'Next',
  tourBack: 'Back',
  tourSkip: 'Skip',
  tourDone: 'Done',
  tourSkipAbout: 'the look round',
  tourLead: 'A minute through what is where.',
  tourStart: (role: keyof typeof tourNames, isOnlyOne: boolean) =>
    isOnlyOne ? 'Show me round again' : tourNames[role],
  steps: {
    audits: {
      title: 'Your audits',
      body: 'Soonest due first. Choose a case reference to open the audit.',
    },
    start: {
      title: 'Start one yourself',
      body: 'You can start an audit nobody gave you. It opens at once, with or without a network.',
    },
    keys: {
      title: 'Grading is quick',
      body: 'In an audit a grade is one key, 1 to 4. E goes to the evidence, R to the rationale, N to the next section. The ? key shows them all.',
    },
    saved: {
      title: 'There is no Save button',
      body: 'What you write is kept as you write it. Up here you always see where it is.',
    },
    lock: {
      title: 'Lock it when you walk away',
      body: 'Nothing stays on the screen. By itself Plumbline locks after ten minutes without use.',
    },
    question: {
      title: 'Ask your question here',
      body: 'What to count, grouped how, for which service, team or months. The address keeps the question: send it to a colleague.',
    },
    headline: {
      title: 'The answer, with its base',
      body: 'Every percentage says of how many, and within which range it is likely to lie. Below five there are only counts.',
    },
    beside: {
      title: 'Nothing is hidden',
      body: 'Drafts, voided, exempt and not applicable are in no percentage, and counted here. Every number leads to its audits.',
    },
    away: {
      title: 'Take it to your meeting',
      body: 'Print the page, or download its table. The file says what was asked, with every base and range.',
    },
    organisation: {
      title: 'Begin here',
      body: 'Services and teams, then people with their roles, each with a link to set their password. Audits graded in a spreadsheet come in from here too.',
    },
    allocate: {
      title: 'Give audits out',
      body: 'Case by case, to an auditor, with a due date and how the case was picked: only random samples speak for practice.',
    },
    percentages: {
      title: 'See what comes in',
      body: 'Submitted audits count here by themselves. You see every service.',
    },
  },
} as const;

const tourNames = {
  auditor: 'As an auditor',
  'team-lead': 'As a team lead',
  'head-of-service': 'As a head of service',
  'qa-lead': 'As a QA lead',
};
