/** The records as they stand. Scope is asked in SQL by the facts columns, so that a pull reads only what it may send. */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Digest } from '../../src/domain/digest.ts';
import type { AuthorityId, PersonId, RecordId, ServiceId, TeamId } from '../../src/domain/ids.ts';
import { kinds, type Kind, type Units } from '../../src/domain/record.ts';
import type { AuditFacts } from '../../src/domain/rights.ts';
import { inStatements } from './statements.ts';
import { moveSums } from './sums.ts';
import type { Tables, Tx } from './tables.ts';

/** What is known of a record without reading its units. `facts` is null for anything but an audit. */
export interface RecordHead {
  readonly id: RecordId;
  readonly kind: Kind;
  readonly version: number;
  readonly changedMs: number;
  readonly digest: Digest;
  /** The digest of what its moderator is sent while they are blind to it; null when nobody is. */
  readonly blind: Digest | null;
  readonly facts: AuditFacts | null;
}

export interface FullRecord extends RecordHead {
  readonly units: Units;
  /** Of a person's record: the email signed in with, in lower case. */
  readonly email: string | null;
}

/** One way in which a record may be within reach; a record in any of them is. */
export type Reachable =
  | { readonly kind: Kind; readonly by: 'all' }
  | { readonly kind: Kind; readonly by: 'auditor' | 'moderator'; readonly person: PersonId }
  | {
      readonly kind: Kind;
      readonly by: 'scope';
      readonly services: readonly ServiceId[];
      readonly teams: readonly TeamId[];
    };

const headColumns = [
  'id',
  'kind',
  'version',
  'changed_ms',
  'digest',
  'blind',
  'service',
  'team',
  'auditor',
  'moderator',
] as const;

type HeadRow = Pick<Tables['record'], (typeof headColumns)[number]>;

function headOf(row: HeadRow): RecordHead {
  const facts = {
    service: row.service as ServiceId | null,
    team: row.team as TeamId | null,
    auditor: row.auditor as PersonId | null,
    moderator: row.moderator as PersonId | null,
  };
  const { id, kind, version, changed_ms, digest, blind } = row;
  return {
    id: id as RecordId,
    kind: kind as Kind,
    version,
    changedMs: changed_ms,
    digest,
    blind,
    facts: kind === 'audit' ? facts : null,
  };
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
  for (const some of inStatements(changes)) {
    await tx
      .insertInto('record')
      .values(some.map(({ after }) => rowOf(authority, after)))
      .onConflict((conflict) =>
        conflict
          .columns(['authority', 'id'])
          .doUpdateSet((eb) => Object.fromEntries(movable.map((column) => [column, eb.ref(`excluded.${column}`)]))),
      )
      .execute();
  }
  await moveSums(tx, authority, changes);
}

/** Heads of the records within reach, in order of version, after a version and at most `limit` of them when given. */
export async function headsWithin(
  tx: Tx,
  authority: AuthorityId,
  reachable: readonly Reachable[],
  page?: { readonly after: number; readonly limit: number },
): Promise<RecordHead[]> {
  if (reachable.length === 0) return [];
  // By version also where all are wanted: that index holds the heads, and the long units beside them are not read.
  let query = tx
    .selectFrom('record')
    .select(headColumns)
    .where('authority', '=', authority)
    .where('version', '>', page?.after ?? 0)
    .where((eb) => eb.or(reachable.map((each) => within(eb, each))))
    .orderBy('version');
  if (page) query = query.limit(page.limit);
  return (await query.execute()).map(headOf);
}

/** Heads of all the records there are. */
export const allHeads = (tx: Tx, authority: AuthorityId): Promise<RecordHead[]> =>
  headsWithin(
    tx,
    authority,
    kinds.map((kind) => ({ kind, by: 'all' })),
  );

/** These records, whole, in order of version. */
export async function recordsById(tx: Tx, authority: AuthorityId, ids: readonly RecordId[]): Promise<FullRecord[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('record')
    .selectAll()
    .where('authority', '=', authority)
    .where('id', 'in', ids)
    .orderBy('version')
    .execute();
  return rows.map(fullOf);
}

function within(eb: ExpressionBuilder<Tables, 'record'>, reachable: Reachable): Expression<SqlBool> {
  const kind = eb('kind', '=', reachable.kind);
  switch (reachable.by) {
    case 'all':
      return kind;
    case 'auditor':
    case 'moderator':
      return eb.and([kind, eb(reachable.by, '=', reachable.person)]);
    case 'scope':
      return eb.and([kind, eb.or(inScope(eb, reachable.services, reachable.teams))]);
    default:
      return reachable satisfies never;
  }
}

// An empty list is left out: `in ()` is not SQL everywhere. No list at all reaches nothing.
function inScope(
  eb: ExpressionBuilder<Tables, 'record'>,
  services: readonly ServiceId[],
  teams: readonly TeamId[],
): Expression<SqlBool>[] {
  return [
    ...(services.length > 0 ? [eb('service', 'in', services)] : []),
    ...(teams.length > 0 ? [eb('team', 'in', teams)] : []),
  ];
}
