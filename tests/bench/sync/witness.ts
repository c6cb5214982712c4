/**
 * Watches a worker from beneath, without changing what it does: how long each IndexedDB transaction that writes took, from
 * its beginning to *complete*, and how many records it put. Imported before what it watches.
 */

import { witnessChannel, type Seen } from './seen.ts';

const seen: Seen[] = [];
const records = new WeakMap<IDBTransaction, number>();

const begin = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (tables, mode, options) {
  const transaction = begin.call(this, tables, mode, options);
  if (mode === 'readwrite') {
    const started = performance.now();
    transaction.addEventListener('complete', () => {
      const putRecords = records.get(transaction) ?? 0;
      const ms = performance.now() - started;
      seen.push({ tables: [...tables], endedMs: Date.now(), ms, putRecords });
    });
  }
  return transaction;
};

const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value, key) {
  if (this.name === 'confirmed') records.set(this.transaction, (records.get(this.transaction) ?? 0) + 1);
  return key === undefined ? put.call(this, value) : put.call(this, value, key);
};

// Asked by the page, and answered once with all of it.
const channel = new BroadcastChannel(witnessChannel);
channel.addEventListener('message', ({ data }) => {
  if (data === 'ask') channel.postMessage(seen);
});
