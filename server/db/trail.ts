/** What a verification reads: everything, in pages and in order, inside one snapshot. Changes nothing. */
import type { AuthorityId } from '../../src/domain/ids.ts';
import type { EntryKind } from '../../src/domain/server-chain.ts';
import { heldWithOps } from './held.ts';
import { inStatements } from './statements.ts';
import type { Tables, Tx } from './tables.ts';

const pageRows = 500;
const received = ['accepted', 'held', 'waiting'];

export const authorityRow = (tx: Tx) => tx.selectFrom('authority').selectAll().executeTakeFirst();

/** An entry of the chain, with the op it is about where there is one. */
export interface TrailLine {
  readonly place: number;
  readonly what: EntryKind;
  readonly subject: string;
  readonly number: number;
  readonly head: string;
  readonly op: Tables['op'] | null;
}

export async function* chainLines(tx: Tx, authority: AuthorityId): AsyncGenerator<TrailLine> {
  for (let after = -1; ;) {
    const rows = await tx
      .selectFrom('chain')
      .leftJoin('op', (join) =>
        join
          .onRef('op.authority', '=', 'chain.authority')
          .onRef('op.device', '=', 'chain.subject')
          .onRef('op.seq', '=', 'chain.number')
          .on('chain.what', 'in', [...received, 'let-in']),
      )
      .selectAll('op')
      .select(['chain.place', 'chain.what', 'chain.subject', 'chain.number', 'chain.head'])
      .where('chain.authority', '=', authority)
      .where('chain.place', '>', after)
      .orderBy('chain.place')
      .limit(pageRows)
      .execute();
    for (const { place, what, subject, number, head, ...op } of rows) {
      const isThere = op.authority !== null;
      yield { place, what: what as EntryKind, subject, number, head, op: isThere ? (op as Tables['op']) : null };
    }
    if (rows.length < pageRows) return;
    after = rows.at(-1)?.place ?? after;
  }
}

export type RecordRow = Tables['record'];
export type AcceptedRow = Pick<
  Tables['op'],
  | 'device'
  | 'seq'
  | 'person'
  | 'record'
  | 'kind'
  | 'unit'
  | 'value'
  | 'order_ms'
  | 'order_count'
  | 'base'
  | 'settles'
  | 'version'
>;

/** The records, some at a time, with every accepted op of theirs and the heads of the versions that these ops made. */
export async function* recordPages(
  tx: Tx,
  authority: AuthorityId,
): AsyncGenerator<{
  readonly records: readonly RecordRow[];
  readonly ops: readonly AcceptedRow[];
  readonly heads: ReadonlyMap<number, { readonly record: string; readonly head: string }>;
}> {
  const recordsTogether = 100;
  for (let after = ''; ;) {
    const records = await tx
      .selectFrom('record')
      .selectAll()
      .where('authority', '=', authority)
      .where('id', '>', after)
      .orderBy('id')
      .limit(recordsTogether)
      .execute();
    const ids = records.map(({ id }) => id);
    const ops = ids.length === 0 ? [] : await acceptedOf(tx, authority, ids);
    const versions = new Set(ops.flatMap(({ version }) => (version === null ? [] : [version, version - 1])));
    yield { records, ops, heads: await headsOf(tx, authority, [...versions]) };
    if (records.length < recordsTogether) return;
    after = ids.at(-1) ?? after;
  }
}

const acceptedOf = (tx: Tx, authority: AuthorityId, records: readonly string[]): Promise<AcceptedRow[]> =>
  tx
    .selectFrom('op')
    .select(['device', 'seq', 'person', 'record', 'kind', 'unit', 'value', 'order_ms', 'order_count'])
    .select(['base', 'settles', 'version'])
    .where('authority', '=', authority)
    .where('record', 'in', records)
    .where('accepted', '=', 1)
    .orderBy('record')
    .orderBy('version')
    .execute();

async function headsOf(tx: Tx, authority: AuthorityId, versions: readonly number[]) {
  const heads = new Map<number, { readonly record: string; readonly head: string }>();
  for (const some of inStatements(versions)) {
    const rows = await tx
      .selectFrom('version')
      .select(['version', 'record', 'head'])
      .where('authority', '=', authority)
      .where('version', 'in', some)
      .execute();
    for (const { version, record, head } of rows) heads.set(version, { record, head });
  }
  return heads;
}

/** Each device with its ops in order, as far as its chain asks for them. */
export async function* deviceChains(tx: Tx, authority: AuthorityId) {
  const devices = await tx.selectFrom('device').selectAll().where('authority', '=', authority).execute();
  for (const device of devices) {
    const ops = await tx
      .selectFrom('op')
      .select(['seq', 'person', 'leaf', 'prev'])
      .where('authority', '=', authority)
      .where('device', '=', device.device)
      .orderBy('seq')
      .execute();
    yield { device, ops };
  }
}

/**
 * Ops that are nowhere in the chain. Asked as the difference of two sets, which both databases sort: the chain is not indexed by what
 * an entry is about, and a look for each op would read all of it each time.
 */
export async function opsOutside(tx: Tx, authority: AuthorityId) {
  const outside = await tx
    .selectFrom('op')
    .select(['device as subject', 'seq as number'])
    .where('authority', '=', authority)
    .except(
      tx
        .selectFrom('chain')
        .select(['subject', 'number'])
        .where('authority', '=', authority)
        .where('what', 'in', received),
    )
    .orderBy('subject')
    .orderBy('number')
    .execute();
  const found = [];
  for (const { subject, number } of outside) {
    const op = await tx
      .selectFrom('op')
      .select(['device', 'seq', 'record', 'unit'])
      .where('authority', '=', authority)
      .where('device', '=', subject)
      .where('seq', '=', number)
      .executeTakeFirst();
    if (op !== undefined) found.push(op);
  }
  return found;
}

/** Entries that name the same thing more than once. */
export const doubledEntries = (tx: Tx, authority: AuthorityId) =>
  tx
    .selectFrom('chain')
    .select(['subject', 'number'])
    .select(({ fn }) => fn.max<number>('place').as('place'))
    .where('authority', '=', authority)
    .where('what', 'in', received)
    .groupBy(['subject', 'number'])
    .having(({ fn }) => fn.countAll(), '>', 1)
    .execute();

/** Ops that are accepted and were not when they came. */
export const opsLetIn = (tx: Tx, authority: AuthorityId) =>
  tx
    .selectFrom('chain')
    .innerJoin('op', (join) =>
      join
        .onRef('op.authority', '=', 'chain.authority')
        .onRef('op.device', '=', 'chain.subject')
        .onRef('op.seq', '=', 'chain.number'),
    )
    .select(['op.device', 'op.seq'])
    .where('chain.authority', '=', authority)
    .where('chain.what', 'in', ['held', 'waiting'])
    .where('op.accepted', '=', 1)
    .execute();

/** Ops that are neither accepted, nor held, nor waiting. */
export const opsWithoutOutcome = (tx: Tx, authority: AuthorityId) =>
  tx
    .selectFrom('op')
    .leftJoin('held', (join) =>
      join
        .onRef('held.authority', '=', 'op.authority')
        .onRef('held.device', '=', 'op.device')
        .onRef('held.seq', '=', 'op.seq'),
    )
    .leftJoin('waiting', (join) =>
      join
        .onRef('waiting.authority', '=', 'op.authority')
        .onRef('waiting.device', '=', 'op.device')
        .onRef('waiting.seq', '=', 'op.seq'),
    )
    .select(['op.device', 'op.seq'])
    .where('op.authority', '=', authority)
    .where('op.accepted', '=', 0)
    .where('held.code', 'is', null)
    .where('waiting.why', 'is', null)
    .orderBy('op.device')
    .orderBy('op.seq')
    .execute();

/** The state of every held op, and its group. */
export const heldStates = (tx: Tx, authority: AuthorityId) =>
  heldWithOps(tx, authority).select(['held.device', 'held.seq', 'held.state', 'op.grp', 'op.value_hash']).execute();

export const allDecisions = (tx: Tx, authority: AuthorityId) =>
  tx.selectFrom('decision').selectAll().where('authority', '=', authority).orderBy('number').execute();

/** Ops that are let in, by device and seq. */
export const letInKeys = (tx: Tx, authority: AuthorityId) =>
  tx
    .selectFrom('chain')
    .select(['subject', 'number'])
    .where('authority', '=', authority)
    .where('what', '=', 'let-in')
    .execute();

/** Records that accepted ops speak of and that are not there. */
export const recordsGone = (tx: Tx, authority: AuthorityId) =>
  tx
    .selectFrom('op')
    .leftJoin('record', (join) =>
      join.onRef('record.authority', '=', 'op.authority').onRef('record.id', '=', 'op.record'),
    )
    .select(['op.record'])
    .distinct()
    .where('op.authority', '=', authority)
    .where('op.accepted', '=', 1)
    .where('record.id', 'is', null)
    .execute();

/** How many versions there are, and the newest: all of them when they are 0 to the newest. */
export const versionCount = (tx: Tx, authority: AuthorityId) =>
  tx
    .selectFrom('version')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max<number>('version').as('newest')])
    .where('authority', '=', authority)
    .executeTakeFirstOrThrow();
