/** Ops that wait until they fit (protocol: Waiting). Their content is in `op`; who wrote them, too. */
import type { AuthorityId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import type { Stamp } from '../../src/domain/stamp.ts';
import { isGranting } from './granting.ts';
import { opOf, type WrittenOp } from './op-row.ts';
import type { Tx } from './tables.ts';

export interface WaitingOp {
  readonly op: WrittenOp;
  readonly order: Stamp;
  readonly sinceMs: number;
  readonly why: string;
  /** Whether the server has accepted it before, in a history it lost. */
  readonly receipted: boolean;
}

export async function insertWaiting(
  tx: Tx,
  { authority, device, seq }: Op,
  { sinceMs, why, receipted }: Pick<WaitingOp, 'sinceMs' | 'why' | 'receipted'>,
): Promise<void> {
  await tx
    .insertInto('waiting')
    .values({ authority, device, seq, since_ms: sinceMs, why, receipted: receipted ? 1 : 0 })
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

/** Everything that waits, in the order in which it came; of one device in the order of its chain. */
export async function waitingOps(tx: Tx, authority: AuthorityId): Promise<WaitingOp[]> {
  const rows = await waitingWithOps(tx, authority)
    .selectAll('op')
    .select(['waiting.since_ms', 'waiting.why', 'waiting.receipted'])
    .orderBy('waiting.since_ms')
    .orderBy('waiting.device')
    .orderBy('waiting.seq')
    .execute();
  return rows.map((row) => ({
    op: opOf(row),
    order: { ms: row.order_ms, count: row.order_count },
    sinceMs: row.since_ms,
    why: row.why,
    receipted: row.receipted === 1,
  }));
}

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
