/**
 * What becomes of a copy that is to be forgotten (docs/protocol.md, Laptops).
 *
 *   open --told: lost--> drafts saved --> page blank --> all handed over --> forgotten
 *                                             \--not reached: tried again while the page is open, or at the next contact
 *   open --told: stolen--> page blank --> forgotten
 *   locked --told: stolen, or lost and nothing here that the server lacks--> forgotten
 *   locked --told: lost, and something is--> asked to unlock, so that it can be handed over
 *
 * Promises:
 *  - a copy that is not stolen is forgotten only after the server has said that it has all that was here, and while no tab has
 *    it open: what a tab cannot save keeps it
 *  - the wraps of its key go first: cut off anywhere after that, nothing of it can be read, and the next start does the rest,
 *    says what has happened and tells the server
 */
import { effect } from '@preact/signals';
import type { DeviceId } from '../domain/ids.ts';
import type { RevokeForm } from '../protocol/laptops.ts';
import type { StoreProblem, SyncProblem } from '../protocol/problem.ts';
import type { AccountApi } from '../protocol/threads.ts';
import type { LeftHere } from '../store/hand-over.ts';
import type { KeyringEntry } from '../store/keyring-entry.ts';
import { askForKey } from './doors.ts';
import { beginForgetting, forgetNotes, keepForgotten } from './forgotten.ts';
import { openCopy, type Hall } from './hall.ts';
import { orProblem } from './or-problem.ts';
import type { SyncBridge } from './sync-bridge.ts';
import { hasUnsaved } from './unsaved-text.ts';

export interface Told {
  readonly form: RevokeForm;
  /** When it was said, by the server's clock. */
  readonly atMs: number;
}

/** A locked copy that has something to hand over first. */
export interface ToHandOver {
  readonly keyring: string;
  readonly atMs: number;
  readonly unsent: number;
}

export interface RevokedCopies {
  /** Calls back once when the open laptop is told that its copy is to be forgotten. Answers how to stop. */
  watch(sync: Pick<SyncBridge, 'state'>, onTold: (told: Told) => void): () => void;
  /** Hands over what an open laptop has. Answers how it is to be forgotten by then: it may have turned out to be stolen. */
  handOver(entry: KeyringEntry, told: Told, sync: Pick<SyncBridge, 'leave'>): Promise<Told>;
  /**
   * Forgets a copy that this tab has closed. One that is lost waits until no tab has it open, and stays when a tab has saved
   * something meanwhile, or when it cannot be read whether one has: it is asked for its key, and hands that over too.
   */
  forget(entry: KeyringEntry, told: Told, left: LeftHere | null, account: AccountApi): Promise<void>;
  /** Asks about the locked copies, for as long as the gate stands before them. Answers how to stop. */
  askWhileLocked(account: () => AccountApi): () => void;
}

/** How soon it is looked again whether the other tabs have closed a copy. */
const closedAgainMs = 1_000;
/** How soon the server is tried again by a laptop that has something to hand over. */
const againMs = 10_000;
const askEveryMs = 5 * 60 * 1000;

export function revokedCopies(hall: Hall): RevokedCopies {
  const { deps, gate, go } = hall;
  const { keyrings, notes, timers, losses, doors, holds, now } = deps;
  const wait = (ms: number): Promise<void> => new Promise((resolve) => void timers.after(ms, resolve));

  function watch(sync: Pick<SyncBridge, 'state'>, onTold: (told: Told) => void): () => void {
    let isTold = false;
    return effect(() => {
      const { problem } = sync.state.value;
      if (problem?.kind !== 'revoked' || isTold) return;
      isTold = true;
      onTold({ form: problem.form, atMs: problem.atMs });
    });
  }

  /** Nothing of it is here alone. */
  const isEmpty = (entry: KeyringEntry, left: LeftHere): boolean => left.unsent === 0 && !hasUnsaved(notes, entry);

  async function handOver(entry: KeyringEntry, told: Told, sync: Pick<SyncBridge, 'leave'>): Promise<Told> {
    while (told.form === 'lost') {
      const left = await sync.leave(deps.leavingWhy);
      if (left.ok) return told;
      const { problem } = left;
      if (problem.kind === 'revoked' && problem.form === 'stolen') return { form: 'stolen', atMs: problem.atMs };
      // Another tab of this person has done it.
      if (!(await isHere(entry))) return told;
      say(told, { trouble: problem });
      await wait(againMs);
    }
    return told;
  }

  /** On the page that is there while it goes. */
  function say({ form, atMs }: Told, more: { readonly trouble?: SyncProblem; readonly elsewhere?: true }): void {
    if (gate.value.kind !== 'leaving') return;
    go({ kind: 'leaving', form, atMs, trouble: null, elsewhere: false, ...more });
  }

  async function isHere({ keyring }: KeyringEntry): Promise<boolean> {
    const listed = await keyrings.list();
    return !listed.ok || listed.value.some((entry) => entry.keyring === keyring && entry.deposited);
  }

  async function forget(entry: KeyringEntry, told: Told, left: LeftHere | null, account: AccountApi): Promise<void> {
    if (told.form === 'stolen') {
      say(told, {});
      return remove(entry, told, left, account);
    }
    let isOver = false;
    while (!isOver) {
      await holds.ifFree(openCopy(entry.keyring), async () => {
        isOver = true;
        const still = await deps.readLeft(entry.database);
        if (still !== null && isEmpty(entry, still)) await remove(entry, told, still, account);
        else hall.toDoor();
      });
      if (isOver) return;
      say(told, { elsewhere: true });
      await wait(closedAgainMs);
    }
  }

  async function remove(entry: KeyringEntry, told: Told, left: LeftHere | null, account: AccountApi): Promise<void> {
    const { keyring } = entry;
    const givenUp = told.form === 'stolen' ? (left?.unsent ?? 0) : 0;
    const device = (left?.device ?? entry.device) as DeviceId;
    // First: cut off after this, nobody takes what is gone for lost, and the next start says what has happened.
    losses.forget(entry);
    beginForgetting(notes, entry, { ...told, device, givenUp });
    const problem = await orProblem<StoreProblem>(async () => {
      await keyrings.remove(entry);
      return null;
    });
    if (problem !== null) return go({ kind: 'refused', problem });
    forgetNotes(notes, entry);
    keepForgotten(notes, { ...told, goneMs: now(), givenUp });
    hall.setEntries(hall.entries().filter((other) => other.keyring !== keyring));
    doors.post({ kind: 'gone', keyring });
    deps.clearAddress();
    hall.toDoor();
    await account.gone({ keyring, device }, givenUp);
  }

  async function ask(account: () => AccountApi): Promise<void> {
    const waiting: ToHandOver[] = [];
    for (const entry of hall.entries().filter(({ home }) => home === 'server')) {
      const { keyring } = entry;
      const left = await deps.readLeft(entry.database);
      const device = (left?.device ?? entry.device) as DeviceId;
      const { acknowledged = 0, cursor = null, kept = [] } = left ?? {};
      const answer = await account().standing({ keyring, device, acknowledged, cursor, kept });
      if (!answer.ok || answer.value.revoked === null) continue;
      // Where another tab has it open, that one sees to it.
      if ((await askForKey(doors, timers, [keyring])) !== null || gate.value.kind !== 'unlock') continue;
      const { form, atMs, hasAll } = answer.value.revoked;
      const isBare = left !== null && isEmpty(entry, left) && hasAll;
      if (form === 'stolen') await remove(entry, { form, atMs }, left, account());
      else if (isBare) await removeUnopened(entry, { form, atMs }, account());
      else waiting.push({ keyring, atMs, unsent: left?.unsent ?? 0 });
    }
    const at = gate.value;
    if (at.kind === 'unlock' && waiting.length > 0) go({ ...at, toHandOver: waiting });
  }

  /** A tab that has it open sees to it, also one that is about to close it and cannot save something yet. */
  function removeUnopened(entry: KeyringEntry, told: Told, account: AccountApi): Promise<void> {
    return holds.ifFree(openCopy(entry.keyring), async () => {
      const left = await deps.readLeft(entry.database);
      if (left !== null && isEmpty(entry, left)) await remove(entry, told, left, account);
    });
  }

  function askWhileLocked(account: () => AccountApi): () => void {
    let isLocked = false;
    let cancel = (): void => undefined;
    const look = async (): Promise<void> => {
      await ask(account);
      cancel();
      if (isLocked) cancel = timers.after(askEveryMs, () => void look());
    };
    return effect(() => {
      const isNow = gate.value.kind === 'unlock';
      if (isNow === isLocked) return;
      isLocked = isNow;
      cancel();
      if (isNow) void look();
    });
  }

  return { watch, handOver, forget, askWhileLocked };
}
