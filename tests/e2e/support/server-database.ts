/** The server's database as a flow reads it from outside, also between a kill and the next start. Reads, but for `change`. */
import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import type { CouncilServer } from './council-server.ts';

export interface StoredOp {
  readonly device: string;
  readonly seq: number;
  readonly unit: string;
  readonly record: string;
  readonly value: string;
  readonly claimed_ms: number;
  readonly order_ms: number;
  readonly received_ms: number;
  readonly accepted: number;
}

const path = ({ folder }: CouncilServer): string => join(folder, 'plumbline.sqlite');

function inDatabase<T>(server: CouncilServer, readonly: boolean, work: (file: SqliteFile.Database) => T): T {
  const file = new SqliteFile(path(server), { readonly });
  try {
    return work(file);
  } finally {
    file.close();
  }
}

/** Every op of a record, in the order in which each device sealed them. */
export const storedOps = (server: CouncilServer, record: string): StoredOp[] =>
  inDatabase(server, true, (file) =>
    file.prepare<[string], StoredOp>('select * from op where record = ? order by device, seq').all(record),
  );

/** How far the server has each device's chain. */
export const storedHeads = (server: CouncilServer): ReadonlyMap<string, number> =>
  inDatabase(server, true, (file) => {
    const rows = file
      .prepare<[], { device: string; seq: number }>('select device, max(seq) as seq from op group by device')
      .all();
    return new Map(rows.map(({ device, seq }) => [device, seq]));
  });

/** A record's units as the server has folded them. */
export function storedUnits(server: CouncilServer, record: string): Record<string, { value: Record<string, unknown> }> {
  const units = inDatabase(server, true, (file) =>
    file.prepare<[string], { units: string }>('select units from record where id = ?').get(record),
  );
  if (units === undefined) throw new Error(`The server has no record ${record}`);
  return JSON.parse(units.units) as Record<string, { value: Record<string, unknown> }>;
}

/** How many sessions a person has. */
export const storedSessions = (server: CouncilServer, person: string): number =>
  inDatabase(
    server,
    true,
    (file) => file.prepare('select token_hash from session where person = ?').all(person).length,
  );

/** The recovery secrets that the server holds, as they are sealed. */
export const storedDeposits = (server: CouncilServer): unknown[] =>
  inDatabase(server, true, (file) => file.prepare('select keyring, sealed from recovery order by keyring').all());

/** Changes the database behind the server's back, as time or an administrator would. */
export const change = (server: CouncilServer, sql: string): void =>
  inDatabase(server, false, (file) => void file.prepare(sql).run());
