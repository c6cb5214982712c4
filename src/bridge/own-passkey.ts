/** The passkey of an open copy: whether there is one, adding it with the passphrase, taking it away. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { StoreProblem } from '../protocol/problem.ts';
import type { PasskeyProblem, UnlockProblem } from '../protocol/unlock-problem.ts';
import type { Keyrings } from '../store/keyring.ts';
import type { KeyringEntry, Passkey } from '../store/keyring-entry.ts';
import { orProblem } from './or-problem.ts';
import type { Passkeys } from './passkeys.ts';

export interface OwnPasskey {
  /** null for none. */
  readonly passkey: ReadonlySignal<Passkey | null>;
  /** Whether this browser may have what it takes. */
  mayHave(): Promise<boolean>;
  /** Makes one and has it open this copy from now on; the passphrase opens it too, as before. */
  add(passphrase: string): Promise<UnlockProblem | PasskeyProblem | StoreProblem | null>;
  remove(): Promise<StoreProblem | null>;
}

interface Deps {
  readonly keyrings: Keyrings;
  readonly passkeys: Passkeys;
  /** The entry has changed on the disk. */
  readonly onChange: () => void;
}

export function ownPasskey(entry: KeyringEntry, { keyrings, passkeys, onChange }: Deps): OwnPasskey {
  const passkey = signal(entry.passkey);
  const became = (next: KeyringEntry): void => {
    passkey.value = next.passkey;
    onChange();
  };
  return {
    passkey,
    mayHave: () => passkeys.mayHave(),
    add: (passphrase) =>
      orProblem<UnlockProblem | PasskeyProblem>(async () => {
        // Before anybody is asked for a finger: a passkey that could not be used would be left behind.
        const right = await keyrings.unlock(entry, passphrase);
        if (!right.ok) return right.problem;
        const made = await passkeys.make(entry.label, entry.keyring);
        if (!made.ok) return made.problem;
        try {
          const added = await keyrings.addPasskey(entry, passphrase, made.value);
          if (!added.ok) return added.problem;
          became(added.value);
          return null;
        } finally {
          made.value.secret.fill(0);
        }
      }),
    remove: () =>
      orProblem<never>(async () => {
        const before = passkey.peek();
        became(await keyrings.dropPasskey(entry));
        if (before !== null) passkeys.forget(before);
        return null;
      }),
  };
}
