/**
 * What is known of a record without reading its units, which are the whole text of an audit. Scope is asked in SQL by the facts
 * columns, so that a pull reads only what it may send.
 */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Digest } from '../../src/domain/digest.ts';
import type { AuthorityId, PersonId, RecordId, ServiceId, TeamId } from '../../src/domain/ids.ts';
import { kinds, type Kind } from '../../src/domain/record.ts';
import type { AuditFacts } from '../../src/domain/rights.ts';
import { inStatements } from './statements.ts';
import type { Tables, Tx } from './tables.ts';

/** `facts` is null for anything but an audit. */
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

/** Those that are reached whoever grades or moderates them. */
export type ReachableAudits = Extract<Reachable, { readonly by: 'all' | 'scope' }>;

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

export function headOf(row: HeadRow): RecordHead {
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
    .where((eb) => eb.or(reachable.map((each) => isWithin(eb, each))))
    .orderBy('version');
  if (page) query = query.limit(page.limit);
  return (await query.execute()).map(headOf);
}

/** Heads of those of these records that there are, in no order. */
export async function headsOf(tx: Tx, authority: AuthorityId, ids: readonly RecordId[]): Promise<RecordHead[]> {
  const heads: RecordHead[] = [];
  for (const some of inStatements(ids)) {
    const found = tx.selectFrom('record').select(headColumns).where('authority', '=', authority);
    heads.push(...(await found.where('id', 'in', some).execute()).map(headOf));
  }
  return heads;
}

/** Heads of all the records there are. */
export const allHeads = (tx: Tx, authority: AuthorityId): Promise<RecordHead[]> =>
  headsWithin(
    tx,
    authority,
    kinds.map((kind) => ({ kind, by: 'all' })),
  );

/** Of a row of `record`. */
export function isWithin(eb: ExpressionBuilder<Tables, 'record'>, reachable: Reachable): Expression<SqlBool> {
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
