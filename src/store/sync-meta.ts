/** Small facts about syncing that survive a restart: clock offset, last proof, whether all has arrived, the device in use. */
import type { DeviceId } from '../domain/ids.ts';
import type { ChainAnchor, Unheard } from '../protocol/sync.ts';
import type { Store } from './open.ts';
import { stateIn, writeState } from './state.ts';

export const provedEqualKey = 'proved-equal';
/** Laptop and server did not hold the same after all; when they last did still counts for how old the copy is (`stale`). */
const disprovedKey = 'disproved';
export const receivingKey = 'receiving';
export const copiedKey = 'copied';
export const anchorKey = 'anchor';
export const unheardKey = 'unheard';

/** Every later stamp is made from this laptop's clock plus `offsetMs`: the server's time minus this laptop's. */
export function writeClockOffset(store: Store, offsetMs: number): Promise<void> {
  return store.port.write(['meta'], 'relaxed', async (tx) => {
    const state = await stateIn(tx, store);
    if (state.clock.offsetMs !== offsetMs) await writeState(tx, { ...state, clock: { ...state.clock, offsetMs } });
  });
}

/** When laptop and server were last proved equal, milliseconds by the server's clock; null before, and once that was disproved. */
export function readProvedEqual(store: Store): Promise<number | null> {
  return store.port.read(['meta'], async (tx) => {
    const [row, disproved] = await Promise.all([tx.get('meta', provedEqualKey), tx.get('meta', disprovedKey)]);
    return typeof row?.value === 'number' && disproved === undefined ? row.value : null;
  });
}

export function writeProvedEqual(store: Store, serverMs: number | null): Promise<void> {
  return store.port.write(['meta'], 'relaxed', async (tx) => {
    await stateIn(tx, store);
    await tx.put('meta', { name: provedEqualKey, value: serverMs });
    await tx.delete('meta', disprovedKey);
  });
}

/** The proof there is does not hold. */
export function writeDisproved(store: Store): Promise<void> {
  return store.port.write(['meta'], 'relaxed', async (tx) => {
    await stateIn(tx, store);
    await tx.put('meta', { name: disprovedKey, value: true });
  });
}

/** The head of the server's chain that this laptop was last told of; undefined before. */
export function readAnchor(store: Store): Promise<ChainAnchor | undefined> {
  return store.port.read(['meta'], async (tx) => (await tx.get('meta', anchorKey))?.value as ChainAnchor | undefined);
}

/** Laptops of people who audit that had not been heard from when everything had last arrived; null for none. */
export function readUnheard(store: Store): Promise<Unheard | null> {
  return store.port.read(
    ['meta'],
    async (tx) => ((await tx.get('meta', unheardKey))?.value as Unheard | undefined) ?? null,
  );
}

/** Whether records are known to be on their way: what is counted here is not all there is, however long that takes. */
export function readIsReceiving(store: Store): Promise<boolean> {
  return store.port.read(['meta'], async (tx) => (await tx.get('meta', receivingKey))?.value === true);
}

/** When it was noticed that this store was copied, milliseconds by this laptop's own clock; null when the person has read it. */
export function readCopied(store: Store): Promise<number | null> {
  return store.port.read(['meta'], async (tx) => {
    const row = await tx.get('meta', copiedKey);
    return typeof row?.value === 'number' ? row.value : null;
  });
}

/** The person has read it. */
export function forgetCopied(store: Store): Promise<void> {
  return store.port.write(['meta'], 'strict', async (tx) => {
    await stateIn(tx, store);
    await tx.delete('meta', copiedKey);
  });
}

/** The device id this laptop seals under now. */
export function readDevice(store: Store): Promise<DeviceId> {
  return store.port.read(['meta'], async (tx) => (await stateIn(tx, store)).device);
}
