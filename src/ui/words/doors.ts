/** The way in: signing in, invitations, passphrases. */
export const doors = {
  signInTitle: 'Sign in',
  signInLead: 'Sign in with the email address and password of your council’s Plumbline account.',
  signInExpected: (email: string) => `Sign in as ${email} to go on.`,
  email: 'Email address',
  password: 'Password',
  signIn: 'Sign in',
  signingIn: 'Signing in',
  enterEmail: 'Enter your email address',
  emailNeedsAt: 'Enter an email address in the form name@council.gov.uk',
  enterPassword: 'Enter your password',
  noAccount: 'No account, or forgotten your password?',
  noAccountHelp: 'Accounts are made by your council’s QA lead, who can send you a link to set a password.',
  back: 'Back',

  joinTitle: 'Set your password',
  joinLead: (name: string, authority: string) =>
    `Welcome, ${name}. Choose a password for your Plumbline account at ${authority}.`,
  joinFirst:
    'You are setting up Plumbline for your authority as its first QA lead. Say who you are and choose a password.',
  joining: 'Setting your password',
  yourName: 'Your full name',
  workEmail: 'Work email address',
  enterName: 'Enter your name',
  joinChecking: 'Checking your invitation',
  joinBadTitle: 'This invitation cannot be used',
  joinRetry: 'Try again',
  newPassword: 'Choose a password',
  newPasswordHint:
    'At least 12 characters. Three random words are easy to remember and hard to guess. You can paste it from a password manager.',
  joinSubmit: 'Set password and continue',
  goToSignIn: 'Go to sign in',

  choosePassphraseTitle: 'Protect this laptop’s copy',
  choosePassphraseLead:
    'Plumbline keeps your audits on this laptop so that you can work without a network. They are sealed with a passphrase that only you know.',
  choosePassphraseAsks: 'You will be asked for it each time you open Plumbline here, and after 10 minutes without use.',
  passphrase: 'Passphrase',
  newPassphrase: 'Choose a passphrase',
  newPassphraseHint: 'At least 12 characters. A short sentence works well. It can be different from your password.',
  repeatPassphrase: 'Type the passphrase again',
  choosePassphraseForgotten:
    'If you forget it, you can choose a new one by signing in to the council’s server. Nothing is lost.',
  choosePassphrase: 'Protect and open',
  preparing: 'Preparing this laptop',
  tooShort: 'Use at least 12 characters',
  tooLong: 'Use at most 200 characters',
  notTheSame: 'The two passphrases are not the same. Type both again.',

  unlockTitle: 'Unlock Plumbline',
  unlockLead: (email: string) => `This laptop’s copy belongs to ${email}.`,
  unlockWho: 'Whose copy do you want to open?',
  enterPassphrase: 'Enter your passphrase',
  unlock: 'Unlock',
  unlocking: 'Unlocking',
  forgotten: 'I have forgotten my passphrase',
  anotherPerson: 'I am someone else',
  chooseWho: 'Choose whose copy to open',

  recoverTitle: 'Choose a new passphrase',
  recoverLead: (email: string) =>
    `You have signed in as ${email}. Choose a new passphrase for this laptop. Everything saved here is kept.`,
  recover: 'Save and open',

  refusedTitle: 'Plumbline cannot open on this laptop',
  reload: 'Try again',
} as const;
