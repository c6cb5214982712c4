/**
 * Databases of the example: each under a key that was never written anywhere, so that whatever a disk still holds of one is
 * undecryptable from the moment its page is gone. No keyring names them.
 */
import Dexie from 'dexie';
import { asFailure } from './problems.ts';

const prefix = 'plumbline-example-';

export const exampleDatabase = (id: string): string => `${prefix}${id}`;

/** A data key that only lives in memory: made non-extractable, its bytes are never seen. */
export const throwawayKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

export interface ExampleDatabases {
  /** Names of those that are there, of this tab, of others, and left behind. */
  list(): Promise<readonly string[]>;
  remove(database: string): Promise<void>;
}

export const exampleDatabases: ExampleDatabases = {
  async list() {
    try {
      return (await Dexie.getDatabaseNames()).filter((name) => name.startsWith(prefix));
    } catch (error) {
      throw asFailure(error);
    }
  },
  async remove(database) {
    if (!database.startsWith(prefix)) throw new Error(`${database} is no database of the example`);
    try {
      await Dexie.delete(database);
    } catch (error) {
      throw asFailure(error);
    }
  },
};
