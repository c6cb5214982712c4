/** What the gate asks of keyring entries: whose they are, and which never came to be used. */
import type { Session } from '../protocol/session.ts';
import type { KeyringEntry, Keyrings } from '../store/keyring.ts';

export const belongsTo = (entry: KeyringEntry, { authority, person }: Session): boolean =>
  entry.authority === authority && entry.person === person;

/** A keyring whose secret was never deposited has never opened a laptop: it holds nothing and is made anew. */
export async function withoutUnfinished(
  keyrings: Keyrings,
  listed: readonly KeyringEntry[],
): Promise<readonly KeyringEntry[]> {
  for (const entry of listed) if (!entry.deposited) await keyrings.remove(entry);
  return listed.filter((entry) => entry.deposited);
}

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
