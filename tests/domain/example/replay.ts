/** Goes through a made-up authority as a server would and notes whatever is not as it should be. */
import { illegalBecause } from '../../../src/domain/audit.ts';
import type { JsonObject } from '../../../src/domain/canonical.ts';
import type { ExampleAuthority } from '../../../src/domain/example/example-authority.ts';
import type { ExampleEdit, ExampleGroup } from '../../../src/domain/example/group.ts';
import { auditFacts, grantsOf, teamsNow } from '../../../src/domain/facts.ts';
import type { PersonId, RecordId } from '../../../src/domain/ids.ts';
import type { Kind, Units } from '../../../src/domain/record.ts';
import { mayWrite, standingOf, type TeamsNow, type WriteFacts } from '../../../src/domain/rights.ts';
import { groupLimitBytes } from '../../../src/protocol/op.ts';
import { checkValue } from '../../../src/protocol/values.ts';
import { op } from '../any.ts';

export interface ReplayedRecord {
  readonly id: RecordId;
  readonly kind: Kind;
  readonly units: Units;
}

export interface Replay {
  readonly groups: readonly ExampleGroup[];
  readonly records: ReadonlyMap<RecordId, ReplayedRecord>;
  /** Each record of a kind, as it stands at the end. */
  of(kind: Kind): readonly ReplayedRecord[];
  readonly wrong: readonly string[];
}

export function replay(example: ExampleAuthority): Replay {
  const records = new Map<RecordId, ReplayedRecord>();
  const groups: ExampleGroup[] = [];
  const wrong: string[] = [];
  const of = (kind: Kind): ReplayedRecord[] => [...records.values()].filter((record) => record.kind === kind);
  let teams = teamsNow([]);
  for (const group of example.groups()) {
    wrong.push(...wrongIn(group, groups, records, teams));
    for (const edit of group.edits) records.set(edit.record, laidOver(records.get(edit.record), edit, group.by));
    if (group.edits.some(({ kind }) => kind === 'team')) teams = teamsNow(of('team'));
    groups.push(group);
  }
  return { groups, records, of, wrong };
}

function laidOver(before: ReplayedRecord | undefined, edit: ExampleEdit, author: PersonId): ReplayedRecord {
  const { record, kind, unit, value } = edit;
  const state = { op: op(1, 1), value, author, stamp: { ms: 0, count: 0 }, others: [] };
  return { id: record, kind, units: { ...before?.units, [unit]: state } };
}

type Records = ReadonlyMap<RecordId, ReplayedRecord>;

function wrongIn(group: ExampleGroup, earlier: readonly ExampleGroup[], records: Records, teams: TeamsNow): string[] {
  const { by, atMs, edits } = group;
  const wrong: string[] = [];
  const note = (what: string): void => void wrong.push(`group ${earlier.length}: ${what}`);
  if (atMs < (earlier.at(-1)?.atMs ?? 0)) note('is before the one before it');
  if (edits.length === 0 || JSON.stringify(edits).length > groupLimitBytes) note('is empty or too large');
  const own = records.get(by as string as RecordId);
  const day = new Date(atMs).toISOString().slice(0, 10);
  const standing = standingOf(by, own === undefined ? [] : grantsOf(own.units), day, teams);
  const after = new Map(edits.map(({ record }) => [record, records.get(record)] as const));
  for (const edit of edits) {
    const together = edits.flatMap(({ record, unit }) => (record === edit.record ? [unit] : []));
    const has = after.get(edit.record)?.units ?? {};
    const bad = checkValue(edit.kind, edit.unit, edit.value);
    if (bad !== null) note(`${edit.unit}: ${bad.field}: ${bad.why}`);
    const illegal = edit.kind === 'audit' ? illegalBecause(has, edit.unit, together) : null;
    if (illegal !== null) note(`${edit.unit}: ${illegal}`);
    after.set(edit.record, laidOver(after.get(edit.record), edit, by));
  }
  for (const { record, kind, unit, value } of edits) {
    const facts = [records.get(record), after.get(record)].map(factsOf) as [WriteFacts | null, WriteFacts | null];
    if (earlier.length > 0 && !mayWrite(standing, kind, unit, ...facts)) note(`${unit}: not allowed`);
    if ((unit === 'submitted' || unit === 'voided') && (value['by'] !== by || value['at'] !== atMs))
      note(`${unit}: not said so`);
  }
  return wrong;
}

const factsOf = (record: ReplayedRecord | undefined): WriteFacts | null =>
  record?.kind === 'audit' ? auditFacts(record.units) : null;

/** The shown value of a unit, as the plain object it is. */
export const valueOf = (record: ReplayedRecord, unit: string): JsonObject | undefined => record.units[unit]?.value;
