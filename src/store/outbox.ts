/**
 * The way of this person's changes to the server, used by the sync leader alone. Reading pending rows, opening and hashing
 * come before each transaction; the transaction checks that nothing it rests on has changed and is tried again if it has.
 *
 *   unsealed --sealBatch--> sealed --settle: accepted--> sent --inbox: a page brings the version--> gone
 *                               |----settle: held------> quarantine, until a person decides
 *                               \----settle: waiting---> waiting --settleWaiting--> sent, or quarantine
 */
import { leafOf, nextHead, valueHash } from '../domain/chain.ts';
import type { DeviceId, RecordId } from '../domain/ids.ts';
import type { Kind, Op } from '../domain/record.ts';
import { compareStamps } from '../domain/stamp.ts';
import type { OpResult, PushReply } from '../protocol/sync.ts';
import { adoptStamps } from './adopt-stamps.ts';
import { openPending } from './boxes.ts';
import { markChanged } from './changed.ts';
import type { Store } from './open.ts';
import type { ReadTx } from './port.ts';
import { readLinks, writeLinks, type LinkedRow } from './links.ts';
import { firstUnsent, nextGroups, type NextOptions, type Waiting } from './next-groups.ts';
import { besideHeld } from './retained.ts';
import { waiting, type PendingRow, type QuarantineRow, type RetainedRow } from './rows.ts';
import { provedEqualKey } from './sync-meta.ts';
import { stateIn, writeState, type LaptopState } from './state.ts';

/** `maxBytes`: a single group that is larger goes alone. `behind`: sealed now, so that it can leave when those are answered. */
export interface BatchOptions extends NextOptions {
  /** A row typed into more recently than this waits, and everything after it: what was done later is not sent before it. */
  readonly hotMs: number;
  /** But no row waits longer than this since its first keystroke. */
  readonly longestMs: number;
}

/** How often sealing starts again when keystrokes or another tab got in between; after that it waits for the next round. */
const sealTries = 5;

/**
 * The next ops to push, in chain order: those sealed before and not accepted yet, then as many more groups as fit, sealed
 * now. Every op answered is on disk with its link: asking again answers the same ops first. Empty when there is nothing.
 */
export async function sealBatch(store: Store, options: BatchOptions): Promise<readonly Op[]> {
  for (let attempt = 1; ; attempt += 1) {
    const batch = await prepare(store, options);
    if (batch.fresh.length === 0) return batch.ops;
    if (await keepLinks(store, batch)) return batch.ops;
    if (attempt === sealTries) return batch.ops.slice(0, batch.ops.length - batch.fresh.length);
  }
}

/** The first of them, up to the last that `results` are about: what was sealed lies before what was not. */
async function unsentUpTo(tx: ReadTx, state: LaptopState, results: ReadonlyMap<number, OpResult>): Promise<Waiting> {
  for (let limit = results.size; ; limit *= 2) {
    const waiting = await firstUnsent(tx, limit);
    const found = waiting.rows.filter(({ link }) => link?.device === state.device && results.has(link.seq));
    if (waiting.all || found.length === results.size) return waiting;
  }
}

interface Batch {
  readonly ops: readonly Op[];
  readonly before: LaptopState;
  /** The rows sealed in this round, each with its link. */
  readonly fresh: readonly LinkedRow[];
}

async function prepare(store: Store, { maxBytes, hotMs, longestMs, ...next }: BatchOptions): Promise<Batch> {
  const [before, rows] = await store.port.read(['meta', 'pending'], (tx) =>
    Promise.all([stateIn(tx, store), nextGroups(tx, { maxBytes, ...next })]),
  );
  const nowMs = store.now();
  const isHot = ({ typing, link, editedMs, startedMs }: PendingRow): boolean =>
    typing && link === null && isWithin(nowMs - editedMs, hotMs) && isWithin(nowMs - startedMs, longestMs);

  const chain = { seq: before.nextSeq, head: before.head };
  const ops: Op[] = [];
  const fresh: LinkedRow[] = [];
  let bytes = 0;
  for (const group of groupsOf(rows)) {
    if (group.some(isHot)) break;
    const next = { ...chain };
    const sealed: { row: LinkedRow; op: Op }[] = [];
    for (const row of group) sealed.push(await sealRow(store, before, row, next));
    const size = sealed.reduce((sum, { op }) => sum + jsonBytes(op) + 1, 0);
    if (ops.length > 0 && bytes + size > maxBytes) break;
    bytes += size;
    Object.assign(chain, next);
    ops.push(...sealed.map(({ op }) => op));
    fresh.push(...sealed.map(({ row }) => row).filter((_, i) => group[i]?.link === null));
    if (bytes > maxBytes) break;
  }
  return { ops, before, fresh };
}

/** A clock set back makes an age negative: such a row waits no longer. */
const isWithin = (ageMs: number, limitMs: number): boolean => ageMs >= 0 && ageMs < limitMs;

const jsonBytes = (op: Op): number => new TextEncoder().encode(JSON.stringify(op)).length;

/** Neighbouring rows of one group; sealed rows first, in the order of their chain. */
function groupsOf(rows: readonly PendingRow[]): PendingRow[][] {
  const inOrder = [...rows].sort((a, b) => (a.link?.seq ?? Infinity) - (b.link?.seq ?? Infinity) || a.n - b.n);
  const groups: PendingRow[][] = [];
  for (const row of inOrder) {
    const current = groups.at(-1);
    if (current?.[0]?.group === row.group) current.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** The op of a row, giving it the next place in `chain` when it has none. */
async function sealRow(store: Store, state: LaptopState, row: PendingRow, chain: { seq: number; head: string }) {
  const { value, salt } = await openPending(store.cipher, row);
  const { group, groupSize, record, kind, unit, claimed, base, settles } = row;
  const { device, seq } = row.link ?? { device: state.device, seq: chain.seq };
  const { authority, person, hash } = store;
  const header = { authority, person, device, seq, group, groupSize, record, kind, unit, claimed, base, settles };
  const link = row.link ?? {
    device,
    seq,
    leaf: leafOf(hash, header, valueHash(hash, salt, value)),
    prev: chain.head,
  };
  if (row.link === null) Object.assign(chain, { seq: seq + 1, head: nextHead(hash, link.prev, link.leaf) });
  const op: Op = { ...header, value, salt, leaf: link.leaf, prev: link.prev };
  return { row: { ...row, link }, op };
}

/** Writes the links of freshly sealed rows. False when a row or the chain has changed since they were read. */
function keepLinks(store: Store, { before, fresh }: Batch): Promise<boolean> {
  return store.port.write(['meta', 'pending'], 'strict', async (tx) => {
    const [state, links, rows] = await Promise.all([
      stateIn(tx, store),
      readLinks(tx),
      tx.getMany(
        'pending',
        fresh.map(({ n }) => n),
      ),
    ]);
    if (state.device !== before.device || state.head !== before.head) return false;
    if (!rows.every((row, i) => isUnchanged(row, fresh[i]))) return false;
    const last = fresh.at(-1)?.link;
    if (last === undefined) return true;
    await writeLinks(tx, new Map([...links, ...fresh.map(({ n, link }) => [n, link] as const)]));
    const sealedTo = fresh.reduce((most, { n }) => Math.max(most, n), state.sealedTo ?? 0);
    const head = nextHead(store.hash, last.prev, last.leaf);
    await writeState(tx, { ...state, nextSeq: last.seq + 1, head, sealedTo });
    return true;
  });
}

/** Each keystroke gives a row a new claimed stamp. */
const isUnchanged = (row: PendingRow | undefined, sealed: PendingRow | undefined): boolean =>
  row !== undefined && sealed !== undefined && row.link === null && compareStamps(row.claimed, sealed.claimed) === 0;

/**
 * Takes the server's answer to a push: accepted rows are marked and stay until a pull brings them, held ones go to
 * quarantine. Settling the same answer again changes nothing; an answer about another chain than ours settles nothing.
 *
 * The clock adopts the server's stamps. A stamp that was capped means this laptop's clock ran ahead: then the newest stamp
 * falls back to the newest that is still true, the later of what the server has given or sent and what it has not judged
 * yet. The next stamp is that one's successor or the wall time plus the offset measured at this contact, so order is kept
 * and the wrong time is left behind (FAULTS 36 to 38).
 */
export function settle(store: Store, reply: PushReply, retained: readonly RetainedRow[] = []): Promise<void> {
  return settleAs(store, reply, retained, null);
}

/** Takes what has become of ops of a device that waited on the server: those that wait on stay as they are. */
export function settleWaiting(
  store: Store,
  device: DeviceId,
  results: readonly OpResult[],
  retained: readonly RetainedRow[],
): Promise<void> {
  const over = results.filter(({ outcome }) => outcome !== 'waiting');
  return settleAs(store, { results: over }, retained, device);
}

async function settleAs(
  store: Store,
  reply: Pick<PushReply, 'results'> | PushReply,
  retained: readonly RetainedRow[],
  waited: DeviceId | null,
): Promise<void> {
  const resultBySeq = new Map(reply.results.map((result) => [result.seq, result]));
  await store.port.write(['meta', 'pending', 'quarantine', 'changes', 'retained'], 'strict', async (tx) => {
    const state = await stateIn(tx, store);
    const [{ rows, all }, links] = await Promise.all([
      waited === null ? unsentUpTo(tx, state, resultBySeq) : waitingRows(tx),
      readLinks(tx),
    ]);
    if ('head' in reply) checkHead(store, state, rows, reply);
    const settled = rows.flatMap((row) => {
      const result = row.link?.device === (waited ?? state.device) ? resultBySeq.get(row.link.seq) : undefined;
      return result === undefined ? [] : [{ row, result }];
    });
    if (settled.length === 0) return;
    const kept = await besideHeld(tx, retained);

    const held = settled.flatMap(({ row, result }) =>
      result.outcome === 'held' ? [quarantined(row, result, store.now())] : [],
    );
    const changed = new Map<RecordId, Kind>(held.map(({ record, kind }) => [record, kind]));
    const after = await markChanged(tx, state, changed);
    for (const { row, result } of settled) {
      if (result.outcome === 'accepted') await tx.put('pending', { ...row, serverVersion: result.version });
      if (result.outcome === 'waiting') await tx.put('pending', { ...row, serverVersion: waiting });
    }
    const isSettled = new Set(settled.map(({ row }) => row.n));
    await writeLinks(tx, new Map([...links].filter(([n]) => !isSettled.has(n))));
    await tx.putMany('retained', kept);
    await tx.deleteMany(
      'pending',
      held.map(({ n }) => n),
    );
    await tx.putMany('quarantine', held);
    // What was proved before says nothing of what has been accepted since.
    if (held.length < settled.length) await tx.delete('meta', provedEqualKey);
    const acknowledged = Math.max(state.acknowledged ?? 0, 'head' in reply ? reply.acceptedTo : 0);
    await writeState(tx, { ...after, acknowledged, clock: adoptStamps(state.clock, rows, all, settled) });
  });
}

/** What waits on the server says nothing of the rest of the queue, so these are never all the rows there are. */
const waitingRows = async (tx: ReadTx): Promise<{ readonly rows: readonly PendingRow[]; readonly all: boolean }> => ({
  rows: await tx.whereEqual('pending', 'serverVersion', waiting),
  all: false,
});

/** The ops that wait on the server, as they were sent. */
export async function readWaiting(store: Store): Promise<readonly Op[]> {
  const [state, { rows }] = await store.port.read(['meta', 'pending'], (tx) =>
    Promise.all([stateIn(tx, store), waitingRows(tx)]),
  );
  const sealed = await Promise.all(rows.map((row) => sealRow(store, state, row, { seq: 0, head: '' })));
  return sealed.map(({ op }) => op);
}

/** The head the server names must be the one our own chain has there. */
function checkHead(
  store: Store,
  state: LaptopState,
  rows: readonly PendingRow[],
  { acceptedTo, head }: PushReply,
): void {
  const last = rows.find(({ link }) => link?.device === state.device && link.seq === acceptedTo)?.link;
  if (last != null && nextHead(store.hash, last.prev, last.leaf) !== head) {
    throw new Error(`The answer to a push names another chain head than ours at ${state.device}:${acceptedTo}`);
  }
}

const quarantined = (
  row: PendingRow,
  { code, why }: OpResult & { outcome: 'held' },
  heldMs: number,
): QuarantineRow => ({
  ...row,
  code,
  why,
  heldMs,
});
