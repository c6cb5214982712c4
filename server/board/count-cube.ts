/**
 * Makes the cube from every audit there is. They are read in order of version, each page in a transaction of its own, so that
 * others are answered meanwhile; an audit that changes while it is made has a later version then and is read again, as it is.
 * Texts are read past and never kept.
 */
import { setImmediate } from 'node:timers/promises';
import { auditRow, type PlainUnits } from '../../src/domain/audit-row.ts';
import { makeCube, type Cube } from '../../src/domain/board/cube.ts';
import { ofstedScale } from '../../src/domain/grade.ts';
import type { AuthorityId } from '../../src/domain/ids.ts';
import type { Units } from '../../src/domain/record.ts';
import { newRoster } from '../../src/domain/roster.ts';
import type { ServiceValue } from '../../src/domain/values.ts';
import { auditPage, type AuditPage } from '../db/erasure.ts';
import { recordsOfKind } from '../db/records.ts';
import type { Database } from '../db/transact.ts';
import { londonDay } from '../sync/standing.ts';

export interface Counted {
  readonly cube: Cube;
  /** How many audits count, whatever as. */
  readonly audits: number;
}

export async function countCube(database: Database, authority: AuthorityId, nowMs: number): Promise<Counted> {
  const roster = newRoster({ onCounted: () => undefined, onLeft: () => undefined });
  for (let after: number | null = 0; after !== null;) {
    const from: number = after;
    const page: AuditPage = await database.read((tx) => auditPage(tx, authority, from));
    for (const { id, units } of page.audits) {
      // Sections are not told, and so not looked up in their tool.
      roster.setAudit(
        id,
        auditRow(id, plainOf(units), () => [], units['submitted']?.stamp.ms ?? null),
      );
    }
    after = page.next;
    await setImmediate();
  }
  const names = await database.read(async (tx) => {
    for (const { id, units } of await recordsOfKind(tx, authority, 'import')) {
      roster.setUndone(id, units['undone'] !== undefined);
    }
    const places = [await recordsOfKind(tx, authority, 'service'), await recordsOfKind(tx, authority, 'team')].flat();
    return new Map(places.map(({ id, units }) => [id as string, nameIn(units)]));
  });
  const rows = roster.counted();
  const nameOf = (id: string): string | null => names.get(id) ?? null;
  return {
    cube: makeCube(rows, { scale: ofstedScale, today: londonDay(nowMs), nameOf }),
    audits: rows.length,
  };
}

const nameIn = (units: Units): string | null =>
  (units['profile']?.value as Partial<ServiceValue> | undefined)?.name ?? null;

const plainOf = (units: Units): PlainUnits =>
  Object.fromEntries(Object.entries(units).map(([unit, { value }]) => [unit, value]));
