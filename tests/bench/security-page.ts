/**
 * Runs in the browser: what sealing costs a person. Unlocking a copy by its passphrase, by a passkey's secret and by recovery;
 * a list of sealed audits, from the key to the last reference; saves under encryption and under none, in turn.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import { project } from '../../src/domain/projection.ts';
import type { Units } from '../../src/domain/record.ts';
import type { PullReply } from '../../src/protocol/sync.ts';
import { aesCipher, type Cipher } from '../../src/store/cipher.ts';
import { openDexiePort } from '../../src/store/dexie-port.ts';
import { applyPage } from '../../src/store/inbox.ts';
import { openKeyrings } from '../../src/store/keyring.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { recordEdits } from '../../src/store/record.ts';
import { readListed } from '../../src/store/view.ts';
import { madeUpAudit } from './sync/made-up.ts';

/** Milliseconds of each run, in order. */
export interface SecurityTimes {
  readonly byPassphrase: number[];
  readonly byPasskey: number[];
  readonly list: number[];
  readonly sealedSave: number[];
  readonly bareSave: number[];
}

export interface SecurityAsk {
  readonly unlocks: number;
  readonly audits: number;
  readonly lists: number;
  readonly saves: number;
}

declare global {
  interface Window {
    measureSecurity(ask: SecurityAsk): Promise<SecurityTimes>;
  }
}

const randomBytes = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count));
const newId = (): string => bytesToHex(randomBytes(16));
const hash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
const [authority, person, device] = [newId() as AuthorityId, newId() as PersonId, newId() as DeviceId];
const passphrase = 'three brown teapots on a wall';

window.measureSecurity = async ({ unlocks, audits, lists, saves }) => {
  const { key, ...unlocked } = await measureUnlocks(unlocks);
  const sealed = await openLaptop(aesCipher(key, randomBytes));
  const ids = await fill(sealed, audits);
  const list: number[] = [];
  for (let round = 0; round < lists; round += 1) {
    const started = performance.now();
    const shown = await readListed(sealed, ids);
    list.push(performance.now() - started);
    const references = shown.filter(({ units }) => 'reference' in (units['case']?.value ?? {}));
    if (references.length !== audits) throw new Error(`${references.length} of ${audits} references were opened`);
  }
  return { ...unlocked, list, ...(await measureSaves(saves, key)) };
};

async function measureUnlocks(count: number) {
  const keyrings = openKeyrings({ randomBytes, newId, now: () => Date.now() });
  const session = { authority, authorityName: 'Made up', person, email: 'somebody@example.org' };
  const made = await keyrings.create({ home: 'server', session, passphrase });
  if (!made.ok) throw new Error(made.problem.kind);
  const passkey = { credential: randomBytes(32), asked: randomBytes(32), secret: randomBytes(32) };
  const added = await keyrings.addPasskey(made.value.entry, passphrase, passkey);
  if (!added.ok) throw new Error(added.problem.kind);
  const [byPassphrase, byPasskey]: [number[], number[]] = [[], []];
  for (let round = 0; round < count; round += 1) {
    byPassphrase.push(await timed(() => keyrings.unlock(added.value, passphrase)));
    byPasskey.push(await timed(() => keyrings.unlockWithPasskey(added.value, passkey.secret)));
  }
  return { byPassphrase, byPasskey, key: made.value.key };
}

/** The same saves of a section, sealed and in clear, in turn. */
async function measureSaves(count: number, key: CryptoKey) {
  const sealed = await openLaptop(aesCipher(key, randomBytes));
  const bare = await openLaptop(inClear);
  const audit = newId() as RecordId;
  const units = madeUpAudit(1, { service: newId(), team: newId(), auditor: person }, 0).flat();
  const allocation = units.find(({ unit }) => unit === 'allocation');
  const sections = units.filter(({ unit }) => unit.startsWith('section:'));
  const save = async (store: Store, unit: string, value: JsonObject) => {
    const done = await recordEdits(store, [{ record: audit, kind: 'audit', unit, value, base: null }], 'act');
    if (!done.ok) throw new Error(`Not saved: ${JSON.stringify(done.problem)}`);
    return { ok: true } as const;
  };
  for (const store of [sealed, bare]) await save(store, 'allocation', allocation?.value ?? {});
  const [sealedSave, bareSave]: [number[], number[]] = [[], []];
  for (let round = 0; round < count; round += 1) {
    const { unit, value } = sections[round % sections.length] ?? { unit: '', value: {} };
    const now = { ...value, grade: round % 2 === 0 ? 'good' : 'inadequate' };
    // Whoever comes first in a pair may pay for the other: they take turns.
    const pair = [
      async () => void sealedSave.push(await timed(() => save(sealed, unit, now))),
      async () => void bareSave.push(await timed(() => save(bare, unit, now))),
    ];
    for (const one of round % 2 === 0 ? pair : pair.reverse()) await one();
  }
  return { sealedSave, bareSave };
}

/** Seals nothing: what a save costs without encryption. */
const inClear: Cipher = {
  seal: async (_place, value) => ({ iv: new Uint8Array(12), data: new TextEncoder().encode(JSON.stringify(value)) }),
  open: async (_place, { data }) => JSON.parse(new TextDecoder().decode(data)) as never,
};

async function timed(work: () => Promise<{ readonly ok: boolean }>): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 2));
  const started = performance.now();
  const done = await work();
  const ms = performance.now() - started;
  if (!done.ok) throw new Error('What was measured did not happen');
  return ms;
}

async function openLaptop(cipher: Cipher): Promise<Store> {
  const opened = await openDexiePort(`bench-${newId()}`);
  if (!opened.ok) throw new Error(`The database did not open: ${opened.problem.kind}`);
  const store = await openStore({
    port: opened.value,
    cipher,
    authority,
    person,
    device,
    now: () => Date.now(),
    newId,
    hash,
  });
  if (!store.ok) throw new Error(`The store did not open: ${store.problem.kind}`);
  return store.value;
}

const page = 200;

/** Audits in columns, as a server sends them to somebody who sees all; answers their ids. */
async function fill(store: Store, count: number): Promise<RecordId[]> {
  const ids = Array.from({ length: count }, () => newId() as RecordId);
  const place = { service: newId(), team: newId(), auditor: newId() };
  let asked: PullReply['cursor'] | null = null;
  for (let at = 0; at < count; at += page) {
    const records = ids.slice(at, at + page).map((id, n) => ({
      id,
      kind: 'audit' as const,
      version: at + n + 1,
      projection: 'columns' as const,
      units: project('audit', unitsOf(at + n, place), 'columns') as PullReply['records'][number]['units'],
    }));
    const cursor = {
      epoch: newId(),
      version: at + page,
      head: newId(),
      rightsVersion: 1,
    } as unknown as PullReply['cursor'];
    const reply = { records, cursor, last: false, total: null, serverKey: null } as unknown as PullReply;
    if ((await applyPage(store, reply, asked)) !== 'applied') throw new Error('A page was not taken');
    asked = cursor;
  }
  return ids;
}

function unitsOf(number: number, place: { service: string; team: string; auditor: string }): Units {
  const units = madeUpAudit(number, place, Date.now()).flat();
  return Object.fromEntries(
    units.map(({ unit, value }, at) => [
      unit,
      { op: `${device}:${number * 100 + at}`, value, author: person, stamp: { ms: number, counter: at }, others: [] },
    ]),
  ) as unknown as Units;
}
