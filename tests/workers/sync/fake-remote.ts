/**
 * A server in memory behind the `Remote` interface: takes ops by their chain, gives versions, answers pulls and repairs. Each
 * request may be made to fail, before it has been done (`fail`) or after (`lose`), or never to answer (`hang`).
 */
import { firstHead, nextHead } from '../../../src/domain/chain.ts';
import { bucketDigests, bucketOf, recordDigest, sumDigests } from '../../../src/domain/digest.ts';
import { opId, type DeviceId, type PersonId, type RecordId } from '../../../src/domain/ids.ts';
import type { Op } from '../../../src/domain/record.ts';
import type { CubeReply } from '../../../src/protocol/board.ts';
import type { HeldDecision } from '../../../src/protocol/held.ts';
import { nothingMissing } from '../../../src/protocol/missing.ts';
import type { Result, SyncProblem } from '../../../src/protocol/problem.ts';
import type { Cursor, OpResult, PushReply, SentRecord } from '../../../src/protocol/sync.ts';
import type { Remote } from '../../../workers/sync/remote.ts';
import type { Answer } from '../../../workers/sync/transport.ts';
import { hash } from '../../store/laptop.ts';

const hexPerson = 'b'.repeat(32) as PersonId;

export type Call = keyof Remote;
export type Fault = { readonly fail: SyncProblem } | { readonly lose: SyncProblem } | 'hang' | undefined;

export interface FakeRemote extends Remote {
  /** Every op received, in order, once for each time it was sent. */
  readonly sent: Op[];
  readonly calls: Call[];
  readonly stored: Map<RecordId, SentRecord>;
  /** What happens to the n-th request (from 0). */
  faults: (call: Call, n: number) => Fault;
  epoch: string;
  pageSize: number;
  /** Groups that their author decided about, once for each time that was told; and what stands of every group. */
  readonly told: string[];
  readonly decisions: Map<string, HeldDecision>;
  nowMs: number;
  /** What a board viewer is told; null for everybody else. That somebody asks is not among the calls. */
  toldCube: CubeReply | null;
  /** What is answered instead. */
  cubeFails: SyncProblem | null;
  /** Ops the server does not accept. */
  refuses: (op: Op) => boolean;
  /** Forgets ops after `seq` of a device: a server restored from a backup. */
  rewind(device: DeviceId, seq: number): void;
}

interface Known {
  readonly op: Op;
  readonly result: OpResult;
}

export function fakeRemote(): FakeRemote {
  const devices = new Map<DeviceId, Known[]>();
  let version = 0;

  const headOf = (device: DeviceId): string => {
    const last = devices.get(device)?.at(-1)?.op;
    return last === undefined ? firstHead(hash, device) : nextHead(hash, last.prev, last.leaf);
  };
  const digests = () =>
    [...remote.stored.values()].map(({ id, units }) => ({ id, digest: recordDigest(hash, id, units) }));
  const cursor = (at: number): Cursor => ({
    epoch: remote.epoch,
    version: at,
    head: hash(`${remote.epoch}:${at}`),
    rights: hash('rights'),
  });

  async function answer<T>(
    signal: AbortSignal,
    call: Call,
    make: () => Result<T, SyncProblem>,
  ): Promise<Result<Answer<T>, SyncProblem>> {
    const fault = remote.faults(call, remote.calls.push(call) - 1);
    if (fault === 'hang') return new Promise(() => signal.throwIfAborted());
    if (fault !== undefined && 'fail' in fault) return { ok: false, problem: fault.fail };
    const made = make();
    if (fault !== undefined) return { ok: false, problem: fault.lose };
    return made.ok ? { ok: true, value: { value: made.value, serverMs: remote.nowMs } } : made;
  }

  function accept(device: DeviceId, ops: readonly Op[]): Result<PushReply, SyncProblem> {
    remote.sent.push(...ops);
    const known = devices.get(device) ?? [];
    const results: OpResult[] = [];
    for (const op of ops) {
      const before = known[op.seq - 1];
      if (before !== undefined && before.op.leaf !== op.leaf) return { ok: false, problem: { kind: 'forked' } };
      if (before !== undefined) results.push(before.result);
      if (before !== undefined) continue;
      if (op.seq !== known.length + 1 || op.prev !== headOf(device)) {
        return { ok: false, problem: { kind: 'chain', seq: known.length, head: headOf(device) } };
      }
      const result = take(op);
      known.push({ op, result });
      devices.set(device, known);
      results.push(result);
    }
    return { ok: true, value: { acceptedTo: known.length, head: headOf(device), results } };
  }

  function take(op: Op): OpResult {
    if (remote.refuses(op)) return { seq: op.seq, outcome: 'held', code: 'not-allowed', why: 'not yours' };
    version += 1;
    const { record: id, kind, unit, value, person: author, claimed: stamp } = op;
    const held = remote.stored.get(id);
    const state = { op: opId(op.device, op.seq), value, author, stamp, others: [] };
    remote.stored.set(id, { id, kind, version, projection: 'full', units: { ...held?.units, [unit]: state } });
    return { seq: op.seq, outcome: 'accepted', version, stamp };
  }

  const remote: FakeRemote = {
    sent: [],
    calls: [],
    stored: new Map(),
    faults: () => undefined,
    epoch: 'e'.repeat(32),
    pageSize: 200,
    told: [],
    decisions: new Map(),
    nowMs: 1_750_000_000_000,
    toldCube: null,
    cubeFails: null,
    refuses: () => false,
    rewind(device, seq) {
      devices.set(device, (devices.get(device) ?? []).slice(0, seq));
    },
    push: (signal, device, ops, _cursor) => answer(signal, 'push', () => accept(device, ops)),
    pull: (signal, _device, asked, _acknowledged) =>
      answer(signal, 'pull', () => {
        if (asked !== null && asked.epoch !== remote.epoch) return { ok: false, problem: { kind: 'epoch' } };
        const after = [...remote.stored.values()]
          .filter((record) => record.version > (asked?.version ?? 0))
          .sort((a, b) => a.version - b.version);
        const records = after.slice(0, remote.pageSize);
        const last = records.length === after.length;
        const all = digests();
        const total = { count: all.length, digest: sumDigests(all.map(({ digest }) => digest)) };
        const at = last ? version : (records.at(-1)?.version ?? 0);
        return { ok: true, value: { records, last, cursor: cursor(at), total: last ? total : null } };
      }),
    open: (signal, _device, id) =>
      answer(signal, 'open', () => ({ ok: true, value: { record: remote.stored.get(id) ?? null } })),
    buckets: (signal) =>
      answer(signal, 'buckets', () => ({
        ok: true,
        value: { cursor: cursor(version), buckets: bucketDigests(digests()) },
      })),
    bucket: (signal, _device, names) =>
      answer(signal, 'bucket', () => {
        const records = digests().filter(({ id }) => names.includes(bucketOf(id)));
        return { ok: true, value: { cursor: cursor(version), records } };
      }),
    records: (signal, _device, ids) =>
      answer(signal, 'records', () => ({
        ok: true,
        value: { records: ids.flatMap((id) => remote.stored.get(id) ?? []).slice(0, remote.pageSize) },
      })),
    held: (signal, _device, { told, ask }) =>
      answer(signal, 'held', () => {
        for (const { group, what, why, atMs } of told) {
          remote.told.push(group);
          if (!remote.decisions.has(group)) remote.decisions.set(group, { what, by: hexPerson, why, atMs });
        }
        const groups = [...told, ...ask].map(({ device, group }) => {
          return { device, group, decision: remote.decisions.get(group) ?? null };
        });
        return { ok: true, value: { groups } };
      }),
    searchCase: (signal) => answer(signal, 'searchCase', () => ({ ok: false, problem: { kind: 'not-found' } })),
    disclose: (signal) => answer(signal, 'disclose', () => ({ ok: false, problem: { kind: 'not-found' } })),
    cube: () =>
      Promise.resolve(
        remote.toldCube === null || remote.cubeFails !== null
          ? { ok: false, problem: remote.cubeFails ?? { kind: 'not-found' } }
          : { ok: true, value: { value: remote.toldCube, serverMs: remote.nowMs } },
      ),
    missingList: (signal) => answer(signal, 'missingList', () => ({ ok: true, value: nothingMissing })),
    heldList: (signal) => answer(signal, 'heldList', () => ({ ok: true, value: { waiting: 0, groups: [] } })),
    decide: (signal) => answer(signal, 'decide', () => ({ ok: true, value: { results: [] } })),
    outcomes: (signal, device, seqs) =>
      answer(signal, 'outcomes', () => ({
        ok: true,
        value: {
          results: (devices.get(device) ?? []).map(({ result }) => result).filter(({ seq }) => seqs.includes(seq)),
        },
      })),
    known: (signal, _device, { devices: asked }) =>
      answer(signal, 'known', () => ({
        ok: true,
        value: { known: asked.map((device) => ({ device, seq: devices.get(device)?.length ?? 0 })) },
      })),
    // It has no key: whatever is kept for it, it cannot open.
    offer: (signal, _device, { boxes }) =>
      answer(signal, 'offer', () => ({ ok: true, value: { taken: 0, known: 0, unreadable: boxes.length } })),
    leave: (signal) => answer(signal, 'leave', () => ({ ok: true, value: {} })),
    missing: (signal) => answer(signal, 'missing', () => ({ ok: true, value: {} })),
  };
  return remote;
}
