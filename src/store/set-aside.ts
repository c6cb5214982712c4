/**
 * Takes one sealed group out of the queue because the server cannot read it, or fails at it (FAULTS 25), and puts the latter
 * back. What was sealed behind it loses its place in the chain, to be sealed again. Each is one strict transaction; the server
 * has none of these ops, so their numbers are free. Promises:
 *  - back in the queue a change stands where it stood, before what was done after it; so what lies aside waits until nothing
 *    is sealed, and what is on trial goes back only where the server has said that it took nothing that is sealed
 *  - it does not go back by itself once a later change of its unit has been accepted: it would take that one's place
 */
import { parseOpId, type RecordId } from '../domain/ids.ts';
import type { Kind, Op } from '../domain/record.ts';
import { markChanged } from './changed.ts';
import type { Store } from './open.ts';
import { readLinks, unsentRows, writeLinks, type Links } from './links.ts';
import type { ReadTx } from './port.ts';
import { isUnsent, type ConfirmedUnit, type PendingRow, type QuarantineRow } from './rows.ts';
import { stateIn, writeState } from './state.ts';

export interface AsideBecause {
  readonly code: 'invalid' | 'server-failed';
  readonly why: string;
}

/**
 * Answers whether anything else waits to be sent. Nothing is changed when `group` is not waiting under these numbers any more;
 * and what the server fails at is left where it is while it keeps nothing else from being sent.
 */
export async function setAside(store: Store, group: readonly Op[], { code, why }: AsideBecause): Promise<boolean> {
  const [first] = group;
  if (first === undefined) return false;
  const seqs = new Set(group.map(({ seq }) => seq));
  return store.port.write(['meta', 'pending', 'quarantine', 'changes'], 'strict', async (tx) => {
    const [state, waiting, links] = await Promise.all([stateIn(tx, store), unsentRows(tx), readLinks(tx)]);
    const sealed = waiting.filter(({ link }) => link?.device === first.device && link.seq >= first.seq);
    const refused = sealed.filter(({ link }) => link !== null && seqs.has(link.seq));
    const hasMore = waiting.length > refused.length;
    if (state.device !== first.device || refused.length !== group.length) return hasMore;
    if (code === 'server-failed' && !hasMore) return false;
    await writeLinks(tx, without(links, sealed));
    const heldMs = store.now();
    const changed = new Map<RecordId, Kind>(refused.map(({ record, kind }) => [record, kind]));
    const after = await markChanged(tx, state, changed);
    await tx.deleteMany(
      'pending',
      refused.map(({ n }) => n),
    );
    await tx.putMany(
      'quarantine',
      refused.map((row): QuarantineRow => {
        const stood =
          code === 'server-failed' && row.link ? { stood: { device: row.link.device, seq: row.link.seq } } : {};
        return { ...unlinked(row), code, why, heldMs, ...stood };
      }),
    );
    await tx.putMany('pending', sealed.filter((row) => !refused.includes(row)).map(unlinked));
    await writeState(tx, { ...after, nextSeq: first.seq, head: first.prev });
    return hasMore;
  });
}

const unlinked = (row: PendingRow): PendingRow => ({ ...row, link: null });

function without(links: Links, rows: readonly PendingRow[]): Links {
  const taken = new Set(rows.map(({ n }) => n));
  return new Map([...links].filter(([n]) => !taken.has(n)));
}

/** Which of the changes that the server failed at go back: those of these groups, or those that have lain aside since then. */
export type BackInQueue = { readonly groups: readonly string[] } | { readonly lyingSinceMs: number };

/** Puts changes at which the server failed back into the queue. */
export async function putBack(store: Store, which: BackInQueue): Promise<void> {
  const lying = await store.port.read(['quarantine'], (tx) =>
    tx.count('quarantine', { index: 'code', equals: 'server-failed' }),
  );
  if (lying === 0) return;
  await store.port.write(['meta', 'confirmed', 'pending', 'quarantine', 'changes'], 'strict', async (tx) => {
    const [state, aside, waiting, links] = await Promise.all([
      stateIn(tx, store),
      tx.whereEqual('quarantine', 'code', 'server-failed'),
      unsentRows(tx),
      readLinks(tx),
    ]);
    const nowMs = store.now();
    const isDue = ({ group, heldMs }: QuarantineRow): boolean =>
      'groups' in which ? which.groups.includes(group) : heldMs <= which.lyingSinceMs || heldMs > nowMs;
    const due = aside.filter(isDue);
    const late = new Set<string>();
    for (const row of due) if (row.stood?.device !== state.device || (await isOvertaken(tx, row))) late.add(row.group);
    const back = due.filter(({ group }) => !late.has(group));
    if (back.length === 0) return;
    // What is sealed stands behind: its places begin where the first of it stands.
    const sealed = waiting.filter(({ link }) => link?.device === state.device);
    // It may be on its way, or there without an answer.
    if ('lyingSinceMs' in which && sealed.length > 0) return;
    const [first] = sealed.flatMap(({ link }) => link ?? []).sort((a, b) => a.seq - b.seq);
    const changed = new Map<RecordId, Kind>(back.map(({ record, kind }) => [record, kind]));
    const after = await markChanged(tx, state, changed);
    await tx.deleteMany(
      'quarantine',
      back.map(({ n }) => n),
    );
    await writeLinks(tx, without(links, sealed));
    await tx.putMany('pending', [...sealed.map(unlinked), ...back.map(asPending)]);
    await writeState(tx, first === undefined ? after : { ...after, nextSeq: first.seq, head: first.prev });
  });
}

function asPending({ code: _code, why: _why, heldMs: _heldMs, stood: _stood, ...row }: QuarantineRow): PendingRow {
  return row;
}

/** Whether the server has taken a change of the same unit that this laptop made after it. */
async function isOvertaken(tx: ReadTx, { record, unit, stood }: QuarantineRow): Promise<boolean> {
  if (stood === undefined) return true;
  const [confirmed, pending] = await Promise.all([
    tx.get('confirmed', record),
    tx.whereEqual('pending', 'record', record),
  ]);
  const isLater = ({ device, seq }: { readonly device: string; readonly seq: number }): boolean =>
    device === stood.device && seq >= stood.seq;
  const taken = pending.filter((row) => row.unit === unit && !isUnsent(row)).flatMap(({ link }) => link ?? []);
  return [...taken, ...versionsOf(confirmed?.units[unit])].some(isLater);
}

const versionsOf = (unit: ConfirmedUnit | undefined) =>
  unit === undefined ? [] : [unit, ...unit.others].map(({ op }) => parseOpId(op));
