/** The records as they stand, whole. */
import type { AuthorityId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Kind, Units } from '../../src/domain/record.ts';
import { headOf, type RecordHead } from './heads.ts';
import { inStatements, insertRows } from './statements.ts';
import { moveSums } from './sums.ts';
import type { Tables, Tx } from './tables.ts';

export interface FullRecord extends RecordHead {
  readonly units: Units;
  /** Of a person's record: the email signed in with, in lower case. */
  readonly email: string | null;
}

const fullOf = (row: Tables['record']): FullRecord => ({
  ...headOf(row),
  units: JSON.parse(row.units) as Units,
  email: row.email,
});

export async function findRecord(tx: Tx, authority: AuthorityId, id: RecordId): Promise<FullRecord | undefined> {
  const row = await tx
    .selectFrom('record')
    .selectAll()
    .where('authority', '=', authority)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && fullOf(row);
}

export async function recordsOfKind(tx: Tx, authority: AuthorityId, kind: Kind): Promise<FullRecord[]> {
  const rows = await tx
    .selectFrom('record')
    .selectAll()
    .where('authority', '=', authority)
    .where('kind', '=', kind)
    .execute();
  return rows.map(fullOf);
}

/** All records of a kind, and this one: what is asked for together at each request. */
export async function recordsOfKindAnd(
  tx: Tx,
  authority: AuthorityId,
  kind: Kind,
  id: RecordId,
): Promise<FullRecord[]> {
  const records = tx.selectFrom('record').selectAll().where('authority', '=', authority);
  // Not by `or`: SQLite would read every record for it.
  const rows = await records
    .where('kind', '=', kind)
    .unionAll(records.where('id', '=', id).where('kind', '!=', kind))
    .execute();
  return rows.map(fullOf);
}

/** The people whose record has this email; more than one only inside a group that is about to be held. */
export async function peopleByEmail(tx: Tx, authority: AuthorityId, email: string): Promise<PersonId[]> {
  const rows = await tx
    .selectFrom('record')
    .select('id')
    .where('authority', '=', authority)
    .where('email', '=', email)
    .execute();
  return rows.map(({ id }) => id as string as PersonId);
}

/** Those of these records that there are, in no order. */
export async function findRecords(tx: Tx, authority: AuthorityId, ids: readonly RecordId[]): Promise<FullRecord[]> {
  const found: FullRecord[] = [];
  for (const some of inStatements(ids)) {
    const rows = await tx
      .selectFrom('record')
      .selectAll()
      .where('authority', '=', authority)
      .where('id', 'in', some)
      .execute();
    found.push(...rows.map(fullOf));
  }
  return found;
}

/** Columns of a record that a change may move; its kind and id stay. */
const movable = [
  'version',
  'changed_ms',
  'digest',
  'blind',
  'units',
  'service',
  'team',
  'auditor',
  'moderator',
  'email',
] as const;

const rowOf = (authority: AuthorityId, record: FullRecord): Tables['record'] => ({
  authority,
  id: record.id,
  kind: record.kind,
  version: record.version,
  changed_ms: record.changedMs,
  digest: record.digest,
  blind: record.blind,
  units: JSON.stringify(record.units),
  service: record.facts?.service ?? null,
  team: record.facts?.team ?? null,
  auditor: record.facts?.auditor ?? null,
  moderator: record.facts?.moderator ?? null,
  email: record.email,
});

/** A record as it is to be, and as it is, if it is there. */
export interface RecordChange {
  readonly before: RecordHead | undefined;
  readonly after: FullRecord;
}

/** Saves records that are new, or whose state is, and moves the sums with them. Each is there once. */
export async function saveRecords(tx: Tx, authority: AuthorityId, changes: readonly RecordChange[]): Promise<void> {
  const rows = changes.map(({ after }) => rowOf(authority, after));
  await insertRows(tx, 'record', rows, { key: ['authority', 'id'], takes: movable });
  await moveSums(tx, authority, changes);
}

/** These records, whole, in order of version: put in order here, since a database would copy the long units to sort them. */
export async function recordsById(tx: Tx, authority: AuthorityId, ids: readonly RecordId[]): Promise<FullRecord[]> {
  const records = await findRecords(tx, authority, ids);
  return records.sort((a, b) => a.version - b.version);
}
