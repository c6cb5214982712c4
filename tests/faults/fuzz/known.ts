/** What the oracle knows: records as the versions of their units, and devices with everything that was taken of them. */
import type { Op } from '../../../src/domain/record.ts';

/** One value of a unit that nothing later has taken the place of. */
export interface Version {
  readonly op: string;
  readonly value: Record<string, unknown>;
  readonly author: string;
  readonly at: readonly [ms: number, count: number];
}

export interface KnownRecord {
  readonly kind: string;
  /** The one that shows first. */
  readonly units: ReadonlyMap<string, readonly Version[]>;
  /** Of a team: every service it was ever in. */
  readonly services: ReadonlySet<string>;
}

export interface KnownDevice {
  readonly seq: number;
  readonly head: string;
  readonly taken: Map<number, { readonly op: Op; readonly outcome: 'accepted' | 'held' }>;
  readonly groups: Set<string>;
}

export interface Known {
  readonly authority: string;
  /** As whom the server itself writes. */
  readonly pen: string;
  readonly today: string;
  readonly records: Map<string, KnownRecord>;
  /** Those of which something was taken. */
  readonly devices: Map<string, KnownDevice>;
  /** Whose each device is that was used, also where nothing of it was taken. */
  readonly owners: Map<string, string>;
}

export type Records = ReadonlyMap<string, KnownRecord>;

/** The records a group is about, to be changed without changing what is known. */
export const copyOf = (known: Known, group: readonly Op[]): Map<string, KnownRecord> =>
  new Map(
    group.flatMap(({ record }) => {
      const found = known.records.get(record);
      return found === undefined ? [] : [[record as string, found] as const];
    }),
  );

export const shown = (record: KnownRecord | undefined, unit: string): Version | undefined =>
  record?.units.get(unit)?.[0];

export const fieldOf = (record: KnownRecord | undefined, unit: string, field: string): unknown =>
  shown(record, unit)?.value[field];

/** How far ahead of its receipt a change may be ordered. */
const aheadMs = 60_000;

/** A record with one more change: what its author had seen goes, what they had not seen stays beside it. */
export function withChange(record: KnownRecord | undefined, op: Op, nowMs: number): KnownRecord {
  const { device, seq, claimed } = op;
  const isLate = claimed.ms > nowMs + aheadMs;
  const version: Version = {
    op: `${device}:${seq}`,
    value: op.value as Record<string, unknown>,
    author: op.person,
    at: isLate ? [nowMs + aheadMs, 0] : [claimed.ms, claimed.count],
  };
  const seen = new Set<string>([...op.settles, ...(op.base === null ? [] : [op.base])]);
  const unseen = (record?.units.get(op.unit) ?? []).filter(
    (each) => !seen.has(each.op) && !each.op.startsWith(`${device}:`),
  );
  const versions = [version, ...unseen].sort(latestFirst);
  const service = op.kind === 'team' && op.unit === 'profile' ? [String(op.value['service'])] : [];
  return {
    kind: record?.kind ?? op.kind,
    units: new Map(record?.units).set(op.unit, versions),
    services: new Set([...(record?.services ?? []), ...service]),
  };
}

function latestFirst(a: Version, b: Version): number {
  const [[x, y], [aDevice = '', aSeq], [bDevice = '', bSeq]] = [[a.at, b.at], a.op.split(':'), b.op.split(':')];
  const byDevice = aDevice < bDevice ? 1 : aDevice > bDevice ? -1 : 0;
  return y[0] - x[0] || y[1] - x[1] || byDevice || Number(bSeq) - Number(aSeq);
}

/** Neighbours with one group id. */
export function groupsOf(ops: readonly Op[]): Op[][] {
  const groups: Op[][] = [];
  for (const op of ops) {
    if (groups.at(-1)?.[0]?.group === op.group) groups.at(-1)?.push(op);
    else groups.push([op]);
  }
  return groups;
}
