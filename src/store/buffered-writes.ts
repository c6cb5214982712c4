/**
 * Keeps a transaction's writes back until its body has ended, for both ports. So a body that throws, swallows an error or
 * awaits something foreign has written nothing at all (FAULTS 8, 9, L9), and the platform gets everything in one go.
 *
 * The price is an order: reads first, then writes. A read after a write would not see it, so it is refused as a bug.
 */
import type { ReadTx, RowChange, WriteTx } from './port.ts';
import type { TableName } from './rows.ts';

/** A write transaction over `reads` that collects what it is asked to change in `changes`. */
export function bufferWrites(reads: ReadTx, tables: readonly TableName[]): { tx: WriteTx; changes: RowChange[] } {
  const changes: RowChange[] = [];
  const scoped = scopedReads(reads, tables, () => {
    if (changes.length > 0) throw new Error('A transaction read after it wrote: read first, then write');
  });
  const change = (next: RowChange): void => {
    checkScope(tables, next.table);
    changes.push(next);
  };
  const tx: WriteTx = {
    ...scoped,
    async put(table, row) {
      change({ action: 'put', table, row } as RowChange);
    },
    async putMany(table, rows) {
      for (const row of rows) change({ action: 'put', table, row } as RowChange);
    },
    async delete(table, key) {
      change({ action: 'delete', table, key } as RowChange);
    },
    async deleteMany(table, keys) {
      for (const key of keys) change({ action: 'delete', table, key } as RowChange);
    },
  };
  return { tx, changes };
}

/** The same reads, refusing a table that the transaction was not opened on. */
export function scopedReads(reads: ReadTx, tables: readonly TableName[], check: () => void = () => undefined): ReadTx {
  const allow = (table: TableName): void => {
    checkScope(tables, table);
    check();
  };
  return {
    async get(table, key) {
      allow(table);
      return reads.get(table, key);
    },
    async getMany(table, keys) {
      allow(table);
      return reads.getMany(table, keys);
    },
    async all(table, options) {
      allow(table);
      return reads.all(table, options);
    },
    async whereEqual(table, index, value, options) {
      allow(table);
      return reads.whereEqual(table, index, value, options);
    },
    async whereAbove(table, index, value, options) {
      allow(table);
      return reads.whereAbove(table, index, value, options);
    },
    async count(table, where) {
      allow(table);
      return reads.count(table, where);
    },
  };
}

function checkScope(tables: readonly TableName[], table: TableName): void {
  if (!tables.includes(table)) throw new Error(`The transaction was not opened on the table ${table}`);
}

/** The tables that changes touch, each once. */
export const tablesOf = (changes: readonly RowChange[]): TableName[] => [...new Set(changes.map(({ table }) => table))];
