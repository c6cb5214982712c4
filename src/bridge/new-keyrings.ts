/**
 * A keyring on the way to being used: made, its recovery secret not kept elsewhere yet. One at a time; asking again with the same
 * answers gives the same one, with others it makes a new one and removes the old.
 *
 * While one is being made, however long the person takes, no tab takes it for something a crashed one has left behind.
 */
import type { Result, StoreProblem } from '../protocol/problem.ts';
import type { Keyrings, NewKeyring, NewKeyringAsk } from '../store/keyring.ts';
import type { KeyringEntry } from '../store/keyring-entry.ts';
import type { Holds } from './holds.ts';

export interface NewKeyrings {
  make(ask: NewKeyringAsk): Promise<Result<NewKeyring, StoreProblem>>;
  /** Its secret is kept elsewhere now. */
  finish(): Promise<Result<KeyringEntry, StoreProblem>>;
  /** Nothing is left of it. */
  discard(): Promise<void>;
}

interface Deps {
  readonly keyrings: Keyrings;
  readonly holds: Holds;
}

const makingName = 'plumbline-making-keyring';

export function newKeyrings({ keyrings, holds }: Deps): NewKeyrings {
  let made: { readonly keyring: NewKeyring; readonly passphrase: string; readonly release: () => void } | null = null;

  const discard = async (): Promise<void> => {
    const gone = made;
    made = null;
    if (gone === null) return;
    await keyrings.remove(gone.keyring.entry);
    gone.release();
  };

  return {
    async make(ask) {
      if (made !== null && isFor(made.keyring, ask) && made.passphrase === ask.passphrase) {
        return { ok: true, value: made.keyring };
      }
      await discard();
      const release = await holds.hold(makingName);
      const created = await keyrings.create(ask);
      if (created.ok) made = { keyring: created.value, passphrase: ask.passphrase, release };
      else release();
      return created;
    },
    async finish() {
      if (made === null) throw new Error('No keyring is being made');
      const kept = await keyrings.markDeposited(made.keyring.entry);
      made.release();
      made = null;
      return kept;
    },
    discard,
  };
}

const isFor = ({ entry }: NewKeyring, { session }: NewKeyringAsk): boolean =>
  entry.authority === session.authority && entry.person === session.person;

/** A keyring whose secret is kept nowhere else has never opened a laptop: it is removed, and made anew. */
export async function withoutUnfinished(
  { keyrings, holds }: Deps,
  listed: readonly KeyringEntry[],
): Promise<readonly KeyringEntry[]> {
  const unfinished = listed.filter((entry) => !entry.deposited);
  if (unfinished.length > 0) {
    await holds.ifFree(makingName, async () => {
      for (const entry of unfinished) await keyrings.remove(entry);
    });
  }
  return listed.filter((entry) => entry.deposited);
}
