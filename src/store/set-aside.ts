/**
 * Takes one sealed group that the server could not read out of the queue (FAULTS 25). It goes to quarantine with the
 * server's word, and what was sealed behind it loses its place in the chain, to be sealed again without it. One strict
 * transaction; the server has none of these ops, so their numbers are free.
 */
import type { Kind, Op } from '../domain/record.ts';
import type { RecordId } from '../domain/ids.ts';
import { markChanged } from './changed.ts';
import type { Store } from './open.ts';
import { readLinks, unsentRows, writeLinks } from './links.ts';
import type { PendingRow, QuarantineRow } from './rows.ts';
import { stateIn, writeState } from './state.ts';

/** Nothing is changed when `group` is not waiting under these numbers any more. */
export async function setAside(store: Store, group: readonly Op[], why: string): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  const seqs = new Set(group.map(({ seq }) => seq));
  await store.port.write(['meta', 'pending', 'quarantine', 'changes'], 'strict', async (tx) => {
    const [state, waiting, links] = await Promise.all([stateIn(tx, store), unsentRows(tx), readLinks(tx)]);
    const sealed = waiting.filter(({ link }) => link?.device === first.device && link.seq >= first.seq);
    const refused = sealed.filter(({ link }) => link !== null && seqs.has(link.seq));
    if (state.device !== first.device || refused.length !== group.length) return;
    const isBehind = new Set(sealed.map(({ n }) => n));
    await writeLinks(tx, new Map([...links].filter(([n]) => !isBehind.has(n))));
    const unlinked = (row: PendingRow): PendingRow => ({ ...row, link: null });
    const heldMs = store.now();
    const changed = new Map<RecordId, Kind>(refused.map(({ record, kind }) => [record, kind]));
    const after = await markChanged(tx, state, changed);
    await tx.deleteMany(
      'pending',
      refused.map(({ n }) => n),
    );
    await tx.putMany(
      'quarantine',
      refused.map((row): QuarantineRow => ({ ...unlinked(row), code: 'invalid', why, heldMs })),
    );
    await tx.putMany('pending', sealed.filter((row) => !refused.includes(row)).map(unlinked));
    await writeState(tx, { ...after, nextSeq: first.seq, head: first.prev });
  });
}
