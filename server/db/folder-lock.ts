/**
 * Who uses a data folder: every running server holds a shared lock, a restore an exclusive one. The lock is SQLite's, on a
 * small file, so that it goes with its process however that ends; no number of a process is written down that could be
 * another's by then.
 */
import Database from 'better-sqlite3';

export interface FolderLock {
  release(): void;
}

/** Takes the lock, or answers null when it is taken. */
export function lockFolder(path: string, how: 'shared' | 'exclusive'): FolderLock | null {
  const file = new Database(path, { timeout: 0 });
  try {
    file.pragma('journal_mode = DELETE');
    if (how === 'exclusive') file.exec('begin exclusive');
    else {
      file.exec('begin');
      file.prepare('select count(*) from sqlite_schema').get();
    }
  } catch (error) {
    file.close();
    if ((error as { readonly code?: unknown }).code === 'SQLITE_BUSY') return null;
    throw error;
  }
  return { release: () => void file.close() };
}
