/**
 * The key of the recovery secrets: a file of 32 bytes, made at the first start. The database keeps a mark of it, from which the
 * key cannot be had, so that no server works with another key than the one the deposits are sealed under: not after a file was
 * lost or mixed up, and not where several servers share a database, of which each would otherwise make its own.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ConfigError, KeyMismatch } from '../config.ts';
import type { Platform } from '../context.ts';
import { anyDeposit, type DepositRow } from '../db/accounts.ts';
import { recoveryKeyMark, saveRecoveryKeyMark, type Authority } from '../db/authorities.ts';
import type { Database } from '../db/transact.ts';
import { openSecret } from './recovery.ts';

const keyBytes = 32;

interface KeyPlace {
  readonly path: string;
  /** Whether other servers may work on the database: then none may bring a key of its own. */
  readonly isShared: boolean;
}

/**
 * Reads the key, or makes it where none has been used yet. Throws a ConfigError when the file is no key, and a
 * KeyMismatch when it is missing or another one: every deposit would be useless without a word.
 */
export function openRecoveryKey(
  database: Database,
  { id }: Authority,
  { path, isShared }: KeyPlace,
  { randomBytes }: Pick<Platform, 'randomBytes'>,
): Promise<Uint8Array> {
  // Under the writer's lock: of two servers that start at once, the second finds the mark of the first.
  return database.write(async (tx) => {
    const deposit = await anyDeposit(tx, id);
    const mark = await recoveryKeyMark(tx, id);
    const isUnused = deposit === undefined && (mark === null || !isShared);
    if (!existsSync(path)) {
      if (!isUnused) throw new KeyMismatch(missing(path, isShared));
      writeFileSync(path, randomBytes(keyBytes), { mode: 0o600, flag: 'wx', flush: true });
    }
    const key = readFileSync(path);
    if (key.length !== keyBytes) throw new ConfigError(`The key file ${path} is not ${keyBytes} bytes long.`);
    if (mark === markOf(key)) return key;
    const isFirst = mark === null && deposit !== undefined && opens(key, id, deposit);
    if (!isUnused && !isFirst) throw new KeyMismatch(another(path));
    await saveRecoveryKeyMark(tx, id, markOf(key));
    return key;
  });
}

const markOf = (key: Uint8Array): string =>
  createHash('sha256').update('plumbline.recovery-key.1').update(key).digest('hex');

function opens(key: Uint8Array, authority: Authority['id'], { person, keyring, sealed }: DepositRow): boolean {
  try {
    openSecret(key, { authority, person, keyring }, sealed);
    return true;
  } catch {
    return false;
  }
}

const missing = (path: string, isShared: boolean): string =>
  `The key file ${path} is missing. Without it nobody who forgets a passphrase gets back what is on their laptop. ` +
  (isShared
    ? `Every server of one database needs the same: copy it from the first, or say where it is with RECOVERY_KEY_FILE.`
    : `Put it back from its backup, with the database it belongs to.`);

const another = (path: string): string =>
  `The key in ${path} is not the one this database's recovery secrets are sealed under. Put the right one back, from a ` +
  `backup or from another server of this database, or say where it is with RECOVERY_KEY_FILE.`;
