/**
 * Runs in the browser, on the page's own thread as the app does: a laptop with many changes saved into a backup file, the file
 * counted and brought in on an empty laptop. Meanwhile a timer ticks: its longest gap is how long a key press waited.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import { bringIn, countBringIn } from '../../src/store/backup/bring-in.ts';
import { openBackup } from '../../src/store/backup/read-backup.ts';
import { writeBackup } from '../../src/store/backup/write-backup.ts';
import { aesCipher } from '../../src/store/cipher.ts';
import { openDexiePort } from '../../src/store/dexie-port.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { recordGroups, type DoneBefore, type Edit } from '../../src/store/record.ts';

export interface Leg {
  readonly ms: number;
  /** The longest time in which nothing else had a turn, and how many were longer than a frame of 50 ms. */
  readonly longestGapMs: number;
  readonly longGaps: number;
  /** Above what the heap held before, in MiB; null where the browser does not say. */
  readonly heapMib: number | null;
}

export interface BackupTimes {
  readonly changes: number;
  readonly fileBytes: number;
  readonly save: Leg;
  /** Its peer: every pending row read at once, as JSON, packed, in one go. */
  readonly dump: Leg;
  readonly count: Leg;
  readonly bringIn: Leg;
}

declare global {
  interface Window {
    measureBackup(audits: number): Promise<BackupTimes>;
  }
}

const randomBytes = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count));
const newId = (): string => bytesToHex(randomBytes(16));
const hash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
const [authority, person] = [newId() as AuthorityId, newId() as PersonId];
const signal = new AbortController().signal;
const silent = (): void => undefined;

const vocabulary =
  'child plan visit record risk family school team view word seen home safe week step need told asked'.split(' ');
const words = (count: number): string =>
  Array.from({ length: count }, () => vocabulary[Math.floor(Math.random() * vocabulary.length)]).join(' ');

window.measureBackup = async (audits) => {
  const first = await openLaptop();
  let changes = 0;
  for (let at = 0; at < audits; at += 50) {
    const groups = Array.from({ length: Math.min(50, audits - at) }, (_, i) => auditGroups(at + i)).flat();
    const saved = await recordGroups(first, groups);
    if (!saved.ok) throw new Error(JSON.stringify(saved.problem));
    changes += groups.reduce((sum, { edits }) => sum + edits.length, 0);
  }
  const passphrase = 'three random words';
  const parts: Blob[] = [];
  const madeMs = Date.now();
  const who = {
    is: 'who',
    content: 1,
    home: 'laptop',
    authority,
    authorityName: '',
    person,
    name: 'A',
    email: 'a@b.example',
    madeMs,
  } as const;
  const put = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => void parts.push(new Blob([bytes]));
  const save = await watched(() => writeBackup(signal, { store: first, who, passphrase, put, onProgress: silent }));
  const dump = await watched(() => dumpAll(first));
  const file = new Blob(parts);
  const second = await openLaptop();
  const backup = await openBackup(hash, file, passphrase);
  const count = await watched(() => insist(countBringIn(signal, second, backup, { kind: 'restore' }, silent)));
  const brought = await watched(() => insist(bringIn(signal, second, backup, { kind: 'restore' }, silent)));
  const there = await second.port.read(['pending'], (tx) => tx.count('pending'));
  if (there !== changes) throw new Error(`${there} of ${changes} changes came in`);
  return { changes, fileBytes: file.size, save, dump, count, bringIn: brought };
};

async function insist(work: Promise<{ readonly ok: boolean }>): Promise<void> {
  const result = await work;
  if (!result.ok) throw new Error(JSON.stringify(result));
}

async function dumpAll(store: Store): Promise<void> {
  const rows = await store.port.read(['pending'], (tx) => tx.all('pending'));
  const opened = await Promise.all(
    rows.map(async (row) => store.cipher.open({ table: 'pending', record: row.record, unit: row.unit }, row.sealed)),
  );
  const text = JSON.stringify(rows.map((row, i) => [row.unit, row.plain, opened[i]]));
  await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();
}

const heap = (): number | null =>
  (performance as unknown as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? null;

async function watched(work: () => Promise<unknown>): Promise<Leg> {
  await new Promise((resolve) => setTimeout(resolve, 200));
  const before = heap();
  const gaps: number[] = [];
  let most = before ?? 0;
  let last = performance.now();
  const timer = setInterval(() => {
    gaps.push(performance.now() - last);
    last = performance.now();
    most = Math.max(most, heap() ?? 0);
  }, 4);
  const started = performance.now();
  await work();
  const ms = performance.now() - started;
  await new Promise((resolve) => setTimeout(resolve, 20));
  clearInterval(timer);
  return {
    ms,
    longestGapMs: Math.max(...gaps),
    longGaps: gaps.filter((gap) => gap > 50).length,
    heapMib: before === null ? null : (most - before) / 2 ** 20,
  };
}

async function openLaptop(): Promise<Store> {
  const opened = await openDexiePort(`bench-${newId()}`);
  if (!opened.ok) throw new Error(`The database did not open: ${opened.problem.kind}`);
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const store = await openStore({
    ...{ port: opened.value, cipher: aesCipher(key, randomBytes), authority, person, newId, hash },
    device: newId() as DeviceId,
    now: () => Date.now(),
  });
  if (!store.ok) throw new Error(`The store did not open: ${store.problem.kind}`);
  return store.value;
}

/** Ten changes: an audit with six sections, one of them graded twice, submitted. */
function auditGroups(number: number): readonly DoneBefore[] {
  const record = newId() as RecordId;
  const doneMs = Date.now() - 1_000_000_000 + number * 1000;
  const edit = (unit: string, value: object): Edit => ({
    record,
    kind: 'audit',
    unit,
    value: value as JsonObject,
    base: null,
  });
  const section = (unit: string, grade: string) =>
    edit(`section:${unit}`, {
      grade,
      notApplicable: false,
      notApplicableReason: '',
      evidence: words(200),
      rationale: words(60),
    });
  const sections = ['risk', 'plan', 'voice', 'visits', 'review', 'risk', 'impact'].map((unit) => [
    section(unit, 'good'),
  ]);
  const caseOf = { reference: `C-${number}`, initials: null, ageBand: null, header: {} };
  return [
    [edit('case', caseOf), edit('allocation', allocation())],
    ...sections,
    [edit('submitted', { by: person, at: doneMs, reason: '' })],
  ].map((edits, i) => ({ edits, doneMs: doneMs + i }));
}

const allocation = (): object => ({
  ...{ tool: 'assessment-service@1.0.0', service: newId(), team: newId(), auditor: person, moderator: null, due: null },
  ...{ selection: 'random', cycle: null, extendedTo: null, extensionApprover: null, extensionReason: '' },
  ...{ exempt: false, exemptionApprover: null, exemptionReason: '' },
});
