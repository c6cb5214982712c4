/** The append-only list of ops, and the held store of those that were not accepted. */
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { Change } from '../../src/domain/fold.ts';
import { parseOpId, opId, type AuthorityId, type DeviceId, type OpId, type RecordId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { letInEntry, type Acceptance } from '../../src/domain/server-chain.ts';
import type { HeldCode } from '../../src/protocol/problem.ts';
import type { OpResult } from '../../src/protocol/sync.ts';
import { appendEntries } from './chain.ts';
import { holdOps } from './held.ts';
import { changeOf, entryOf, rowOf, type ReceivedOp } from './op-row.ts';
import { inStatements, insertRows } from './statements.ts';
import type { Tx } from './tables.ts';

export async function appendOps(tx: Tx, received: readonly ReceivedOp[]): Promise<void> {
  const [first] = received;
  if (first === undefined) return;
  const rows = received.map((each) => ({ row: rowOf(each), result: each.result }));
  await insertRows(
    tx,
    'op',
    rows.map(({ row }) => row),
  );
  await appendEntries(
    tx,
    first.op.authority,
    rows.map(({ row, result }) => entryOf(row, result)),
  );
  const held = received.flatMap(({ op, result, receivedMs }) =>
    result.outcome === 'held' ? [{ op, reason: result, heldMs: receivedMs }] : [],
  );
  await holdOps(tx, held);
}

export interface StoredResult {
  readonly op: OpId;
  readonly leaf: string;
  readonly prev: string;
  readonly result: OpResult;
}

/** What was answered for the ops of a device from `fromSeq` to `toSeq`, in order. */
export async function storedResults(
  tx: Tx,
  authority: AuthorityId,
  device: DeviceId,
  fromSeq: number,
  toSeq: number,
): Promise<StoredResult[]> {
  const rows = await tx
    .selectFrom('op')
    .leftJoin('held', (join) =>
      join
        .onRef('held.authority', '=', 'op.authority')
        .onRef('held.device', '=', 'op.device')
        .onRef('held.seq', '=', 'op.seq'),
    )
    .leftJoin('waiting', (join) =>
      join
        .onRef('waiting.authority', '=', 'op.authority')
        .onRef('waiting.device', '=', 'op.device')
        .onRef('waiting.seq', '=', 'op.seq'),
    )
    .select(['op.seq', 'op.leaf', 'op.prev', 'op.version', 'op.order_ms', 'op.order_count', 'held.code', 'held.why'])
    .select('waiting.since_ms')
    .where('op.authority', '=', authority)
    .where('op.device', '=', device)
    .where('op.seq', '>=', fromSeq)
    .where('op.seq', '<=', toSeq)
    .orderBy('op.seq')
    .execute();
  return rows.map((row) => ({ op: opId(device, row.seq), leaf: row.leaf, prev: row.prev, result: resultOf(row) }));
}

/** Which of these ops' groups the device has sent ops of before. */
export async function knownGroups(
  tx: Tx,
  authority: AuthorityId,
  device: DeviceId,
  ops: readonly Pick<Op, 'group'>[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const some of inStatements([...new Set(ops.map(({ group }) => group))])) {
    const rows = await tx
      .selectFrom('op')
      .select('grp')
      .distinct()
      .where('authority', '=', authority)
      .where('device', '=', device)
      .where('grp', 'in', some)
      .execute();
    for (const { grp } of rows) known.add(grp);
  }
  return known;
}

interface ResultRow {
  readonly seq: number;
  readonly version: number | null;
  readonly order_ms: number;
  readonly order_count: number;
  readonly code: string | null;
  readonly why: string | null;
  readonly since_ms: number | null;
}

function resultOf({ seq, version, order_ms, order_count, code, why, since_ms }: ResultRow): OpResult {
  if (version !== null) return { seq, outcome: 'accepted', version, stamp: { ms: order_ms, count: order_count } };
  if (since_ms !== null) return { seq, outcome: 'waiting' };
  return { seq, outcome: 'held', code: (code ?? 'invalid') as HeldCode, why: why ?? '' };
}

/** Every value a unit was ever given, oldest first: of the ops that were accepted. */
export async function acceptedValues(
  tx: Tx,
  authority: AuthorityId,
  record: RecordId,
  unit: string,
): Promise<JsonObject[]> {
  const rows = await tx
    .selectFrom('op')
    .select('value')
    .where('authority', '=', authority)
    .where('record', '=', record)
    .where('unit', '=', unit)
    .where('accepted', '=', 1)
    .orderBy('version')
    .orderBy('seq')
    .execute();
  return rows.map(({ value }) => JSON.parse(value) as JsonObject);
}

/** Whether a later op of the same device, of the same unit, has been accepted. */
export async function isWrittenAgain(
  tx: Tx,
  { authority, device, seq, record, unit }: Pick<Op, 'authority' | 'device' | 'seq' | 'record' | 'unit'>,
): Promise<boolean> {
  const later = await tx
    .selectFrom('op')
    .select('seq')
    .where('authority', '=', authority)
    .where('record', '=', record)
    .where('unit', '=', unit)
    .where('device', '=', device)
    .where('seq', '>', seq)
    .where('accepted', '=', 1)
    .limit(1)
    .executeTakeFirst();
  return later !== undefined;
}

/** Every change a unit was ever given that was accepted. */
export async function acceptedChanges(
  tx: Tx,
  authority: AuthorityId,
  record: RecordId,
  unit: string,
): Promise<Change[]> {
  const rows = await tx
    .selectFrom('op')
    .select(['device', 'seq', 'person', 'value', 'order_ms', 'order_count', 'base', 'settles'])
    .where('authority', '=', authority)
    .where('record', '=', record)
    .where('unit', '=', unit)
    .where('accepted', '=', 1)
    .execute();
  return rows.map(changeOf);
}

/** When an op that is here was received. */
export async function receivedMs(tx: Tx, authority: AuthorityId, op: OpId): Promise<number> {
  const { device, seq } = parseOpId(op);
  const row = await tx
    .selectFrom('op')
    .select('received_ms')
    .where('authority', '=', authority)
    .where('device', '=', device)
    .where('seq', '=', seq)
    .executeTakeFirstOrThrow();
  return row.received_ms;
}

/** One that waited, or was held, is accepted after all. */
export async function letIn(
  tx: Tx,
  { authority, device, seq }: Pick<Op, 'authority' | 'device' | 'seq'>,
  { version, stamp }: Acceptance,
): Promise<void> {
  await tx
    .updateTable('op')
    .set({ accepted: 1, version, order_ms: stamp.ms, order_count: stamp.count })
    .where('authority', '=', authority)
    .where('device', '=', device)
    .where('seq', '=', seq)
    .execute();
  await appendEntries(tx, authority, [letInEntry(device, seq, { version, stamp })]);
}
