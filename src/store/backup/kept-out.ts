/**
 * What a file held and this laptop did not take: kept in quarantine with its reason and its whole text, sealed as everything
 * else, until it comes in after all or the person removes it. The file itself is not touched and still holds it.
 */
import type { GroupId, RecordId } from '../../domain/ids.ts';
import type { Kind } from '../../domain/record.ts';
import { sealPending } from '../boxes.ts';
import type { Store } from '../open.ts';
import { unsent, type QuarantineRow } from '../rows.ts';
import { stateIn, writeState } from '../state.ts';
import type { KeptOut } from './plan.ts';

export interface KeptRecord {
  readonly id: RecordId;
  readonly kind: Kind;
  readonly keptOut: readonly KeptOut[];
}

/** Keeps what does not come in, and lets go what an earlier time had kept and now came in. */
export async function keepOut(
  store: Store,
  records: readonly KeptRecord[],
  released: readonly number[],
): Promise<void> {
  const fresh = records.flatMap(({ id, kind, keptOut }) =>
    keptOut.filter(({ isKept }) => !isKept).map((kept) => ({ ...kept, record: id, kind })),
  );
  if (fresh.length === 0 && released.length === 0) return;
  const sealed = await Promise.all(
    fresh.map(({ record, kind, change: { unit, value } }) =>
      sealPending(store.cipher, store.newId, { record, kind, unit, value }),
    ),
  );
  await store.port.write(['meta', 'quarantine'], 'strict', async (tx) => {
    const state = await stateIn(tx, store);
    const rows = fresh.map(({ record, kind, change, why }, i): QuarantineRow => {
      const box = sealed[i];
      if (box === undefined) throw new Error(`A change of ${record} was not sealed`);
      const { group, unit, claimed, base, settles } = change;
      return {
        n: state.nextN + i,
        group: group as GroupId,
        groupSize: 1,
        ...{ record, kind, unit, claimed, base, settles },
        ...box,
        typing: false,
        startedMs: claimed.ms,
        editedMs: claimed.ms,
        change: state.change,
        link: null,
        serverVersion: unsent,
        code: 'not-brought-in',
        why,
        heldMs: store.now(),
      };
    });
    await tx.putMany('quarantine', rows);
    await tx.deleteMany('quarantine', released);
    await writeState(tx, { ...state, nextN: state.nextN + rows.length });
  });
}

/** Removes everything that files held and this laptop did not take. */
export async function forgetKeptOut(store: Store): Promise<void> {
  await store.port.write(['meta', 'quarantine'], 'strict', async (tx) => {
    const [state, rows] = await Promise.all([stateIn(tx, store), tx.all('quarantine')]);
    await tx.deleteMany(
      'quarantine',
      rows.filter(({ code }) => code === 'not-brought-in').map(({ n }) => n),
    );
    await writeState(tx, state);
  });
}
