/**
 * What a laptop tells a server that was restored, and how it leaves the history the server has lost: the place of its own
 * chain, and which ops it has seen that the server does not know (FAULTS 34). Ids only; no box is opened.
 */
import { parseOpId, type DeviceId, type OpId } from '../domain/ids.ts';
import type { ChainPlace, MissingOp } from '../protocol/sync.ts';
import { cursorKey } from './inbox.ts';
import { unsentRows } from './links.ts';
import type { Store } from './open.ts';
import { unsent, unsentAgain, type ConfirmedRow } from './rows.ts';
import { stateIn, writeState } from './state.ts';
import { anchorKey, provedEqualKey } from './sync-meta.ts';

const seenPage = 500;

/** The device in use, and the place in its chain up to which the server has settled everything. */
export function readChainPlace(
  store: Store,
): Promise<{ readonly device: DeviceId; readonly acknowledged: number; readonly place: ChainPlace }> {
  return store.port.read(['meta', 'pending'], async (tx) => {
    const { device, nextSeq, head, acknowledged = 0 } = await stateIn(tx, store);
    // What was sealed lies before what was not.
    const [row] = await unsentRows(tx, { limit: 1 });
    const first = row?.link?.device === device ? row.link : undefined;
    const place = first === undefined ? { seq: nextSeq - 1, head } : { seq: first.seq - 1, head: first.prev };
    return { device, acknowledged, place };
  });
}

/** The last seq of this device that a server has acknowledged; 0 for none. */
export function readAcknowledged(store: Store): Promise<number> {
  return store.port.read(['meta'], async (tx) => (await stateIn(tx, store)).acknowledged ?? 0);
}

/** The devices whose ops are among the confirmed rows. */
export async function seenDevices(store: Store): Promise<DeviceId[]> {
  const devices = new Set<DeviceId>();
  await eachSeen(store, ({ op }) => void devices.add(parseOpId(op).device));
  return [...devices];
}

/** The confirmed ops above the seq up to which the server knows their device; of a device that is not named, none. */
export async function seenBeyond(store: Store, known: ReadonlyMap<DeviceId, number>): Promise<MissingOp[]> {
  const missing: MissingOp[] = [];
  await eachSeen(store, (seen) => {
    const { device, seq } = parseOpId(seen.op);
    if (seq > (known.get(device) ?? Infinity)) missing.push(seen);
  });
  return missing;
}

async function eachSeen(store: Store, see: (op: MissingOp) => void): Promise<void> {
  let from: string | undefined;
  do {
    const rows: ConfirmedRow[] = await store.port.read(['confirmed'], (tx) =>
      tx.all('confirmed', { ...(from === undefined ? {} : { from: from as ConfirmedRow['id'] }), limit: seenPage }),
    );
    for (const { id: record, kind, units } of rows) {
      for (const [unit, state] of Object.entries(units)) {
        for (const { op, author, stamp } of [state, ...state.others])
          see({ op: op as OpId, record, kind, unit, author, madeMs: stamp.ms });
      }
    }
    from = rows.length === seenPage ? `${rows.at(-1)?.id ?? ''}0` : undefined;
  } while (from !== undefined);
}

/**
 * Pulls from the start next time, in what counts as another history even under the same epoch: a raw copy of a database has
 * that. What the server had accepted and no pull has brought is unsent again, under the same op ids, so that the server can
 * tell what it has. Confirmed rows stay until they are replaced or dropped by repair; what was proved of them is void.
 */
export function leaveHistory(store: Store): Promise<void> {
  return store.port.write(['meta', 'pending'], 'strict', async (tx) => {
    const [state, accepted] = await Promise.all([
      stateIn(tx, store),
      tx.whereAbove('pending', 'serverVersion', unsent),
    ]);
    await tx.putMany(
      'pending',
      accepted.map((row) => unsentAgain(row, state.device)),
    );
    await tx.deleteMany('meta', [cursorKey, provedEqualKey, anchorKey]);
    await writeState(tx, { ...state, epoch: null, histories: (state.histories ?? 0) + 1 });
  });
}
