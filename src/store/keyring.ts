/**
 * Who can open what on this laptop: one row per person in a small database of its own, `plumbline-keyring`. It holds the
 * person's data key twice, wrapped under a passphrase and under a recovery secret that the server keeps; nothing in it is
 * usable without one of the two (DESIGN 7, S3, S7). Label and authority are readable: they say whose copy this is.
 *
 *   passphrase --PBKDF2-SHA256 600,000--> key --AES-GCM--> data key <--AES-GCM-- key <--HKDF-SHA256-- recovery secret
 */
import Dexie, { type Table } from 'dexie';
import type { AuthorityId, DeviceId, NewId, PersonId } from '../domain/ids.ts';
import type { Result, StoreProblem, UnlockProblem } from '../protocol/problem.ts';
import type { Session } from '../protocol/session.ts';
import type { RandomBytes } from './cipher.ts';
import { asFailure, asResult } from './problems.ts';
import type { Sealed } from './rows.ts';
import {
  fromHex,
  importAndForget,
  importDataKey,
  ivBytes,
  keyBytes,
  passphraseKey,
  recoveryKey,
  saltBytes,
  toHex,
  unwrapKey,
  wrapKey,
} from './wrapping.ts';

/** One person's copy on this laptop. Nothing secret. */
export interface KeyringEntry {
  /** 32 hex digits; the recovery secret is deposited under it. */
  readonly keyring: string;
  readonly authority: AuthorityId;
  readonly authorityName: string;
  readonly person: PersonId;
  /** The sign-in email. The person's name is sealed with everything else. */
  readonly label: string;
  /** Name of the person's database. */
  readonly database: string;
  readonly device: DeviceId;
  readonly createdMs: number;
  /** Whether the server has the recovery secret. A laptop is not opened before it has. */
  readonly deposited: boolean;
}

export interface NewKeyring {
  readonly entry: KeyringEntry;
  readonly key: CryptoKey;
  /** 64 hex digits, to be deposited with the server and then forgotten here. */
  readonly recoverySecret: string;
}

export interface Keyrings {
  /** Everyone with a copy on this laptop, oldest first. */
  list(): Promise<Result<readonly KeyringEntry[], StoreProblem>>;
  /** Makes a new data key for the person of `session`. On disk before it is answered. */
  create(ask: { readonly session: Session; readonly passphrase: string }): Promise<Result<NewKeyring, StoreProblem>>;
  /** Notes that the server has the recovery secret. */
  markDeposited(entry: KeyringEntry): Promise<Result<KeyringEntry, StoreProblem>>;
  /** The data key, non-extractable. */
  unlock(entry: KeyringEntry, passphrase: string): Promise<Result<CryptoKey, UnlockProblem>>;
  /** The data key again, which from now on opens with `newPassphrase`; the old one opens nothing any more. */
  unlockWithRecovery(
    entry: KeyringEntry,
    secret: string,
    newPassphrase: string,
  ): Promise<Result<CryptoKey, UnlockProblem>>;
  /** Destroys the wrapped keys, then deletes the person's database: what a disk still holds of it is undecryptable. */
  remove(entry: KeyringEntry): Promise<void>;
}

export interface KeyringDeps {
  readonly randomBytes: RandomBytes;
  readonly newId: NewId;
  readonly now: () => number;
  /** Smaller in tests only. */
  readonly iterations?: number;
}

interface Wrapped {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly box: Sealed;
}

interface PassphraseWrapped extends Wrapped {
  readonly iterations: number;
}

interface KeyringRow extends KeyringEntry {
  readonly byPassphrase: PassphraseWrapped;
  readonly byRecovery: Wrapped;
}

/** OWASP's figure for PBKDF2-HMAC-SHA256, and DESIGN 7's least. */
export const passphraseIterations = 600_000;

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

  return {
    list: () =>
      asResult(async () => {
        const rows = await onDisk(() => table.toArray());
        const entries = rows.map(entryOf).sort((a, b) => a.createdMs - b.createdMs);
        return { ok: true, value: entries };
      }),

    create: ({ session, passphrase }) =>
      asResult(async () => {
        const entry = newEntry(session, newId, now());
        const { keyring } = entry;
        const raw = randomBytes(keyBytes);
        const secret = randomBytes(keyBytes);
        const salt = randomBytes(saltBytes);
        try {
          const byPassphrase = await wrapByPassphrase(raw, keyring, passphrase);
          const byRecovery = {
            salt,
            box: await wrapKey(randomBytes, raw, await recoveryKey(secret, salt), keyring, 'recovery'),
          };
          await onDisk(() => table.add({ ...entry, byPassphrase, byRecovery }));
          return { ok: true, value: { entry, key: await importDataKey(raw), recoverySecret: toHex(secret) } };
        } finally {
          raw.fill(0);
          secret.fill(0);
        }
      }),

    markDeposited: (entry) =>
      asResult(async () => {
        const changed = await onDisk(() => table.update(entry.keyring, { deposited: true }));
        if (changed === 1) return { ok: true, value: { ...entry, deposited: true } };
        return { ok: false, problem: { kind: 'storage-failed', why: 'The keyring is gone' } };
      }),

    async unlock({ keyring }, passphrase) {
      const row = await onDisk(() => table.get(keyring));
      if (row === undefined) return { ok: false, problem: { kind: 'no-such-keyring' } };
      const { salt, iterations: used, box } = row.byPassphrase;
      const raw = await unwrapKey(box, await passphraseKey(passphrase, salt, used), keyring, 'passphrase');
      if (raw === null) return { ok: false, problem: { kind: 'wrong-passphrase' } };
      return { ok: true, value: await importAndForget(raw) };
    },

    async unlockWithRecovery({ keyring }, secret, newPassphrase) {
      const row = await onDisk(() => table.get(keyring));
      if (row === undefined) return { ok: false, problem: { kind: 'no-such-keyring' } };
      const bytes = fromHex(secret);
      const { salt, box } = row.byRecovery;
      const raw = bytes && (await unwrapKey(box, await recoveryKey(bytes, salt), keyring, 'recovery'));
      if (raw === null) return { ok: false, problem: { kind: 'wrong-recovery-secret' } };
      try {
        const byPassphrase = await wrapByPassphrase(raw, keyring, newPassphrase);
        const changed = await onDisk(() => table.update(keyring, { byPassphrase }));
        if (changed === 0) return { ok: false, problem: { kind: 'no-such-keyring' } };
        return { ok: true, value: await importDataKey(raw) };
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
        await table.update(keyring, { byPassphrase: { ...nothing, iterations }, byRecovery: nothing });
        await table.delete(keyring);
        await Dexie.delete(database);
      });
    },
  };
}

function newEntry({ authority, authorityName, person, email }: Session, newId: NewId, createdMs: number): KeyringEntry {
  const keyring = newId();
  const device = newId() as DeviceId;
  return {
    keyring,
    authority,
    authorityName,
    person,
    label: email,
    database: `plumbline-${keyring}`,
    device,
    createdMs,
    deposited: false,
  };
}

function entryOf({ byPassphrase: _p, byRecovery: _r, ...entry }: KeyringRow): KeyringEntry {
  return entry;
}

async function onDisk<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asFailure(error);
  }
}
