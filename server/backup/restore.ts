/**
 * Puts a backup in the place of a stopped server's database. Nothing is deleted: what was there goes into a folder beside it.
 * Laptops notice by the new epoch, and bring back what they handed in since the backup (docs/protocol.md, "Regather").
 */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NewId } from '../../src/domain/ids.ts';
import { ConfigError, type Config } from '../config.ts';
import { extractDatabase, readBackupFile, type BackupContent } from '../db/backup-file.ts';
import { lockFolder } from '../db/folder-lock.ts';
import { beginHistory } from '../db/new-history.ts';
import { openDatabase } from '../db/transact.ts';
import { databaseName, lockPath, serverKeyName } from './data-folder.ts';
import { clearHalfDone, freshName, takePlace } from './take-place.ts';

export interface RestoreDeps {
  readonly newId: NewId;
  readonly nowMs: number;
}

/** Restores, and answers what to say of it. Throws a ConfigError, and then nothing has changed. */
export async function restoreBackup(dataDir: string, file: string, deps: RestoreDeps): Promise<string> {
  const content = readBackupFile(file);
  if (typeof content === 'string') throw new ConfigError(`${file} is no backup that can be used: ${content}.`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return whileStopped(dataDir, async () => {
    const present = join(dataDir, databaseName);
    const opens = isOfSameAuthority(present, content);
    const fresh = join(dataDir, freshName);
    clearHalfDone(dataDir);
    await extractDatabase(file, fresh);
    chmodSync(fresh, 0o600);
    await markRestored(fresh, { ...deps, newKey: false });
    return told(content, takePlace(dataDir, { nowMs: deps.nowMs, parts: content.parts, opens }));
  });
}

/** Makes the database that is there another history: after a restore by other means, or when the key file is gone for good. */
export function beginEpoch(config: Config, deps: RestoreDeps): Promise<string> {
  const { dataDir, databaseUrl, serverKeyFile } = config;
  return whileStopped(dataDir, async () => {
    const file = join(dataDir, databaseName);
    if (databaseUrl === null && !existsSync(file)) throw new ConfigError(`There is no ${file}.`);
    const newKey = !existsSync(serverKeyFile ?? join(dataDir, serverKeyName));
    await markRestored(databaseUrl ?? file, { ...deps, newKey });
    return `This database is a new history now. ${next}`;
  });
}

async function whileStopped(dataDir: string, work: () => Promise<string>): Promise<string> {
  const lock = lockFolder(lockPath(dataDir), 'exclusive');
  if (lock === null) throw new ConfigError(`A server is running on ${dataDir}. Stop it first, then restore.`);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function markRestored(place: string, ask: RestoreDeps & { readonly newKey: boolean }): Promise<void> {
  const database = await openDatabase(place);
  try {
    await database.write((tx) => beginHistory(tx, ask));
  } finally {
    await database.close();
  }
}

/** Whether there is a database that opens, and whole; a ConfigError when it is another authority's. */
function isOfSameAuthority(present: string, { authority }: BackupContent): boolean {
  const now = existsSync(present) ? readBackupFile(present) : 'there is none';
  // A database that does not open is a reason to restore, not one against it.
  if (typeof now === 'string') return false;
  if (now.authority === authority) return true;
  throw new ConfigError(
    `The backup is of another authority than the database in this folder. Restore it into a folder of its own (DATA_DIR).`,
  );
}

const next = `Start the server. Every laptop notices at its next contact and brings back, by itself, what it handed in since; who signed in
since the backup signs in again. What nobody brings back is listed by  npm run restore -- --missing
`;

const told = ({ authorityName, version, newestMs }: BackupContent, aside: string | null): string =>
  `The database is now that of ${authorityName ?? 'the authority'} as of ${
    newestMs === null ? 'its beginning' : new Date(newestMs).toISOString()
  } (version ${version}).
${aside === null ? '' : `What was there before is in ${aside}; nothing was deleted.\n`}${next}`;
