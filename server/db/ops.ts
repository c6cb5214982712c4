/** The append-only list of ops, and the held store of those that were not accepted. */
import type { JsonObject } from '../../src/domain/canonical.ts';
import { opId, type AuthorityId, type DeviceId, type OpId, type RecordId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import type { Stamp } from '../../src/domain/stamp.ts';
import type { HeldCode } from '../../src/protocol/problem.ts';
import type { OpResult } from '../../src/protocol/sync.ts';
import { inStatements } from './statements.ts';
import type { Tx } from './tables.ts';

/** An op with what the server has added: kept beside what the laptop claimed, never instead of it. */
export interface ReceivedOp {
  readonly op: Op;
  readonly order: Stamp;
  readonly receivedMs: number;
  /** The roles the person had on receipt, as plain data. */
  readonly roles: unknown;
  readonly result: OpResult;
}

export async function appendOps(tx: Tx, received: readonly ReceivedOp[]): Promise<void> {
  for (const some of inStatements(received)) {
    await tx.insertInto('op').values(some.map(rowOf)).execute();
  }
  for (const some of inStatements(received.flatMap(heldRowOf))) await tx.insertInto('held').values(some).execute();
}

function heldRowOf({ op, result, receivedMs }: ReceivedOp) {
  if (result.outcome === 'accepted') return [];
  const { authority, device, seq, person, record } = op;
  const { code, why } = result;
  return [{ authority, device, seq, person, record, code, why, held_ms: receivedMs }];
}

const rowOf = ({ op, order, receivedMs, roles, result }: ReceivedOp) => ({
  authority: op.authority,
  device: op.device,
  seq: op.seq,
  person: op.person,
  grp: op.group,
  group_size: op.groupSize,
  record: op.record,
  kind: op.kind,
  unit: op.unit,
  claimed_ms: op.claimed.ms,
  claimed_count: op.claimed.count,
  order_ms: order.ms,
  order_count: order.count,
  base: op.base,
  settles: JSON.stringify(op.settles),
  value: JSON.stringify(op.value),
  salt: op.salt,
  leaf: op.leaf,
  prev: op.prev,
  received_ms: receivedMs,
  roles: JSON.stringify(roles),
  accepted: result.outcome === 'accepted' ? 1 : 0,
  version: result.outcome === 'accepted' ? result.version : null,
});

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
    .select(['op.seq', 'op.leaf', 'op.prev', 'op.version', 'op.order_ms', 'op.order_count', 'held.code', 'held.why'])
    .where('op.authority', '=', authority)
    .where('op.device', '=', device)
    .where('op.seq', '>=', fromSeq)
    .where('op.seq', '<=', toSeq)
    .orderBy('op.seq')
    .execute();
  return rows.map(({ seq, leaf, prev, version, order_ms, order_count, code, why }) => ({
    op: opId(device, seq),
    leaf,
    prev,
    result:
      version === null
        ? { seq, outcome: 'held', code: (code ?? 'invalid') as HeldCode, why: why ?? '' }
        : { seq, outcome: 'accepted', version, stamp: { ms: order_ms, count: order_count } },
  }));
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
    .execute();
  return rows.map(({ value }) => JSON.parse(value) as JsonObject);
}
