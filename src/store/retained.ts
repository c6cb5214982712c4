/**
 * Acknowledged ops, kept for a server that loses them: sealed to its public key as they went over the wire, with what it
 * answered, for 30 days (FAULTS 34). The laptop cannot read them. Promises:
 *  - a row is written in the transaction that settles its ops (`outbox`), never later
 *  - it goes only when its time is over and laptop and server have been proved equal since
 *  - ops that are acknowledged together share rows: a row each would take as long as all else that is settled
 *  - the server's public key is pinned: another one is believed only from another history of the server
 */
import type { DeviceId } from '../domain/ids.ts';
import type { Op } from '../domain/record.ts';
import type { OpResult } from '../protocol/sync.ts';
import type { Store } from './open.ts';
import type { ReadTx } from './port.ts';
import type { RetainedBox, RetainedRow } from './rows.ts';
import { stateIn } from './state.ts';

/** How long an acknowledged op is kept. */
export const retainedMs = 30 * 24 * 60 * 60 * 1000;
const sweptAtOnce = 500;
/** What a row holds at most. Chromium keeps a value above 64 KB in a file of its own. */
const mostTogether = 32;
const mostTogetherBytes = 48 * 1024;
/** Rows that are read at once. */
const rowsTogether = 16;
const serverKeyName = 'server-key';

interface PinnedKey {
  readonly key: string;
  /** The history it was learned in; null before the first page of one. */
  readonly epoch: string | null;
}

export const placeOf = (device: DeviceId, seq: number): string => `${device}:${String(seq).padStart(16, '0')}`;

/**
 * Learns the server's public key. The first is pinned; another is taken only with another epoch, which no laptop meets
 * unless its server was restored.
 */
export async function learnServerKey(store: Store, key: string | undefined, epoch: string | null): Promise<void> {
  if (key === undefined) return;
  const isNews = (pinned: PinnedKey | null): boolean =>
    pinned === null || (epoch !== null && pinned.epoch !== epoch && (pinned.epoch !== null || pinned.key === key));
  if (!isNews(await readServerKey(store))) return;
  await store.port.write(['meta'], 'strict', async (tx) => {
    await stateIn(tx, store);
    const value: PinnedKey = { key, epoch };
    await tx.put('meta', { name: serverKeyName, value });
  });
}

const readServerKey = (store: Store): Promise<PinnedKey | null> =>
  store.port.read(['meta'], async (tx) => ((await tx.get('meta', serverKeyName))?.value ?? null) as PinnedKey | null);

/** The rows for what `results` settle of `ops`. None without a server to seal them to. */
export async function retain(
  store: Store,
  ops: readonly Op[],
  results: readonly OpResult[],
  serverMs: number,
): Promise<readonly RetainedRow[]> {
  const pinned = store.sealForServer === undefined ? null : await readServerKey(store);
  if (pinned === null || store.sealForServer === undefined) return [];
  const resultBySeq = new Map(results.map((result) => [result.seq, result]));
  const settled = ops.flatMap((op) => {
    const result = resultBySeq.get(op.seq);
    return result === undefined ? [] : [{ op, result }];
  });
  const boxes = await store.sealForServer(
    pinned.key,
    settled.map(({ op, result }) => ({ place: op, text: JSON.stringify({ op, result }) })),
  );
  const rows: RetainedRow[] = [];
  let behind: RetainedBox[] = [];
  let bytes = 0;
  settled.forEach(({ op: { device, seq, group } }, i) => {
    const box = boxes[i];
    if (box === undefined) return;
    bytes += box.length;
    const open = rows.at(-1);
    const fits = behind.length + 1 < mostTogether && bytes <= mostTogetherBytes;
    if (open?.device === device && open.seq + behind.length + 1 === seq && fits) {
      behind.push({ seq, group, box });
      return;
    }
    [behind, bytes] = [[], box.length];
    rows.push({ place: placeOf(device, seq), device, seq, group, settledMs: serverMs, box, behind });
  });
  return rows;
}

/** One op of a device that is retained. */
export interface Retained extends RetainedBox {
  readonly device: DeviceId;
}

/** The ops of a row, in the order of their chain. */
export const retainedIn = ({ device, seq, group, box, behind = [] }: RetainedRow): Retained[] =>
  [{ seq, group, box }, ...behind].map((one) => ({ device, ...one }));

/** At most `limit` of a device's ops above `seq`, in order; of an op that lies in several rows, as it was answered last. */
export function retainedAbove(store: Store, device: DeviceId, seq: number, limit: number): Promise<Retained[]> {
  return store.port.read(['retained'], async (tx) => {
    const newest = new Map<number, { readonly op: Retained; readonly settledMs: number }>();
    // The row that holds the next begins no more than a row's length before it.
    let from = placeOf(device, Math.max(1, seq + 2 - mostTogether));
    for (;;) {
      const rows = await tx.all('retained', { from, limit: rowsTogether });
      const own = rows.filter((row) => row.device === device);
      for (const row of own) {
        for (const op of retainedIn(row)) {
          if (op.seq > seq && row.settledMs >= (newest.get(op.seq)?.settledMs ?? 0))
            newest.set(op.seq, { op, settledMs: row.settledMs });
        }
      }
      const last = own.at(-1);
      // Rows that follow hold nothing up to where the last begins.
      const isEnough = [...newest.keys()].filter((one) => one <= (last?.seq ?? 0)).length >= limit;
      if (last === undefined || own.length < rowsTogether || isEnough) break;
      from = placeOf(device, last.seq + 1);
    }
    const ops = [...newest.values()].map(({ op }) => op);
    return ops.sort((a, b) => a.seq - b.seq).slice(0, limit);
  });
}

/**
 * What to put so that `rows`, just acknowledged, are kept and nothing that lies at their places is lost: what a row there holds
 * beyond their end becomes a row of its own, acknowledged when it was. Ops are acknowledged again in other pieces after a
 * history was left, and when those that waited come in.
 */
export async function besideHeld(tx: ReadTx, rows: readonly RetainedRow[]): Promise<readonly RetainedRow[]> {
  const held = await tx.getMany(
    'retained',
    rows.map(({ place }) => place),
  );
  const put = new Map(rows.map((row) => [row.place, row]));
  const tails = rows.flatMap((row, i) => tailOf(held[i], row));
  for (let tail = tails.shift(); tail !== undefined; tail = tails.shift()) {
    const there = put.get(tail.place) ?? (await tx.get('retained', tail.place));
    const isNewer = there === undefined || there.settledMs < tail.settledMs;
    if (isNewer) put.set(tail.place, tail);
    tails.push(...(isNewer ? tailOf(there, tail) : tailOf(tail, there)));
  }
  return [...put.values()];
}

/** What a row holds beyond the end of another that takes its place; at most one row. */
function tailOf(row: RetainedRow | undefined, taking: RetainedRow): RetainedRow[] {
  if (row === undefined) return [];
  const end = lastIn(taking);
  const [first, ...behind] = (row.behind ?? []).filter(({ seq }) => seq > end);
  const { device, settledMs } = row;
  return first === undefined ? [] : [{ ...first, place: placeOf(device, first.seq), device, settledMs, behind }];
}

/** Every device of which something is kept. */
export function retainedDevices(store: Store): Promise<DeviceId[]> {
  return store.port.read(['retained'], async (tx) => {
    const devices: DeviceId[] = [];
    let from = '';
    for (;;) {
      const [row] = await tx.all('retained', { from, limit: 1 });
      if (row === undefined) return devices;
      devices.push(row.device);
      from = `${row.device};`;
    }
  });
}

export interface KeptUpTo {
  readonly device: DeviceId;
  readonly seq: number;
}

/** How far each device of which something is kept is kept: the last that a server has acknowledged of it. Needs no key. */
export async function retainedUpTo(tx: ReadTx): Promise<KeptUpTo[]> {
  const kept: KeptUpTo[] = [];
  let from = '';
  for (;;) {
    const [first] = await tx.all('retained', { from, limit: 1 });
    if (first === undefined) return kept;
    const { device } = first;
    kept.push({ device, seq: await lastOf(tx, first) });
    from = `${device};`;
  }
}

/** The last row begins with the last op or near it, and one that begins before may go further. */
async function lastOf(tx: ReadTx, first: KeptUpTo): Promise<number> {
  const from = placeOf(first.device, Math.max(1, (await lastRowOf(tx, first)) + 1 - mostTogether));
  const rows = await tx.all('retained', { from, limit: mostTogether });
  return Math.max(...rows.filter(({ device }) => device === first.device).map(lastIn));
}

const lastIn = ({ seq, behind }: RetainedRow): number => behind?.at(-1)?.seq ?? seq;

/** Found by halving: rows are read a device at a time from a place on, and there may be tens of thousands. */
async function lastRowOf(tx: ReadTx, { device, seq }: KeptUpTo): Promise<number> {
  const next = async (at: number): Promise<number | null> => {
    const [row] = await tx.all('retained', { from: placeOf(device, at), limit: 1 });
    return row?.device === device ? row.seq : null;
  };
  let last = seq;
  let step = 1;
  for (;;) {
    const found = await next(last + step);
    if (found !== null) [last, step] = [found, step * 2];
    else if (step === 1) return last;
    else step = Math.floor(step / 2);
  }
}

/** Drops what is older than its time. To be called only when both have just been proved equal. */
export async function sweepRetained(store: Store, serverMs: number): Promise<void> {
  const upTo = serverMs - retainedMs;
  const old = await store.port.read(['retained'], (tx) =>
    tx.whereAbove('retained', 'settledMs', 0, { upTo, limit: sweptAtOnce }),
  );
  if (old.length === 0) return;
  await store.port.write(['meta', 'retained'], 'relaxed', async (tx) => {
    await stateIn(tx, store);
    await tx.deleteMany(
      'retained',
      old.map(({ place }) => place),
    );
  });
}
