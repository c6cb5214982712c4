/** The application frame: top bar, navigation, banners. */
import { names } from './names.ts';
import { plural } from './plural.ts';

export const frame = {
  documentTitle: (title: string, hasError: boolean) => `${hasError ? 'Error: ' : ''}${title} - ${names.product}`,
  skip: 'Skip to main content',
  navigation: 'Main',
  account: 'You and this laptop',
  myAudits: 'My audits',
  percentages: 'Percentages',
  allocate: 'Allocate',
  organisation: 'Organisation',
  people: 'People',
  thisLaptop: 'This laptop',
  lock: 'Lock',
  lockHint: 'Lock (Ctrl + Alt + L)',
  signOut: 'Sign out',
  exampleBar: 'Example. Everything here is made up, and gone when you leave.',
  exampleRegion: 'Example',
  leaveExample: 'Leave the example',
  signOutTitle: 'Sign out of this laptop?',
  signOutBody:
    'The audits fetched from the council’s server are removed from this laptop. Your passphrase still opens it, after you sign in again.',
  signOutUnsent: (count: number) =>
    `${plural(count, 'change')} ${count === 1 ? 'is' : 'are'} not on the council’s server yet. ${count === 1 ? 'It stays' : 'They stay'} on this laptop, sealed, and will be sent when you sign in here again.`,
  signOutHeld: (count: number) =>
    `${plural(count, 'change')} that ${count === 1 ? 'was' : 'were'} not accepted ${count === 1 ? 'stays' : 'stay'} on this laptop, sealed, and still ${count === 1 ? 'needs' : 'need'} your attention when you sign in here again.`,
  signingOut: 'Signing out',
  starting: 'Opening Plumbline',
  changesWaiting: (count: number) => `${plural(count, 'change')} to send`,
  offline: 'You are offline. Everything you do is saved on this laptop and sent when the connection is back.',
  offlineLong: (count: number, since: string) =>
    `You are offline, and ${plural(count, 'change')} ${count === 1 ? 'has' : 'have'} waited here since ${since}. Nothing is lost, but this laptop has the only copy: connect to the council’s network today.`,
  signedOut: 'Your sign-in has ended. You can keep working. Sign in again to send your work.',
  signInAgain: 'Sign in again',
  updateReady: 'A new version of Plumbline is ready. Updating takes a few seconds and asks for your passphrase again.',
  update: 'Update now',
  updateLater: 'Later',
  clockAhead: (by: string) =>
    `This laptop’s clock is ${by} ahead of the council’s server. Your work is saved. Correct the date and time in the laptop’s settings so that due dates are right.`,
  clockBehind: (by: string) =>
    `This laptop’s clock is ${by} behind the council’s server. Your work is saved. Correct the date and time in the laptop’s settings so that due dates are right.`,
  attention: (count: number) =>
    `${plural(count, 'change')} ${count === 1 ? 'needs' : 'need'} your attention. ${count === 1 ? 'It was' : 'They were'} not accepted; nothing is lost.`,
  attentionLink: 'See what and why',
  notSaved:
    'What you wrote in an audit is not saved yet. Keep Plumbline open and unlocked; saving is tried again by itself.',
  notSavedForGood:
    'What you wrote in an audit last is not saved, and this window cannot save it any more. Copy it to a safe place before you load the page again.',
  notSavedBack:
    'What you wrote in an audit last cannot be saved in this window. It is kept, encrypted, and is back and saved once you have loaded the page again and unlocked Plumbline.',
  leftOut:
    'Something you wrote in an earlier window is kept, encrypted, but is still not saved: this laptop’s storage did not take it. Free some space on its disk, then lock Plumbline and unlock it again.',
  notSavedLink: 'Go to the audit',
  locksSoon:
    'Nobody has been here for nine minutes, so Plumbline locks itself in a minute. Press any key, or move the pointer, to keep it open. Nothing is lost when it locks.',
  notLocked:
    'Plumbline should have locked itself and did not, because what is not saved would be lost; it locks as soon as it is saved. Lock the computer’s own screen before you leave it.',
  loseTitle: 'Something you wrote is not saved',
  loseBody:
    'It is only on this screen, and is lost when Plumbline locks or updates, or you sign out. Keep it open and go to the audit: the message there says what stands in the way. Or copy the text to a safe place first.',
  loseLock: 'Lock and lose it',
  loseSignOut: 'Sign out and lose it',
  loseUpdate: 'Update and lose it',
  loseCancel: 'Keep it open',
  problem: 'Syncing has stopped.',
  stuckUnsent: (count: number, since: string) =>
    count === 1
      ? `1 change is saved on this laptop but has not reached the council’s server. It has waited since ${since}.`
      : `${plural(count, 'change')} are saved on this laptop but have not reached the council’s server. The oldest has waited since ${since}.`,
  stuckUnproved: (since: string) =>
    `Your saved work is kept on this laptop, but since ${since} it could not be shown that the council’s server holds the same.`,
  stuckGoesOn: 'You can go on working: Plumbline tries again by itself.',
  stuckLink: 'See the state of your work, or sync now',
  copied: (when: string) =>
    `On ${when} it turned out that the council’s server knows other work from this computer’s Plumbline than there is here: a browser profile or a disk was copied or put back, or the browser had lost its storage. What you do here is kept, and this is known as a laptop of its own now. If you know of none of these, tell your IT.`,
  copiedSeen: 'I have read this',
  notices: {
    recovery: (when: string) =>
      `On ${when} a new passphrase was chosen for one of your laptops, after signing in as you.`,
    password: (when: string) =>
      `On ${when} a password was set for your account, with a link from whoever looks after accounts. A password you had before no longer works.`,
    'password-changed': (when: string) =>
      `On ${when} your password was changed, after signing in as you. The one you had before no longer works, and you were signed out everywhere else.`,
    'email-changed': (when: string) =>
      `On ${when} somebody else changed the email address that you sign in with. Whoever has the new address may be able to sign in as you.`,
    'factor-set': (when: string) =>
      `On ${when} a second factor was set up for your account, after signing in as you. One you had before no longer works.`,
    'council-linked': (when: string) =>
      `On ${when} a council account was tied to you. Whoever signs in with it is taken for you. A password you had before no longer works, unless you are a QA lead.`,
    'council-unlinked': (when: string) =>
      `On ${when} whoever looks after accounts untied you from your council account. The next sign-in with one that has your email address is taken for yours.`,
    'factor-reset': (when: string) => `On ${when} whoever looks after accounts took your second factor away.`,
    'factor-removed': (when: string) =>
      `On ${when} the second factor of your account was taken away, after signing in as you.`,
    'laptop-lost': (when: string) =>
      `On ${when} it was asked that the copy on one of your laptops be removed, once it has sent what it had not sent. Your other laptops go on as before.`,
    'laptop-stolen': (when: string) =>
      `On ${when} one of your laptops was reported stolen, so the copy on it is removed as soon as it is online. What it had not sent is given up. Your other laptops go on as before.`,
    other: (when: string) => `On ${when} something was done with your account. Update Plumbline to see what it was.`,
  },
  noticesNotYou: 'If you do not know of this, tell your QA lead and your IT now.',
  noticesComeBack: 'You may be shown this again when you next sign in, so that nobody else can read it in your place.',
  noticesRead: 'I have read this',
  banners: 'Messages about this laptop',
  notFoundTitle: 'Page not found',
  notFoundBody: 'There is no such page in Plumbline. Check the address, or choose from the navigation above.',
  noRoleTitle: 'You have no role',
  noRoleBody:
    'Your QA lead has given you no role, so there is nothing to show here. Ask them, then open this page again while connected. What you have written and could not send is still on this laptop.',
  fetchingTitle: 'Fetching your records',
  fetchingBody:
    'Plumbline is fetching your services, teams and audits from the council’s server. This happens once on each laptop.',
  fetchingOffline:
    'Your records have not been fetched to this laptop yet. Connect to the council’s network and they will come by themselves.',
  fetched: (count: number) => `${plural(count, 'record')} so far`,
  duration: {
    minutes: (count: number) => plural(count, 'minute'),
    hours: (count: number) => plural(count, 'hour'),
    days: (count: number) => plural(count, 'day'),
  },
  loading: 'Opening',
} as const;
