/** An op as a row of the list, and back: the only place that knows both shapes. */
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { Change } from '../../src/domain/fold.ts';
import {
  opId,
  type AuthorityId,
  type DeviceId,
  type GroupId,
  type OpId,
  type PersonId,
  type RecordId,
} from '../../src/domain/ids.ts';
import type { Kind, Op } from '../../src/domain/record.ts';
import type { Stamp } from '../../src/domain/stamp.ts';
import { acceptedEntry, receivedEntry, type Entry } from '../../src/domain/server-chain.ts';
import type { OpResult } from '../../src/protocol/sync.ts';
import type { Tables } from './tables.ts';

/** An op with its value as text too: encoded once, it is what is hashed, measured and stored. */
export interface WrittenOp extends Op {
  readonly text: string;
}

/** An op with what the server has added: kept beside what the laptop claimed, never instead of it. */
export interface ReceivedOp {
  readonly op: WrittenOp;
  readonly order: Stamp;
  readonly receivedMs: number;
  /** The roles the person had on receipt, as JSON. */
  readonly roles: string;
  readonly result: OpResult;
}

export const rowOf = ({ op, order, receivedMs, roles, result }: ReceivedOp) => ({
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
  value: op.text,
  salt: op.salt,
  leaf: op.leaf,
  prev: op.prev,
  received_ms: receivedMs,
  roles,
  accepted: result.outcome === 'accepted' ? 1 : 0,
  version: result.outcome === 'accepted' ? result.version : null,
  value_hash: null,
});

/** An accepted op as `fold` takes it. */
export const changeOf = (
  row: Pick<Tables['op'], 'device' | 'seq' | 'person' | 'value' | 'order_ms' | 'order_count' | 'base' | 'settles'>,
): Change => ({
  op: opId(row.device as DeviceId, row.seq),
  value: JSON.parse(row.value) as JsonObject,
  author: row.person as PersonId,
  stamp: { ms: row.order_ms, count: row.order_count },
  base: row.base as OpId | null,
  settles: JSON.parse(row.settles) as OpId[],
});

/** What the chain says of a row when it is received. */
export function entryOf(row: ReturnType<typeof rowOf>, { outcome }: OpResult): Entry {
  const received = { ...row, receivedMs: row.received_ms };
  if (outcome !== 'accepted' || row.version === null) return receivedEntry(outcome, received);
  return acceptedEntry(received, { version: row.version, stamp: { ms: row.order_ms, count: row.order_count } });
}

/** The op as its laptop sent it. */
export const opOf = (row: Tables['op']): WrittenOp => ({
  authority: row.authority as AuthorityId,
  person: row.person as PersonId,
  device: row.device as DeviceId,
  seq: row.seq,
  group: row.grp as GroupId,
  groupSize: row.group_size,
  record: row.record as RecordId,
  kind: row.kind as Kind,
  unit: row.unit,
  claimed: { ms: row.claimed_ms, count: row.claimed_count },
  base: row.base as OpId | null,
  settles: JSON.parse(row.settles) as OpId[],
  value: JSON.parse(row.value) as JsonObject,
  text: row.value,
  salt: row.salt,
  leaf: row.leaf,
  prev: row.prev,
});
