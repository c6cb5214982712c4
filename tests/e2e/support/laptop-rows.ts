/** What a laptop's databases hold, read past the app: how many rows, and the keyring as it lies on disk. */
import type { Page } from '@playwright/test';

/** Rows per table in the only person's database. */
export function rowCounts(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('The database did not answer'));
      });
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const [name, ...others] = names.filter((one) => /^plumbline-[0-9a-f]{32}$/.test(one));
    if (name === undefined || others.length > 0) throw new Error(`One person's database was expected: ${names.join()}`);
    const db = await asked(indexedDB.open(name));
    try {
      const tables = [...db.objectStoreNames];
      const counts = tables.map(async (table) => [
        table,
        await asked(db.transaction(table).objectStore(table).count()),
      ]);
      return Object.fromEntries((await Promise.all(counts)) as [string, number][]);
    } finally {
      db.close();
    }
  });
}
