/**
 * Where the gate stands, between a person and their laptop's copy.
 *
 *   back from the council's provider --> as after a sign-in, or sign-in
 *   join --a second factor is due--> sign-in
 *   starting --no keyring--> welcome      starting --keyrings--> unlock      starting --another tab has it open--> open
 *   starting --invitation link--> join --> as after a sign-in
 *
 *   welcome --server--> sign-in --first time here--> choose-passphrase --deposited--> open
 *                          |-----known here--------> unlock
 *                          \-----forgotten---------> recover --new passphrase--> open
 *   welcome --laptop only--> set-up --made--> keep-code --typed back--> open
 *   welcome --a backup file--> open-file --everything of it is here--> keep-code
 *   welcome --example--> open --leave, lock, close--> nothing of it is left
 *
 *   open --revoked--> leaving --handed over, or stolen--> forgotten --read--> welcome or unlock      unlock --revoked--> forgotten
 *   unlock --passphrase--> open      unlock --forgotten--> sign-in, or enter-code --new passphrase--> open
 *   unlock --someone else--> welcome
 *   open --lock--> unlock      open --sign out--> sign-in      open --remove everything--> removing --> welcome or unlock
 */
import type { Forgotten } from '../protocol/forgotten.ts';
import type { RevokeForm } from '../protocol/laptops.ts';
import type { StoreProblem, SyncProblem } from '../protocol/problem.ts';
import type { CouncilRefusal, Session } from '../protocol/session.ts';
import type { NewPerson } from '../store/first-edits.ts';
import type { KeyringEntry } from '../store/keyring-entry.ts';
import type { Laptop } from './laptop.ts';
import type { ToHandOver } from './revoked-copies.ts';

export type CouncilRefused = CouncilRefusal | 'other';

export type Gate =
  | { readonly kind: 'starting' }
  /** `canGoBack`: somebody has a copy here, so there is a way back to unlocking it. */
  | { readonly kind: 'welcome'; readonly canGoBack: boolean }
  /**
   * `expected`: whose passphrase was forgotten; only that person's account goes on to `recover`. `joined`: a password has just
   * been set, and a second factor is due. `refused`: why a sign-in with the council's own account came to nothing; `other`: it
   * was somebody else's.
   */
  | {
      readonly kind: 'sign-in';
      readonly expected?: KeyringEntry;
      readonly joined?: true;
      readonly refused?: CouncilRefused;
    }
  | { readonly kind: 'join'; readonly token: string }
  | { readonly kind: 'choose-passphrase'; readonly session: Session }
  | { readonly kind: 'set-up' }
  | { readonly kind: 'open-file' }
  /** `code`: the groups of the recovery code, to be written down and typed back in part. */
  | { readonly kind: 'keep-code'; readonly who: NewPerson; readonly code: readonly string[]; readonly madeMs: number }
  /** `toHandOver`: copies that are to be forgotten, and have to be opened first, since they have what the server lacks. */
  | { readonly kind: 'unlock'; readonly entries: readonly KeyringEntry[]; readonly toHandOver?: readonly ToHandOver[] }
  | { readonly kind: 'recover'; readonly entry: KeyringEntry; readonly session: Session }
  | { readonly kind: 'enter-code'; readonly entry: KeyringEntry }
  | { readonly kind: 'open'; readonly laptop: Laptop }
  | { readonly kind: 'removing' }
  /**
   * The copy is to be forgotten: what it has is being handed over, or what keeps it from that. `atMs`: when that was said.
   * `elsewhere`: all is handed over, and another window still has it open.
   */
  | {
      readonly kind: 'leaving';
      readonly form: RevokeForm;
      readonly atMs: number;
      readonly trouble: SyncProblem | null;
      readonly elsewhere: boolean;
    }
  /** A copy that was here is no more. */
  | { readonly kind: 'forgotten'; readonly forgotten: Forgotten }
  | { readonly kind: 'not-secure' }
  | { readonly kind: 'refused'; readonly problem: StoreProblem };
