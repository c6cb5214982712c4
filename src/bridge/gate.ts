/**
 * The gate: which door is in front of the person, and what they do there. `gate-state` draws the way; each door has a file.
 *
 * Promises:
 *  - unlocking needs no network
 *  - whatever is asked while the gate stands elsewhere changes nothing
 */
import type { ReadonlySignal } from '@preact/signals';
import type { StoreProblem } from '../protocol/problem.ts';
import type { PasskeyProblem, UnlockProblem } from '../protocol/unlock-problem.ts';
import type { KeyringEntry } from '../store/keyring-entry.ts';
import { askForKey } from './doors.ts';
import { exampleDoor, type ExampleActions } from './example-door.ts';
import { seenForgotten } from './forgotten.ts';
import type { Gate } from './gate-state.ts';
import { openHall, type GateDeps } from './hall.ts';
import { laptopDoor, type LaptopActions } from './laptop-door.ts';
import type { Losses } from './losses.ts';
import { finishForgetting } from './forgotten.ts';
import { withoutUnfinished } from './new-keyrings.ts';
import { orProblem } from './or-problem.ts';
import { serverDoor, type ServerActions } from './server-door.ts';
import { forgetUnsaved } from './unsaved-text.ts';

export interface GateActions extends ServerActions, LaptopActions, ExampleActions {
  readonly gate: ReadonlySignal<Gate>;
  /** Copies that the browser has lost from this laptop, with what was in them. */
  readonly losses: Pick<Losses, 'known' | 'seen'>;
  /** Another window keeps the laptop from being opened; it goes on by itself. */
  readonly blocked: ReadonlySignal<boolean>;
  toSignIn(): void;
  unlock(entry: KeyringEntry, passphrase: string): Promise<UnlockProblem | StoreProblem | null>;
  /** By the passkey of the entry, which the browser asks for. */
  unlockWithPasskey(entry: KeyringEntry): Promise<UnlockProblem | PasskeyProblem | StoreProblem | null>;
  /** The passphrase is forgotten: sign in or enter the code, and choose another. */
  forgot(entry: KeyringEntry): void;
  /** Somebody who has no keyring on this laptop. */
  otherPerson(): void;
  back(): void;
  /** Somebody has read that a copy which was here is no more. */
  readForgotten(): void;
}

/** The gate, and what puts the drafts of an open laptop away before a reload: whether all of them are saved, or come back after it. */
export interface RunningGate extends GateActions {
  putAway(): Promise<boolean>;
}

export function startGate(deps: GateDeps): RunningGate {
  const hall = openHall(deps);
  const { gate, go, toDoor } = hall;
  const server = serverDoor(hall);
  const alone = laptopDoor(hall);
  const example = exampleDoor(hall);

  const enter = (entry: KeyringEntry, key: CryptoKey): Promise<StoreProblem | null> =>
    (entry.home === 'server' ? server : alone).enter(entry, key);

  async function start(): Promise<void> {
    if (!deps.isSecure) return go({ kind: 'not-secure' });
    void server.settle();
    void example.sweep();
    const marks = deps.losses.marks();
    const listed = await deps.keyrings.list();
    if (!listed.ok) return go({ kind: 'refused', problem: listed.problem });
    deps.losses.compare(marks, new Set(listed.value.map(({ keyring }) => keyring)));
    const entries = await withoutUnfinished(deps, listed.value);
    hall.setEntries(entries);
    forgetUnsaved(deps.notes, new Set(entries.map(({ keyring }) => keyring)));
    for (const cutOff of finishForgetting(deps.notes, entries, deps.now())) server.tellGone(cutOff);
    if (deps.invitationToken !== null) return go({ kind: 'join', token: deps.invitationToken });
    if (deps.councilReturn !== null) return server.comeBack(deps.councilReturn);
    if (entries.length === 0) return toDoor();
    const offered = await askForKey(
      deps.doors,
      deps.timers,
      entries.map(({ keyring }) => keyring),
    );
    const entry = entries.find(({ keyring }) => keyring === offered?.keyring);
    if (offered === null || entry === undefined) return toDoor();
    const problem = await orProblem(() => enter(entry, offered.key));
    if (problem !== null) go({ kind: 'refused', problem });
  }

  function back(): void {
    switch (gate.value.kind) {
      case 'starting':
      case 'open':
      case 'removing':
      case 'leaving':
      case 'forgotten':
      case 'not-secure':
      case 'refused':
        return;
      case 'sign-in':
        return gate.value.expected === undefined ? hall.toWelcome() : toDoor();
      case 'join':
        deps.clearAddress();
        return toDoor();
      case 'choose-passphrase':
      case 'recover':
        // Whoever turns back here has signed in and will not use it.
        server.turnBack();
        return toDoor();
      case 'set-up':
      case 'open-file':
        return hall.toWelcome();
      case 'keep-code':
        alone.turnBack();
        return hall.toWelcome();
      case 'welcome':
      case 'unlock':
      case 'enter-code':
        return toDoor();
      default:
        return gate.value satisfies never;
    }
  }

  void start();
  return {
    gate,
    losses: deps.losses,
    blocked: hall.blocked,
    ...server.actions,
    ...alone.actions,
    ...example.actions,
    putAway: async () => (await hall.opened()?.laptop.putAway()) ?? true,
    toSignIn() {
      const { kind } = gate.value;
      if (kind === 'join') deps.clearAddress();
      if (kind === 'welcome' || kind === 'join') go({ kind: 'sign-in' });
    },
    unlock: (entry, passphrase) =>
      orProblem(async () => {
        if (gate.value.kind !== 'unlock') return null;
        const unlocked = await deps.keyrings.unlock(entry, passphrase);
        return unlocked.ok ? enter(entry, unlocked.value) : unlocked.problem;
      }),
    unlockWithPasskey: (entry) =>
      orProblem<UnlockProblem | PasskeyProblem | StoreProblem>(async () => {
        if (entry.passkey === null) return { kind: 'wrong-passkey' };
        const answered = await deps.passkeys.ask(entry.passkey);
        if (!answered.ok) return answered.problem;
        try {
          if (gate.value.kind !== 'unlock') return null;
          const unlocked = await deps.keyrings.unlockWithPasskey(entry, answered.value);
          return unlocked.ok ? await enter(entry, unlocked.value) : unlocked.problem;
        } finally {
          answered.value.fill(0);
        }
      }),
    forgot(entry) {
      if (gate.value.kind !== 'unlock') return;
      go(entry.home === 'server' ? { kind: 'sign-in', expected: entry } : { kind: 'enter-code', entry });
    },
    otherPerson() {
      if (gate.value.kind === 'unlock') hall.toWelcome();
    },
    back,
    readForgotten() {
      if (gate.value.kind !== 'forgotten') return;
      seenForgotten(deps.notes);
      toDoor();
    },
  };
}
