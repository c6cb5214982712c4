/** What the save states mean, what Plumbline promises about somebody's work, and what nobody can promise. Tests: docs/reliability.md. */

interface PromiseWords {
  /** What each word for where work is means, in the order in which work goes through them. */
  readonly states: readonly {
    readonly step: 'saving' | 'laptop' | 'sent' | 'server' | 'attention';
    readonly means: string;
  }[];
  readonly promises: readonly string[];
  readonly limits: readonly string[];
}

const saving = 'It is on the screen, and on its way to the laptop’s disk: for a moment only, or the page says why.';
const saved =
  'It survives if the browser crashes, the laptop loses power or you close the lid, as far as the laptop’s disk keeps what it says it has written.';
const noticed = 'If the browser loses some of your work, Plumbline notices and says what is missing.';
const noInterruption = 'No update of Plumbline interrupts what you are writing.';
const sealed = 'While Plumbline is locked, nobody reads case details or what you wrote without your passphrase.';
const malware = 'protect you from harmful software on the laptop, or from somebody at an unlocked screen';
const lyingDisk = 'bring back what a disk said it had written and had not';

const server: PromiseWords = {
  states: [
    { step: 'saving', means: saving },
    { step: 'laptop', means: saved },
    {
      step: 'sent',
      means:
        'The council’s server has it. This laptop has not yet compared all of your work with what the server holds.',
    },
    {
      step: 'server',
      means:
        'At that time the council’s server and this laptop compared all that they hold for you, and it was the same.',
    },
    {
      step: 'attention',
      means:
        'The server did not accept a change: it is kept, with the reason, until somebody decides what becomes of it. Or what a page shows could not be saved as it is, and the page says why.',
    },
  ],
  promises: [
    'No change that was saved is ever dropped by us. What cannot be accepted stays in front of a person, with the reason.',
    'When two people change the same section without seeing each other’s work, both versions are kept. The later one shows, and the other is offered beside it.',
    'The same work gives the same percentages on every laptop, in whatever order it arrived, and also where a clock is wrong.',
    'If the council’s server has to go back to last night’s backup, the laptops bring back what it lost, for up to 30 days.',
    `You are never signed out of your own unsent work. ${noInterruption}`,
    noticed,
    'Trouble shows within 90 seconds: how old your oldest unsent change is, what was not accepted, a server that does not take your work, and a clock that is wrong.',
    sealed,
  ],
  limits: [
    'bring back work that was never sent from a laptop that is stolen, wiped, or cleared by a rule of the council’s IT: connect at least once a day',
    malware,
    'count both grades when two people grade one section at once: the later one counts, and both are kept',
    lyingDisk,
  ],
};

const laptop: PromiseWords = {
  states: [
    { step: 'saving', means: saving },
    { step: 'laptop', means: saved },
    { step: 'attention', means: 'What a page shows could not be saved as it is. The page says why.' },
  ],
  promises: [noticed, noInterruption, sealed, 'Nothing leaves this laptop by itself.'],
  limits: [
    'bring back work from a laptop that is stolen, broken or wiped, unless you kept a backup file elsewhere',
    'open your work when both the passphrase and the recovery code are lost',
    malware,
    lyingDisk,
  ],
};

export const promises = {
  title: 'What Plumbline promises',
  link: 'What these words mean, and what Plumbline promises',
  statesTitle: 'What the words mean',
  promisesTitle: 'What we promise',
  limitsTitle: 'What nobody can promise',
  limitsLead: 'Plumbline cannot:',
  server,
  laptop,
} as const;
