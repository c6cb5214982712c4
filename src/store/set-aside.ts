/**
 * Takes one sealed group out of its place in the chain (FAULTS 25): into quarantine, with the server's word, when the server
 * cannot read it; or only unsealed, to be sent after others, when it fails at it. What was sealed behind it loses its place
 * too, to be sealed again. Each is one strict transaction; the server has none of these ops, so their numbers are free.
 */
import type { RecordId } from '../domain/ids.ts';
import type { Kind, Op } from '../domain/record.ts';
import { markChanged } from './changed.ts';
import type { Store } from './open.ts';
import { readLinks, unsentRows, writeLinks } from './links.ts';
import type { WriteTx } from './port.ts';
import type { PendingRow, QuarantineRow } from './rows.ts';
import { stateIn, writeState, type LaptopState } from './state.ts';

interface Unsealed {
  readonly state: LaptopState;
  /** The rows of the group, and those that were sealed behind it, without their places. */
  readonly group: readonly PendingRow[];
  readonly behind: readonly PendingRow[];
}

/** Nothing is changed when `group` is not waiting under these numbers any more. */
export async function setAside(store: Store, group: readonly Op[], why: string): Promise<void> {
  await store.port.write(['meta', 'pending', 'quarantine', 'changes'], 'strict', async (tx) => {
    const unsealed = await takePlaces(tx, store, group);
    if (unsealed === null) return;
    const heldMs = store.now();
    const refused = unsealed.group;
    const changed = new Map<RecordId, Kind>(refused.map(({ record, kind }) => [record, kind]));
    const after = await markChanged(tx, unsealed.state, changed);
    await tx.deleteMany(
      'pending',
      refused.map(({ n }) => n),
    );
    await tx.putMany(
      'quarantine',
      refused.map((row): QuarantineRow => ({ ...row, code: 'invalid', why, heldMs })),
    );
    await tx.putMany('pending', unsealed.behind);
    await writeState(tx, after);
  });
}

/** The same without taking it out of the queue. */
export async function unseal(store: Store, group: readonly Op[]): Promise<void> {
  await store.port.write(['meta', 'pending'], 'strict', async (tx) => {
    const unsealed = await takePlaces(tx, store, group);
    if (unsealed === null) return;
    await tx.putMany('pending', [...unsealed.group, ...unsealed.behind]);
    await writeState(tx, unsealed.state);
  });
}

/** Takes the places of a group and of what was sealed behind it; null when they are not those any more. */
async function takePlaces(tx: WriteTx, store: Store, group: readonly Op[]): Promise<Unsealed | null> {
  const [first] = group;
  if (first === undefined) return null;
  const seqs = new Set(group.map(({ seq }) => seq));
  const [state, waiting, links] = await Promise.all([stateIn(tx, store), unsentRows(tx), readLinks(tx)]);
  const sealed = waiting.filter(({ link }) => link?.device === first.device && link.seq >= first.seq);
  const isOfGroup = ({ link }: PendingRow): boolean => link !== null && seqs.has(link.seq);
  const own = sealed.filter(isOfGroup);
  if (state.device !== first.device || own.length !== group.length) return null;
  const taken = new Set(sealed.map(({ n }) => n));
  await writeLinks(tx, new Map([...links].filter(([n]) => !taken.has(n))));
  const unlinked = (row: PendingRow): PendingRow => ({ ...row, link: null });
  return {
    state: { ...state, nextSeq: first.seq, head: first.prev },
    group: own.map(unlinked),
    behind: sealed.filter((row) => !isOfGroup(row)).map(unlinked),
  };
}
