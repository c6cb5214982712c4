/**
 * A laptop: the real store on the memory port, the real sync session in each tab's worker, the real tracker of percentages,
 * under virtual time and one wire. It can lose its power, its workers, its disk space and its clock.
 */
import type { AuthorityId, DeviceId, PersonId } from '../../../src/domain/ids.ts';
import type { Chance } from '../../../src/domain/example/chance.ts';
import type { AuditRow, Summary } from '../../../src/domain/summary.ts';
import type { Timers } from '../../../src/protocol/timers.ts';
import type { SyncState } from '../../../src/protocol/threads.ts';
import type { Cipher } from '../../../src/store/cipher.ts';
import { dropConfirmed } from '../../../src/store/inbox.ts';
import { memoryPort, type MemoryPort } from '../../../src/store/memory-port.ts';
import type { TableName } from '../../../src/store/rows.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { openTracker, type Tracker } from '../../../workers/summary/tracker.ts';
import { syncProblemOf } from '../../../workers/sync/api.ts';
import { laptopStore } from '../../../workers/sync/laptop-store.ts';
import { newLine } from '../../../workers/sync/line.ts';
import { newDoubt } from '../../../workers/sync/doubt.ts';
import { remoteFor } from '../../../workers/sync/remote.ts';
import type { SealForServer } from '../../../src/store/server-box.ts';
import { startSession, type SyncSession } from '../../../workers/sync/session.ts';
import { openTransport } from '../../../workers/sync/transport.ts';
import { countFault, type Fault } from './fates.ts';
import { hash, idsFrom } from './ids.ts';
import { mortalPort } from './mortal-port.ts';
import type { Plant } from './plant.ts';
import { queries, sectionsOf } from './questions.ts';
import type { Trace } from './trace.ts';
import { sharedByTabs } from './virtual-locks.ts';
import type { Wire } from './virtual-network.ts';
import type { Life, VirtualTime } from './virtual-time.ts';

export interface LaptopDeps {
  readonly name: string;
  readonly person: PersonId;
  readonly authority: AuthorityId;
  readonly tabs: number;
  readonly time: VirtualTime;
  readonly wire: Wire;
  readonly chance: Chance;
  readonly trace: Trace;
  readonly faults: Map<Fault, number>;
  readonly plant: Plant | null;
  readonly cipher: Cipher;
  readonly sealForServer: SealForServer;
  /** The rows of another laptop that this one is a copy of. */
  readonly rows?: ReturnType<MemoryPort['dump']>;
  readonly onState: (laptop: SimLaptop, state: SyncState) => void;
}

interface Tab {
  readonly life: Life;
  readonly page: Store;
  workerLife: Life;
  session: SyncSession | null;
  state: SyncState;
}

export interface SimLaptop {
  readonly name: string;
  readonly person: PersonId;
  readonly port: MemoryPort;
  readonly wire: Wire;
  readonly isOn: () => boolean;
  /** How far its clock is from the true time. */
  offsetMs: number;
  diskIsFull: boolean;
  /** Whether it ever was. */
  wasFull: boolean;
  /** The power goes, or the leading worker dies, at the so-many-th request to the disk from now; 0: it does not. */
  powerCutIn: number;
  killIn: number;
  /** Opens the tabs: the app is started. Nothing when it runs. */
  start(): Promise<void>;
  powerCut(): void;
  killWorker(which: number): void;
  startWorkers(): Promise<void>;
  page(which: number): Store | null;
  states(): readonly SyncState[];
  sessions(): readonly SyncSession[];
  signOut(): Promise<void>;
  /** What is watched on this laptop, and the newest answer. */
  readonly query: (typeof queries)[number];
  answer(): Summary | null;
  /** Every audit that counts. */
  rows(): Promise<readonly AuditRow[] | undefined>;
}

/** How long a page lets its worker send what is left at a sign-out, and then waits for the answer. */
const drainMs = 5_000;
const answerMs = 10_000;

const off: SyncState = { phase: 'off', provedEqualMs: null, problem: null, clockOffsetMs: null, receiving: null };

export function simLaptop(deps: LaptopDeps): SimLaptop {
  const { name, person, authority, time, wire, chance, trace, faults, plant, cipher, sealForServer } = deps;
  const newId = idsFrom(chance);
  const device = (plant?.device ?? newId()) as DeviceId;
  /** Of the laptop itself, from its start to the next loss of power; null while it is off. */
  let life: Life | null = null;
  let tabs: Tab[] = [];
  let tracker: Tracker | null = null;
  let answer: Summary | null = null;
  let rows = deps.rows ?? null;
  const shared = sharedByTabs();
  const now = (): number => time.nowMs() + laptop.offsetMs;

  const port = memoryPort({
    onRequest({ action }) {
      if (laptop.powerCutIn > 0 && (laptop.powerCutIn -= 1) === 0) {
        countFault(faults, 'power cut in a transaction');
        laptop.powerCut();
        time.after(4_000, () => void laptop.start());
        throw new DOMException('The power went', 'AbortError');
      }
      if (laptop.killIn > 0 && (laptop.killIn -= 1) === 0) {
        countFault(faults, 'worker killed in a transaction');
        laptop.killWorker(0);
        time.after(3_000, () => void laptop.startWorkers());
      }
      if (laptop.diskIsFull && action === 'put') throw new DOMException('The disk is full', 'QuotaExceededError');
    },
  });

  const open = (life: Life) =>
    openStore({ port: mortalPort(port, life), cipher, authority, person, device, now, newId, hash, sealForServer });

  async function openTab(ofLaptop: Life): Promise<void> {
    const life: Life = { isOver: false };
    const opened = await open(life);
    if (ofLaptop.isOver) return;
    if (!opened.ok) return trace.say(`${name} cannot open its store: ${opened.problem.kind}`);
    const tab: Tab = { life, page: opened.value, workerLife: { isOver: true }, session: null, state: off };
    tabs.push(tab);
    await startWorker(tab);
  }

  async function startWorker(tab: Tab): Promise<void> {
    const life: Life = { isOver: false };
    tab.workerLife = life;
    const opened = await open(life);
    if (!opened.ok || life.isOver) return void (life.isOver = true);
    const store = opened.value;
    const timers = timersBut(time.timersOf(life), plant?.endless ?? []);
    const who = { authority, person };
    const own = openTransport({
      origin: '',
      now,
      newNonce: newId,
      timers,
      onContact: (offsetMs) => tab.session?.clockOffset(offsetMs),
      onBytes: () => tab.session?.alive(),
      send: wire.send(life),
      openStream: wire.openStream(life),
    });
    const parts = { store: laptopStore(store), transport: own };
    const { transport, store: synced } = plant?.tab?.(parts, store) ?? parts;
    tab.session = startSession({
      who,
      transport,
      store: synced,
      remote: remoteFor(transport, { ...who, keyring: person }),
      timers,
      now,
      random: chance.share,
      line: newLine(),
      doubt: newDoubt(),
      newDevice: () => newId() as DeviceId,
      channel: shared.channel(life),
      locks: shared.locks(life),
      onWrite: (listener) => store.port.onWrite(listener),
      closeStore: () => store.port.close(),
      problemOf: syncProblemOf,
      onState(state) {
        if (life.isOver) return;
        tab.state = state;
        deps.onState(laptop, state);
      },
    });
  }

  /** Everything in memory is gone. */
  function end(): void {
    if (life !== null) life.isOver = true;
    life = null;
    tracker?.close();
    tracker = null;
    answer = null;
    for (const tab of tabs) {
      tab.life.isOver = true;
      tab.workerLife.isOver = true;
      tab.session = null;
    }
    tabs = [];
    shared.sweep();
  }

  const laptop: SimLaptop = {
    name,
    person,
    port,
    wire,
    offsetMs: 0,
    diskIsFull: false,
    wasFull: false,
    powerCutIn: 0,
    killIn: 0,
    isOn: () => life !== null,
    async start() {
      if (life !== null) return;
      const own: Life = { isOver: false };
      life = own;
      if (rows !== null) await fill(port, rows);
      rows = null;
      tracker = (plant?.tracker ?? openTracker)({ port, timers: time.timersOf(own), sectionsOf, pageSize: 50 });
      tracker.watch(laptop.query, (summary) => (answer = summary));
      for (let n = 0; n < deps.tabs && !own.isOver; n += 1) await openTab(own);
    },
    powerCut() {
      port.crash();
      end();
      laptop.powerCutIn = 0;
      laptop.killIn = 0;
    },
    killWorker(which) {
      const tab = tabs[which];
      if (tab === undefined) return;
      tab.workerLife.isOver = true;
      tab.session = null;
      // The browser notices afterwards.
      queueMicrotask(shared.sweep);
    },
    async startWorkers() {
      for (const tab of tabs) if (tab.workerLife.isOver) await startWorker(tab);
    },
    page: (which) => tabs[which % Math.max(1, tabs.length)]?.page ?? null,
    states: () => tabs.map(({ state }) => state),
    sessions: () => tabs.flatMap(({ session }) => (session === null ? [] : [session])),
    async signOut() {
      const own = life;
      // As the page does: a worker that dies meanwhile is not waited for.
      const enough = new Promise<void>((resolve) => void time.after(drainMs + answerMs, resolve));
      const stopped = Promise.all(laptop.sessions().map((session) => session.stop(drainMs)));
      await Promise.race([stopped, enough]);
      if (life !== own) return;
      const page = tabs[0]?.page;
      // On a full disk the rows stay, sealed, until they can be dropped.
      if (page !== undefined && !laptop.diskIsFull) await dropConfirmed(page);
      wire.cookie = '';
      end();
    },
    query: chance.pick(queries),
    answer: () => answer,
    rows: async () => tracker?.rows(),
  };
  return laptop;
}

/** Timers without some waits, for a bug that is planted. */
const timersBut = ({ after }: Timers, endless: readonly number[]): Timers => ({
  after: (ms, run) => (endless.includes(ms) ? () => undefined : after(ms, run)),
});

/** Puts all rows of another laptop's disk on this one. */
function fill(port: MemoryPort, rows: ReturnType<MemoryPort['dump']>): Promise<void> {
  const tables = Object.keys(rows) as TableName[];
  return port.write(tables, 'strict', async (tx) => {
    for (const table of tables) await tx.putMany(table, rows[table]);
  });
}
