/**
 * Sees to it that the server still holds this copy's recovery secret: asks at the first contact after opening and now and then
 * after, and deposits it again where a restored or mixed-up server has lost it, or it is a new one after a recovery. Otherwise
 * nobody would notice before the passphrase is forgotten, and then every audit that was not sent would be. The laptop lets go of
 * the secret before only once the server has answered that it holds this one.
 */
import { effect } from '@preact/signals';
import type { Hash } from '../domain/chain.ts';
import { depositMark } from '../protocol/session.ts';
import type { AccountApi } from '../protocol/threads.ts';
import type { Timers } from '../protocol/timers.ts';
import { depositOf } from './entries.ts';
import type { KeyringEntry } from '../store/keyring-entry.ts';
import type { Keyrings } from '../store/keyring.ts';
import type { SyncBridge } from './sync-bridge.ts';

interface DepositWatchDeps {
  readonly entry: KeyringEntry;
  readonly key: CryptoKey;
  readonly keyrings: Pick<Keyrings, 'serverSecret' | 'serverHolds'>;
  readonly account: Pick<AccountApi, 'deposited' | 'deposit'>;
  readonly sync: Pick<SyncBridge, 'state'>;
  readonly hash: Hash;
  readonly timers: Timers;
}

/** A server that answered is asked again at the first contact after this. */
const againMs = 6 * 60 * 60 * 1000;
/** One that did not, after this. */
const retryMs = 10 * 60 * 1000;

/** Begins to watch; answers how to stop. */
export function watchDeposit({ entry, key, keyrings, account, sync, hash, timers }: DepositWatchDeps): () => void {
  let isDue = true;
  let isStopped = false;
  let cancel = (): void => undefined;
  const dueIn = (ms: number): void => {
    cancel = timers.after(ms, () => {
      isDue = true;
      if (sync.state.peek().phase === 'idle') void look();
    });
  };
  const stop = effect(() => {
    if (sync.state.value.phase === 'idle' && isDue) void look();
  });

  async function look(): Promise<void> {
    isDue = false;
    const isSound = await check().catch(() => false);
    if (!isStopped) dueIn(isSound ? againMs : retryMs);
  }

  /** Whether the server holds the secret, since now or before. */
  async function check(): Promise<boolean> {
    const secret = await keyrings.serverSecret(entry, key);
    if (secret === null) return true;
    const asked = await account.deposited(entry.keyring, depositMark(hash, secret));
    if (!asked.ok || isStopped) return asked.ok;
    if (!asked.value && !(await account.deposit(depositOf(entry), secret)).ok) return false;
    return keyrings.serverHolds(entry, key, secret);
  }

  return () => {
    stop();
    isStopped = true;
    isDue = false;
    cancel();
  };
}
