/**
 * A laptop that syncs by itself: the real store on the memory port, and the real sync worker with its loop, leader, events
 * and transport, over HTTP. It can lose its power in the middle of anything and be started again.
 */
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { Session } from '../../src/protocol/session.ts';
import type { SyncState } from '../../src/protocol/threads.ts';
import { memoryPort, type MemoryPort } from '../../src/store/memory-port.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { syncApi } from '../../workers/sync/api.ts';
import { unlockedProof } from '../../src/store/unlocked-proof.ts';
import { openTransport } from '../../workers/sync/transport.ts';
import { hash, newId, type Browser } from '../server/client.ts';
import { nullCipher } from '../store/laptop.ts';
import type { FastTime } from './fast-time.ts';

export interface NodeLaptop {
  readonly person: PersonId;
  readonly port: MemoryPort;
  /** What its clock is off by, in milliseconds. */
  readonly clock: { offMs: number };
  /** For the page: writes what the person does. */
  store(): Store;
  state(): SyncState;
  /** Every state it has said, in order. */
  readonly states: SyncState[];
  syncNow(): Promise<void>;
  /** The sync worker starts, as when the app is opened. */
  start(): Promise<void>;
  /** The app is closed, in good order. */
  stop(): Promise<void>;
  /** Everything that was running ends, what was not flushed is gone, and the app is opened again. */
  losePower(): Promise<void>;
}

export interface NodeLaptopOptions {
  readonly browser: Browser;
  readonly session: Session;
  readonly time: FastTime;
  /** Where it finds its server: a proxy's address. */
  readonly address: string;
  readonly offMs?: number;
}

/** Opened and not yet syncing. */
export async function nodeLaptop({
  browser,
  session,
  time,
  address,
  offMs = 0,
}: NodeLaptopOptions): Promise<NodeLaptop> {
  const port = memoryPort();
  const clock = { offMs };
  const states: SyncState[] = [];
  const ticket = {
    keyring: newId(),
    database: 'laptop',
    authority: session.authority as AuthorityId,
    person: session.person as PersonId,
    device: newId() as DeviceId,
  };
  const now = (): number => time.now() + clock.offMs;
  const openLaptop = () => {
    // The memory outlives the app, as a disk does.
    const disk = { ...port, close: async () => undefined };
    return openStore({ ...ticket, port: disk, cipher: nullCipher, now, newId, hash });
  };
  const open = async (): Promise<Store> => {
    const opened = await openLaptop();
    if (!opened.ok) throw new Error(`The laptop does not open: ${opened.problem.kind}`);
    return opened.value;
  };
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const boot = () =>
    syncApi({
      openLaptop,
      openTransport: (watch) =>
        openTransport({
          ...watch,
          origin: address.replace(/\/$/, ''),
          now,
          newNonce: newId,
          timers: time.timers,
          send: (url, init) => fetch(url, { ...init, headers: { ...init.headers, cookie: browser.cookie ?? '' } }),
        }),
      openChannel: () => ({ post: () => undefined, listen: () => undefined, close: () => undefined }),
      proofOf: unlockedProof,
      locks: { request: (_name, _options, work) => work() },
      timers: time.timers,
      now,
      random: Math.random,
      newId,
    });
  let store = await open();
  let worker = boot();
  const off: SyncState = { phase: 'off', provedEqualMs: null, problem: null, clockOffsetMs: null, receiving: null };
  const start = () => worker.api.start(ticket, key, (state) => states.push(state));
  return {
    person: ticket.person,
    port,
    clock,
    store: () => store,
    state: () => states.at(-1) ?? off,
    states,
    syncNow: () => worker.api.syncNow(),
    start,
    stop: () => worker.api.stop(0),
    async losePower() {
      port.crash();
      await worker.api.stop(0);
      // What the ended app still had under way finds no disk: the second cut takes back what it may have written since.
      port.crash();
      store = await open();
      worker = boot();
      await start();
    },
  };
}
