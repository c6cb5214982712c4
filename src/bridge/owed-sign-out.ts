/**
 * A sign-out that did not reach the server is owed to it: the cookie cannot be deleted from here, so the session is ended
 * at the next contact, before anybody signs in, also after the browser was closed meanwhile.
 */
import type { ServerBridge } from './sync-bridge.ts';

/** One remembered yes or no, outlasting the page. */
export interface Reminder {
  isSet(): boolean;
  set(owed: boolean): void;
}

export interface SignOuts {
  /** Ends the session, or remembers to. */
  endSession(): Promise<void>;
  /** Ends an owed session. A sign-in waits for it, so that it never ends the new one. */
  settle(): Promise<void>;
  /** A sign-in has replaced the session: nothing is owed any more. */
  replaced(): void;
}

export function signOutsOn(account: () => ServerBridge['account'], reminder: Reminder): SignOuts {
  let trying: Promise<void> | null = null;
  const attempt = async (): Promise<void> => {
    const ended = await account().signOut();
    if (ended.ok || ended.problem.kind === 'signed-out') reminder.set(false);
  };
  const settle = async (): Promise<void> => {
    if (!reminder.isSet()) return;
    trying ??= attempt().finally(() => (trying = null));
    await trying;
  };
  return {
    settle,
    endSession() {
      reminder.set(true);
      return settle();
    },
    replaced: () => reminder.set(false),
  };
}
