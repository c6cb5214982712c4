/**
 * Entry of the import worker: gives the logic in `import/` its clock, chance, hashes and store, and exposes it. Nothing is
 * decided here.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { exposeApi } from './expose-api.ts';
import { importApi } from './import/api.ts';
import { openLaptop } from './sync/open-laptop.ts';

const now = () => Date.now();
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const newId = () => bytesToHex(randomBytes(16));
const hash = (text: string) => bytesToHex(sha256(utf8ToBytes(text)));

function newFileHash() {
  const running = sha256.create();
  return {
    update: (bytes: Uint8Array) => void running.update(bytes),
    hex: () => bytesToHex(running.digest()),
  };
}

exposeApi(
  importApi({
    openLaptop: ({ ticket, key }) => openLaptop({ ticket, key, now, newId, hash, randomBytes }),
    newFileHash,
    alone: (person, work) =>
      navigator.locks.request(`plumbline-import:${person}`, { ifAvailable: true }, async (lock) =>
        lock === null ? null : work(),
      ),
  }),
);
