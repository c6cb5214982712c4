/**
 * What of this person's work only this laptop has: how much it is, and giving up to the server what it could not read as
 * changes, before the copy is forgotten (docs/protocol.md, Laptops).
 */
import type { Op } from '../domain/record.ts';
import type { Cursor } from '../protocol/sync.ts';
import { discard } from './held.ts';
import { cursorIn } from './inbox.ts';
import { readLinks } from './links.ts';
import type { Store } from './open.ts';
import type { ReadTx } from './port.ts';
import { unsent, type QuarantineRow } from './rows.ts';
import { retainedUpTo, type KeptUpTo } from './retained.ts';
import { readState } from './state.ts';

/** How many changes the server does not have, and will not have when it takes `ops`, which are on their way. */
export function unsentBehind(store: Store, ops: readonly Op[]): Promise<number> {
  const last = ops.at(-1);
  return store.port.read(['meta', 'pending', 'quarantine'], async (tx) => {
    const [all, links] = await Promise.all([countUnsent(tx), readLinks(tx)]);
    if (last === undefined) return all;
    // What lies before them in the chain has been answered, and is being settled.
    const onTheirWay = [...links.values()].filter(({ device, seq }) => device === last.device && seq <= last.seq);
    return Math.max(0, all - onTheirWay.length);
  });
}

/** Pending changes, what the server could not read, and decisions that it has not heard. */
async function countUnsent(tx: ReadTx): Promise<number> {
  const [waits, aside, discarded] = await Promise.all([
    tx.count('pending', { index: 'serverVersion', equals: unsent }),
    asideRows(tx),
    tx.count('quarantine', { index: 'code', equals: 'discarded' }),
  ]);
  return waits + aside.length + discarded;
}

/** Put aside here, by the server's word that it cannot read them or out of a file: the server has never had them. */
const asideRows = async (tx: ReadTx): Promise<QuarantineRow[]> => {
  const rows = await Promise.all(
    (['invalid', 'not-brought-in'] as const).map((code) => tx.whereEqual('quarantine', 'code', code)),
  );
  return rows.flat().filter(({ link }) => link === null);
};

/** Discards, with their content, the groups that the server never had: so it gets them as what was thrown away. */
export async function giveAside(store: Store, why: string): Promise<void> {
  const rows = await store.port.read(['quarantine'], asideRows);
  const groups = new Map<string, QuarantineRow[]>();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  for (const group of groups.values()) await discard(store, group, why);
}

/**
 * What a copy says of itself to somebody who has no key: its device, what was acknowledged to it and to the devices it was
 * before, how far it has come, and what only it has.
 */
export interface LeftHere {
  readonly device: string;
  readonly acknowledged: number;
  readonly cursor: Cursor | null;
  readonly kept: readonly KeptUpTo[];
  readonly unsent: number;
}

/** The tables that `leftHere` reads. */
export const leftTables = ['meta', 'pending', 'quarantine', 'retained'] as const;

/** null where the database is empty or was never filled. */
export async function leftHere(tx: ReadTx): Promise<LeftHere | null> {
  const state = await readState(tx);
  if (state === undefined) return null;
  const { device, acknowledged = 0 } = state;
  const [cursor, kept, unsent] = [await cursorIn(tx), await retainedUpTo(tx), await countUnsent(tx)];
  return { device, acknowledged, cursor, kept, unsent };
}
