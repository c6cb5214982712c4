/** Small facts about syncing that survive a restart: clock offset, last proof, whether all has arrived, the device in use. */
import type { DeviceId } from '../domain/ids.ts';
import type { ChainAnchor } from '../protocol/sync.ts';
import type { Store } from './open.ts';
import type { ReadTx } from './port.ts';
import { stateIn, writeState } from './state.ts';

export const provedEqualKey = 'proved-equal';
/** How old the copy is: a proof may be void, or wait for what is not sent yet, and the copy is compared all the same. */
export const comparedKey = 'compared';
export const receivingKey = 'receiving';
export const copiedKey = 'copied';
export const anchorKey = 'anchor';

/** Every later stamp is made from this laptop's clock plus `offsetMs`: the server's time minus this laptop's. */
export function writeClockOffset(store: Store, offsetMs: number): Promise<void> {
  return store.port.write(['meta'], 'relaxed', async (tx) => {
    const state = await stateIn(tx, store);
    if (state.clock.offsetMs !== offsetMs) await writeState(tx, { ...state, clock: { ...state.clock, offsetMs } });
  });
}

/** When laptop and server were last proved equal, milliseconds by the server's clock; null before, and once that was disproved. */
export function readProvedEqual(store: Store): Promise<number | null> {
  return store.port.read(['meta'], (tx) => momentIn(tx, provedEqualKey));
}

/** Both hold the same, and nothing waits here. */
export function writeProvedEqual(store: Store, serverMs: number): Promise<void> {
  return writeMoments(store, [provedEqualKey, comparedKey], serverMs);
}

/** When laptop and server last held the same, whatever waited here; null before, and once what was received is gone. */
export function readCompared(store: Store): Promise<number | null> {
  return store.port.read(['meta'], (tx) => momentIn(tx, comparedKey));
}

/** Both hold the same; something may wait here. */
export function writeCompared(store: Store, serverMs: number): Promise<void> {
  return writeMoments(store, [comparedKey], serverMs);
}

export async function momentIn(tx: ReadTx, name: string): Promise<number | null> {
  const row = await tx.get('meta', name);
  return typeof row?.value === 'number' ? row.value : null;
}

function writeMoments(store: Store, names: readonly string[], value: number): Promise<void> {
  return store.port.write(['meta'], 'relaxed', async (tx) => {
    await stateIn(tx, store);
    await tx.putMany(
      'meta',
      names.map((name) => ({ name, value })),
    );
  });
}

/** The proof there is does not hold. */
export function writeDisproved(store: Store): Promise<void> {
  return store.port.write(['meta'], 'relaxed', async (tx) => {
    await stateIn(tx, store);
    await tx.delete('meta', provedEqualKey);
  });
}

/** The head of the server's chain that this laptop was last told of; undefined before. */
export function readAnchor(store: Store): Promise<ChainAnchor | undefined> {
  return store.port.read(['meta'], async (tx) => (await tx.get('meta', anchorKey))?.value as ChainAnchor | undefined);
}

/** Whether records are known to be on their way: what is counted here is not all there is, however long that takes. */
export function readIsReceiving(store: Store): Promise<boolean> {
  return store.port.read(['meta'], async (tx) => (await tx.get('meta', receivingKey))?.value === true);
}

/** When it was noticed that this store was copied, milliseconds by this laptop's own clock; null when the person has read it. */
export function readCopied(store: Store): Promise<number | null> {
  return store.port.read(['meta'], (tx) => momentIn(tx, copiedKey));
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
