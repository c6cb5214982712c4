/**
 * A small honest server for store tests: one person, one history, built from `domain/fold` and `domain/chain`. It checks the
 * chain of each device, folds, versions, and answers pushes and pulls as the protocol says. `restore` takes it back in time.
 */
import { firstHead, leafOf, nextHead, valueHash } from '../../src/domain/chain.ts';
import { fold } from '../../src/domain/fold.ts';
import { opId, type DeviceId, type PersonId, type RecordId } from '../../src/domain/ids.ts';
import type { Kind, Op, Units } from '../../src/domain/record.ts';
import { orderingStamp } from '../../src/domain/stamp.ts';
import type { HeldCode } from '../../src/protocol/problem.ts';
import type { Cursor, OpResult, PullReply, PushReply, SentRecord } from '../../src/protocol/sync.ts';
import { hash, hex } from './laptop.ts';

interface Held {
  readonly id: RecordId;
  readonly kind: Kind;
  readonly version: number;
  readonly units: Units;
}

interface History {
  readonly version: number;
  readonly records: ReadonlyMap<RecordId, Held>;
  readonly devices: ReadonlyMap<
    DeviceId,
    { readonly seq: number; readonly head: string; readonly results: readonly OpResult[] }
  >;
}

export interface FakeServer {
  nowMs: number;
  /** Ops the server refuses, by unit. */
  refuse: (op: Op) => HeldCode | null;
  push(ops: readonly Op[]): PushReply;
  /** One page of at most `limit` records. */
  pull(cursor: Cursor | null, limit: number): PullReply;
  record(id: RecordId): SentRecord | undefined;
  records(): readonly SentRecord[];
  /** Takes a backup, and later goes back to it under a new epoch. */
  backup(): () => void;
}

export function fakeServer(): FakeServer {
  let epoch = 1;
  let history: History = { version: 0, records: new Map(), devices: new Map() };

  const accept = (op: Op, nowMs: number): OpResult => {
    const stamp = orderingStamp(op.claimed, nowMs);
    const version = history.version + 1;
    const before = history.records.get(op.record);
    const change = {
      op: opId(op.device, op.seq),
      value: op.value,
      author: op.person,
      stamp,
      base: op.base,
      settles: op.settles,
    };
    const units = { ...before?.units, [op.unit]: fold(before?.units[op.unit], change) };
    const records = new Map(history.records).set(op.record, { id: op.record, kind: op.kind, version, units });
    history = { ...history, version, records };
    return { seq: op.seq, outcome: 'accepted', version, stamp };
  };

  const take = (op: Op, nowMs: number, refuse: FakeServer['refuse']): OpResult => {
    const device = history.devices.get(op.device) ?? { seq: 0, head: firstHead(hash, op.device), results: [] };
    const known = device.results.find(({ seq }) => seq === op.seq);
    if (known !== undefined) return known;
    if (op.seq !== device.seq + 1) throw new Error(`Op ${op.seq} came after ${device.seq}`);
    if (op.prev !== device.head) throw new Error(`The chain breaks at ${op.seq}`);
    if (op.leaf !== leafOf(hash, op, valueHash(hash, op.salt, op.value)))
      throw new Error(`The leaf of ${op.seq} is wrong`);
    const code = refuse(op);
    const result: OpResult =
      code === null ? accept(op, nowMs) : { seq: op.seq, outcome: 'held', code, why: 'refused by the test' };
    const head = nextHead(hash, op.prev, op.leaf);
    const devices = new Map(history.devices).set(op.device, {
      seq: op.seq,
      head,
      results: [...device.results, result],
    });
    history = { ...history, devices };
    return result;
  };

  const sent = ({ id, kind, version, units }: Held): SentRecord =>
    structuredClone({ id, kind, version, projection: 'full', units }) as SentRecord;

  return {
    nowMs: 1_750_000_000_000,
    refuse: () => null,
    push(ops) {
      const results = ops.map((op) => take(op, this.nowMs, this.refuse));
      const last = ops.at(-1);
      if (last === undefined) throw new Error('An empty push');
      return { acceptedTo: last.seq, head: nextHead(hash, last.prev, last.leaf), results };
    },
    pull(cursor, limit) {
      const after = cursor?.epoch === hex(epoch) ? cursor.version : 0;
      const changed = [...history.records.values()]
        .filter(({ version }) => version > after)
        .sort((a, b) => a.version - b.version);
      const page = changed.slice(0, limit);
      const last = page.length === changed.length;
      const version = last ? history.version : (page.at(-1)?.version ?? after);
      const head = hash(`head ${epoch} ${version}`);
      return {
        records: page.map(sent),
        cursor: { epoch: hex(epoch), version, head, rights: hash('rights') },
        last,
        total: null,
      };
    },
    record(id) {
      const held = history.records.get(id);
      return held && sent(held);
    },
    records: () => [...history.records.values()].map(sent),
    backup() {
      const then = history;
      return () => {
        history = then;
        epoch += 1;
      };
    },
  };
}

/** Another person's device, to make changes that this laptop has not seen. */
export function otherDevice(server: FakeServer, person: PersonId, device: DeviceId) {
  let seq = 0;
  let head = firstHead(hash, device);
  return (op: Pick<Op, 'record' | 'kind' | 'unit' | 'value' | 'base'>): Op => {
    seq += 1;
    const header = {
      ...op,
      authority: hex(0xa) as never,
      person,
      device,
      seq,
      group: hex(0xffff + seq) as never,
      groupSize: 1,
      claimed: { ms: server.nowMs, count: 0 },
      settles: [],
    };
    const salt = hex(seq);
    const leaf = leafOf(hash, header, valueHash(hash, salt, op.value));
    const full: Op = { ...header, salt, leaf, prev: head };
    head = nextHead(hash, head, leaf);
    server.push([full]);
    return full;
  };
}
