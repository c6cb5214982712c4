/** The ledger of a store as it stands, and what is missing from it by an earlier one. */
import { missingFrom, type Ledger, type Missing } from '../domain/ledger.ts';
import type { Store } from './open.ts';
import { codesSaidBy, unsent } from './rows.ts';
import { stateIn } from './state.ts';

/** Read in one transaction, so that its figures belong together. */
export function readLedger(store: Store): Promise<Ledger> {
  return store.port.read(['meta', 'pending', 'quarantine'], async (tx) => {
    const [state, waiting, [first], ...held] = await Promise.all([
      stateIn(tx, store),
      tx.count('pending', { index: 'serverVersion', equals: unsent }),
      tx.whereEqual('pending', 'serverVersion', unsent, { limit: 1 }),
      ...codesSaidBy('server').map((code) => tx.whereEqual('quarantine', 'code', code)),
    ]);
    // What was put aside before it was sent is nowhere else either.
    const aside = held.flat().filter(({ link }) => link === null);
    const firsts = [...(first === undefined ? [] : [first]), ...aside].map(({ n }) => n);
    const { birth, writes, nextN, clock, device, nextSeq, head } = state;
    return {
      ...{ birth, writes, lastN: nextN - 1, lastMs: clock.last.ms },
      ...{ unsent: waiting + aside.length, firstUnsent: firsts.length === 0 ? null : Math.min(...firsts) },
      ...{ device, seq: nextSeq - 1, head },
    };
  });
}

/** A ledger that was kept, and when the copy it speaks of was made. */
export interface Kept {
  readonly ledger: Ledger;
  readonly madeMs: number;
}

/** The ledger as it stands, and what `kept` has that it has not. */
export async function compareWith(
  store: Store,
  kept: Kept | null,
): Promise<{ readonly found: Ledger; readonly missing: Missing | null }> {
  const found = await readLedger(store);
  return { found, missing: kept && missingFrom(kept.ledger, found, kept.madeMs) };
}

/** What is missing when the store is gone. */
export const allOf = ({ ledger, madeMs }: Kept): Missing | null => missingFrom(ledger, null, madeMs);
