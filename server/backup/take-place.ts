/**
 * Puts a database in the place of the one in a data folder. It may die at any step, also with the machine: up to one rename the
 * folder holds the old database, from it on the new one. Only where the old one was not whole does it hold none just before that
 * rename, and then no server starts there (`halfDone`). What is replaced is kept in a folder beside it.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config.ts';
import { intoOneFile, type Part } from '../db/backup-file.ts';
import { databaseName, recoveryKeyName, revokedName, serverKeyName } from './data-folder.ts';

/** The database that is to take the place. While it is there, the restore is not done. */
export const freshName = 'restoring.sqlite';
const asidePrefix = 'before-restore-';
const besideDatabase = ['-wal', '-shm', '-journal'];
/** How a file system says that it does not give this file a second name there. */
const noSecondName = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'EMLINK', 'ENOSYS'];

export interface Replacing {
  readonly nowMs: number;
  /** The small files of the backup. */
  readonly parts: readonly Part[];
  /** Whether the database that is there opens, and is whole. */
  readonly opens: boolean;
}

/**
 * Answers the folder with what was there before, or null when there was nothing. Throws a ConfigError when another program reads
 * the database, and then nothing has changed.
 */
export function takePlace(dataDir: string, { nowMs, parts, opens }: Replacing): string | null {
  const [fresh, present] = [join(dataDir, freshName), join(dataDir, databaseName)];
  if (!intoOneFile(fresh)) throw new Error(`${fresh} is in use.`);
  flush(fresh);
  // A log beside it would be read into the new one. What does not open is not touched, and kept with its log.
  if (opens && !intoOneFile(present))
    throw new ConfigError(
      `${present} is being read by another program, such as a backup. Restore when that has ended.`,
    );
  const aside = setAside(dataDir, nowMs, parts);
  flush(dataDir);
  for (const { name, content } of parts) putBack(dataDir, name, content);
  if (!opens) {
    // It still has its log, without which SQLite may well open it: no server is to find it alone. It is set aside.
    rmSync(present, { force: true });
    flush(dataDir);
  }
  for (const end of besideDatabase) rmSync(present + end, { force: true });
  flush(dataDir);
  renameSync(fresh, present);
  flush(dataDir);
  return aside;
}

/** Removes what a restore that died had made, and answers whether there was anything. */
export function clearHalfDone(dataDir: string): boolean {
  const left = ['', ...besideDatabase].map((end) => join(dataDir, freshName + end)).filter((path) => existsSync(path));
  for (const path of left) rmSync(path, { force: true });
  return left.length > 0;
}

/** Why a server must not start in this folder, or null. `fits`: whether the database that is there opens with the keys there. */
export function halfDone(dataDir: string, fits: boolean): string | null {
  const has = existsSync(join(dataDir, databaseName));
  const left = readdirSync(dataDir).find((name) => name === freshName || (!has && name.startsWith(asidePrefix)));
  if (left === undefined || (has && fits)) return null;
  const what = has ? 'The database and the keys do not belong together' : `There is no ${databaseName}`;
  return (
    `A restore was left half done in ${dataDir}. ${what}, but there is ${left}. Nothing was deleted. ` +
    `Restore again:  npm run restore -- FILE  with the same backup. For a new server choose an empty folder (DATA_DIR).`
  );
}

/** Keeps what is replaced in a folder of its own, and leaves it where it is. */
function setAside(dataDir: string, nowMs: number, parts: readonly Part[]): string | null {
  const folder = join(dataDir, `${asidePrefix}${new Date(nowMs).toISOString().replace(/[:.]/g, '')}`);
  const replaced = parts.filter(
    ({ name, content }) =>
      name !== revokedName && existsSync(join(dataDir, name)) && !isSame(join(dataDir, name), content),
  );
  const databases = ['', ...besideDatabase].map((end) => databaseName + end);
  const names = [...databases.filter((name) => existsSync(join(dataDir, name))), ...replaced.map(({ name }) => name)];
  if (names.length === 0) return null;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of names) keepAside(join(dataDir, name), join(folder, name));
  flush(folder);
  return folder;
}

/** Gives a file a second name; a copy where the file system has no second names. Throws when the disk says anything else. */
export function keepAside(from: string, to: string, link: typeof linkSync = linkSync): void {
  rmSync(to, { force: true });
  try {
    link(from, to);
  } catch (error) {
    if (!noSecondName.includes(String((error as { readonly code?: unknown }).code))) throw error;
    copyFileSync(from, to);
    flush(to);
  }
}

const isSame = (path: string, content: Uint8Array): boolean => readFileSync(path).equals(Buffer.from(content));

/** The keys of the backup belong to its database. Of the list of the revoked, everything counts that either has. */
function putBack(dataDir: string, name: string, content: Uint8Array): void {
  const path = join(dataDir, name);
  if (name === revokedName) {
    const here = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const lines = new Set([...Buffer.from(content).toString('utf8').split('\n'), ...here.split('\n')]);
    const kept = [...lines].filter((line) => line !== '').map((line) => `${line}\n`);
    replace(path, Buffer.from(kept.join('')));
  } else if (name === recoveryKeyName || name === serverKeyName) {
    if (!existsSync(path) || !isSame(path, content)) replace(path, content);
  }
}

/** Writes a small file whole or not at all. */
function replace(path: string, content: Uint8Array): void {
  const half = `${path}.half`;
  rmSync(half, { force: true });
  writeFileSync(half, content, { mode: 0o600, flag: 'wx', flush: true });
  renameSync(half, path);
}

/** Waits until a file, or the names in a folder, are on the disk. */
function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
