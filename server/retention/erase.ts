/**
 * Erases audits, inside one writing transaction: the content of all of their ops and units goes, what is counted stays, and an
 * op of the server's says that it was done, under which certificate, and what was left. Doing it again erases what has come
 * since, and nothing else.
 */
import { valueHash } from '../../src/domain/chain.ts';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { NewId, PersonId, RecordId } from '../../src/domain/ids.ts';
import { erasedUnits, erasedValue, keptHash, type KeptOp } from '../../src/domain/retention.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import type { CertificateValue } from '../../src/domain/values.ts';
import { eraseHeld, opsOfRecord, saveErasedOp, saveErasedUnits } from '../db/erasure.ts';
import { findRecord } from '../db/records.ts';
import { deleteFound } from '../db/subject-access.ts';
import type { Tx } from '../db/tables.ts';
import { sha256, type Asking } from '../sync/context.ts';
import { serverPen, writeWith, type PenGroup } from '../sync/pen.ts';

/** One push holds as many: an op of the server's for each. */
export const erasedTogether = 200;

export interface Ground {
  /** Who set the period under which it is done. */
  readonly by: PersonId;
  readonly certificate: string;
}

/** Answers how many ops were erased. */
export async function eraseAudits(
  tx: Tx,
  { authority, nowMs }: Omit<Asking, 'person'>,
  newId: NewId,
  records: readonly RecordId[],
  { by, certificate }: Ground,
): Promise<number> {
  const groups: PenGroup[] = [];
  let erased = 0;
  await deleteFound(tx, authority.id, records);
  for (const record of records) {
    const kept: KeptOp[] = [];
    for (const row of await opsOfRecord(tx, authority.id, record)) {
      if (row.unit === 'erased') continue;
      const { device, seq } = row;
      const was = JSON.parse(row.value) as JsonObject;
      const value = row.value_hash === null ? erasedValue(row.kind, row.unit, was) : was;
      kept.push({ device, seq, value });
      if (row.value_hash !== null) continue;
      await saveErasedOp(tx, row, value, valueHash(sha256, row.salt, was));
      erased += 1;
    }
    await eraseHeld(tx, authority.id, record);
    const found = await findRecord(tx, authority.id, record);
    if (found === undefined) continue;
    await saveErasedUnits(tx, authority.id, record, erasedUnits(found.kind, found.units));
    const value = { by, at: nowMs, certificate, kept: keptHash(sha256, kept) };
    groups.push({ atMs: nowMs, edits: [{ record, kind: 'audit', unit: 'erased', value }] });
  }
  if (groups.length > 0) await writeWith(tx, authority, serverPen(authority), newId, groups);
  return erased;
}

/** Writes what was done where everybody can read it: numbers and days alone. */
export async function certify(
  tx: Tx,
  { authority, nowMs }: Omit<Asking, 'person'>,
  newId: NewId,
  id: string,
  value: CertificateValue,
): Promise<void> {
  const record = settingsId as RecordId;
  const edit = { record, kind: 'settings', unit: `certificate:${id}`, value: { ...value } } as const;
  await writeWith(tx, authority, serverPen(authority), newId, [{ atMs: nowMs, edits: [edit] }]);
}
