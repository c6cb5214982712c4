/**
 * Puts a backup in the place of a stopped server's database. Nothing is deleted: what was there goes into a folder beside it.
 * Laptops notice by the new epoch, and bring back what they handed in since the backup (docs/protocol.md, "Regather").
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewId } from '../../src/domain/ids.ts';
import { ConfigError, type Config } from '../config.ts';
import { extractDatabase, readBackupFile, type BackupContent } from '../db/backup-file.ts';
import { lockFolder } from '../db/folder-lock.ts';
import { beginHistory } from '../db/new-history.ts';
import { openDatabase } from '../db/transact.ts';
import { databaseName, lockPath, recoveryKeyName, revokedName, serverKeyName } from './data-folder.ts';

export interface RestoreDeps {
  readonly newId: NewId;
  readonly nowMs: number;
}

const besideDatabase = ['', '-wal', '-shm'];

/** Restores, and answers what to say of it. Throws a ConfigError, and then nothing has changed. */
export async function restoreBackup(dataDir: string, file: string, deps: RestoreDeps): Promise<string> {
  const content = readBackupFile(file);
  if (typeof content === 'string') throw new ConfigError(`${file} is no backup that can be used: ${content}.`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return whileStopped(dataDir, async () => {
    const present = join(dataDir, databaseName);
    checkSameAuthority(present, content);
    const fresh = join(dataDir, 'restoring.sqlite');
    for (const end of besideDatabase) rmSync(fresh + end, { force: true });
    await extractDatabase(file, fresh);
    chmodSync(fresh, 0o600);
    await markRestored(fresh, { ...deps, newKey: false });

    const aside = setAside(dataDir, deps.nowMs, content);
    for (const { name, content: bytes } of content.parts) putBack(dataDir, name, bytes);
    for (const end of besideDatabase) if (existsSync(fresh + end)) renameSync(fresh + end, present + end);
    return told(content, aside);
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

function checkSameAuthority(present: string, { authority }: BackupContent): void {
  const now = existsSync(present) ? readBackupFile(present) : null;
  // A database that does not open is a reason to restore, not one against it.
  if (now === null || typeof now === 'string' || now.authority === authority) return;
  throw new ConfigError(
    `The backup is of another authority than the database in this folder. Restore it into a folder of its own (DATA_DIR).`,
  );
}

/** Moves what the backup takes the place of into a folder of its own; answers that folder, or null when there was nothing. */
function setAside(dataDir: string, nowMs: number, { parts }: BackupContent): string | null {
  const folder = join(dataDir, `before-restore-${new Date(nowMs).toISOString().replace(/[:.]/g, '')}`);
  const moved = besideDatabase.map((end) => databaseName + end).filter((name) => existsSync(join(dataDir, name)));
  const replaced = parts.filter(
    ({ name, content }) =>
      name !== revokedName && existsSync(join(dataDir, name)) && !isSame(join(dataDir, name), content),
  );
  const names = [...moved, ...replaced.map(({ name }) => name)];
  if (names.length === 0) return null;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of names) renameSync(join(dataDir, name), join(folder, name));
  return folder;
}

const isSame = (path: string, content: Uint8Array): boolean => readFileSync(path).equals(Buffer.from(content));

/** The keys of the backup belong to its database. Of the list of the revoked, everything counts that either has. */
function putBack(dataDir: string, name: string, content: Uint8Array): void {
  const path = join(dataDir, name);
  if (name === revokedName) {
    const here = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const lines = new Set([...Buffer.from(content).toString('utf8').split('\n'), ...here.split('\n')]);
    writeFileSync(
      path,
      [...lines]
        .filter((line) => line !== '')
        .map((line) => `${line}\n`)
        .join(''),
      { mode: 0o600 },
    );
  } else if (name === recoveryKeyName || name === serverKeyName) {
    if (!existsSync(path)) writeFileSync(path, content, { mode: 0o600, flag: 'wx', flush: true });
  }
}

const next = `Start the server. Every laptop notices at its next contact and brings back, by itself, what it handed in since; who signed in
since the backup signs in again. What nobody brings back is listed by  npm run restore -- --missing
`;

const told = ({ authorityName, version, newestMs }: BackupContent, aside: string | null): string =>
  `The database is now that of ${authorityName ?? 'the authority'} as of ${
    newestMs === null ? 'its beginning' : new Date(newestMs).toISOString()
  } (version ${version}).
${aside === null ? '' : `What was there before is in ${aside}; nothing was deleted.\n`}${next}`;
