/**
 * How many records there are and the sum of their digests, kept by what rights ask of a record, so that what somebody may see
 * is proved from a few rows instead of from every record (pull 4). They move in the transaction that moves the records.
 *
 * A record without facts is in one cell, that of its kind. An audit is in up to three, each within its service and team: that
 * of everybody's audits; that of its auditor's; that of its moderator's, which knows besides what its moderator is sent,
 * and whether the auditor is the same person.
 */
import { changeSum, emptyDigest, type Digest } from '../../src/domain/digest.ts';
import type { AuthorityId, PersonId, ServiceId, TeamId } from '../../src/domain/ids.ts';
import type { Kind } from '../../src/domain/record.ts';
import type { RecordHead } from './heads.ts';
import { inStatements, insertRows } from './statements.ts';
import type { Tables, Tx } from './tables.ts';

/** What a cell's records have in common. `auditor` and `moderator` are null where a cell does not ask. */
interface Cell {
  readonly kind: Kind;
  readonly service: ServiceId | null;
  readonly team: TeamId | null;
  readonly auditor: PersonId | null;
  readonly moderator: PersonId | null;
}

export interface RecordSum extends Cell {
  readonly count: number;
  readonly digest: Digest;
  /** The same as its moderator is sent it: of a record that they are blind to, only what they see. */
  readonly sent: Digest;
}

/** What is counted of a record. */
type Counted = Pick<RecordHead, 'kind' | 'facts' | 'digest' | 'blind'>;

interface Change {
  readonly before: Counted | undefined;
  readonly after: Counted;
}

function cellsOf({ kind, facts }: Counted): Cell[] {
  const all = { kind, service: facts?.service ?? null, team: facts?.team ?? null, auditor: null, moderator: null };
  if (facts === null) return [all];
  const { auditor, moderator } = facts;
  return [
    all,
    ...(auditor === null ? [] : [{ ...all, auditor }]),
    ...(moderator === null ? [] : [{ ...all, moderator, auditor: auditor === moderator ? auditor : null }]),
  ];
}

const keyOf = ({ kind, service, team, auditor, moderator }: Cell): string =>
  [kind, service, team, auditor, moderator].join(' ');

/** The sums after these changes, of the cells that they touch. `before` gives a cell's sum as it is. */
function sumsAfter(
  changes: readonly Change[],
  before: (cell: Cell) => RecordSum | undefined = () => undefined,
): RecordSum[] {
  const sums = new Map<string, RecordSum>();
  const move = (record: Counted, by: 1 | -1): void => {
    for (const cell of cellsOf(record)) {
      const key = keyOf(cell);
      const sum = sums.get(key) ?? before(cell) ?? { ...cell, count: 0, digest: emptyDigest, sent: emptyDigest };
      const moved = (from: Digest, part: Digest): Digest => changeSum(from, by < 0 ? [part] : [], by < 0 ? [] : [part]);
      sums.set(key, {
        ...sum,
        count: sum.count + by,
        digest: moved(sum.digest, record.digest),
        sent: moved(sum.sent, cell.moderator === null ? record.digest : (record.blind ?? record.digest)),
      });
    }
  };
  for (const change of changes) {
    if (change.before) move(change.before, -1);
    move(change.after, 1);
  }
  return [...sums.values()];
}

// A key holds no null: two of them would not be the same.
const textOf = (id: string | null): string => id ?? '';
const idOf = <T extends string>(text: string): T | null => (text === '' ? null : (text as T));

const rowOf = (authority: AuthorityId, sum: RecordSum): Tables['record_sum'] => ({
  authority,
  kind: sum.kind,
  service: textOf(sum.service),
  team: textOf(sum.team),
  auditor: textOf(sum.auditor),
  moderator: textOf(sum.moderator),
  count: sum.count,
  digest: sum.digest,
  sent: sum.sent,
});

const sumOf = (row: Tables['record_sum']): RecordSum => ({
  count: row.count,
  digest: row.digest,
  sent: row.sent,
  kind: row.kind as Kind,
  service: idOf<ServiceId>(row.service),
  team: idOf<TeamId>(row.team),
  auditor: idOf<PersonId>(row.auditor),
  moderator: idOf<PersonId>(row.moderator),
});

/** Moves the sums with their records. */
export async function moveSums(tx: Tx, authority: AuthorityId, changes: readonly Change[]): Promise<void> {
  const touched = sumsAfter(changes).map((sum) => rowOf(authority, sum));
  const known = new Map<string, RecordSum>();
  for (const some of inStatements(touched, cellsTogether)) {
    const rows = await tx
      .selectFrom('record_sum')
      .selectAll()
      .where('authority', '=', authority)
      .where((eb) =>
        eb.or(
          some.map(({ kind, service, team, auditor, moderator }) =>
            eb.and({ auditor, moderator, kind, service, team }),
          ),
        ),
      )
      .execute();
    for (const row of rows) known.set(keyOf(sumOf(row)), sumOf(row));
  }
  await saveSums(
    tx,
    authority,
    sumsAfter(changes, (cell) => known.get(keyOf(cell))),
  );
}

/** Few enough for the depth of an expression in SQLite. */
const cellsTogether = 100;

const saveSums = (tx: Tx, authority: AuthorityId, sums: readonly RecordSum[]): Promise<void> =>
  insertRows(
    tx,
    'record_sum',
    sums.map((sum) => rowOf(authority, sum)),
    {
      key: ['authority', 'auditor', 'moderator', 'kind', 'service', 'team'],
      takes: ['count', 'digest', 'sent'],
    },
  );

/** Makes all sums again from these, which are all the records there are. */
export async function recountSums(tx: Tx, authority: AuthorityId, records: readonly Counted[]): Promise<void> {
  await tx.deleteFrom('record_sum').where('authority', '=', authority).execute();
  await saveSums(tx, authority, sumsAfter(records.map((after) => ({ before: undefined, after }))));
}

/** The sums of everybody's records, and of those that this person is the auditor or the moderator of. */
export async function sumsFor(tx: Tx, authority: AuthorityId, person: PersonId): Promise<RecordSum[]> {
  const rows = await tx
    .selectFrom('record_sum')
    .selectAll()
    .where('authority', '=', authority)
    .where('auditor', 'in', ['', person])
    .where('moderator', 'in', ['', person])
    .execute();
  return rows.map(sumOf);
}
