/**
 * What a search for one case reads. Every reference ever written is in an op of the unit `case`; an index holds these alone, so
 * no other text is read, and they are read a page at a time.
 */
import { sql } from 'kysely';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { AuthorityId, RecordId } from '../../src/domain/ids.ts';
import { decisionsAmong, type Decision } from './decisions.ts';
import { eachDiscard, type Unreceived } from './discards.ts';
import { heldWithOps } from './held.ts';
import { inStatements } from './statements.ts';
import type { Tables, Tx } from './tables.ts';

const pageRows = 1000;

/** A reference that was written, and whether it was accepted. */
export interface WrittenCase {
  readonly record: RecordId;
  readonly accepted: boolean;
  readonly value: JsonObject;
}

/** Every op of a case, some at a time, whatever became of it. */
export async function* writtenCases(tx: Tx, authority: AuthorityId): AsyncGenerator<readonly WrittenCase[]> {
  for (let [record, device, seq] = ['', '', 0]; ;) {
    const rows = await tx
      .selectFrom('op')
      .select(['record', 'device', 'seq', 'accepted', 'value'])
      .where('authority', '=', authority)
      .where('unit', '=', sql.lit('case'))
      .where(sql<boolean>`(record, device, seq) > (${record}, ${device}, ${seq})`)
      .orderBy('record')
      .orderBy('device')
      .orderBy('seq')
      .limit(pageRows)
      .execute();
    yield rows.map((row) => ({
      record: row.record as RecordId,
      accepted: row.accepted === 1,
      value: JSON.parse(row.value) as JsonObject,
    }));
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return;
    ({ record, device, seq } = last);
  }
}

/** How many changes each of these records has, whatever became of them. */
export async function changesOf(
  tx: Tx,
  authority: AuthorityId,
  records: readonly RecordId[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const some of inStatements(records)) {
    const rows = await tx
      .selectFrom('op')
      .select(['record', ({ fn }) => fn.countAll<number>().as('count')])
      .where('authority', '=', authority)
      .where('record', 'in', some)
      .groupBy('record')
      .execute();
    for (const { record, count } of rows) counts.set(record, Number(count));
  }
  return counts;
}

/** An op with what became of it. `state`: `accepted`, `waiting`, or the state of a held one. */
export type StoredChange = Tables['op'] & { readonly state: string };

/** Every op of a record in the order of its receipt. */
export async function historyOf(tx: Tx, authority: AuthorityId, record: RecordId): Promise<readonly StoredChange[]> {
  const rows = await tx
    .selectFrom('op')
    .leftJoin('held', (join) =>
      join
        .onRef('held.authority', '=', 'op.authority')
        .onRef('held.device', '=', 'op.device')
        .onRef('held.seq', '=', 'op.seq'),
    )
    .selectAll('op')
    .select('held.state as held_state')
    .where('op.authority', '=', authority)
    .where('op.record', '=', record)
    .orderBy('op.received_ms')
    .orderBy('op.device')
    .orderBy('op.seq')
    .execute();
  return rows.map(({ held_state, ...op }) => ({
    ...op,
    state: op.accepted === 1 ? 'accepted' : (held_state ?? 'waiting'),
  }));
}

/** What was decided; `content` is what was discarded unsent of the record asked about. */
export interface DecidedAbout extends Decision {
  readonly content: readonly Unreceived[];
}

/** What was decided about held changes of a record, and what was discarded of it unsent. */
export async function decisionsAbout(
  tx: Tx,
  authority: AuthorityId,
  record: RecordId,
): Promise<readonly DecidedAbout[]> {
  const groups = await heldWithOps(tx, authority)
    .select(['op.device', 'op.grp'])
    .distinct()
    .where('held.record', '=', record)
    .execute();
  const received = new Set(groups.map(({ device, grp }) => `${device} ${grp}`));
  const decided = await decisionsAmong(tx, authority, [...new Set(groups.map(({ grp }) => grp))]);
  const about: DecidedAbout[] = decided
    .filter(({ device, group }) => received.has(`${device} ${group}`))
    .map((decision) => ({ ...decision, content: [] }));
  for await (const { content, ...decision } of eachDiscard(tx, authority, record)) {
    const its = content.filter((one) => one.record === record);
    if (its.length > 0) about.push({ ...decision, content: its });
  }
  return about;
}

/** What a search found: told under its id until it is erased. */
export async function noteFound(
  tx: Tx,
  authority: AuthorityId,
  search: string,
  records: readonly RecordId[],
): Promise<void> {
  for (const some of inStatements(records))
    await tx
      .insertInto('found')
      .values(some.map((record) => ({ authority, search, record })))
      .execute();
}

/** No search tells of these records any more, until one finds what has come since. */
export async function deleteFound(tx: Tx, authority: AuthorityId, records: readonly RecordId[]): Promise<void> {
  for (const some of inStatements(records))
    await tx.deleteFrom('found').where('authority', '=', authority).where('record', 'in', some).execute();
}

export async function wasFound(tx: Tx, authority: AuthorityId, search: string, record: RecordId): Promise<boolean> {
  const row = await tx
    .selectFrom('found')
    .select('record')
    .where('authority', '=', authority)
    .where('search', '=', search)
    .where('record', '=', record)
    .executeTakeFirst();
  return row !== undefined;
}

export const openedBy = (tx: Tx, authority: AuthorityId, record: RecordId) =>
  tx
    .selectFrom('opened')
    .select(['person', 'first_ms', 'last_ms'])
    .where('authority', '=', authority)
    .where('record', '=', record)
    .orderBy('first_ms')
    .execute();
