/**
 * The door to the council's server: signing in, joining by an invitation, the first passphrase on this laptop, and a new one
 * in the place of a forgotten one.
 *
 * Promises:
 *  - a laptop is not opened for the first time before its recovery secret is deposited with the server
 *  - a sign-in as somebody else than expected opens nothing
 */
import type { Result, StoreProblem, SyncProblem } from '../protocol/problem.ts';
import type { UnlockProblem } from '../protocol/unlock-problem.ts';
import {
  councilStart,
  type AuthorityReply,
  type CouncilReturn,
  type Invitation,
  type Session,
} from '../protocol/session.ts';
import type { AccountApi, JoinProfile } from '../protocol/threads.ts';
import type { KeyringEntry } from '../store/keyring-entry.ts';
import { leftHere, leftTables, type LeftHere } from '../store/hand-over.ts';
import type { Forgetting } from '../protocol/forgotten.ts';
import { watchDeposit } from './deposit-watch.ts';
import { belongsTo, depositOf, sessionFor } from './entries.ts';
import { askForKey } from './doors.ts';
import type { CouncilRefused } from './gate-state.ts';
import type { Hall } from './hall.ts';
import { newKeyrings } from './new-keyrings.ts';
import { orProblem } from './or-problem.ts';
import { signOutsOn } from './owed-sign-out.ts';
import { revokedCopies, type Told } from './revoked-copies.ts';
import type { ServerBridge } from './sync-bridge.ts';
import { weakPassphrase } from '../store/weak-passphrase.ts';

export interface ServerActions {
  /** Whose server stands behind this app, and whether the council's own accounts sign in; null while it does not say. */
  authority(): Promise<AuthorityReply | null>;
  /** Leaves for the council's provider, which sends the person back. */
  toCouncil(): Promise<void>;
  /** `code`: of the second factor, once it has been asked for. */
  signIn(email: string, password: string, code?: string): Promise<SyncProblem | null>;
  /** Looks at an invitation without using it. */
  invitation(token: string): Promise<Result<Invitation, SyncProblem>>;
  /** Uses an invitation. `profile` when the invitation asks for name and email. */
  join(token: string, password: string, profile?: JoinProfile): Promise<SyncProblem | null>;
  /** Makes the keyring and deposits its recovery secret; may be called again after a problem. */
  choosePassphrase(passphrase: string): Promise<SyncProblem | StoreProblem | null>;
  recover(newPassphrase: string): Promise<SyncProblem | UnlockProblem | StoreProblem | null>;
}

export interface ServerDoor {
  readonly actions: ServerActions;
  /** Somebody comes back from the council's provider. Opens their copy when another tab has it open. */
  comeBack(came: CouncilReturn): Promise<void>;
  /** Ends a session whose sign-out the server never heard of, if there is one. */
  settle(): Promise<void>;
  /** Whoever signed in turns back. */
  turnBack(): void;
  /** A copy that was here is no more: said once, and not waited for. */
  tellGone(forgotten: Forgetting & { readonly keyring: string }): void;
  enter(entry: KeyringEntry, key: CryptoKey): Promise<StoreProblem | null>;
}

export function serverDoor(hall: Hall): ServerDoor {
  const { deps, gate, go } = hall;
  const { keyrings } = deps;
  const makings = newKeyrings(deps);
  let session: Session | null = null;
  let spare: ServerBridge | null = null;
  let cameBack = false;

  const revoked = revokedCopies(hall);

  const sync = (): ServerBridge => (spare ??= deps.newSync());
  const account = (): AccountApi => sync().account;
  const signOuts = signOutsOn(account, deps.owedSignOut);

  async function enter(entry: KeyringEntry, key: CryptoKey): Promise<StoreProblem | null> {
    const from = gate.value;
    const opened = await hall.openStore(entry, key);
    if (!opened.ok) return opened.problem;
    const mine = sync();
    spare = null;
    let told: Told | null = null;
    let left: LeftHere | null = null;
    const hasJustSignedIn = cameBack;
    cameBack = false;
    const coming = {
      ...{ entry, key, store: opened.value, session: sessionFor(entry, session) },
      ...{ sync: mine, account: mine.account, endSession: () => signOuts.endSession() },
      beside: () => {
        const stopDeposit = watchDeposit({ ...deps, entry, key, account: mine.account, sync: mine });
        const stopRevoked = revoked.watch(mine, (said) => {
          told = said;
          void hall.opened()?.revoked(said.form);
        });
        return () => (stopDeposit(), stopRevoked());
      },
      async beforeForgetting() {
        if (told === null) return;
        left = await opened.value.port.read(leftTables, leftHere).catch(() => null);
        told = await revoked.handOver(entry, told, mine);
      },
    };
    await hall.letIn(
      {
        ...coming,
        onClosing(how) {
          session = null;
          if (how === 'signed-out') go({ kind: 'sign-in' });
          else if (how === 'lost' || how === 'stolen')
            go({ kind: 'leaving', form: how, atMs: told?.atMs ?? 0, trouble: null, elsewhere: false });
          else hall.toDoor();
        },
        async onClosed() {
          if (told !== null && gate.value.kind === 'leaving') await revoked.forget(entry, told, left, account());
        },
      },
      from,
    );
    // The tabs that wait for a sign-in go on after one that was made on a page of the provider's.
    if (hasJustSignedIn) void mine.syncNow();
    return null;
  }

  /** A sign-in succeeded, at a gate that expected anyone or one person. */
  async function signedIn(now: Session, expected: KeyringEntry | undefined): Promise<SyncProblem | null> {
    signOuts.replaced();
    if (expected !== undefined && !belongsTo(expected, now)) {
      await signOuts.endSession();
      return { kind: 'wrong-person' };
    }
    session = now;
    const known = expected ?? hall.entries().find((entry) => belongsTo(entry, now));
    if (expected !== undefined) go({ kind: 'recover', entry: expected, session: now });
    else if (known === undefined) go({ kind: 'choose-passphrase', session: now });
    else go({ kind: 'unlock', entries: [known] });
    return null;
  }

  const actions: ServerActions = {
    async authority() {
      const reply = await account().authority();
      return reply.ok ? reply.value : null;
    },
    async toCouncil() {
      const at = gate.value;
      if (at.kind !== 'sign-in') return;
      // What is owed ends an earlier session, and must not find the one that is about to be made.
      await signOuts.settle();
      deps.goTo(councilStart(at.expected?.keyring), 'here');
    },
    invitation: (token) => account().invitation(token),
    async signIn(email, password, code) {
      const at = gate.value;
      if (at.kind !== 'sign-in') return null;
      await signOuts.settle();
      const recovers = at.expected?.keyring;
      const more = { ...(code === undefined ? {} : { code }), ...(recovers === undefined ? {} : { recovers }) };
      const reply = await account().signIn(email, password, more);
      return reply.ok ? signedIn(reply.value, at.expected) : reply.problem;
    },
    async join(token, password, profile) {
      if (gate.value.kind !== 'join') return null;
      await signOuts.settle();
      const reply = await account().join(token, password, profile);
      if (!reply.ok && reply.problem.kind === 'second-factor') {
        // The password is set; a second factor is shown, or set up, at the sign-in.
        deps.clearAddress();
        go({ kind: 'sign-in', joined: true });
        return null;
      }
      if (!reply.ok) return reply.problem;
      deps.clearAddress();
      return signedIn(reply.value, undefined);
    },
    choosePassphrase: (passphrase) =>
      orProblem(async () => {
        const at = gate.value;
        if (at.kind !== 'choose-passphrase') return null;
        const { name, email, authorityName } = at.session;
        const weak = weakPassphrase(passphrase, [name, email, authorityName]);
        if (weak !== null) return weak;
        await deps.askToPersist();
        const made = await makings.make({ home: 'server', session: at.session, passphrase });
        if (!made.ok) return made.problem;
        const { entry, key, recoverySecret } = made.value;
        const deposited = await account().deposit(depositOf(entry), recoverySecret);
        if (!deposited.ok) return deposited.problem;
        const kept = await makings.finish();
        if (!kept.ok) return kept.problem;
        hall.setEntries([...hall.entries(), kept.value]);
        return enter(kept.value, key);
      }),
    recover: (newPassphrase) =>
      orProblem(async () => {
        const at = gate.value;
        if (at.kind !== 'recover') return null;
        const { name, email, authorityName } = at.session;
        const weak = weakPassphrase(newPassphrase, [name, email, authorityName]);
        if (weak !== null) return weak;
        const recovered = await account().recover(at.entry.keyring);
        if (!recovered.ok) {
          if (recovered.problem.kind === 'stale-sign-in') go({ kind: 'sign-in', expected: at.entry });
          return recovered.problem;
        }
        const unlocked = await keyrings.unlockWithRecovery(at.entry, recovered.value.secret, newPassphrase);
        return unlocked.ok ? enter(at.entry, unlocked.value) : unlocked.problem;
      }),
  };
  async function comeBack({ refused, recovers }: CouncilReturn): Promise<void> {
    deps.clearAddress();
    const expected = hall.entries().find(({ keyring }) => keyring === recovers);
    // Whose passphrase was forgotten is still so when the sign-in came to nothing.
    const turnedAway = (why: CouncilRefused): void =>
      go({ kind: 'sign-in', refused: why, ...(expected === undefined ? {} : { expected }) });
    if (refused !== undefined) return turnedAway(refused);
    await signOuts.settle();
    const reply = await account().session();
    if (!reply.ok) return turnedAway('failed');
    cameBack = true;
    if ((await signedIn(reply.value, expected)) !== null) return turnedAway('other');
    const at = gate.value;
    const [entry] = at.kind === 'unlock' ? at.entries : [];
    const offered = entry && (await askForKey(deps.doors, deps.timers, [entry.keyring]));
    if (entry === undefined || !offered || gate.value !== at) return;
    const problem = await orProblem(() => enter(entry, offered.key));
    if (problem !== null) go({ kind: 'refused', problem });
  }

  const tellGone = ({ keyring, device, givenUp }: Forgetting & { readonly keyring: string }): void =>
    void account().gone({ keyring, device }, givenUp);

  revoked.askWhileLocked(account);
  return {
    actions,
    enter,
    comeBack,
    tellGone,
    settle: () => signOuts.settle(),
    turnBack: () => void signOuts.endSession(),
  };
}
