/**
 * A backup of the database: one SQLite file, copied page by page by SQLite's own online backup while the server runs, with the
 * small files that belong to it (keys and lists) in a table of their own. Nothing here knows what the files mean.
 */
import Database from 'better-sqlite3';

/** A file of the data folder, by its name. */
export interface Part {
  readonly name: string;
  readonly content: Uint8Array;
}

export interface BackupContent {
  readonly authority: string;
  readonly authorityName: string | null;
  readonly version: number;
  /** When the newest op in it was received, milliseconds since 1970; null when there is none. */
  readonly newestMs: number | null;
  readonly parts: readonly Part[];
}

/** Copies the database at `from` to `to` and puts the parts in. Throws when the copy is not whole. */
export async function writeBackupFile(from: string, to: string, parts: readonly Part[]): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true });
  try {
    await source.backup(to);
  } finally {
    source.close();
  }
  const copy = new Database(to, { fileMustExist: true });
  try {
    // One file, with nothing beside it.
    copy.pragma('journal_mode = DELETE');
    // Of a database that was itself a backup, copied back by hand.
    copy.exec('drop table if exists backup_part');
    copy.exec('create table backup_part (name text primary key, content blob not null)');
    const insert = copy.prepare('insert into backup_part (name, content) values (?, ?)');
    for (const { name, content } of parts) insert.run(name, Buffer.from(content));
    checkWhole(copy);
  } finally {
    copy.close();
  }
}

/** What is in a backup; a sentence of why not when it is none, or not whole. */
export function readBackupFile(path: string): BackupContent | string {
  let file: Database.Database;
  try {
    file = new Database(path, { readonly: true, fileMustExist: true });
  } catch {
    return 'it cannot be opened';
  }
  try {
    checkWhole(file);
    const tables = file.prepare(`select name from sqlite_schema where type = 'table'`).pluck().all();
    if (!tables.includes('authority') || !tables.includes('op')) return 'it is no database of Plumbline';
    const authority = file.prepare('select id, version from authority').get() as
      { readonly id: string; readonly version: number } | undefined;
    if (authority === undefined) return 'it holds no authority';
    const name = file
      .prepare(`select units ->> '$.authority.value.name' from record where kind = 'settings' limit 1`)
      .pluck()
      .get() as string | null | undefined;
    const newestMs = file.prepare('select max(received_ms) from op').pluck().get() as number | null;
    const parts = tables.includes('backup_part')
      ? (file.prepare('select name, content from backup_part').all() as Part[])
      : [];
    return { authority: authority.id, authorityName: name ?? null, version: authority.version, newestMs, parts };
  } catch {
    return 'it is damaged, or no database';
  } finally {
    file.close();
  }
}

/** Writes the database of a backup to `to`, without the parts: their bytes do not stay in free pages either. */
export async function extractDatabase(from: string, to: string): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true });
  try {
    await source.backup(to);
  } finally {
    source.close();
  }
  const copy = new Database(to, { fileMustExist: true });
  try {
    copy.pragma('secure_delete = ON');
    copy.exec('drop table if exists backup_part');
    copy.exec('vacuum');
    checkWhole(copy);
  } finally {
    copy.close();
  }
}

/** Brings what is in the files beside a database into it, and removes them. False, and nothing done, while another program has it open. */
export function intoOneFile(path: string): boolean {
  const file = new Database(path, { fileMustExist: true, timeout: 1_000 });
  try {
    file.pragma('journal_mode = DELETE');
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'SQLITE_BUSY') return false;
    throw error;
  } finally {
    file.close();
  }
}

function checkWhole(file: Database.Database): void {
  const said: unknown = file.pragma('integrity_check', { simple: true });
  if (said !== 'ok') throw new Error(`The database is not whole: ${String(said)}`);
}
