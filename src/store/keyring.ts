/**
 * Who can open what on this laptop: one row per person in a small database of its own, `plumbline-keyring`. It holds the
 * person's data key wrapped under a passphrase, under a recovery secret that is kept elsewhere (by the server, or by the person
 * as a printed code), and, where the person added one, under a passkey. Nothing in it is usable without one of these (DESIGN 7,
 * S3, S4, S7). Label and authority are readable: they say whose copy this is.
 *
 *   passphrase --PBKDF2-SHA256 1,400,000--> key --AES-GCM--> data key <--AES-GCM-- key <--HKDF-SHA256-- recovery secret
 *                                                             ^------AES-GCM-- key <--HKDF-SHA256-- passkey's PRF output
 */
import Dexie, { type Table } from 'dexie';
import type { NewId } from '../domain/ids.ts';
import type { Result, StoreProblem } from '../protocol/problem.ts';
import type { UnlockProblem } from '../protocol/unlock-problem.ts';
import type { RandomBytes } from './cipher.ts';
import {
  entryOf,
  newEntry,
  type KeptHome,
  type KeyringEntry,
  type KeyringRow,
  type NewPasskey,
  type Owner,
} from './keyring-entry.ts';
import { asFailure, asResult } from './problems.ts';
import { newRecovery, openByRecovery, secretToHold, settledBy } from './recovery-secret.ts';
import {
  importAndForget,
  importDataKey,
  ivBytes,
  keyBytes,
  passphraseKey,
  saltBytes,
  secretKey,
  unwrapKey,
  wrapKey,
} from './wrapping.ts';

export interface NewKeyring {
  readonly entry: KeyringEntry;
  readonly key: CryptoKey;
  /** Hex digits, to be deposited with the server or shown as a code, and then forgotten here. */
  readonly recoverySecret: string;
}

export interface Keyrings {
  /** Everyone with a copy on this laptop, oldest first. */
  list(): Promise<Result<readonly KeyringEntry[], StoreProblem>>;
  /** Makes a new data key for a person. On disk before it is answered. */
  create(ask: NewKeyringAsk): Promise<Result<NewKeyring, StoreProblem>>;
  /** Notes that the recovery secret is kept elsewhere. */
  markDeposited(entry: KeyringEntry): Promise<Result<KeyringEntry, StoreProblem>>;
  /** The data key, non-extractable. */
  unlock(entry: KeyringEntry, passphrase: string): Promise<Result<CryptoKey, UnlockProblem>>;
  /**
   * The recovery secret that the server is to hold, hex digits, by the data key: whoever has that key needs no recovery, so that
   * it may open this. null for a copy whose secret is on paper alone, and where it is not here.
   */
  serverSecret(entry: KeyringEntry, key: CryptoKey): Promise<string | null>;
  /**
   * The server has answered that it holds this secret: from now on no earlier one opens anything. Whether it still is the one
   * that the server is to hold.
   */
  serverHolds(entry: KeyringEntry, key: CryptoKey, secret: string): Promise<boolean>;
  /** The same, by the secret of its passkey. */
  unlockWithPasskey(entry: KeyringEntry, secret: Uint8Array<ArrayBuffer>): Promise<Result<CryptoKey, UnlockProblem>>;
  /** From now on this passkey opens it too, and no earlier one. The passphrase is asked for: the data key is not to be had otherwise. */
  addPasskey(entry: KeyringEntry, passphrase: string, made: NewPasskey): Promise<Result<KeyringEntry, UnlockProblem>>;
  /** No passkey opens it any more. */
  dropPasskey(entry: KeyringEntry): Promise<KeyringEntry>;
  /**
   * The data key again, which from now on opens with `newPassphrase`; the old one opens nothing any more, and no passkey does.
   * With a server there is another recovery secret for it to hold.
   */
  unlockWithRecovery(
    entry: KeyringEntry,
    secret: string,
    newPassphrase: string,
  ): Promise<Result<CryptoKey, UnlockProblem>>;
  /**
   * Destroys the wrapped keys, then deletes the person's database: what a disk still holds of it is undecryptable. Cut off
   * between, it leaves an entry that was never deposited, to be removed again.
   */
  remove(entry: KeyringEntry): Promise<void>;
}

export interface NewKeyringAsk {
  readonly home: KeptHome;
  readonly session: Owner;
  readonly passphrase: string;
}

export interface KeyringDeps {
  readonly randomBytes: RandomBytes;
  readonly newId: NewId;
  readonly now: () => number;
  /** Smaller in tests only. */
  readonly iterations?: number;
}

/**
 * What a guess costs whoever has the disk. OWASP's least for PBKDF2-HMAC-SHA256 is 600,000, which a processor of today is through
 * with in under 100 ms; FAULTS S4 asks for 100 to 1,000 ms. Each row says its own number, so one from before opens as it is,
 * until its passphrase is chosen anew.
 */
export const passphraseIterations = 1_400_000;

/** The keyrings of this laptop. Opens its database when first asked. */
export function openKeyrings({ randomBytes, newId, now, iterations = passphraseIterations }: KeyringDeps): Keyrings {
  const db = new Dexie('plumbline-keyring', { chromeTransactionDurability: 'strict' });
  db.version(1).stores({ keyrings: 'keyring' });
  const table: Table<KeyringRow, string> = db.table('keyrings');

  const wrapByPassphrase = async (raw: Uint8Array<ArrayBuffer>, keyring: string, passphrase: string) => {
    const salt = randomBytes(saltBytes);
    const wrapping = await passphraseKey(passphrase, salt, iterations);
    return { salt, iterations, box: await wrapKey(randomBytes, raw, wrapping, keyring, 'passphrase') };
  };

  /** Changes a row as it is by then, at once: another tab may have changed it since it was read. How many there were. */
  const change = (keyring: string, to: (now: KeyringRow) => KeyringRow): Promise<number> =>
    onDisk(() => table.where({ keyring }).modify((now, ctx) => void (ctx.value = to(now))));

  /** The raw data key, to be set to zero by whoever asked. */
  async function openByPassphrase(
    keyring: string,
    passphrase: string,
  ): Promise<Result<Uint8Array<ArrayBuffer>, UnlockProblem>> {
    const row = await onDisk(() => table.get(keyring));
    if (row === undefined) return { ok: false, problem: { kind: 'no-such-keyring' } };
    const { salt, iterations: used, box } = row.byPassphrase;
    const raw = await unwrapKey(box, await passphraseKey(passphrase, salt, used), keyring, 'passphrase');
    return raw === null ? { ok: false, problem: { kind: 'wrong-passphrase' } } : { ok: true, value: raw };
  }

  return {
    list: () =>
      asResult(async () => {
        const rows = await onDisk(() => table.toArray());
        const entries = rows.map(entryOf).sort((a, b) => a.createdMs - b.createdMs);
        return { ok: true, value: entries };
      }),

    create: ({ home, session, passphrase }) =>
      asResult(async () => {
        const entry = newEntry(home, session, newId, now());
        const raw = randomBytes(keyBytes);
        try {
          const byPassphrase = await wrapByPassphrase(raw, entry.keyring, passphrase);
          const { passkey: _none, ...kept } = entry;
          const key = await importDataKey(raw);
          const { secret, wraps } = await newRecovery(randomBytes, entry, raw, key);
          await onDisk(() => table.add({ ...kept, byPassphrase, ...wraps }));
          return { ok: true, value: { entry, key, recoverySecret: secret } };
        } finally {
          raw.fill(0);
        }
      }),

    markDeposited: (entry) =>
      asResult(async () => {
        const changed = await onDisk(() => table.update(entry.keyring, { deposited: true }));
        if (changed === 1) return { ok: true, value: { ...entry, deposited: true } };
        return { ok: false, problem: { kind: 'storage-failed', why: 'The keyring is gone' } };
      }),

    async unlock({ keyring }, passphrase) {
      const raw = await openByPassphrase(keyring, passphrase);
      return raw.ok ? { ok: true, value: await importAndForget(raw.value) } : raw;
    },

    async serverSecret({ keyring }, key) {
      const row = await onDisk(() => table.get(keyring));
      return row === undefined ? null : secretToHold(row, key);
    },

    async serverHolds({ keyring }, key, secret) {
      const row = await onDisk(() => table.get(keyring));
      if (row === undefined || (await secretToHold(row, key)) !== secret) return false;
      const { renewal } = row;
      if (renewal !== undefined) await change(keyring, (now) => settledBy(now, renewal));
      return true;
    },

    async unlockWithPasskey({ keyring }, secret) {
      const row = await onDisk(() => table.get(keyring));
      if (row === undefined) return { ok: false, problem: { kind: 'no-such-keyring' } };
      const wrapped = row.byPasskey;
      const wrapping = wrapped && (await secretKey('passkey', secret, wrapped.salt));
      const raw = wrapping ? await unwrapKey(wrapped.box, wrapping, keyring, 'passkey') : null;
      if (raw === null) return { ok: false, problem: { kind: 'wrong-passkey' } };
      return { ok: true, value: await importAndForget(raw) };
    },

    async addPasskey(entry, passphrase, { credential, asked, secret }) {
      const { keyring } = entry;
      const raw = await openByPassphrase(keyring, passphrase);
      if (!raw.ok) return raw;
      try {
        const salt = randomBytes(saltBytes);
        const passkey = { credential, asked, addedMs: now() };
        const wrapping = await secretKey('passkey', secret, salt);
        const byPasskey = {
          ...passkey,
          salt,
          box: await wrapKey(randomBytes, raw.value, wrapping, keyring, 'passkey'),
        };
        const changed = await onDisk(() => table.update(keyring, { byPasskey }));
        if (changed === 0) return { ok: false, problem: { kind: 'no-such-keyring' } };
        return { ok: true, value: { ...entry, passkey } };
      } finally {
        raw.value.fill(0);
      }
    },

    async dropPasskey(entry) {
      await onDisk(() => table.update(entry.keyring, { byPasskey: undefined }));
      return { ...entry, passkey: null };
    },

    async unlockWithRecovery({ keyring, home }, secret, newPassphrase) {
      const row = await onDisk(() => table.get(keyring));
      if (row === undefined) return { ok: false, problem: { kind: 'no-such-keyring' } };
      const opened = await openByRecovery(row, secret);
      if (opened === null) return { ok: false, problem: { kind: 'wrong-recovery-secret' } };
      const { raw, by } = opened;
      try {
        const byPassphrase = await wrapByPassphrase(raw, keyring, newPassphrase);
        const key = await importDataKey(raw);
        const made = home === 'server' ? await newRecovery(randomBytes, { keyring, home }, raw, key) : undefined;
        const changed = await change(keyring, (now) => {
          const held = settledBy(now, by);
          // Whoever knew the old passphrase may have added a passkey of their own.
          return { ...held, byPassphrase, byPasskey: undefined, renewal: held.renewal ?? made?.wraps };
        });
        if (changed === 0) return { ok: false, problem: { kind: 'no-such-keyring' } };
        return { ok: true, value: key };
      } finally {
        raw.fill(0);
      }
    },

    async remove({ keyring, database }) {
      await onDisk(async () => {
        const nothing = {
          salt: new Uint8Array(saltBytes),
          box: { iv: new Uint8Array(ivBytes), data: new Uint8Array(0) },
        };
        const destroyed = {
          byPassphrase: { ...nothing, iterations },
          byRecovery: nothing,
          byPasskey: undefined,
          renewal: undefined,
          deposited: false,
        };
        await table.update(keyring, destroyed);
        await Dexie.delete(database);
        await table.delete(keyring);
      });
    },
  };
}

async function onDisk<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asFailure(error);
  }
}
