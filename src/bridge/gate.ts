/**
 * What stands between a person and their laptop's copy.
 *
 *   starting --no keyring--> sign-in --known person--> unlock --passphrase--> open
 *       |                       | \--first time here--> choose-passphrase --deposited--> open
 *       |                       \--forgotten--> recover --new passphrase--> open
 *       |--keyrings------------------------------------> unlock     open --lock--> unlock
 *       |--another tab of the person has it open-------> open       open --sign out--> sign-in
 *       \--invitation link--> join --> as after a sign-in
 *
 * Promises:
 *  - a laptop is not opened for the first time before its recovery secret is deposited with the server
 *  - unlocking needs no network; a sign-in as somebody else than expected opens nothing
 *  - whatever is asked while the gate stands elsewhere changes nothing
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { ImportAccess } from '../protocol/import-job.ts';
import type { Result, StoreProblem, SyncProblem, UnlockProblem } from '../protocol/problem.ts';
import { passwordMinimum, type Invitation, type Session } from '../protocol/session.ts';
import type { JoinProfile } from '../protocol/threads.ts';
import type { Timers } from '../protocol/timers.ts';
import type { KeyringEntry, Keyrings, NewKeyring } from '../store/keyring.ts';
import type { Store } from '../store/open.ts';
import { asResult } from '../store/problems.ts';
import { askForKey, type Doors } from './doors.ts';
import { belongsTo, sessionFor, withoutUnfinished } from './entries.ts';
import { openLaptop, type Laptop, type OpenLaptop } from './laptop.ts';
import { signOutsOn, type Reminder } from './owed-sign-out.ts';
import type { ImportBridge } from './import-bridge.ts';
import type { SummaryBridge } from './summary-bridge.ts';
import type { SyncBridge } from './sync-bridge.ts';

export type Gate =
  | { readonly kind: 'starting' }
  /** `expected`: whose passphrase was forgotten; only that person's account goes on to `recover`. */
  | { readonly kind: 'sign-in'; readonly expected?: KeyringEntry }
  | { readonly kind: 'join'; readonly token: string }
  | { readonly kind: 'choose-passphrase'; readonly session: Session }
  | { readonly kind: 'unlock'; readonly entries: readonly KeyringEntry[] }
  | { readonly kind: 'recover'; readonly entry: KeyringEntry; readonly session: Session }
  | { readonly kind: 'open'; readonly laptop: Laptop }
  | { readonly kind: 'refused'; readonly problem: StoreProblem };

export interface GateActions {
  readonly gate: ReadonlySignal<Gate>;
  signIn(email: string, password: string): Promise<SyncProblem | null>;
  /** Looks at an invitation without using it. */
  invitation(token: string): Promise<Result<Invitation, SyncProblem>>;
  /** Uses an invitation. `profile` when the invitation asks for name and email. */
  join(token: string, password: string, profile?: JoinProfile): Promise<SyncProblem | null>;
  /** Makes the keyring and deposits its recovery secret; may be called again after a problem. */
  choosePassphrase(passphrase: string): Promise<SyncProblem | StoreProblem | null>;
  unlock(entry: KeyringEntry, passphrase: string): Promise<UnlockProblem | StoreProblem | null>;
  /** The passphrase is forgotten: sign in, then `recover`. */
  forgot(entry: KeyringEntry): void;
  recover(newPassphrase: string): Promise<SyncProblem | UnlockProblem | StoreProblem | null>;
  /** Somebody who has no keyring on this laptop signs in. */
  otherPerson(): void;
  back(): void;
}

export interface GateDeps {
  readonly keyrings: Keyrings;
  readonly doors: Doors;
  readonly timers: Timers;
  readonly newSync: () => SyncBridge;
  readonly openSummary: (entry: KeyringEntry) => SummaryBridge;
  readonly newImport: (access: ImportAccess) => ImportBridge;
  readonly openStore: (entry: KeyringEntry, key: CryptoKey) => Promise<Result<Store, StoreProblem>>;
  /** The token of an invitation link that led here, or null. */
  readonly invitationToken: string | null;
  /** Takes the used token out of the address. */
  readonly forgetInvitation: () => void;
  readonly owedSignOut: Reminder;
  /** Asks the browser to keep this origin's storage when space is short. */
  readonly askToPersist: () => Promise<void>;
}

/** The gate, and what saves the drafts of an open laptop before a reload. */
export interface RunningGate extends GateActions {
  putAway(): Promise<void>;
}

export function startGate(deps: GateDeps): RunningGate {
  const { keyrings, doors, timers } = deps;
  const gate = signal<Gate>({ kind: 'starting' });
  let entries: readonly KeyringEntry[] = [];
  let session: Session | null = null;
  let open: OpenLaptop | null = null;
  /** Made, not yet deposited. */
  let made: { readonly keyring: NewKeyring; readonly passphrase: string } | null = null;
  let spare: SyncBridge | null = null;

  const sync = () => (spare ??= deps.newSync());
  const account = () => sync().account;
  const signOuts = signOutsOn(account, deps.owedSignOut);
  const go = (next: Gate) => {
    gate.value = next;
  };
  const toDoor = () => go(entries.length > 0 ? { kind: 'unlock', entries } : { kind: 'sign-in' });

  async function start(): Promise<void> {
    void signOuts.settle();
    const listed = await keyrings.list();
    if (!listed.ok) return go({ kind: 'refused', problem: listed.problem });
    entries = await withoutUnfinished(keyrings, listed.value);
    if (deps.invitationToken !== null) return go({ kind: 'join', token: deps.invitationToken });
    if (entries.length === 0) return toDoor();
    const offered = await askForKey(
      doors,
      timers,
      entries.map(({ keyring }) => keyring),
    );
    const entry = entries.find(({ keyring }) => keyring === offered?.keyring);
    if (offered === null || entry === undefined) return toDoor();
    const problem = await orProblem(() => openWith(entry, offered.key));
    if (problem !== null) go({ kind: 'refused', problem });
  }

  async function openWith(entry: KeyringEntry, key: CryptoKey): Promise<StoreProblem | null> {
    const from = gate.value;
    const opened = await deps.openStore(entry, key);
    if (!opened.ok) return opened.problem;
    const mine = sync();
    spare = null;
    const next = await openLaptop({
      store: opened.value,
      entry,
      session: sessionFor(entry, session),
      key,
      sync: mine,
      summary: deps.openSummary(entry),
      newImport: deps.newImport,
      timers,
      tellTabs: (kind) => doors.post({ kind, keyring: entry.keyring }),
      endSession: () => signOuts.endSession(),
      onClosing(how) {
        open = null;
        session = null;
        if (how === 'signed-out') go({ kind: 'sign-in' });
        else toDoor();
      },
    });
    open = next;
    if (gate.value === from) go({ kind: 'open', laptop: next.laptop });
    else await next.lockedElsewhere();
    return null;
  }

  doors.listen((message) => {
    const key = open?.key() ?? null;
    const mine = open?.laptop.entry.keyring;
    if (open === null || mine === undefined) return;
    switch (message.kind) {
      case 'ask':
        if (key !== null && message.keyrings.includes(mine)) doors.post({ kind: 'offer', keyring: mine, key });
        return;
      case 'lock':
        if (message.keyring === mine) void open.lockedElsewhere();
        return;
      case 'active':
        if (message.keyring === mine) open.touchedElsewhere();
        return;
      case 'offer':
        return;
      default:
        return message satisfies never;
    }
  });

  /** A sign-in succeeded, at a gate that expected anyone or one person. */
  async function signedIn(now: Session, expected: KeyringEntry | undefined): Promise<SyncProblem | null> {
    signOuts.replaced();
    if (expected !== undefined && !belongsTo(expected, now)) {
      await signOuts.endSession();
      return { kind: 'wrong-person' };
    }
    session = now;
    const known = expected ?? entries.find((entry) => belongsTo(entry, now));
    if (expected !== undefined) go({ kind: 'recover', entry: expected, session: now });
    else if (known === undefined) go({ kind: 'choose-passphrase', session: now });
    else go({ kind: 'unlock', entries: [known] });
    return null;
  }

  async function makeKeyring(now: Session, passphrase: string): Promise<Result<NewKeyring, StoreProblem>> {
    if (made?.passphrase === passphrase) return { ok: true, value: made.keyring };
    if (made !== null) await keyrings.remove(made.keyring.entry);
    made = null;
    const created = await keyrings.create({ session: now, passphrase });
    if (created.ok) made = { keyring: created.value, passphrase };
    return created;
  }

  void start();
  return {
    gate,
    putAway: async () => open?.laptop.putAway(),
    invitation: (token) => account().invitation(token),
    async signIn(email, password) {
      const at = gate.value;
      if (at.kind !== 'sign-in') return null;
      await signOuts.settle();
      const reply = await account().signIn(email, password);
      return reply.ok ? signedIn(reply.value, at.expected) : reply.problem;
    },
    async join(token, password, profile) {
      if (gate.value.kind !== 'join') return null;
      await signOuts.settle();
      const reply = await account().join(token, password, profile);
      if (!reply.ok) return reply.problem;
      deps.forgetInvitation();
      return signedIn(reply.value, undefined);
    },
    choosePassphrase: (passphrase) =>
      orProblem(async () => {
        const at = gate.value;
        if (at.kind !== 'choose-passphrase') return null;
        if (passphrase.length < passwordMinimum) return { kind: 'weak-password', minimum: passwordMinimum };
        await deps.askToPersist();
        const created = await makeKeyring(at.session, passphrase);
        if (!created.ok) return created.problem;
        const { entry, key, recoverySecret } = created.value;
        const deposited = await account().deposit(entry.keyring, entry.device, recoverySecret);
        if (!deposited.ok) return deposited.problem;
        made = null;
        const kept = await keyrings.markDeposited(entry);
        if (!kept.ok) return kept.problem;
        entries = [...entries, kept.value];
        return openWith(kept.value, key);
      }),
    unlock: (entry, passphrase) =>
      orProblem(async () => {
        if (gate.value.kind !== 'unlock') return null;
        const unlocked = await keyrings.unlock(entry, passphrase);
        return unlocked.ok ? openWith(entry, unlocked.value) : unlocked.problem;
      }),
    forgot: (entry) => go({ kind: 'sign-in', expected: entry }),
    recover: (newPassphrase) =>
      orProblem(async () => {
        const at = gate.value;
        if (at.kind !== 'recover') return null;
        if (newPassphrase.length < passwordMinimum) return { kind: 'weak-password', minimum: passwordMinimum };
        const recovered = await account().recover(at.entry.keyring);
        if (!recovered.ok) {
          if (recovered.problem.kind === 'stale-sign-in') go({ kind: 'sign-in', expected: at.entry });
          return recovered.problem;
        }
        const unlocked = await keyrings.unlockWithRecovery(at.entry, recovered.value.secret, newPassphrase);
        return unlocked.ok ? openWith(at.entry, unlocked.value) : unlocked.problem;
      }),
    otherPerson: () => go({ kind: 'sign-in' }),
    back() {
      const { kind } = gate.value;
      if (kind === 'open') return;
      if (kind === 'join') deps.forgetInvitation();
      // Whoever turns back here has signed in and will not use it.
      if (kind === 'choose-passphrase' || kind === 'recover') void signOuts.endSession();
      toDoor();
    },
  };
}

/** A problem the store rejected with, as data; a bug is thrown on. */
async function orProblem<P>(work: () => Promise<P | null>): Promise<P | StoreProblem | null> {
  const done = await asResult(async () => ({ ok: true, value: await work() }) as const);
  return done.ok ? done.value : done.problem;
}
