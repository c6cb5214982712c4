/**
 * The store as one tab or worker holds it. When that dies, what it had not committed is not made and nothing comes back to
 * it; what other tabs do goes on.
 */
import type { Port } from '../../../src/store/port.ts';
import type { Life } from './virtual-time.ts';

const never = (): Promise<never> => new Promise(() => undefined);

class Died extends Error {}

export function mortalPort(port: Port, life: Life): Port {
  const alive = async <T>(work: () => Promise<T>): Promise<T> => {
    if (life.isOver) return never();
    try {
      const value = await work();
      return life.isOver ? never() : value;
    } catch (error) {
      if (life.isOver) return never();
      throw error;
    }
  };
  return {
    read: (tables, body) => alive(() => port.read(tables, body)),
    write: (tables, durability, body) =>
      alive(() =>
        port.write(tables, durability, async (tx) => {
          const result = await body(tx);
          if (life.isOver) throw new Died();
          return result;
        }),
      ),
    writeIf: ({ holds, ...guard }, durability, changes) =>
      alive(() => port.writeIf({ ...guard, holds: (row) => !life.isOver && holds(row) }, durability, changes)),
    onWrite: (listener) => port.onWrite((tables) => !life.isOver && listener(tables)),
    onClosed: (listener) => port.onClosed(listener),
    onUpgrade: (save) => port.onUpgrade(save),
    close: () => Promise.resolve(),
    isClosed: () => life.isOver,
  };
}
