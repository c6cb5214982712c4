/**
 * Runs in the browser: one save of a section unit as the audit form makes it (checked, sealed, strict, chained to clock and
 * change counter), against a bare strict IndexedDB put of the same row, one after the other in the same page.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import { aesCipher } from '../../src/store/cipher.ts';
import { openDexiePort } from '../../src/store/dexie-port.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { recordEdits, type Edit } from '../../src/store/record.ts';
import type { PendingRow } from '../../src/store/rows.ts';

/** Milliseconds of each run, in order. */
export interface SaveTimes {
  readonly bare: number[];
  readonly bareCommitted: number[];
  readonly save: number[];
  readonly typing: number[];
  /** Bytes in the sealed box of one row. */
  readonly boxBytes: number;
}

declare global {
  interface Window {
    measureSaves(pairs: number, warmUp: number): Promise<SaveTimes>;
  }
}

const randomBytes = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count));
const newId = (): string => bytesToHex(randomBytes(16));
const audit = newId() as RecordId;

const sentence = 'The plan names who will do what by when, and the child’s own words are in the record of the visit. ';
const words = (count: number): string => sentence.repeat(count).split(' ').slice(0, count).join(' ');

const section = (round: number): JsonObject => ({
  grade: round % 2 === 0 ? 'good' : 'requires-improvement',
  notApplicable: false,
  notApplicableReason: '',
  evidence: words(250),
  rationale: words(60),
});

const editOf = (unit: string, value: JsonObject): Edit => ({ record: audit, kind: 'audit', unit, value, base: null });

window.measureSaves = async (pairs, warmUp) => {
  const store = await openLaptop();
  await saved(store, editOf('allocation', allocation(store.person)), 'act');
  await saved(store, editOf('section:risk', section(0)), 'act');
  const row = (await store.port.read(['pending'], (tx) => tx.all('pending'))).at(-1);
  if (row === undefined) throw new Error('Nothing was recorded');
  const bareDb = await openBare();
  const times: SaveTimes = { bare: [], bareCommitted: [], save: [], typing: [], boxBytes: row.sealed.data.length };
  for (let round = -warmUp; round < pairs; round += 1) {
    const n = round + warmUp + 1;
    const bare = await timed(() => put(bareDb, { ...row, n }, false));
    const save = await timed(() => saved(store, editOf('section:risk', section(round)), 'act'));
    const bareCommitted = await timed(() => put(bareDb, { ...row, n: n + 1_000_000 }, true));
    const typing = await timed(() => saved(store, editOf('section:plan', section(round)), 'typing'));
    if (round < 0) continue;
    times.bare.push(bare);
    times.save.push(save);
    times.bareCommitted.push(bareCommitted);
    times.typing.push(typing);
  }
  return times;
};

/** Each run starts on a quiet page: what a save leaves for the next task is not billed to whoever comes next. */
async function timed(work: () => Promise<void>): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 2));
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function openLaptop(): Promise<Store> {
  const opened = await openDexiePort(`bench-${newId()}`);
  if (!opened.ok) throw new Error(`The database did not open: ${opened.problem.kind}`);
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const store = await openStore({
    port: opened.value,
    cipher: aesCipher(key, randomBytes),
    authority: newId() as AuthorityId,
    person: newId() as PersonId,
    device: newId() as DeviceId,
    now: () => Date.now(),
    newId,
    hash: (text) => bytesToHex(sha256(utf8ToBytes(text))),
  });
  if (!store.ok) throw new Error(`The store did not open: ${store.problem.kind}`);
  return store.value;
}

async function saved(store: Store, edit: Edit, how: 'act' | 'typing'): Promise<void> {
  const result = await recordEdits(store, [edit], how);
  if (!result.ok) throw new Error(`Not saved: ${JSON.stringify(result.problem)}`);
}

const openBare = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(`bare-${newId()}`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('rows', { keyPath: 'n' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The bare database did not open'));
  });

const put = (db: IDBDatabase, row: PendingRow, commit: boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const tx = db.transaction('rows', 'readwrite', { durability: 'strict' });
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new Error('The bare put failed'));
    tx.objectStore('rows').put(row);
    if (commit) tx.commit();
  });

const allocation = (auditor: PersonId): JsonObject => ({
  tool: 'assessment@1.0.0',
  service: newId(),
  team: newId(),
  auditor,
  moderator: null,
  due: '2026-02-01',
  selection: 'random',
  cycle: null,
  extendedTo: null,
  extensionApprover: null,
  extensionReason: '',
  exempt: false,
  exemptionApprover: null,
  exemptionReason: '',
});
