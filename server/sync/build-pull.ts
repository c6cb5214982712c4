/** Builds one page of a pull: docs/protocol.md, "Pull". Runs inside one reading transaction: a snapshot. */
import type { Standing } from '../../src/domain/rights.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import type { Cursor, PullReply, SentRecord } from '../../src/protocol/sync.ts';
import { headAt, readTip } from '../db/authorities.ts';
import { chainTip } from '../db/chain.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { isContradicted, type Claim } from './contradiction.ts';
import { readLacking } from './lacking.ts';
import { auditsOfOthers, readStanding, rightsHash } from './standing.ts';
import { sendRecordsAfter, visibleTotal } from './visible.ts';

/** A page ends at whichever comes first, or sooner where the laptop asks for less; it has one record at least. */
export const pageLimit = 200;
export const pageLimitBytes = 512 * 1024;

export async function buildPull(
  tx: Tx,
  asking: Asking,
  { maxBytes = pageLimitBytes, ...claim }: Claim & { readonly maxBytes?: number | undefined },
): Promise<Result<PullReply, ServerProblem>> {
  const { cursor = null } = claim;
  // pull 1: who this is today.
  const standing = await readStanding(tx, asking);
  // pull 2: what the laptop knows is of this history.
  if (await isContradicted(tx, asking, claim)) return { ok: false, problem: { kind: 'epoch' } };
  // pull 3: the next page.
  const { records, last } = await readPage(
    tx,
    asking,
    standing,
    cursor?.version ?? 0,
    Math.min(maxBytes, pageLimitBytes),
  );
  const newest = records.at(-1)?.version ?? 0;
  const now = await cursorNow(tx, asking, standing);
  const reached = last ? now : { ...now, version: newest, head: (await headAt(tx, asking.authority.id, newest)) ?? '' };
  // pull 4: the last page proves itself, and says where the chain has come to, and what figures of it may lack.
  const lacking = last ? await readLacking(tx, asking, auditsOfOthers(standing)) : {};
  return {
    ok: true,
    value: {
      records,
      cursor: reached,
      last,
      total: last ? await visibleTotal(tx, asking, standing) : null,
      ...(last ? { anchor: { epoch: reached.epoch, ...(await chainTip(tx, asking.authority.id)) } } : {}),
      ...lacking,
    },
  };
}

/** The cursor of somebody who has received everything there is now. */
export async function cursorNow(tx: Tx, { authority }: Asking, standing: Standing): Promise<Cursor> {
  const { version, head } = await readTip(tx, authority.id);
  return { epoch: authority.epoch, version, head, rights: rightsHash(standing) };
}

async function readPage(
  tx: Tx,
  asking: Asking,
  standing: Standing,
  after: number,
  maxBytes: number,
): Promise<{ readonly records: SentRecord[]; readonly last: boolean }> {
  const records: SentRecord[] = [];
  let bytes = 0;
  for await (const record of sendRecordsAfter(tx, asking, standing, after)) {
    bytes += Buffer.byteLength(JSON.stringify(record));
    if (records.length > 0 && (records.length === pageLimit || bytes > maxBytes)) return { records, last: false };
    records.push(record);
  }
  return { records, last: true };
}
