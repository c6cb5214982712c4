/** A laptop as it is: the real store (in memory), the real sync logic and transport, over HTTP with a cookie of its own. */
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Decided, HeldList, LeadSays } from '../../src/protocol/held.ts';
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import type { Session } from '../../src/protocol/session.ts';
import { memoryPort, type MemoryPort } from '../../src/store/memory-port.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import type { TableName } from '../../src/store/rows.ts';
import { sealForServer } from '../../src/store/server-box.ts';
import { runCycle, type CycleEnd } from '../../workers/sync/cycle.ts';
import { laptopStore } from '../../workers/sync/laptop-store.ts';
import { leave } from '../../workers/sync/leave.ts';
import { newLine } from '../../workers/sync/line.ts';
import { newDoubt } from '../../workers/sync/doubt.ts';
import { openRecord } from '../../workers/sync/open.ts';
import { remoteFor } from '../../workers/sync/remote.ts';
import { openTransport, type Answer } from '../../workers/sync/transport.ts';
import { hash, newId, type Browser } from '../server/client.ts';
import { nullCipher } from '../store/laptop.ts';

export interface RealLaptop {
  readonly store: Store;
  readonly port: MemoryPort;
  readonly person: PersonId;
  /** This laptop's own clock. */
  readonly clock: { ms: number };
  cycle(): Promise<CycleEnd>;
  /** Hands over what the server does not have, because its copy is to be forgotten. */
  leave(): Promise<SyncProblem | null>;
  open(record: string): ReturnType<typeof openRecord>;
  /** What this person asks as a lead: the held groups they decide about, and a decision. */
  heldList(): Promise<HeldList>;
  decide(says: LeadSays): Promise<readonly Decided[]>;
  /** Damage while the app is closed: these confirmed rows go, nothing else says so, and it is opened again. */
  lose(records: readonly RecordId[]): Promise<void>;
}

async function copyRows(from: MemoryPort, to: MemoryPort): Promise<void> {
  const rows = from.dump();
  await to.write(Object.keys(rows) as TableName[], 'strict', async (tx) => {
    for (const table of Object.keys(rows) as TableName[]) await tx.putMany(table, rows[table] as never);
  });
}

const timers = {
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * `copyOf`: begins with a copy of that laptop's store, as a copied browser profile does. `proof`: what shows that it is unlocked;
 * a laptop without one says nothing of that.
 */
export async function realLaptop(
  browser: Browser,
  session: Session,
  clock: { ms: number },
  copyOf?: RealLaptop,
  proof: string | null = null,
): Promise<RealLaptop> {
  const port = memoryPort();
  if (copyOf !== undefined) await copyRows(copyOf.port, port);
  const authority = session.authority as AuthorityId;
  const person = session.person as PersonId;
  const device = newId() as DeviceId;
  const opened = await openStore({
    port,
    cipher: nullCipher,
    authority,
    person,
    device,
    now: () => clock.ms,
    newId,
    hash,
    sealForServer: sealForServer((count) => crypto.getRandomValues(new Uint8Array(count))),
  });
  if (!opened.ok) throw new Error(opened.problem.kind);
  let store = laptopStore(opened.value);
  const transport = openTransport({
    origin: browser.address.replace(/\/$/, ''),
    now: () => clock.ms,
    newNonce: newId,
    timers,
    onContact: (offsetMs) => void store.writeClockOffset(offsetMs),
    proof: () => proof,
    send: (url, init) => fetch(url, { ...init, headers: { ...init.headers, cookie: browser.cookie ?? '' } }),
  });
  const remote = remoteFor(transport, { authority, person, keyring: newId() });
  const line = newLine();
  const doubt = newDoubt();
  const signal = new AbortController().signal;
  const watch = {
    progress: () => undefined,
    contact: () => undefined,
    received: () => undefined,
    unproved: () => undefined,
  };
  const deps = () => ({ store, remote, timers, newDevice: () => newId() as DeviceId, line, doubt });
  return {
    store: opened.value,
    port,
    person,
    clock,
    cycle: () => runCycle(deps(), signal, 'full', watch),
    leave: () => leave(deps(), signal, watch, 'taken away'),
    async lose(records) {
      await port.write(['confirmed'], 'strict', (tx) => tx.deleteMany('confirmed', records));
      store = laptopStore(opened.value);
    },
    open: (record) => openRecord(signal, { store, remote }, record as never),
    heldList: async () => answered(await remote.heldList(signal, await store.device(), 200)),
    decide: async (says) => answered(await remote.decide(signal, await store.device(), says)).results,
  };
}

function answered<T>(reply: Result<Answer<T>, SyncProblem>): T {
  if (!reply.ok) throw new Error(`The server did not answer: ${reply.problem.kind}`);
  return reply.value.value;
}
