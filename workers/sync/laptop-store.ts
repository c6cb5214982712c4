/**
 * What syncing asks of the laptop's store, as one object that tests can stand in for. Adds to the store's own functions
 * only `readyInMs`: when the next unsent change may leave.
 */
import type { BucketDigest, Digest } from '../../src/domain/digest.ts';
import type { DeviceId, RecordId } from '../../src/domain/ids.ts';
import type { Hash } from '../../src/domain/chain.ts';
import type { Op } from '../../src/domain/record.ts';
import type { CubeReply } from '../../src/protocol/board.ts';
import type { HeldAsked, HeldReply } from '../../src/protocol/held.ts';
import type {
  ChainAnchor,
  Cursor,
  MissingOp,
  OpResult,
  PullReply,
  PushReply,
  SentRecord,
} from '../../src/protocol/sync.ts';
import { dropCube, mayHaveCube, writeCube } from '../../src/store/board.ts';
import { newBrought } from '../../src/store/brought.ts';
import { giveAside, unsentBehind } from '../../src/store/hand-over.ts';
import { heldToAsk, takeHeld } from '../../src/store/held.ts';
import { putOpened, readCursor, repair, sealPage, writePage, type SealedPage } from '../../src/store/inbox.ts';
import { localBucket, localBuckets, keptTotal, localTotal } from '../../src/store/totals.ts';
import { leaveHistory, readAcknowledged, readChainPlace, seenBeyond, seenDevices } from '../../src/store/histories.ts';
import type { Store } from '../../src/store/open.ts';
import type { Total } from '../../src/store/state.ts';
import { unsentRows } from '../../src/store/links.ts';
import { readWaiting, sealBatch, settle, settleWaiting, type BatchOptions } from '../../src/store/outbox.ts';
import { takeNewDevice } from '../../src/store/new-device.ts';
import { problemOf } from '../../src/store/problems.ts';
import {
  learnServerKey,
  retain,
  retainedAbove,
  retainedDevices,
  sweepRetained,
  type Retained,
} from '../../src/store/retained.ts';
import { dropStale } from '../../src/store/stale.ts';
import { setAside, unseal } from '../../src/store/set-aside.ts';
import {
  readAnchor,
  readDevice,
  readProvedEqual,
  writeClockOffset,
  writeCompared,
  writeDisproved,
  writeProvedEqual,
} from '../../src/store/sync-meta.ts';

export interface LaptopStore {
  readonly hash: Hash;
  device(): Promise<DeviceId>;
  sealBatch(options: BatchOptions): Promise<readonly Op[]>;
  /** Takes the reply to `ops`, and keeps them sealed for a server that loses them. */
  settle(reply: PushReply, ops: readonly Op[], serverMs: number): Promise<void>;
  /** The ops that wait on the server, and what has become of those of one device. */
  waiting(): Promise<readonly Op[]>;
  settleWaiting(device: DeviceId, ops: readonly Op[], results: readonly OpResult[], serverMs: number): Promise<void>;
  /** For a server that was restored: what it may have lost. */
  acknowledged(): Promise<number>;
  /** The head of the server's chain that was last told. */
  anchor(): Promise<ChainAnchor | undefined>;
  chainPlace: () => ReturnType<typeof readChainPlace>;
  retainedDevices(): Promise<readonly DeviceId[]>;
  retainedAbove(device: DeviceId, seq: number, limit: number): Promise<readonly Retained[]>;
  sweepRetained(serverMs: number): Promise<void>;
  learnServerKey(page: PullReply): Promise<void>;
  seenDevices(): Promise<readonly DeviceId[]>;
  seenBeyond(known: ReadonlyMap<DeviceId, number>): Promise<readonly MissingOp[]>;
  /** Takes a group that the server cannot read out of the queue, into quarantine. */
  setAside(group: readonly Op[], why: string): Promise<void>;
  /** Takes a group's place in the chain, to be sent after others. */
  unseal(group: readonly Op[]): Promise<void>;
  /** How many changes the server does not have, and will not have when it takes these. */
  unsentBehind(ops: readonly Op[]): Promise<number>;
  /** Makes what the server could not read something it is told as thrown away, for this reason. */
  giveAside(why: string): Promise<void>;
  takeNewDevice(device: DeviceId): Promise<void>;
  cursor(): Promise<Cursor | null>;
  leaveHistory(): Promise<void>;
  sealPage(reply: PullReply): Promise<SealedPage>;
  writePage(page: SealedPage, asked: Cursor | null): Promise<'applied' | 'stale'>;
  /** Count and digest of the rows: counted once in a session, and kept from then on with each row that is written. */
  total(): Promise<Total>;
  /** The same, counted again from the rows themselves. */
  recount(): Promise<Total>;
  buckets(): Promise<readonly BucketDigest[]>;
  bucket(bucket: string): Promise<readonly { readonly id: RecordId; readonly digest: Digest }[]>;
  repair(changes: { readonly put: readonly SentRecord[]; readonly drop: readonly RecordId[] }): Promise<void>;
  putOpened(record: SentRecord): Promise<void>;
  heldToAsk(): Promise<HeldAsked>;
  takeHeld(reply: HeldReply): Promise<void>;
  writeClockOffset(offsetMs: number): Promise<void>;
  readProvedEqual(): Promise<number | null>;
  writeProvedEqual(serverMs: number): Promise<void>;
  /** Both hold the same; something may wait here. */
  writeCompared(serverMs: number): Promise<void>;
  writeDisproved(): Promise<void>;
  /** Milliseconds until an unsent change may be sealed (0: now); null when nothing is unsent. */
  readyInMs(): Promise<number | null>;
  /** Drops a copy that is older than the council allows. */
  dropStale(graceMs: number): Promise<boolean>;
  /** Whether this person may be a board viewer, and what they were told. */
  mayHaveCube(): Promise<boolean>;
  writeCube(cube: CubeReply): Promise<void>;
  dropCube(): Promise<void>;
  /** Whether anything this person did is not yet in the confirmed rows. */
  hasPending(): Promise<boolean>;
}

/** Text that is still being typed waits this long after the last key, so that one sentence is one op. */
export const hotMs = 4_000;
/** But never longer than this after its first. */
export const longestHotMs = 30_000;

export function laptopStore(store: Store): LaptopStore {
  let isCounted = false;
  const brought = newBrought();
  const recount = async (): Promise<Total> => {
    const total = await localTotal(store);
    isCounted = true;
    return total;
  };
  return {
    hash: store.hash,
    device: () => readDevice(store),
    sealBatch: (options) => sealBatch(store, options),
    async settle(reply, ops, serverMs) {
      await learnServerKey(store, reply.serverKey, null);
      const rows = await retain(store, ops, reply.results, serverMs);
      await unlessFull(
        () => settle(store, reply, rows),
        () => settle(store, reply),
      );
    },
    waiting: () => readWaiting(store),
    async settleWaiting(device, ops, results, serverMs) {
      const rows = await retain(store, ops, results, serverMs);
      await unlessFull(
        () => settleWaiting(store, device, results, rows),
        () => settleWaiting(store, device, results, []),
      );
    },
    acknowledged: () => readAcknowledged(store),
    anchor: () => readAnchor(store),
    chainPlace: () => readChainPlace(store),
    retainedDevices: () => retainedDevices(store),
    retainedAbove: (device, seq, limit) => retainedAbove(store, device, seq, limit),
    sweepRetained: (serverMs) => sweepRetained(store, serverMs),
    learnServerKey: ({ serverKey, cursor }) => learnServerKey(store, serverKey, cursor.epoch),
    seenDevices: () => seenDevices(store),
    seenBeyond: (known) => seenBeyond(store, known),
    setAside: (group, why) => setAside(store, group, why),
    unseal: (group) => unseal(store, group),
    unsentBehind: (ops) => unsentBehind(store, ops),
    giveAside: (why) => giveAside(store, why),
    takeNewDevice: (device) => takeNewDevice(store, device),
    cursor: () => readCursor(store),
    leaveHistory: () => leaveHistory(store),
    sealPage: (reply) => sealPage(store, reply),
    async writePage(page, asked) {
      // With nothing received yet, every row there will be is written in this session.
      isCounted ||= (await keptTotal(store))?.count === 0;
      return writePage(store, page, asked, brought);
    },
    total: async () => (isCounted ? ((await keptTotal(store)) ?? recount()) : recount()),
    recount,
    buckets: () => localBuckets(store),
    bucket: (bucket) => localBucket(store, bucket),
    repair: (changes) => repair(store, changes),
    putOpened: (record) => putOpened(store, record),
    heldToAsk: () => heldToAsk(store),
    takeHeld: (reply) => takeHeld(store, reply),
    writeClockOffset: (offsetMs) => writeClockOffset(store, offsetMs),
    readProvedEqual: () => readProvedEqual(store),
    writeProvedEqual: (serverMs) => writeProvedEqual(store, serverMs),
    writeCompared: (serverMs) => writeCompared(store, serverMs),
    writeDisproved: () => writeDisproved(store),
    async readyInMs() {
      // The first unsent row decides: a text still being typed stops the batch before it (protocol: seal 2).
      const [first] = await store.port.read(['meta', 'pending'], (tx) => unsentRows(tx, { limit: 1 }));
      if (first === undefined) return null;
      if (first.link !== null || !first.typing) return 0;
      const due = Math.min(first.editedMs + hotMs, first.startedMs + longestHotMs);
      // A clock that was set back must not make a change wait for the old time to come again.
      return Math.min(hotMs, Math.max(0, due - store.now()));
    },
    dropStale: (graceMs) => dropStale(store, graceMs),
    mayHaveCube: () => mayHaveCube(store),
    writeCube: (cube) => writeCube(store, cube),
    dropCube: () => dropCube(store),
    hasPending: async () => (await store.port.read(['pending'], (tx) => tx.count('pending'))) > 0,
  };
}

/** On a full disk a change is settled without keeping its box: syncing goes on, and frees room. */
async function unlessFull(work: () => Promise<void>, without: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (problemOf(error)?.kind !== 'disk-full') throw error;
    await without();
  }
}
