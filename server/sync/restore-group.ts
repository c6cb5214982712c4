/**
 * Takes back a group that this server has accepted before, in a history it has lost: each op comes with the server's own
 * receipt, so it is not judged a second time by rights or by the life of the audit, which may have gone on. It keeps its
 * ordering stamp. What a unit is follows from the set of its accepted ops alone, whatever the order in which they come back.
 */
import { unitOf } from '../../src/domain/fold.ts';
import { opId, type RecordId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import type { Stamp } from '../../src/domain/stamp.ts';
import type { OpResult } from '../../src/protocol/sync.ts';
import type { ChangedRecord } from '../db/news.ts';
import { acceptedChanges } from '../db/ops.ts';
import type { Outcome } from './accept.ts';
import type { Asking } from './context.ts';
import type { Draft } from './draft.ts';
import { factsOf, type RecordState } from './judge.ts';
import { brokenRule } from './rules.ts';

export interface ReceiptedOp {
  readonly op: Op;
  readonly stamp: Stamp;
}

/** Runs under a savepoint, on a draft that ends with it. Not kept: it waits, with why. */
export async function restoreGroup(draft: Draft, asking: Asking, group: readonly ReceiptedOp[]): Promise<Outcome> {
  const before = new Map<RecordId, RecordState>();
  const after = new Map<RecordId, RecordState>();
  for (const { op } of group) {
    const found = before.get(op.record) ?? (await draft.find(op.record));
    if (found !== undefined && found.kind !== op.kind) return waits(group, 'kind');
    if (found !== undefined) before.set(op.record, found);
    const known = after.get(op.record)?.units ?? found?.units ?? {};
    const inGroup = group.filter((each) => each.op.record === op.record && each.op.unit === op.unit).map(changeOf);
    const unit = unitOf([...(await acceptedChanges(draft.tx, asking.authority.id, op.record, op.unit)), ...inGroup]);
    if (unit !== undefined) after.set(op.record, { kind: op.kind, units: { ...known, [op.unit]: unit } });
  }
  const versions = new Map<RecordId, number>();
  const changed: ChangedRecord[] = [];
  for (const [record, state] of after) {
    if (state.kind === 'audit' && state.units['allocation'] === undefined) return waits(group, 'allocation');
    versions.set(record, draft.put(record, state));
    changed.push({ kind: state.kind, before: factsOf(before.get(record)), after: factsOf(state) });
  }
  await draft.flush();
  const broken = await brokenRule(
    draft,
    asking,
    group.map(({ op }) => op),
  );
  if (broken !== null) return waits(group, broken.reason.why);
  const results = group.map(({ op, stamp }): OpResult => ({
    seq: op.seq,
    outcome: 'accepted',
    version: versions.get(op.record) ?? 0,
    stamp,
  }));
  return { keep: true, results, changed };
}

const changeOf = ({ op, stamp }: ReceiptedOp) => ({
  op: opId(op.device, op.seq),
  value: op.value,
  author: op.person,
  stamp,
  base: op.base,
  settles: op.settles,
});

const waits = (group: readonly ReceiptedOp[], why: string): Outcome => ({
  keep: false,
  waits: why,
  results: group.map(({ op }) => ({ seq: op.seq, outcome: 'waiting' })),
  changed: [],
});
