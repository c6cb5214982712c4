/** Who has opened which record, and when. */
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

/** When somebody last opened each of these records that they have opened: `last_ms` by the server's clock. */
export async function openedAmong(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  records: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, number>> {
  if (records.length === 0) return new Map();
  const rows = await tx
    .selectFrom('opened')
    .select(['record', 'last_ms'])
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('record', 'in', records)
    .execute();
  return new Map(rows.map(({ record, last_ms }) => [record as RecordId, last_ms]));
}
