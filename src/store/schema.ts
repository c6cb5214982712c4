/**
 * The tables of a person's database, by version. A version that was released is never edited: the next one is added below it,
 * and only adds (a table, an index), so that what an older build has not sent yet is found again as it was. A dump of a
 * database of each version is kept with the tests (`tests/store/golden`) and opened by the present code.
 */
import { indexes, type TableName } from './rows.ts';

const firstKeys = { confirmed: 'id', pending: 'n', quarantine: 'n', changes: 'record', meta: 'name' } as const;
const retainedKeys = { retained: 'place' } as const;
const togetherKeys = { together: 'change' } as const;

/** Primary key and indexes of tables, as Dexie writes them. */
const withIndexes = (keys: { readonly [T in TableName]?: string }): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(keys).map(([table, key]) => [table, [key, ...indexes[table as TableName]].join(', ')]),
  );

export interface SchemaVersion {
  readonly version: number;
  readonly tables: Readonly<Record<string, string>>;
}

export const schemaVersions: readonly SchemaVersion[] = [
  { version: 1, tables: withIndexes(firstKeys) },
  /** What the server has acknowledged, retained for one that loses it. */
  { version: 2, tables: withIndexes(retainedKeys) },
  /** Records that changed at once in one row, and several acknowledged ops in one. */
  { version: 3, tables: withIndexes(togetherKeys) },
];

/** The newest: what this build writes. */
export const schemaVersion = 3;
