/** What the server holds at the end, read once, and what it ought to hold by its own log of ops, worked out another way. */
import type { JsonObject } from '../../../src/domain/canonical.ts';
import { opId, type DeviceId, type OpId, type RecordId } from '../../../src/domain/ids.ts';
import type { Kind, UnitVersion, Units } from '../../../src/domain/record.ts';
import { compareStamps } from '../../../src/domain/stamp.ts';
import { wordIn } from './edits.ts';
import type { World } from './world.ts';

export interface StoredOp {
  readonly id: OpId;
  readonly device: DeviceId;
  readonly seq: number;
  readonly group: string;
  readonly groupSize: number;
  readonly record: RecordId;
  readonly unit: string;
  readonly accepted: boolean;
  readonly word: string | null;
  readonly version: UnitVersion;
  readonly base: OpId | null;
  readonly settles: readonly OpId[];
}

export interface Truth {
  readonly ops: readonly StoredOp[];
  readonly opsByWord: ReadonlyMap<string, readonly StoredOp[]>;
  readonly records: ReadonlyMap<RecordId, { readonly kind: Kind; readonly units: Units }>;
}

export function readTruth(world: World): Promise<Truth> {
  return world.server.database.read(async (tx) => {
    const [rows, found] = [
      await tx.selectFrom('op').selectAll().execute(),
      await tx.selectFrom('record').selectAll().execute(),
    ];
    const ops = rows.map((row): StoredOp => {
      const value = JSON.parse(row.value) as JsonObject;
      const id = opId(row.device as DeviceId, row.seq);
      return {
        id,
        device: row.device as DeviceId,
        seq: row.seq,
        group: row.grp,
        groupSize: row.group_size,
        record: row.record as RecordId,
        unit: row.unit,
        accepted: row.accepted === 1,
        word: wordIn(row.value),
        version: { op: id, value, author: row.person as never, stamp: { ms: row.order_ms, count: row.order_count } },
        base: row.base as OpId | null,
        settles: JSON.parse(row.settles) as OpId[],
      };
    });
    const opsByWord = new Map<string, StoredOp[]>();
    for (const op of ops) if (op.word !== null) opsByWord.set(op.word, [...(opsByWord.get(op.word) ?? []), op]);
    const records = new Map(
      found.map((row) => [row.id as RecordId, { kind: row.kind as Kind, units: JSON.parse(row.units) as Units }]),
    );
    return { ops, opsByWord, records };
  });
}

/** The op ids that a unit must show: first the shown one, then the others; by what supersedes what alone. */
export function headsOf(ops: readonly StoredOp[]): OpId[] {
  const gone = new Set<OpId>();
  const newest = new Map<DeviceId, number>();
  for (const op of ops) {
    if (op.base !== null) gone.add(op.base);
    for (const settled of op.settles) gone.add(settled);
    newest.set(op.device, Math.max(newest.get(op.device) ?? 0, op.seq));
  }
  return ops
    .filter((op) => !gone.has(op.id) && newest.get(op.device) === op.seq)
    .sort((a, b) => compareStamps(b.version.stamp, a.version.stamp) || (a.device < b.device ? 1 : -1))
    .map(({ id }) => id);
}
