/** Who has opened which record in full, and when. */
import type { AuthorityId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Tx } from './tables.ts';

export async function noteOpened(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  record: RecordId,
  nowMs: number,
): Promise<void> {
  await tx
    .insertInto('opened')
    .values({ authority, person, record, first_ms: nowMs, last_ms: nowMs })
    .onConflict((conflict) => conflict.columns(['authority', 'person', 'record']).doUpdateSet({ last_ms: nowMs }))
    .execute();
}

/** Which of these records somebody has opened. */
export async function openedAmong(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  records: readonly RecordId[],
): Promise<ReadonlySet<RecordId>> {
  if (records.length === 0) return new Set();
  const rows = await tx
    .selectFrom('opened')
    .select('record')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('record', 'in', records)
    .execute();
  return new Set(rows.map(({ record }) => record as RecordId));
}

export async function hasOpened(tx: Tx, authority: AuthorityId, person: PersonId, record: RecordId): Promise<boolean> {
  const row = await tx
    .selectFrom('opened')
    .select('record')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('record', '=', record)
    .executeTakeFirst();
  return row !== undefined;
}
