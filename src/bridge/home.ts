/**
 * What the home of somebody's work offers, in one place: screens ask this and know no modes.
 *
 *                server                     laptop                      example
 *   sends        to the council's server    nothing                     nothing
 *   closes by    lock, sign out             lock, remove everything     leave: gone
 *   others       yes                        nobody                      made-up people
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { SyncProblem } from '../protocol/problem.ts';
import { councilStart, type Notice, type Session } from '../protocol/session.ts';
import type { AccountApi } from '../protocol/threads.ts';
import type { Copy, HomeName } from '../store/keyring-entry.ts';

export interface Home {
  readonly name: HomeName;
  /** null where there is none: nothing is ever sent, and nothing may be said of sending. */
  readonly server: CouncilServer | null;
  /** Other people work here too: audits are allocated to them. */
  readonly hasOthers: boolean;
  /** Closing keeps everything, sealed under a passphrase. Otherwise closing is the end of it. */
  readonly isKept: boolean;
  /** Destroys the keys, then the database. Only where the only copy is here; null elsewhere. */
  readonly removeAll: (() => Promise<void>) | null;
}

/** The account calls that let nobody else in: the session of the person in front of it is renewed at most. */
export type OwnAccount = Pick<
  AccountApi,
  | 'authority'
  | 'session'
  | 'invite'
  | 'access'
  | 'accounts'
  | 'changePassword'
  | 'beginFactor'
  | 'confirmFactor'
  | 'removeFactor'
  | 'resetFactor'
  | 'unlinkCouncil'
  | 'laptops'
  | 'nameLaptop'
  | 'revokeLaptop'
>;

/** What an open laptop asks of the server for the person in front of it. */
export interface CouncilServer {
  /** What a person does about their own account, and a QA lead about others'. */
  readonly account: OwnAccount;
  /** What was done with this account and its person has not read, as of the last sign-in; oldest first. */
  readonly notices: ReadonlySignal<readonly Notice[]>;
  /** They have been read: not told again in this session. Kept until the server knows, which says whether later ones are told. */
  noticed(): Promise<void>;
  /** Signs in again inside the open app after the session ended. Another person's account is refused as `wrong-person`. */
  signInAgain(email: string, password: string, code?: string): Promise<SyncProblem | null>;
  /** Signs in again with the council's own account, in a window beside this one. */
  signInBeside(): void;
  /** Ends the session, forgets confirmed rows, keeps sealed unsent work. False: something could not be saved, and nothing ended. */
  signOut(unsaved?: Unsaved): Promise<boolean>;
}

/** What is to become of something that could not be saved. */
export type Unsaved = 'keep' | 'lose';

/** How an open laptop is closed. */
export interface Closers {
  /** Opens a page of the server beside the app. */
  goBeside(path: string): void;
  signOut(unsaved?: Unsaved): Promise<boolean>;
  remove(): Promise<void>;
}

/** The home of `copy`. `account` is the server's account side, null for homes without a server. */
export function homeOf(
  copy: Copy,
  session: Session,
  account: AccountApi | null,
  { goBeside, signOut, remove }: Closers,
): Home {
  const notices = signal(session.notices ?? []);
  return {
    name: copy.home,
    server: account && {
      account,
      notices,
      async noticed() {
        const last = notices.value.at(-1);
        if (last === undefined) return;
        const told = await account.noticed(last.atMs);
        if (told.ok) notices.value = [];
      },
      signInAgain: signInAgain(copy, account, (again) => void (notices.value = again.notices ?? [])),
      signInBeside: () => goBeside(councilStart()),
      signOut,
    },
    hasOthers: copy.home !== 'laptop',
    isKept: copy.home !== 'example',
    removeAll: copy.home === 'laptop' ? remove : null,
  };
}

const signInAgain =
  (
    { authority, person }: Copy,
    account: AccountApi,
    onSignedIn: (session: Session) => void,
  ): CouncilServer['signInAgain'] =>
  async (email, password, code) => {
    const signedIn = await account.signIn(email, password, code === undefined ? {} : { code });
    if (!signedIn.ok) return signedIn.problem;
    if (signedIn.value.authority === authority && signedIn.value.person === person) {
      onSignedIn(signedIn.value);
      return null;
    }
    await account.signOut();
    return { kind: 'wrong-person' };
  };
