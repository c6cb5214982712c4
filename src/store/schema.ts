/**
 * The tables of a person's database, by version. A version that was released is never edited: the next one is added below it,
 * and only adds (a table, an index), so that what an older build has not sent yet is found again as it was. A dump of a
 * database of each version is kept with the tests (`tests/store/golden`) and opened by the present code.
 */
import { indexes, type TableName } from './rows.ts';

const primaryKeys = {
  confirmed: 'id',
  pending: 'n',
  quarantine: 'n',
  changes: 'record',
  meta: 'name',
} as const satisfies { readonly [T in TableName]: string };

/** Primary key and indexes of each table, as Dexie writes them. */
const tables: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(primaryKeys).map(([table, key]) => [table, [key, ...indexes[table as TableName]].join(', ')]),
);

export interface SchemaVersion {
  readonly version: number;
  readonly tables: Readonly<Record<string, string>>;
}

export const schemaVersions: readonly SchemaVersion[] = [{ version: 1, tables }];

/** The newest: what this build writes. */
export const schemaVersion = 1;
