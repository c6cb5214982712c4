/**
 * The places in the chain of what is sealed and not settled yet, all of them in one row: to write them into the rows
 * themselves would put every change on the disk, with all its indexes, once more than needed. A row gets its own link when
 * the server's answer is settled.
 *
 * Whoever reads rows that are on their way reads them by `unsentRows`, with their links.
 */
import type { ReadTx, WriteTx } from './port.ts';
import { unsent, type Link, type PendingRow } from './rows.ts';

const linksKey = 'links';

/** By local number. */
export type Links = ReadonlyMap<number, Link>;

/** A row that has its place in the chain. */
export type LinkedRow = PendingRow & { readonly link: Link };

export async function readLinks(tx: ReadTx): Promise<Links> {
  const row = await tx.get('meta', linksKey);
  return new Map((row?.value ?? []) as readonly (readonly [number, Link])[]);
}

/** To be called with what is sealed and not settled, and nothing else. */
export const writeLinks = (tx: WriteTx, links: Links): Promise<void> =>
  links.size === 0 ? tx.delete('meta', linksKey) : tx.put('meta', { name: linksKey, value: [...links] });

/** The first rows that the server has not accepted, in the order in which they were done, each with its link if it is sealed. */
export async function unsentRows(tx: ReadTx, options: { readonly limit?: number } = {}): Promise<PendingRow[]> {
  const [rows, links] = await Promise.all([tx.whereEqual('pending', 'serverVersion', unsent, options), readLinks(tx)]);
  return rows.map((row) => {
    const link = row.link ?? links.get(row.n);
    return link === undefined ? row : { ...row, link, typing: false };
  });
}
