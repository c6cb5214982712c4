/**
 * Which of what waits is sent next, in the order in which it was done: whole groups, about as many as fit into a batch. Groups
 * at which the server fails may be left for later (FAULTS 25). Promises:
 *  - a group is answered whole or not at all
 *  - what was done to a record stays in its order: with a group that is left waits what was done to its records after it
 *  - what is sealed has its place in the chain, and is never left
 */
import type { GroupId, RecordId } from '../domain/ids.ts';
import type { Op } from '../domain/record.ts';
import { unsentRows } from './links.ts';
import type { ReadTx } from './port.ts';
import type { PendingRow } from './rows.ts';

/** As JSON no op is smaller: so many rows are more than a batch holds, and no more than that are read for it. */
const leastOpBytes = 480;
/** Nor more than the wire takes in one push. */
const mostOps = 1_000;

export interface NextOptions {
  /** Of a batch, as JSON. */
  readonly maxBytes: number;
  /** Ops that are on their way: what follows them is asked for. */
  readonly behind?: readonly Op[];
  /** Groups that are left for later. */
  readonly last?: readonly GroupId[];
}

export interface Waiting {
  readonly rows: readonly PendingRow[];
  /** Whether nothing else waits. */
  readonly all: boolean;
}

/** The first rows that the server has not accepted, in the order in which they were done. */
export async function firstUnsent(tx: ReadTx, limit: number): Promise<Waiting> {
  const rows = await unsentRows(tx, { limit: limit + 1 });
  return rows.length <= limit ? { rows, all: true } : { rows: rows.slice(0, limit), all: false };
}

/** The first groups, whole; one at least. */
export async function nextGroups(tx: ReadTx, options: NextOptions): Promise<readonly PendingRow[]> {
  const { maxBytes, behind = [], last = [] } = options;
  const most = Math.min(mostOps, Math.ceil(maxBytes / leastOpBytes));
  if (last.length > 0) {
    // Read whole, since what is left may stand in front of all else: rarely, and for as long as the server fails.
    const rest = withoutLeft(await unsentRows(tx), new Set(last)).filter(isNotAmong(behind));
    return wholeGroups({ rows: rest.slice(0, most), all: rest.length <= most }) ?? firstOf(rest);
  }
  const waiting = await unsentBehind(tx, behind.length === 0 ? most : Math.min(most, like(behind)), behind);
  return wholeGroups(waiting) ?? (await unsentBehind(tx, waiting.rows[0]?.groupSize ?? 0, behind)).rows;
}

/** Null when the rows are the beginning of one group. */
function wholeGroups({ rows, all }: Waiting): readonly PendingRow[] | null {
  const [first, last] = [rows[0], rows.at(-1)];
  if (all || first === undefined) return rows;
  // A group is written at once and lies together: the last of these may be cut.
  return first.group === last?.group ? null : rows.filter(({ group }) => group !== last?.group);
}

const firstOf = (rows: readonly PendingRow[]): PendingRow[] => rows.filter(({ group }) => group === rows[0]?.group);

function withoutLeft(rows: readonly PendingRow[], last: ReadonlySet<GroupId>): PendingRow[] {
  const groups = new Map<GroupId, PendingRow[]>();
  for (const row of rows) {
    const own = groups.get(row.group);
    if (own === undefined) groups.set(row.group, [row]);
    else own.push(row);
  }
  const records = new Set<RecordId>();
  const isLeft = (group: GroupId, own: readonly PendingRow[]): boolean =>
    own.every(({ link }) => link === null) && (last.has(group) || own.some(({ record }) => records.has(record)));
  const kept: PendingRow[] = [];
  for (const [group, own] of groups) {
    if (isLeft(group, own)) for (const { record } of own) records.add(record);
    else kept.push(...own);
  }
  return kept;
}

/** About so many rows fit where these have fitted. */
const like = (ops: readonly Op[]): number => Math.ceil(ops.length * 1.25) + 16;

async function unsentBehind(tx: ReadTx, limit: number, behind: readonly Op[]): Promise<Waiting> {
  if (behind.length === 0) return firstUnsent(tx, limit);
  const { rows, all } = await firstUnsent(tx, behind.length + limit);
  return { rows: rows.filter(isNotAmong(behind)).slice(0, limit), all };
}

function isNotAmong(ops: readonly Op[]): (row: PendingRow) => boolean {
  const last = ops.at(-1);
  return ({ link }) => last === undefined || link?.device !== last.device || link.seq > last.seq;
}
