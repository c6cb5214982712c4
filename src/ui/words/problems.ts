/**
 * A sentence for everything that may go wrong: what is wrong, then what to do. Each function is exhaustive, so that a new
 * problem does not compile until it has its words here.
 */
import type { HeldCode, StoreProblem, SyncProblem } from '../../protocol/problem.ts';
import type { PasskeyProblem, UnlockProblem } from '../../protocol/unlock-problem.ts';
import { codeSymbols, type CodeProblem } from '../../store/recovery-code.ts';
import { secretMinimum, type Weakness } from '../../domain/secrets.ts';
import { plural } from './plural.ts';

/** What ended a cycle of syncing, which begins again by itself. */
export const cycleSentence = (problem: SyncProblem): string =>
  problem.kind === 'too-many-tries'
    ? `The council’s server has had a great deal from you in a short time and asks this laptop to wait. It tries again by itself in about ${waitText(problem.retryAfterSeconds)}. Work on this laptop is kept.`
    : syncSentence(problem);

/** What stands between this laptop and the council's server. */
export function syncSentence(problem: SyncProblem): string {
  switch (problem.kind) {
    case 'unreachable':
      return 'The council’s server cannot be reached. Check your connection or VPN, then try again. Work on this laptop is kept.';
    case 'timed-out':
      return 'The council’s server did not answer in time. Try again in a minute. Work on this laptop is kept.';
    case 'not-our-server':
      return 'Something other than the council’s server answered, such as a Wi-Fi sign-in page. Open a new browser tab, sign in to the Wi-Fi or VPN, then try again.';
    case 'signed-out':
      return 'Your sign-in has ended. Sign in again and your work will be sent. You can keep working until then.';
    case 'revoked':
      return problem.form === 'lost'
        ? 'The copy of Plumbline’s work on this laptop is to be removed. This laptop sends what it has not sent yet, and removes it then.'
        : 'This laptop was reported stolen. The copy of Plumbline’s work on it is being removed.';
    case 'wrong-person':
      return 'Somebody else is signed in to the council’s server in this browser. Sign in again as yourself and your work will be sent.';
    case 'wrong-authority':
      return 'This server belongs to another authority. Check the web address with your IT team. Nothing has been sent to it.';
    case 'protocol':
      return 'This version of Plumbline and the council’s server do not match. Update Plumbline when it asks. If it does not ask, tell your IT team. Work on this laptop is kept.';
    case 'not-equal':
      return 'This laptop and the council’s server do not hold quite the same yet. This laptop is fetching what is missing.';
    case 'laptop-failed':
      return `Part of Plumbline stopped working on this laptop (${problem.why}). Reload the page. Work on this laptop is kept.`;
    case 'epoch':
      return 'The council’s server has been restored from a backup. This laptop is comparing its work with the server and will send what the server has lost.';
    case 'chain':
      return 'The council’s server is missing some of this laptop’s earlier work. This laptop is sending it again.';
    case 'forked':
      return 'This laptop’s storage seems to have been copied from another. Plumbline is giving it a new identity and will send its work again.';
    case 'too-large':
      return 'One change is too large to send. Shorten the longest text you wrote most recently. The text is kept on this laptop.';
    case 'bad-request':
      return 'The council’s server could not read what this laptop sent. Update Plumbline if it asks, or tell your QA lead. Work on this laptop is kept.';
    case 'wrong-credentials':
      return 'The email address or password is not right. Check both and try again.';
    case 'weak-password':
      return `${weakSentence(problem.why ?? 'short')}.`;
    case 'too-many-tries':
      return `There have been too many tries. Wait ${waitText(problem.retryAfterSeconds)}, then try again.`;
    case 'too-many-laptops':
      return 'Too many laptops have been set up in your name, in one month or altogether, so the council’s server does not take another. Use one that you set up before. If they were not all yours, tell your QA lead at once. Work on this laptop is kept.';
    case 'too-much-discarded':
      return 'More changes have been discarded on your laptops in the last 30 days than the council’s server keeps for one person. The newest stay on this laptop, and are sent when there is room. If you have not discarded so many, tell your QA lead at once. Everything else is sent as usual.';
    case 'bad-invitation':
      return 'This invitation has been used, has run out or is not complete. Ask your QA lead for a new link.';
    case 'second-factor':
      return 'A code of your second factor is needed. Sign in again.';
    case 'enrol':
      return 'Your council asks for a second factor. Sign out, then sign in again to set it up.';
    case 'wrong-code':
      return 'That code is not right, or has been used. Wait for the next one in your app, then type it.';
    case 'stale-sign-in':
      return 'That took too long since you signed in. Sign in again, then choose a new passphrase.';
    case 'not-found':
      return 'The council’s server has no such record, or it is not one you can see. Ask your QA lead if you think you should.';
    case 'server-error':
      return `Something went wrong on the council’s server. Try again later. If it goes on, give your IT team this reference: ${problem.reference}.`;
    default:
      return problem satisfies never;
  }
}

/** Why a new password or passphrase is refused. */
export function weakSentence(weakness: Weakness): string {
  switch (weakness) {
    case 'short':
      return `Use at least ${secretMinimum} characters. Three random words are easy to remember and hard to guess`;
    case 'pattern':
      return 'This is a pattern, such as keys in a row or the same few again. Use three random words instead';
    case 'common':
      return 'This is made of words that guessers try first. Use three random words that do not belong together';
    case 'personal':
      return 'This is made of your name or your council’s. Use three random words instead';
    default:
      return weakness satisfies never;
  }
}

/** What the laptop's own storage says. */
export function storeSentence(problem: StoreProblem): string {
  switch (problem.kind) {
    case 'disk-full':
      return 'This laptop’s disk is full, so the last change is not saved. Free some space and keep this page open: it will try again.';
    case 'invalid-value':
      return `The last change is not saved because ${problem.field} ${problem.why}. Correct it and it will save.`;
    case 'too-much-text':
      return 'The last change is not saved because there is too much text. Shorten it and it will save.';
    case 'locked':
      return 'Plumbline is locked. Unlock it with your passphrase to go on.';
    case 'storage-lost':
      return 'The browser has cleared Plumbline’s storage while it was open. Copy any text you have just written, then reload the page and sign in again.';
    case 'storage-closed':
      return 'The browser has closed Plumbline’s storage and does not open it again. Reload the page to go on. What was saved is kept.';
    case 'blocked':
      return 'Another window of this browser has an older Plumbline open. Close the other Plumbline windows and try again.';
    case 'build-too-old':
      return 'A newer version of Plumbline is open on this laptop, so nothing is saved in this window any more. Update it, or close every Plumbline window and open Plumbline again.';
    case 'storage-failed':
      return 'This browser cannot store work on this laptop. Use an ordinary window (not private), allow site data for this address, then open Plumbline again.';
    default:
      return problem satisfies never;
  }
}

/** What unlocking may answer. */
export function unlockSentence(problem: UnlockProblem): string {
  switch (problem.kind) {
    case 'wrong-passphrase':
      return 'That is not the passphrase for this laptop. Check Caps Lock and try again.';
    case 'no-such-keyring':
      return 'This laptop no longer has a copy for this person. Reload the page to see whose it has.';
    case 'wrong-recovery-secret':
      return 'The council’s server could not open this laptop’s copy. Sign in and try again, or ask your IT team for help.';
    case 'wrong-passkey':
      return 'That passkey does not open this laptop’s copy. Unlock with your passphrase.';
    default:
      return problem satisfies never;
  }
}

/** What a passkey that did not work may be told of. */
export function passkeySentence(problem: PasskeyProblem): string {
  switch (problem.kind) {
    case 'passkey-refused':
      return 'The passkey was not used. Try again, or unlock with your passphrase. If the passkey has been deleted, remove it under “This laptop” once you are in.';
    case 'passkey-unsuited':
      return 'This browser or passkey cannot seal a laptop’s copy. Use Windows Hello, Touch ID or a newer security key, or go on with your passphrase.';
    default:
      return problem satisfies never;
  }
}

/** What is wrong with a recovery code as it was typed. */
export function codeSentence(problem: CodeProblem): string {
  switch (problem.kind) {
    case 'code-end':
      return 'Those are not groups 7 and 8 of the code that was shown. Compare with your paper, or look at the code again.';
    case 'code-length':
      return `The code has ${codeSymbols} letters and digits in eight groups, and you have typed ${problem.typed}. Compare with your paper.`;
    case 'code-slip':
      return problem.groups.length === 1
        ? `There is a slip in group ${problem.groups[0]}. Compare it with your paper.`
        : `There are slips in groups ${listText(problem.groups)}. Compare them with your paper.`;
    default:
      return problem satisfies never;
  }
}

/** Anything the screens before an opened laptop may be answered. */
export function gateSentence(
  problem: SyncProblem | StoreProblem | UnlockProblem | PasskeyProblem | CodeProblem,
): string {
  switch (problem.kind) {
    case 'passkey-refused':
    case 'passkey-unsuited':
      return passkeySentence(problem);
    case 'code-end':
    case 'code-length':
    case 'code-slip':
      return codeSentence(problem);
    case 'disk-full':
    case 'invalid-value':
    case 'too-much-text':
    case 'locked':
    case 'storage-lost':
    case 'storage-closed':
    case 'blocked':
    case 'build-too-old':
    case 'storage-failed':
      return storeSentence(problem);
    case 'wrong-passphrase':
    case 'no-such-keyring':
    case 'wrong-recovery-secret':
    case 'wrong-passkey':
      return unlockSentence(problem);
    default:
      return syncSentence(problem);
  }
}

/** Why the server did not accept a change. The change is kept. */
export function heldSentence(code: HeldCode): string {
  switch (code) {
    case 'not-allowed':
      return 'It was not yours to change when it arrived: the audit is somebody else’s now, or your role has changed. Your lead can accept it for you.';
    case 'invalid':
      return 'What was entered cannot be accepted as it is. Edit it, or copy the text and enter it again.';
    case 'closed':
      return 'The audit was submitted or voided before this change arrived. Ask your lead whether it should count.';
    case 'group':
      return 'It was made together with another change that was not accepted.';
    default:
      return code satisfies never;
  }
}

const listText = (numbers: readonly number[]): string => `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;

function waitText(seconds: number): string {
  return seconds < 90 ? plural(Math.max(1, seconds), 'second') : plural(Math.ceil(seconds / 60), 'minute');
}
