/** What store tests share: stores on the memory port with fake clock, ids and ciphers, and values that the schemas accept. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Hash } from '../../src/domain/chain.ts';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import { aesCipher, type Cipher, type RandomBytes } from '../../src/store/cipher.ts';
import { memoryPort, type MemoryPort } from '../../src/store/memory-port.ts';
import { openStore, type Store, type StoreDeps } from '../../src/store/open.ts';
import { recordEdits, type Edit } from '../../src/store/record.ts';

export const hash: Hash = (text) => bytesToHex(sha256(utf8ToBytes(text)));

export const hex = (number: number): string => number.toString(16).padStart(32, '0');

export const authority = hex(0xa) as AuthorityId;
export const me = hex(0xb) as PersonId;
export const somebody = hex(0xc) as PersonId;
export const device = hex(0xd) as DeviceId;
export const team = hex(0xe);
export const service = hex(0xf);
export const recordId = (number: number): RecordId =>
  `${number.toString(16).padStart(2, '0')}${hex(number).slice(2)}` as RecordId;

/** Counts up, so that a run repeats. */
export function countedIds(from = 0x1000): () => string {
  let next = from;
  return () => hex((next += 1));
}

export interface Clock {
  ms: number;
}

/** A cipher that hides nothing: for the control that sentinels would be found, and for speed. */
export const nullCipher: Cipher = {
  seal: async (_place, value) => ({ iv: new Uint8Array(12), data: new TextEncoder().encode(JSON.stringify(value)) }),
  open: async (_place, { data }) => JSON.parse(new TextDecoder().decode(data)) as JsonObject,
};

export const randomBytes: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

export async function realCipher(): Promise<Cipher> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return aesCipher(key, randomBytes);
}

export interface Laptop {
  readonly store: Store;
  readonly port: MemoryPort;
  readonly clock: Clock;
}

/** An opened store on a memory port, as one tab has it. */
export async function laptop(changes: Partial<StoreDeps> & { readonly port?: MemoryPort } = {}): Promise<Laptop> {
  const port = changes.port ?? memoryPort();
  const clock: Clock = { ms: 1_750_000_000_000 };
  const deps = { cipher: nullCipher, authority, person: me, device, now: () => clock.ms, newId: countedIds(), hash };
  const opened = await openStore({ ...deps, ...changes, port });
  if (!opened.ok) throw new Error(`The store did not open: ${opened.problem.kind}`);
  return { store: opened.value, port, clock };
}

export const allocation = (changes: JsonObject = {}): JsonObject => ({
  tool: 'assessment@1.0.0',
  service,
  team,
  auditor: me,
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
  ...changes,
});

export const section = (evidence: string, grade: string | null = 'good'): JsonObject => ({
  grade,
  notApplicable: false,
  notApplicableReason: '',
  evidence,
  rationale: '',
});

export const caseValue = (reference: string): JsonObject => ({ reference, initials: 'AB', ageBand: '5-9', header: {} });

export const event = (by: PersonId = me): JsonObject => ({ by, at: 1_750_000_000_000, reason: '' });

export const edit = (record: RecordId, unit: string, value: JsonObject, changes: Partial<Edit> = {}): Edit => ({
  record,
  kind: 'audit',
  unit,
  value,
  base: null,
  ...changes,
});

/** Records and insists that it was saved. */
export async function act(store: Store, ...edits: Edit[]): Promise<number> {
  const saved = await recordEdits(store, edits, 'act');
  if (!saved.ok) throw new Error(`Not saved: ${JSON.stringify(saved.problem)}`);
  return saved.value.lastN;
}

export async function type(store: Store, one: Edit): Promise<number> {
  const saved = await recordEdits(store, [one], 'typing');
  if (!saved.ok) throw new Error(`Not saved: ${JSON.stringify(saved.problem)}`);
  return saved.value.lastN;
}

/** A new audit of mine. */
export const startAudit = (store: Store, record: RecordId): Promise<number> =>
  act(store, edit(record, 'allocation', allocation()), edit(record, 'case', caseValue(`C-${record.slice(-4)}`)));
