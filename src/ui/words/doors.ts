/** The way in: three doors, signing in, invitations, passphrases, recovery codes. */
export const doors = {
  welcomeTitle: 'How do you want to work?',
  welcomeLead: 'Plumbline is case-file audit that works without a network and counts honestly.',
  welcomeWho: 'Who has the audits',
  welcomeLost: 'If this laptop is lost',
  serverDoor: 'Sign in to your council’s server',
  serverWho: 'Your council. This laptop keeps a sealed copy, so that you can work offline.',
  serverLost: 'Sign in on another one. Everything that was sent is there.',
  laptopDoor: 'Work on this laptop only',
  laptopWho: 'You alone, sealed on this laptop. No account, and nothing is ever sent.',
  laptopLost: 'Your audits are gone with it, unless you keep a backup file elsewhere.',
  exampleDoor: 'Look round the example',
  exampleWho: 'Nobody: a made-up council with two years of audits, in this browser. No account.',
  exampleLost: 'Nothing is lost. What you do here is gone when you leave.',
  openingExample: 'Making the example up…',
  exampleMissing:
    'The example is not on this laptop yet and could not be fetched. Connect to the network, reload this page, then try again.',
  backToUnlock: 'Back to unlocking',

  setUpTitle: 'Set up this laptop',
  setUpLead:
    'Your work stays on this laptop, sealed with a passphrase that only you know. You will be asked for it each time you open Plumbline here, and after 10 minutes without use.',
  setUpEmailHint: 'Names your copy on this laptop, should somebody else use it too. Nothing is sent to it.',
  organisation: 'Council or organisation',
  organisationHint: 'Shown at the top of every page and on what you print',
  setUpSubmit: 'Continue',

  codeTitle: 'Write down your recovery code',
  codeLead: 'If you forget your passphrase, this code is the only other way to your audits. Nobody else has it.',
  codeLabel: 'Recovery code',
  codeGroup: (at: number) => `Group ${at}`,
  codePrint: 'Print it',
  codeKept: 'I have it on paper',
  codeKeepWhere:
    'Keep the paper where you keep your passport, and never with the laptop: whoever has both can read your audits.',
  codeSheetTitle: 'Plumbline recovery code',
  codeOf: 'Whose copy',
  codeMade: 'Made on',
  codeUse:
    'To use it, open Plumbline on the laptop it was made on, choose “I have forgotten my passphrase” and type the eight groups in order. Capital or small letters make no difference. There is no letter O and no letter I or L: they are zero and one.',
  codeCancel: 'Cancel, and set up nothing',
  proofTitle: 'Show that you have the code',
  proofLead: 'So that nobody finds out too late that a paper is missing. Read it from your paper.',
  proofLabel: 'Groups 7 and 8 of your code',
  proofHint: 'Ten letters and digits',
  proofSubmit: 'Open Plumbline',
  proofAgain: 'Show the code again',

  enterCodeTitle: 'Open with your recovery code',
  enterCodeLead: (email: string) =>
    `Type the code you wrote down for ${email}, and choose a new passphrase. Everything saved here is kept.`,
  enterCodeHint: 'Eight groups of five letters and digits. Spaces and capitals make no difference.',
  enterCode: 'Enter your recovery code',
  codeOfAnother:
    'That code is whole, but it belongs to another copy. Check that the paper is for this laptop and this email address.',

  signInTitle: 'Sign in',
  signInLead: 'Sign in with the email address and password of your council’s Plumbline account.',
  signInJoined: 'Your password is set. Sign in with it now; then comes your second factor.',
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
  otherDoors: 'Other ways to start',
  noServerHere:
    'If nobody has given you an account, this copy of Plumbline may have no council’s server behind it. Choose “Other ways to start” below to work on this laptop only.',

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
  onlyPassphraseHint: 'At least 12 characters. A short sentence works well.',
  repeatPassphrase: 'Type the passphrase again',
  choosePassphraseForgotten:
    'If you forget it, you can choose a new one by signing in to the council’s server. Nothing is lost.',
  choosePassphrase: 'Protect and open',
  preparing: 'Preparing this laptop',
  tooLong: 'Use at most 200 characters',
  notTheSame: 'The two passphrases are not the same. Type both again.',

  unlockTitle: 'Unlock Plumbline',
  unlockLead: (email: string) => `This laptop’s copy belongs to ${email}.`,
  unlockWho: 'Whose copy do you want to open?',
  enterPassphrase: 'Enter your passphrase',
  unlockPasskey: 'Unlock with your passkey',
  orPassphrase: 'Or with your passphrase',
  unlock: 'Unlock',
  unlocking: 'Unlocking',
  blockedTitle: 'Another window has an older Plumbline open',
  blocked: 'Close the other Plumbline windows of this browser. This one goes on by itself.',
  forgotten: 'I have forgotten my passphrase',
  anotherPerson: 'I am someone else',
  chooseWho: 'Choose whose copy to open',

  recoverTitle: 'Choose a new passphrase',
  recoverLead: (email: string) =>
    `You have signed in as ${email}. Choose a new passphrase for this laptop. Everything saved here is kept.`,
  recover: 'Save and open',

  notSecureTitle: 'Plumbline cannot open at this address',
  notSecure:
    'Browsers let an app seal what it keeps, and work without a network, only at addresses that begin with https:// (or on the computer itself). Ask whoever runs this site for such an address.',
  refusedTitle: 'Plumbline cannot open on this laptop',
  reload: 'Try again',
} as const;
