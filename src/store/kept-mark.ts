/**
 * A mark in a person's database, made when it is first opened: found again after the browser was closed, it shows that this
 * computer keeps what Plumbline stores.
 */
import type { Store } from './open.ts';
import { stateIn } from './state.ts';

export interface KeptMark {
  /** The run of the browser in which it was made. */
  readonly run: string;
  /** When it was found again in a later run, by this laptop's clock; null until then. */
  readonly keptMs: number | null;
}

const keptKey = 'kept-mark';

export async function readKeptMark(store: Store): Promise<KeptMark | null> {
  const row = await store.port.read(['meta'], (tx) => tx.get('meta', keptKey));
  return (row?.value as KeptMark | undefined) ?? null;
}

export async function writeKeptMark(store: Store, mark: KeptMark): Promise<void> {
  await store.port.write(['meta'], 'strict', async (tx) => {
    await stateIn(tx, store);
    await tx.put('meta', { name: keptKey, value: mark });
  });
}
