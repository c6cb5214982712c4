/**
 * Which rows of files are here already, as audits of imports that have not been undone. Read page by page, so that memory
 * grows with the number of rows alone: one key of each.
 */
import type { JsonObject } from '../domain/canonical.ts';
import type { RecordId } from '../domain/ids.ts';
import { openPending, openUnit } from './boxes.ts';
import type { Store } from './open.ts';
import { readKind } from './view.ts';

/** By the key of a row, the import it came in with. */
export type ImportedRows = ReadonlyMap<string, RecordId>;

const unit = 'imported';
const pageSize = 500;

/** Pending changes first: one that is confirmed meanwhile is then met in both places, never in none. */
export async function readImportedRows(store: Store): Promise<ImportedRows> {
  const imports = await readKind(store, 'import');
  const undone = new Set(imports.filter(({ units }) => units['undone'] !== undefined).map(({ id }) => id));
  const rows = new Map<string, RecordId>();
  const add = (values: readonly JsonObject[]): void => {
    for (const { row, import: from } of values) {
      if (typeof row === 'string' && !undone.has(from as RecordId)) rows.set(row, from as RecordId);
    }
  };
  await eachPage(
    (from: number) => store.port.read(['pending'], (tx) => tx.all('pending', { from, limit: pageSize })),
    ({ n }) => n + 1,
    0,
    async (page) => {
      const changes = page.filter((row) => row.kind === 'audit' && row.unit === unit);
      add(await Promise.all(changes.map(async (row) => (await openPending(store.cipher, row)).value)));
    },
  );
  await eachPage(
    (from: RecordId) => store.port.read(['confirmed'], (tx) => tx.all('confirmed', { from, limit: pageSize })),
    ({ id }) => `${id}0` as RecordId,
    '' as RecordId,
    async (page) => {
      const found = page.flatMap(({ id, kind, units }) => {
        const row = kind === 'audit' ? units[unit] : undefined;
        return row === undefined ? [] : [openUnit(store.cipher, id, unit, row)];
      });
      add((await Promise.all(found)).map(({ value }) => value));
    },
  );
  return rows;
}

async function eachPage<Row, Key>(
  read: (from: Key) => Promise<readonly Row[]>,
  after: (last: Row) => Key,
  first: Key,
  take: (page: readonly Row[]) => Promise<void>,
): Promise<void> {
  for (let from = first; ;) {
    const page = await read(from);
    await take(page);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    from = after(last);
  }
}
