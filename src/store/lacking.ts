/** What figures of the audits here may lack, as the server said when everything had last arrived (docs/protocol.md, Pull 4). */
import type { Lacking, NotBack, Unheard } from '../protocol/sync.ts';
import type { Store } from './open.ts';
import type { WriteTx } from './port.ts';

const unheardKey = 'unheard';
const notBackKey = 'not-back';
export const lackingKeys = [unheardKey, notBackKey] as const;

type MaybeLacking = { readonly [Key in keyof Lacking]: Lacking[Key] | undefined };

/** What of it was said. */
export const lackingOf = ({ unheard, notBack }: MaybeLacking): Lacking => ({
  ...(unheard && { unheard }),
  ...(notBack && { notBack }),
});

export function readLacking(store: Store): Promise<Lacking> {
  return store.port.read(['meta'], async (tx) => {
    const [unheard, notBack] = await tx.getMany('meta', [unheardKey, notBackKey]);
    return lackingOf({
      unheard: unheard?.value as Unheard | undefined,
      notBack: notBack?.value as NotBack | undefined,
    });
  });
}

export async function putLacking(tx: WriteTx, { unheard, notBack }: Lacking): Promise<void> {
  for (const [name, value] of [
    [unheardKey, unheard],
    [notBackKey, notBack],
  ] as const)
    await (value === undefined ? tx.delete('meta', name) : tx.put('meta', { name, value }));
}
