/**
 * Ops that wait until they fit (protocol: Waiting). Their content is in `op`; who wrote them, too. Of each group is kept as of
 * which version it was judged last: what has changed since then says whether it is to be judged again.
 */
import type { ExpressionBuilder } from 'kysely';
import type { AuthorityId, DeviceId, GroupId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Kind, Op } from '../../src/domain/record.ts';
import type { Stamp } from '../../src/domain/stamp.ts';
import { isGranting } from './granting.ts';
import { opOf, type WrittenOp } from './op-row.ts';
import type { Tables, Tx } from './tables.ts';

export interface WaitingOp {
  readonly op: WrittenOp;
  readonly order: Stamp;
  readonly sinceMs: number;
  readonly why: string;
  /** Whether the server has accepted it before, in a history it lost. */
  readonly receipted: boolean;
}

/** A group that waits. */
export type WaitingGroup = Pick<Op, 'device' | 'group'>;

/** Keeps an op that was judged just now, with everything written that it was judged by. */
export async function insertWaiting(
  tx: Tx,
  { authority, device, seq }: Op,
  { sinceMs, why, receipted }: Pick<WaitingOp, 'sinceMs' | 'why' | 'receipted'>,
): Promise<void> {
  await tx
    .insertInto('waiting')
    .values((eb) => ({
      authority,
      device,
      seq,
      since_ms: sinceMs,
      why,
      receipted: receipted ? 1 : 0,
      asked_ms: sinceMs,
      asked_version: versionNow(eb, authority),
    }))
    .execute();
}

/** Notes that a group was judged just now, and waits on. */
export async function noteAsked(tx: Tx, group: readonly WaitingOp[], nowMs: number): Promise<void> {
  for (const { op } of group)
    await tx
      .updateTable('waiting')
      .set((eb) => ({ asked_ms: nowMs, asked_version: versionNow(eb, op.authority) }))
      .where('authority', '=', op.authority)
      .where('device', '=', op.device)
      .where('seq', '=', op.seq)
      .execute();
}

export async function deleteWaiting(tx: Tx, { authority, device, seq }: Op): Promise<void> {
  await tx
    .deleteFrom('waiting')
    .where('authority', '=', authority)
    .where('device', '=', device)
    .where('seq', '=', seq)
    .execute();
}

/** How many ops wait. */
export async function countAllWaiting(tx: Tx, authority: AuthorityId): Promise<number> {
  const { count } = await tx
    .selectFrom('waiting')
    .select(({ fn }) => [fn.countAll<number>().as('count')])
    .where('authority', '=', authority)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** How many ops of one person wait that were never accepted. */
export async function countWaiting(tx: Tx, authority: AuthorityId, person: PersonId): Promise<number> {
  const { count } = await waitingWithOps(tx, authority)
    .select(({ fn }) => [fn.countAll<number>().as('count')])
    .where('op.person', '=', person)
    .where('waiting.receipted', '=', 0)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Whether an op waits that was accepted before, and that could give a right by one of these records. */
export async function waitsToGrant(tx: Tx, authority: AuthorityId, records: readonly RecordId[]): Promise<boolean> {
  const found = await waitingWithOps(tx, authority)
    .select('op.seq')
    .where('waiting.receipted', '=', 1)
    .where('op.record', 'in', records)
    .where((eb) => isGranting(eb.ref('op.kind'), eb.ref('op.unit')))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** The kinds of record that groups of other records are judged by too: rights, and the rules between records (push 6). */
const judgedBy: readonly Kind[] = ['person', 'team', 'import'];

export interface DueAsk {
  readonly nowMs: number;
  /** What was judged longer ago than this is due, whatever has changed. */
  readonly againMs: number;
  /** What was told to be missing counts for less after this long: what was judged before it did is due. */
  readonly unsureMs: number;
  /** At most so many; all when absent. */
  readonly limit?: number;
  /** Groups of these ids alone; of any when absent. */
  readonly among?: readonly GroupId[];
}

/**
 * The groups to be judged again: of which a record has changed since they were judged, or any record by which others are judged
 * too, and those for which time alone may have changed something. Those judged longest ago first, else in the order in which they came.
 */
export async function dueGroups(
  tx: Tx,
  authority: AuthorityId,
  { nowMs, againMs, unsureMs, limit, among }: DueAsk,
): Promise<WaitingGroup[]> {
  const all = waitingWithOps(tx, authority);
  const rows = await (among === undefined ? all : all.where('op.grp', 'in', among))
    .select(['waiting.device', 'op.grp'])
    .where((eb) => {
      const others = eb
        .selectFrom('record as other')
        .select(({ fn }) => fn.max('other.version').as('version'))
        .where('other.authority', '=', authority)
        .where('other.kind', 'in', judgedBy);
      const told = eb
        .selectFrom('missing')
        .select(({ fn }) => fn.max('missing.told_ms').as('told_ms'))
        .where('missing.authority', '=', authority)
        .where('missing.told_ms', '<=', nowMs - unsureMs);
      const own = eb
        .selectFrom('record')
        .select('record.id')
        .whereRef('record.authority', '=', 'op.authority')
        .whereRef('record.id', '=', 'op.record')
        .whereRef('record.version', '>', 'waiting.asked_version');
      return eb.or([
        eb('waiting.asked_ms', '<', nowMs - againMs),
        eb(eb('waiting.asked_ms', '-', unsureMs), '<', told),
        eb('waiting.asked_version', '<', others),
        eb.exists(own),
      ]);
    })
    .groupBy(['waiting.device', 'op.grp'])
    .orderBy(({ fn }) => fn.min('waiting.asked_version'))
    .orderBy(({ fn }) => fn.min('waiting.since_ms'))
    .orderBy('waiting.device')
    .orderBy(({ fn }) => fn.min('waiting.seq'))
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute();
  return rows.map(({ device, grp }) => ({ device: device as DeviceId, group: grp as GroupId }));
}

/** The ops of a group that waits, in the order of their device's chain. */
export async function waitingOps(
  tx: Tx,
  authority: AuthorityId,
  { device, group }: WaitingGroup,
): Promise<WaitingOp[]> {
  // Ordered here: asked to do it, SQLite reads the whole device in that order, and not the group.
  const rows = await waitingWithOps(tx, authority)
    .selectAll('op')
    .select(['waiting.since_ms', 'waiting.why', 'waiting.receipted'])
    .where('op.authority', '=', authority)
    .where('op.device', '=', device)
    .where('op.grp', '=', group)
    .execute();
  const ops = rows.map((row) => ({
    op: opOf(row),
    order: { ms: row.order_ms, count: row.order_count },
    sinceMs: row.since_ms,
    why: row.why,
    receipted: row.receipted === 1,
  }));
  return ops.sort((a, b) => a.op.seq - b.op.seq);
}

const versionNow = (eb: ExpressionBuilder<Tables, 'waiting'>, authority: AuthorityId) =>
  eb.selectFrom('authority').select('authority.version').where('authority.id', '=', authority);

/** What waits, with its ops. */
const waitingWithOps = (tx: Tx, authority: AuthorityId) =>
  tx
    .selectFrom('waiting')
    .innerJoin('op', (join) =>
      join
        .onRef('op.authority', '=', 'waiting.authority')
        .onRef('op.device', '=', 'waiting.device')
        .onRef('op.seq', '=', 'waiting.seq'),
    )
    .where('waiting.authority', '=', authority);
