/** Seal, for a laptop that turns out to be a copy: it goes on under a device of its own (FAULTS 35). */
import { firstHead } from '../domain/chain.ts';
import type { DeviceId } from '../domain/ids.ts';
import { unsentRows, writeLinks } from './links.ts';
import type { Store } from './open.ts';
import { stateIn, writeState } from './state.ts';
import { copiedKey } from './sync-meta.ts';

/**
 * This laptop becomes another device: its store was copied, put back or made anew, and the server knows the other branch. What
 * has not been accepted gets a place in the new device's chain when it is sealed again, from the chain's beginning. The person
 * is told.
 */
export async function takeNewDevice(store: Store, device: DeviceId): Promise<void> {
  await store.port.write(['meta', 'pending'], 'strict', async (tx) => {
    const [state, rows] = await Promise.all([stateIn(tx, store), unsentRows(tx)]);
    if (device === state.device) return;
    const unlinked = rows.filter(({ link }) => link !== null);
    await writeLinks(tx, new Map());
    await tx.putMany(
      'pending',
      unlinked.map((row) => ({ ...row, link: null })),
    );
    await writeState(tx, { ...state, device, nextSeq: 1, head: firstHead(store.hash, device), acknowledged: 0 });
    await tx.put('meta', { name: copiedKey, value: store.now() });
  });
}
