/**
 * Makes every record again from its accepted ops, version by version: its units, its digest, the facts it is found by, and the
 * head of each of its versions must be those that are stored.
 */
import { canonical } from '../../src/domain/canonical.ts';
import type { Hash } from '../../src/domain/chain.ts';
import { recordDigest } from '../../src/domain/digest.ts';
import { auditFacts } from '../../src/domain/facts.ts';
import { unitOf, type Change } from '../../src/domain/fold.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { blindDigest } from '../../src/domain/projection.ts';
import { unitValue, type UnitState, type Units } from '../../src/domain/record.ts';
import type { PersonValue } from '../../src/domain/values.ts';
import { changeOf } from '../db/op-row.ts';
import type { AcceptedRow, RecordRow } from '../db/trail.ts';
import { nextTip } from '../sync/history.ts';
import { emailKey } from '../sync/rules.ts';
import type { Finding } from './finding.ts';

type Heads = ReadonlyMap<number, { readonly record: string; readonly head: string }>;

/** One record, with all of its accepted ops in order of version. */
export function checkRecord(hash: Hash, row: RecordRow, ops: readonly AcceptedRow[], heads: Heads): Finding[] {
  try {
    return compare(hash, row, ops, heads);
  } catch {
    // A row that cannot be read is not what was written.
    return [{ kind: 'edited', place: null, about: `record ${row.id}` }];
  }
}

function compare(hash: Hash, row: RecordRow, ops: readonly AcceptedRow[], heads: Heads): Finding[] {
  const findings: Finding[] = [];
  const changes = new Map<string, Change[]>();
  const units: Record<string, UnitState> = {};
  for (const [version, made] of byVersion(ops)) {
    for (const op of made) changes.set(op.unit, [...(changes.get(op.unit) ?? []), changeOf(op)]);
    for (const unit of new Set(made.map((op) => op.unit))) {
      const state = unitOf(changes.get(unit) ?? []);
      if (state !== undefined) units[unit] = state;
    }
    const [before, at] = [heads.get(version - 1), heads.get(version)];
    const tip = nextTip(hash, { version: version - 1, head: before?.head ?? '' }, row.id as RecordId, units);
    if (at === undefined) findings.push({ kind: 'deleted', place: null, about: `version ${version}` });
    // Where the one before is gone, that is told of its own record.
    else if (before !== undefined && (at.record !== row.id || at.head !== tip.head))
      findings.push({ kind: 'edited', place: null, about: `version ${version}` });
  }
  return [...findings, ...different(hash, row, units, ops)];
}

function byVersion(ops: readonly AcceptedRow[]): Map<number, AcceptedRow[]> {
  const versions = new Map<number, AcceptedRow[]>();
  for (const op of ops) {
    const version = op.version ?? 0;
    versions.set(version, [...(versions.get(version) ?? []), op]);
  }
  return versions;
}

function different(hash: Hash, row: RecordRow, units: Units, ops: readonly AcceptedRow[]): Finding[] {
  const stored = JSON.parse(row.units) as Units;
  const about = `record ${row.id}`;
  const changed = [...new Set([...Object.keys(stored), ...Object.keys(units)])].filter(
    (unit) => !isSame(stored[unit], units[unit]),
  );
  if (changed.length > 0)
    return changed.sort().map((unit) => ({ kind: 'edited', place: null, about: `${about}, unit ${unit}` }));
  const facts = row.kind === 'audit' ? auditFacts(units) : null;
  const email = row.kind === 'person' ? unitValue<PersonValue>(units, 'profile')?.email : undefined;
  const isFound =
    row.digest === recordDigest(hash, row.id as RecordId, units) &&
    row.blind === (facts && blindDigest(hash, row.id as RecordId, units, facts)) &&
    row.version === Math.max(...ops.map(({ version }) => version ?? 0)) &&
    ops.every(({ kind }) => kind === row.kind) &&
    (['service', 'team', 'auditor', 'moderator'] as const).every((name) => row[name] === (facts?.[name] ?? null)) &&
    row.email === (email === undefined ? null : emailKey(email));
  return isFound ? [] : [{ kind: 'edited', place: null, about }];
}

const isSame = (a: UnitState | undefined, b: UnitState | undefined): boolean =>
  a !== undefined && b !== undefined && canonical(a) === canonical(b);
