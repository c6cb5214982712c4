/** What figures of the audits here may lack, as the server said when everything had last arrived (docs/protocol.md, Pull 4). */
import type { NotBack, Unheard } from '../protocol/sync.ts';
import type { Store } from './open.ts';
import type { WriteTx } from './port.ts';

const unheardKey = 'unheard';
const notBackKey = 'not-back';
export const lackingKeys = [unheardKey, notBackKey] as const;

export interface Lacking {
  /** Laptops of people who audit that had not been heard from; null for none. */
  readonly unheard: Unheard | null;
  /** Changes that a restore lost and that had not come back; null for none. */
  readonly notBack: NotBack | null;
}

export function readLacking(store: Store): Promise<Lacking> {
  return store.port.read(['meta'], async (tx) => {
    const [unheard, notBack] = await tx.getMany('meta', [unheardKey, notBackKey]);
    return {
      unheard: (unheard?.value as Unheard | undefined) ?? null,
      notBack: (notBack?.value as NotBack | undefined) ?? null,
    };
  });
}

export async function putLacking(tx: WriteTx, { unheard, notBack }: Lacking): Promise<void> {
  for (const [name, value] of [
    [unheardKey, unheard],
    [notBackKey, notBack],
  ] as const)
    await (value === null ? tx.delete('meta', name) : tx.put('meta', { name, value }));
}
