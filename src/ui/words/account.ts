/** A person's account: the second factor at the door and under "This laptop", and what a QA lead sees of others' accounts. */
import { plural } from './plural.ts';

export const account = {
  council: 'Sign in with your council account',
  councilOr: 'Or sign in with the email address and password of a Plumbline account.',
  councilBeside: 'Sign in with your council account, in a new window',
  councilRefused: {
    refused: 'Your council’s sign-in did not let you in. Try again, or ask your IT.',
    failed: 'That sign-in was not completed, or took too long. Try again.',
    away: 'Your council’s sign-in cannot be reached just now. Try again in a minute.',
    unknown:
      'You have signed in, and Plumbline does not know you yet. Ask your QA lead to add you, or your IT about your groups.',
    blocked: 'Your QA lead has stopped this account signing in. Ask them.',
    groups:
      'Your council’s sign-in did not list your groups, or there are too many of them. Ask your IT (docs/deploy.md, Sign-in).',
    other: 'You have signed in as somebody else than the person whose copy this is. Sign in as yourself.',
  },

  codeTitle: 'Enter your code',
  codeLead: 'Your password is right. Now the second factor.',
  code: 'Code',
  codeHint: 'Six digits from your authenticator app, or one of your recovery codes',
  enterCode: 'Enter the code',
  codeLost:
    'If you have neither your app nor a recovery code, ask your QA lead to take your second factor away. You then set up another.',
  codeLostSummary: 'No app and no recovery code?',
  otherAccount: 'Start again',

  enrolTitle: 'Set up your second factor',
  enrolRequired:
    'Your council asks for a second factor: a code from an app, beside your password. It keeps others out who have learned the password.',
  enrolScan: '1. Add Plumbline to your authenticator app',
  enrolScanHelp:
    'Use the app your council recommends, on your phone or in your password manager. Scan this picture with it, or type the key.',
  enrolPicture: 'QR code with the key below',
  enrolKey: 'Key',
  enrolCodes: '2. Keep these recovery codes',
  enrolCodesHelp:
    'Each signs you in once if you lose the app. Save them in your password manager or on paper, away from the laptop. They are not shown again.',
  enrolCodesLabel: 'Recovery codes',
  enrolProve: '3. Type the code that the app shows now',
  enrolProveLabel: 'Code from the app',
  enrolProveHint: 'Six digits',
  enrolSubmit: 'Turn on',
  enrolling: 'Turning on',

  ownTitle: 'Your account',
  ownOffline: 'Connect to the council’s server to see your account or change your password.',
  ownCouncil:
    'You sign in with your council account. Its password and its second factor are looked after by your council, not here.',
  passwordTitle: 'Password',
  passwordLead:
    'It signs you in to the council’s server. The passphrase that unlocks this laptop is another, and stays as it is.',
  passwordChange: 'Change your password',
  passwordNow: 'Your password now',
  passwordNew: 'Your new password',
  passwordWrong: 'That is not your password. Check it and try again.',
  passwordSame: 'That is the password you have. Choose another.',
  passwordUnknown: 'It is not known whether your password was changed: if the one you had is refused, use the new one.',
  passwordChanging: 'Changing your password',
  passwordChanged: 'Your password is changed. Wherever else you were signed in, you are asked for it.',

  title: 'Second factor',
  lead: 'A code from an authenticator app, beside your password, when you sign in to the council’s server. It is never needed to unlock this laptop.',
  offline: 'Connect to the council’s server to see or change it.',
  on: (codes: number) => `On. ${plural(codes, 'recovery code')} left.`,
  off: 'Off.',
  required: 'Your council asks for it.',
  setUp: 'Set up a second factor',
  replace: 'Set up another app',
  remove: 'Turn off',
  removeTitle: 'Turn off your second factor?',
  removeBody: 'From then on your password alone signs you in.',
  passwordFirst: 'Type your password to go on',
  continue: 'Continue',
  checking: 'Checking',
  turnedOn: 'Your second factor is on',
  turnedOff: 'Your second factor is off',

  manage: 'Account',
  manageFor: (name: string) => `of ${name}`,
  manageTitle: (name: string) => `Account of ${name}`,
  manageOffline: 'Accounts can only be seen while connected to the council’s server.',
  loading: 'Asking the council’s server',
  password: 'Password',
  passwordSet: 'Set',
  passwordNone: 'Not set yet: send an invitation link',
  signIn: 'Signing in',
  allowed: 'Allowed',
  stopped: 'Stopped',
  factor: 'Second factor',
  factorOn: 'On',
  factorOff: 'Off',
  stop: 'Stop signing in',
  stopTitle: (name: string) => `Stop ${name} signing in?`,
  stopBody:
    'They are signed out everywhere at once, and an open invitation link ends. Nothing of their work is deleted. Work on their laptop that was not sent stays there, sealed, and is sent if you allow them to sign in again.',
  allow: 'Allow signing in',
  reset: 'Take second factor away',
  resetTitle: (name: string) => `Take the second factor of ${name} away?`,
  resetBody:
    'Do this when they have lost their app and their recovery codes. Be sure that it is they who ask, by voice or in person. They are signed out, their password alone signs them in, and they are told.',
  councilAccount: 'Council account',
  councilTied: 'Signs in with one',
  unlink: 'Take a new council account',
  unlinkTitle: (name: string) => `Take a new council account for ${name}?`,
  unlinkBody:
    'Do this when their account at the council was made anew and Plumbline does not know it. They are signed out, and the next council account with their email address that signs in is taken for theirs from then on. They are told.',
  saidUnlinked: (name: string) => `${name} can sign in with a new council account`,
  saidStopped: (name: string) => `${name} cannot sign in any more`,
  saidAllowed: (name: string) => `${name} can sign in again`,
  saidReset: (name: string) => `The second factor of ${name} is gone`,
  yourOwn:
    'This is your own account. Somebody else who looks after accounts can change it; your second factor is under “This laptop”.',
} as const;
