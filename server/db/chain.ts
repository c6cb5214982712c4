/**
 * The server's chain (`src/domain/server-chain`): an entry for whatever is taken, added in the transaction that takes it, so
 * that neither is there without the other. Nothing here is ever changed.
 */
import { firstServerHead, nextServerHead, type Entry } from '../../src/domain/server-chain.ts';
import type { AuthorityId } from '../../src/domain/ids.ts';
import { sha256 } from '../sync/context.ts';
import { insertRows } from './statements.ts';
import type { Tx } from './tables.ts';

/** The place of an entry, from 1 on, and the head there; place 0 is before the first. */
export interface Place {
  readonly place: number;
  readonly head: string;
}

/** Where the chain has come to. */
export async function chainTip(tx: Tx, authority: AuthorityId): Promise<Place> {
  const row = await tx
    .selectFrom('chain')
    .select(['place', 'head'])
    .where('authority', '=', authority)
    .orderBy('place', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? { place: 0, head: firstServerHead(sha256, authority) };
}

/** Adds entries in order. The caller's transaction is the authority's only writer. */
export async function appendEntries(tx: Tx, authority: AuthorityId, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  let { place, head } = await chainTip(tx, authority);
  const rows = entries.map((entry) => {
    place += 1;
    head = nextServerHead(sha256, head, entry);
    return { authority, place, what: entry.what, subject: entry.subject, number: entry.number, head };
  });
  await insertRows(tx, 'chain', rows);
}

/** The head at a place; undefined where the chain has no such place. */
export async function headAtPlace(tx: Tx, authority: AuthorityId, place: number): Promise<string | undefined> {
  if (place === 0) return firstServerHead(sha256, authority);
  const row = await tx
    .selectFrom('chain')
    .select('head')
    .where('authority', '=', authority)
    .where('place', '=', place)
    .executeTakeFirst();
  return row?.head;
}
