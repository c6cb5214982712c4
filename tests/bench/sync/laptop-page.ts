/**
 * Runs in the browser, on the address of a real server: a laptop with the app's own store and sync worker and no screens.
 * It hands in a backlog, receives everything there is, or saves one change after the other.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { proxy, wrap } from 'comlink';
import { trustedUrl } from '../../../src/bridge/trusted-url.ts';
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../../../src/domain/ids.ts';
import type { AccountApi, SyncApi, SyncState, SyncTicket } from '../../../src/protocol/threads.ts';
import { aesCipher } from '../../../src/store/cipher.ts';
import { openDexiePort } from '../../../src/store/dexie-port.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { recordGroups } from '../../../src/store/record.ts';
import type { BareApi } from './bare-worker.ts';
import { madeUpAudit } from './made-up.ts';
import { witnessChannel, type Seen } from './seen.ts';

export interface Account {
  readonly email: string;
  readonly password: string;
}

export interface Synced {
  /** From the start until laptop and server were proved equal. */
  readonly ms: number;
  readonly startedMs: number;
  /** Every writing transaction of the worker. */
  readonly seen: readonly Seen[];
}

export interface LaptopBench {
  /** Signs in, on an empty database. */
  signIn(account: Account): Promise<void>;
  /** Saves so many whole audits, which wait to be sent. Answers how many changes they are. */
  save(audits: number, service: string, team: string): Promise<number>;
  /** Starts the worker; answers when all is sent, received and proved equal. */
  sync(): Promise<Synced>;
  /** Writes the same rows bare; answers milliseconds in all. */
  bareWrites(batches: readonly number[], indexed: boolean): Promise<number>;
  /** Submits an audit: answers when that was saved, by this computer's clock. */
  submit(audit: string): Promise<number>;
}

declare global {
  interface Window {
    laptop: LaptopBench;
  }
}

/** Audits saved in one transaction. */
const savedTogether = 25;

const randomBytes = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count));
const newId = (): string => bytesToHex(randomBytes(16));
const hash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
const startWorker = (file: string): Worker => new Worker(trustedUrl(`/bench/${file}`), { type: 'module' });

const worker = wrap<SyncApi & AccountApi>(startWorker('sync-worker.js'));
const key = crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
const database = `bench-${newId()}`;
const keyring = newId();
const device = newId() as DeviceId;
let who: { readonly authority: AuthorityId; readonly person: PersonId } | null = null;
let opened: Promise<Store> | null = null;

function ticket(): SyncTicket {
  if (who === null) throw new Error('Nobody has signed in');
  return { database, device, keyring, ...who };
}

const store = (): Promise<Store> => (opened ??= openLaptop());

async function openLaptop(): Promise<Store> {
  const port = await openDexiePort(database);
  if (!port.ok) throw new Error(`The database did not open: ${port.problem.kind}`);
  const cipher = aesCipher(await key, randomBytes);
  const result = await openStore({ ...ticket(), port: port.value, cipher, newId, hash, now: () => Date.now() });
  if (!result.ok) throw new Error(`The store did not open: ${result.problem.kind}`);
  return result.value;
}

window.laptop = {
  async signIn({ email, password }) {
    const session = await worker.signIn(email, password);
    if (!session.ok) throw new Error(`Nobody was signed in: ${session.problem.kind}`);
    who = session.value;
  },
  async save(audits, service, team) {
    const auditor = ticket().person;
    let changes = 0;
    for (let from = 0; from < audits; from += savedTogether) {
      const numbers = Array.from({ length: Math.min(savedTogether, audits - from) }, (_, at) => from + at);
      const groups = numbers.flatMap((number) => {
        const record = newId() as RecordId;
        return madeUpAudit(number, { service, team, auditor }, Date.now()).map((units) => ({
          edits: units.map(({ unit, value }) => ({ record, kind: 'audit' as const, unit, value, base: null })),
        }));
      });
      const saved = await recordGroups(await store(), groups);
      if (!saved.ok) throw new Error(`Nothing was saved: ${saved.problem.kind}`);
      changes += groups.reduce((sum, { edits }) => sum + edits.length, 0);
    }
    return changes;
  },
  async sync() {
    // The page makes the database; the worker opens what is there.
    await store();
    const sealingKey = await key;
    const startedMs = Date.now();
    const started = performance.now();
    const proved = new Promise<void>((resolve, reject) => {
      const onState = ({ phase, problem, provedEqualMs }: SyncState): void => {
        if (problem !== null) reject(new Error(`Syncing ended: ${JSON.stringify(problem)}`));
        else if (phase === 'idle' && provedEqualMs !== null) resolve();
      };
      void worker.start(ticket(), sealingKey, proxy(onState));
    });
    await proved;
    const ms = performance.now() - started;
    return { ms, startedMs, seen: await askWitness() };
  },
  async bareWrites(batches, indexed) {
    const thread = startWorker('bare-worker.js');
    const times = await wrap<BareApi>(thread).write(database, batches, indexed);
    thread.terminate();
    return times.reduce((sum, ms) => sum + ms, 0);
  },
  async submit(audit) {
    const at = Date.now();
    const record = audit as RecordId;
    const value = { by: ticket().person, at, reason: '' };
    const edits = [{ record, kind: 'audit' as const, unit: 'submitted', value, base: null }];
    const saved = await recordGroups(await store(), [{ edits }]);
    if (!saved.ok) throw new Error(`Nothing was saved: ${saved.problem.kind}`);
    return Date.now();
  },
};

function askWitness(): Promise<readonly Seen[]> {
  const channel = new BroadcastChannel(witnessChannel);
  return new Promise((resolve) => {
    channel.addEventListener('message', ({ data }: MessageEvent<readonly Seen[]>) => {
      channel.close();
      resolve(data);
    });
    channel.postMessage('ask');
  });
}
