/** What is asked of keyring entries: whose they are. */
import type { Session } from '../protocol/session.ts';
import type { DepositOf } from '../protocol/threads.ts';
import type { KeyringEntry } from '../store/keyring-entry.ts';

export const belongsTo = (entry: KeyringEntry, { authority, person }: Session): boolean =>
  entry.authority === authority && entry.person === person;

/** Whose secret it is that is deposited of this copy. */
export const depositOf = ({ keyring, device, person }: KeyringEntry): DepositOf => ({ keyring, device, person });

/** The session of the last sign-in when it is this person's; otherwise what the keyring knows of them. */
export const sessionFor = (entry: KeyringEntry, session: Session | null): Session =>
  session !== null && belongsTo(entry, session)
    ? session
    : {
        authority: entry.authority,
        authorityName: entry.authorityName,
        person: entry.person,
        name: entry.label,
        email: entry.label,
      };
