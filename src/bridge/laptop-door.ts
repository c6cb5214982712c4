/**
 * The door of one person alone: setting a laptop up or filling it from a backup file, the recovery code that stands in for a server, a new passphrase from
 * it, and removing everything.
 *
 * Promises:
 *  - a laptop is not opened for the first time before the person has shown that they have the code
 *  - nothing here asks the network for anything
 *  - who they are is on disk before the code is shown: a browser that dies then leaves nothing half made
 */
import type { AuthorityId, PersonId, RecordId } from '../domain/ids.ts';
import type { Result, StoreProblem } from '../protocol/problem.ts';
import type { UnlockProblem } from '../protocol/unlock-problem.ts';
import type { Session } from '../protocol/session.ts';
import type { BackupProblem } from '../protocol/backup.ts';
import type { OnProgress } from '../store/backup/bring-in.ts';
import { asBackupResult, BackupFailure, type Cancelled } from '../store/backup/failure.ts';
import { openBackup, type OpenedBackup } from '../store/backup/read-backup.ts';
import { restoreInto } from '../store/backup/restore.ts';
import { firstEdits, type NewPerson } from '../store/first-edits.ts';
import type { NewKeyring } from '../store/keyring.ts';
import type { KeyringEntry } from '../store/keyring-entry.ts';
import type { Store } from '../store/open.ts';
import { recordEdits } from '../store/record.ts';
import { codeOf, isEndOfCode, readCode, type CodeProblem } from '../store/recovery-code.ts';
import { weakPassphrase, type WeakPassphrase } from '../store/weak-passphrase.ts';
import { sessionFor } from './entries.ts';
import { forgetNotes } from './forgotten.ts';
import type { Hall } from './hall.ts';
import { newKeyrings } from './new-keyrings.ts';
import { noSync } from './no-sync.ts';
import { orProblem } from './or-problem.ts';

export interface LaptopActions {
  toSetUp(): void;
  toOpenFile(): void;
  /** Opens a backup file of a laptop of one person alone that is not on this one. Nothing is written. */
  openFile(file: Blob, passphrase: string): Promise<Result<OpenedBackup, BackupProblem | StoreProblem | Cancelled>>;
  /** Puts everything of the file here, under a passphrase of this laptop's own, and goes on to its recovery code. All or nothing. */
  restore(
    signal: AbortSignal,
    backup: OpenedBackup,
    passphrase: string,
    onProgress: OnProgress,
  ): Promise<WeakPassphrase | BackupProblem | StoreProblem | Cancelled | null>;
  /** Makes the laptop's copy and goes on to its recovery code. */
  setUp(who: NewPerson, passphrase: string): Promise<WeakPassphrase | StoreProblem | null>;
  /** `end`: the last two groups of the code, as written down. Opens the laptop when they are right. */
  keptCode(end: string): Promise<CodeProblem | StoreProblem | null>;
  /** Opens with the recovery code as typed, from now on under a new passphrase. */
  recoverWithCode(
    code: string,
    newPassphrase: string,
  ): Promise<CodeProblem | WeakPassphrase | UnlockProblem | StoreProblem | null>;
}

export interface LaptopDoor {
  readonly actions: LaptopActions;
  /** Whoever was setting up turns back: nothing of it is left. */
  turnBack(): void;
  enter(entry: KeyringEntry, key: CryptoKey): Promise<StoreProblem | null>;
}

export function laptopDoor(hall: Hall): LaptopDoor {
  const { deps, gate, go } = hall;
  const { keyrings } = deps;
  const makings = newKeyrings(deps);
  let made: NewKeyring | null = null;

  async function enter(entry: KeyringEntry, key: CryptoKey): Promise<StoreProblem | null> {
    const from = gate.value;
    const opened = await hall.openStore(entry, key);
    if (!opened.ok) return opened.problem;
    await hall.letIn(
      {
        ...{ entry, key, store: opened.value, session: sessionFor(entry, null) },
        ...{ sync: noSync(), account: null, endSession: async () => undefined },
        onClosing(how) {
          if (how === 'removed') go({ kind: 'removing' });
          else hall.toDoor();
        },
        async onClosed(how) {
          if (how === 'removed') await remove(entry);
        },
      },
      from,
    );
    return null;
  }

  async function remove(entry: KeyringEntry): Promise<void> {
    hall.setEntries(hall.entries().filter(({ keyring }) => keyring !== entry.keyring));
    deps.losses.forget(entry);
    forgetNotes(deps.notes, entry);
    const problem = await orProblem(async () => {
      await keyrings.remove(entry);
      return null;
    });
    deps.clearAddress();
    if (problem === null) hall.toDoor();
    else go({ kind: 'refused', problem });
  }

  /** Makes a copy, puts into its new store what `fill` has for it, and goes on to its code; or leaves nothing behind. */
  async function prepare<P>(
    session: Session,
    passphrase: string,
    fill: (store: Store) => Promise<Result<unknown, P>>,
  ): Promise<P | StoreProblem | null> {
    await deps.askToPersist();
    const created = await makings.make({ home: 'laptop', session, passphrase });
    if (!created.ok) return created.problem;
    const { entry, key, recoverySecret } = created.value;
    const opened = await hall.openStore(entry, key);
    if (!opened.ok) {
      await makings.discard();
      return opened.problem;
    }
    const filled = await fill(opened.value);
    await opened.value.port.close();
    if (!filled.ok) {
      await makings.discard();
      return filled.problem;
    }
    made = created.value;
    const { name, email, authorityName } = session;
    go({
      kind: 'keep-code',
      who: { name, email, authorityName },
      code: codeOf(recoverySecret),
      madeMs: deps.now(),
    });
    return null;
  }

  const actions: LaptopActions = {
    toSetUp() {
      if (gate.value.kind === 'welcome') go({ kind: 'set-up' });
    },
    setUp: (who, passphrase) =>
      orProblem(async () => {
        if (gate.value.kind !== 'set-up') return null;
        const weak = weakPassphrase(passphrase, [who.name, who.email, who.authorityName]);
        if (weak !== null) return weak;
        return prepare(sessionOf(who, deps.newId), passphrase, (store) =>
          recordEdits(store, firstEdits(store.person as string as RecordId, who), 'act'),
        );
      }),
    toOpenFile() {
      if (gate.value.kind === 'welcome') go({ kind: 'open-file' });
    },
    openFile: (file, passphrase) =>
      asBackupResult(new AbortController().signal, async () => {
        const backup = await openBackup(deps.hash, file, passphrase);
        const { home, authority, person } = backup.who;
        if (home !== 'laptop') throw new BackupFailure('of-a-server');
        const isHere = hall.entries().some((entry) => entry.authority === authority && entry.person === person);
        if (isHere) throw new BackupFailure('already-here');
        return backup;
      }),
    restore: (signal, backup, passphrase, onProgress) =>
      orProblem(async () => {
        if (gate.value.kind !== 'open-file') return null;
        const weak = weakPassphrase(passphrase, [backup.who.name, backup.who.email, backup.who.authorityName]);
        if (weak !== null) return weak;
        return prepare(backup.who, passphrase, (store) => restoreInto(signal, store, backup, onProgress));
      }),
    keptCode: (end) =>
      orProblem(async () => {
        const at = gate.value;
        if (at.kind !== 'keep-code' || made === null) return null;
        if (!isEndOfCode(end, at.code)) return { kind: 'code-end' };
        const { key } = made;
        const kept = await makings.finish();
        if (!kept.ok) return kept.problem;
        made = null;
        hall.setEntries([...hall.entries(), kept.value]);
        deps.clearAddress();
        return enter(kept.value, key);
      }),
    recoverWithCode: (code, newPassphrase) =>
      orProblem(async () => {
        const at = gate.value;
        if (at.kind !== 'enter-code') return null;
        const secret = readCode(code);
        if (!secret.ok) return secret.problem;
        const weak = weakPassphrase(newPassphrase, [at.entry.label, at.entry.authorityName]);
        if (weak !== null) return weak;
        const unlocked = await keyrings.unlockWithRecovery(at.entry, secret.value, newPassphrase);
        return unlocked.ok ? enter(at.entry, unlocked.value) : unlocked.problem;
      }),
  };
  return {
    actions,
    enter,
    turnBack() {
      made = null;
      void makings.discard();
    },
  };
}

/** An authority and a person of their own. Both ids are chance: nobody else has them. */
const sessionOf = ({ name, email, authorityName }: NewPerson, newId: () => string): Session => ({
  authority: newId() as AuthorityId,
  authorityName,
  person: newId() as PersonId,
  name,
  email,
});
