/** Destroys the content of ops and of what was decided about them; what is left of each, and its hashes, stay and are read. */
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { AuthorityId, RecordId } from '../../src/domain/ids.ts';
import type { Units } from '../../src/domain/record.ts';
import type { CaseValue } from '../../src/domain/values.ts';
import type { Received } from '../../src/domain/retention.ts';
import { eachDiscard } from './discards.ts';
import { heldWithOps, undecided } from './held.ts';
import { findRecords } from './records.ts';
import { inStatements } from './statements.ts';
import type { Tables, Tx } from './tables.ts';

/** The ops of a record, in the order of their devices. */
export const opsOfRecord = (tx: Tx, authority: AuthorityId, record: RecordId): Promise<Tables['op'][]> =>
  tx
    .selectFrom('op')
    .selectAll()
    .where('authority', '=', authority)
    .where('record', '=', record)
    .orderBy('device')
    .orderBy('seq')
    .execute();

/** Leaves `value` of an op, and the hash of what it was. */
export async function saveErasedOp(
  tx: Tx,
  { authority, device, seq }: Pick<Tables['op'], 'authority' | 'device' | 'seq'>,
  value: JsonObject,
  valueHash: string,
): Promise<void> {
  await tx
    .updateTable('op')
    .set({ value: JSON.stringify(value), salt: '', value_hash: valueHash })
    .where('authority', '=', authority)
    .where('device', '=', device)
    .where('seq', '=', seq)
    .execute();
}

/** Leaves these units of a record, at the version that it has. */
export async function saveErasedUnits(tx: Tx, authority: AuthorityId, id: RecordId, units: Units): Promise<void> {
  await tx
    .updateTable('record')
    .set({ units: JSON.stringify(units) })
    .where('authority', '=', authority)
    .where('id', '=', id)
    .execute();
}

/** Held groups with an op of this record ask nobody any more, and the words of what was decided about them go. */
export async function eraseHeld(tx: Tx, authority: AuthorityId, record: RecordId): Promise<void> {
  const groups = await heldWithOps(tx, authority)
    .select(['op.device', 'op.grp'])
    .distinct()
    .where('held.record', '=', record)
    .execute();
  await tx
    .updateTable('held')
    .set({ state: 'erased' })
    .where('authority', '=', authority)
    .where('record', '=', record)
    .execute();
  const erased = { why: '', content: null, salt: '' };
  for (const { device, grp } of groups) {
    await tx
      .updateTable('decision')
      .set(erased)
      .where('authority', '=', authority)
      .where('device', '=', device)
      .where('grp', '=', grp)
      .execute();
  }
  await tx
    .updateTable('decision')
    .set(erased)
    .where('authority', '=', authority)
    .where('content', 'like', `%${record}%`)
    .execute();
}

export interface Audit {
  readonly id: RecordId;
  readonly units: Units;
}

/** The audits that have changed since a version, some at a time; since 0: all of them. */
export async function* auditPages(tx: Tx, authority: AuthorityId, since = 0): AsyncGenerator<readonly Audit[]> {
  for (let after: number | null = since; after !== null;) {
    const page: AuditPage = await auditPage(tx, authority, after);
    yield page.audits;
    after = page.next;
  }
}

export interface AuditPage {
  readonly audits: readonly Audit[];
  /** The version to go on after; null when these are the last. */
  readonly next: number | null;
}

/** The first audits that have changed since a version. */
export async function auditPage(tx: Tx, authority: AuthorityId, after: number): Promise<AuditPage> {
  const together = 200;
  const rows = await tx
    .selectFrom('record')
    .select(['id', 'units', 'version'])
    .where('authority', '=', authority)
    .where('kind', '=', 'audit')
    .where('version', '>', after)
    .orderBy('version')
    .limit(together)
    .execute();
  return {
    audits: rows.map(({ id, units }) => ({ id: id as RecordId, units: JSON.parse(units) as Units })),
    next: rows.length < together ? null : (rows.at(-1)?.version ?? null),
  };
}

/** Every reference that was accepted for each of these audits. */
export async function referencesOf(
  tx: Tx,
  authority: AuthorityId,
  records: readonly RecordId[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const references = new Map<string, string[]>();
  for (const some of inStatements(records)) {
    const rows = await tx
      .selectFrom('op')
      .select(['record', 'value'])
      .where('authority', '=', authority)
      .where('record', 'in', some)
      .where('unit', '=', 'case')
      .where('accepted', '=', 1)
      .execute();
    for (const { record, value } of rows) {
      const { reference } = JSON.parse(value) as Partial<CaseValue>;
      references.set(record, [...(references.get(record) ?? []), ...(reference === undefined ? [] : [reference])]);
    }
  }
  return references;
}

/** When what these records have was received. */
export async function receivedOf(
  tx: Tx,
  authority: AuthorityId,
  records: readonly RecordId[],
): Promise<ReadonlyMap<string, Received>> {
  const received = new Map<string, Received>();
  for (const some of inStatements(records)) {
    const ops = tx.selectFrom('op').where('authority', '=', authority).where('record', 'in', some).groupBy('record');
    const newest = ops.select(['record', ({ fn }) => fn.max<number>('received_ms').as('ms')]);
    for (const { record, ms } of await newest.execute()) received.set(record, { lastMs: ms, closedMs: 0 });
    const closing = newest.where('unit', 'in', ['submitted', 'voided']).where('accepted', '=', 1);
    for (const { record, ms } of await closing.execute())
      received.set(record, { lastMs: received.get(record)?.lastMs ?? ms, closedMs: ms });
  }
  return received;
}

/** Which of these records have work that waits, or that is held and that nobody has decided about for good. */
export async function withOpenWork(
  tx: Tx,
  authority: AuthorityId,
  records: readonly RecordId[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const some of inStatements(records)) {
    const held = await tx
      .selectFrom('held')
      .select('record')
      .distinct()
      .where('authority', '=', authority)
      .where('record', 'in', some)
      .where('state', 'in', [undecided, 'returned'])
      .execute();
    const waiting = await tx
      .selectFrom('waiting')
      .innerJoin('op', (join) =>
        join
          .onRef('op.authority', '=', 'waiting.authority')
          .onRef('op.device', '=', 'waiting.device')
          .onRef('op.seq', '=', 'waiting.seq'),
      )
      .select('op.record')
      .distinct()
      .where('waiting.authority', '=', authority)
      .where('op.record', 'in', some)
      .execute();
    for (const { record } of [...held, ...waiting]) found.add(record);
  }
  return found;
}

/**
 * Erased audits for which something has come since that has a content still: held, or discarded on a laptop without ever having
 * been received; all of it decided about for good, and nothing of it after a time.
 */
export async function decidedSinceErased(
  tx: Tx,
  authority: AuthorityId,
  beforeMs: number,
): Promise<readonly RecordId[]> {
  const newest = new Map<RecordId, number>();
  const note = (record: RecordId, ms: number): void => void newest.set(record, Math.max(ms, newest.get(record) ?? 0));
  const rows = await heldWithOps(tx, authority)
    .innerJoin('decision', (join) =>
      join
        .onRef('decision.authority', '=', 'op.authority')
        .onRef('decision.device', '=', 'op.device')
        .onRef('decision.grp', '=', 'op.grp'),
    )
    .select(['op.record', ({ fn }) => fn.max<number>('decision.received_ms').as('ms')])
    .where('held.state', 'in', ['accepted', 'discarded', 'resent'])
    .where('op.value_hash', 'is', null)
    .groupBy('op.record')
    .execute();
  for (const { record, ms } of rows) note(record as RecordId, ms);
  for await (const { receivedMs, content } of eachDiscard(tx, authority))
    for (const { record } of content) note(record, receivedMs);
  const likely = [...newest].flatMap(([record, ms]) => (ms > beforeMs ? [] : [record]));
  const decided: RecordId[] = [];
  for (const some of inStatements(likely)) {
    const open = await withOpenWork(tx, authority, some);
    const found = await findRecords(tx, authority, some);
    decided.push(...found.flatMap(({ id, units }) => (units['erased'] === undefined || open.has(id) ? [] : [id])));
  }
  return decided;
}

/** What the server has said of audits that it erased, the newest last. */
export const erasures = (tx: Tx, authority: AuthorityId, serverPerson: string) =>
  tx
    .selectFrom('op')
    .select(['record', 'value'])
    .where('authority', '=', authority)
    .where('kind', '=', 'audit')
    .where('unit', '=', 'erased')
    .where('person', '=', serverPerson)
    .where('accepted', '=', 1)
    .orderBy('version')
    .execute();

/** What is left of erased ops, record by record. */
export async function* erasedOps(tx: Tx, authority: AuthorityId) {
  const records = await tx
    .selectFrom('op')
    .select('record')
    .distinct()
    .where('authority', '=', authority)
    .where('value_hash', 'is not', null)
    .execute();
  for (const { record } of records) {
    const ops = await tx
      .selectFrom('op')
      .select(['device', 'seq', 'value'])
      .where('authority', '=', authority)
      .where('record', '=', record)
      .where('value_hash', 'is not', null)
      .execute();
    yield { record, ops };
  }
}

/** How many audits the server has erased. */
export async function countErased(tx: Tx, authority: AuthorityId): Promise<number> {
  const { count } = await tx
    .selectFrom('op')
    .select(({ fn }) => fn.count<number>('record').distinct().as('count'))
    .where('authority', '=', authority)
    .where('value_hash', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
