/** A port that counts the rows it hands out: what a piece of work costs, whatever the machine. */
import type { Port, ReadTx, WriteTx } from '../../src/store/port.ts';

export interface CountingPort<P extends Port> {
  readonly port: P;
  /** Rows handed out since the last time this was asked. */
  read(): number;
}

export function countRows<P extends Port>(port: P): CountingPort<P> {
  let count = 0;
  const counted = async <T>(rows: Promise<readonly T[]>): Promise<T[]> => {
    const list = [...(await rows)];
    count += list.length;
    return list;
  };
  const reads = (tx: ReadTx): ReadTx => ({
    ...tx,
    async get(table, key) {
      count += 1;
      return tx.get(table, key);
    },
    getMany: (table, keys) => counted(tx.getMany(table, keys)),
    all: (table, options) => counted(tx.all(table, options)),
    whereEqual: (table, index, value, options) => counted(tx.whereEqual(table, index, value, options)),
    whereAbove: (table, index, value, options) => counted(tx.whereAbove(table, index, value, options)),
  });
  return {
    port: {
      ...port,
      read: (tables, body) => port.read(tables, (tx) => body(reads(tx))),
      write: (tables, durability, body) =>
        port.write(tables, durability, (tx: WriteTx) => body({ ...tx, ...reads(tx) })),
    },
    read() {
      const was = count;
      count = 0;
      return was;
    },
  };
}
