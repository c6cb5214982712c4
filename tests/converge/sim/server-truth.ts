/** What the server holds at the end, read once, and what it ought to hold by its own log of ops, worked out another way. */
import type { JsonObject } from '../../../src/domain/canonical.ts';
import { opId, type DeviceId, type OpId, type RecordId } from '../../../src/domain/ids.ts';
import type { Kind, UnitVersion, Units } from '../../../src/domain/record.ts';
import { compareStamps } from '../../../src/domain/stamp.ts';
import type { Tx } from '../../../server/db/tables.ts';
import { wordIn, wordsIn } from './edits.ts';
import type { World } from './world.ts';

export interface StoredOp {
  readonly id: OpId;
  readonly device: DeviceId;
  readonly seq: number;
  readonly group: string;
  readonly groupSize: number;
  readonly record: RecordId;
  readonly kind: Kind;
  readonly unit: string;
  readonly receivedMs: number;
  readonly accepted: boolean;
  /** When it was held at first: the newest decision about it, or `undecided`. */
  readonly heldAs: string | null;
  readonly word: string | null;
  readonly version: UnitVersion;
  readonly base: OpId | null;
  readonly settles: readonly OpId[];
}

/** One decision about a held group, with the words of what it is about where the server has them only from it. */
export interface StoredDecision {
  readonly device: DeviceId;
  readonly group: string;
  readonly author: string;
  readonly what: string;
  readonly by: string;
  readonly why: string;
  readonly atMs: number;
  readonly receivedMs: number;
  readonly words: readonly string[];
}

export interface Truth {
  readonly ops: readonly StoredOp[];
  readonly opsByWord: ReadonlyMap<string, readonly StoredOp[]>;
  readonly records: ReadonlyMap<RecordId, { readonly kind: Kind; readonly units: Units }>;
  /** Oldest first within each group. */
  readonly decisions: readonly StoredDecision[];
}

export function readTruth(world: World): Promise<Truth> {
  return world.server.database.read(async (tx) => {
    const [rows, found] = [
      await tx.selectFrom('op').selectAll().execute(),
      await tx.selectFrom('record').selectAll().execute(),
    ];
    const held = await tx.selectFrom('held').select(['device', 'seq', 'state']).execute();
    const heldAs = new Map(held.map(({ device, seq, state }) => [`${device} ${seq}`, state]));
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
        kind: row.kind as Kind,
        unit: row.unit,
        receivedMs: row.received_ms,
        accepted: row.accepted === 1,
        heldAs: heldAs.get(`${row.device} ${row.seq}`) ?? null,
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
    return { ops, opsByWord, records, decisions: await readDecisions(tx) };
  });
}

export async function readDecisions(tx: Tx): Promise<StoredDecision[]> {
  const rows = await tx.selectFrom('decision').selectAll().orderBy('number').execute();
  return rows.map((row) => ({
    device: row.device as DeviceId,
    group: row.grp,
    author: row.author,
    what: row.what,
    by: row.by_person,
    why: row.why,
    atMs: row.at_ms,
    receivedMs: row.received_ms,
    words: wordsIn(row.content ?? ''),
  }));
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
