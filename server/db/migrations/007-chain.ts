/**
 * The chain over everything that was taken. What is here already is entered in the order in which it was received, as far as
 * that can be told: ops by time, device and number, then what was let in, then what was decided.
 */
import type { Kysely } from 'kysely';
import { firstServerHead, nextServerHead, type Entry } from '../../../src/domain/server-chain.ts';
import * as entries from '../../../src/domain/server-chain.ts';
import type { AuthorityId } from '../../../src/domain/ids.ts';
import { sha256 } from '../../sync/context.ts';
import type { Tables } from '../tables.ts';

const pageRows = 500;

export async function up(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('chain')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('place', 'bigint', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('number', 'bigint', (c) => c.notNull())
    .addColumn('head', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('chain_key', ['authority', 'place'])
    .execute();
  for (const column of ['salt', 'hash']) {
    await schema
      .alterTable('decision')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(''))
      .execute();
  }
  const authority = await db.selectFrom('authority').select(['id', 'epoch']).executeTakeFirst();
  if (authority !== undefined) await fill(db, authority.id, authority.epoch);
}

async function fill(db: Kysely<Tables>, authority: string, epoch: string): Promise<void> {
  let head = firstServerHead(sha256, authority as AuthorityId);
  let place = 0;
  const append = async (some: readonly Entry[]): Promise<void> => {
    if (some.length === 0) return;
    const rows = some.map((entry) => {
      head = nextServerHead(sha256, head, entry);
      place += 1;
      return { authority, place, what: entry.what, subject: entry.subject, number: entry.number, head };
    });
    await db.insertInto('chain').values(rows).execute();
  };
  await append([entries.epochEntry(epoch)]);
  await eachPage(receivedOps(db, authority), (rows) => append(rows.map(receivedEntryOf)));
  await eachPage(receivedOps(db, authority), (rows) => append(rows.flatMap(letInEntryOf)));
  await eachPage(decisions(db, authority), async (rows) => append(await sealDecisions(db, rows)));
}

/** By offset, since the order has no key of its own; a database is migrated once. */
async function eachPage<T>(
  page: (offset: number) => Promise<readonly T[]>,
  take: (rows: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let offset = 0; ; offset += pageRows) {
    const rows = await page(offset);
    await take(rows);
    if (rows.length < pageRows) return;
  }
}

const receivedOps = (db: Kysely<Tables>, authority: string) => (offset: number) =>
  db
    .selectFrom('op')
    .leftJoin('held', (join) =>
      join
        .onRef('held.authority', '=', 'op.authority')
        .onRef('held.device', '=', 'op.device')
        .onRef('held.seq', '=', 'op.seq'),
    )
    .select(['op.device', 'op.seq', 'op.leaf', 'op.received_ms', 'op.roles', 'op.version', 'op.order_ms'])
    .select(['op.order_count', 'held.code'])
    .where('op.authority', '=', authority)
    .orderBy('op.received_ms')
    .orderBy('op.device')
    .orderBy('op.seq')
    .offset(offset)
    .limit(pageRows)
    .execute();

type ReceivedRow = Awaited<ReturnType<ReturnType<typeof receivedOps>>>[number];

const acceptanceOf = ({ version, order_ms, order_count }: ReceivedRow) =>
  version === null ? null : { version, stamp: { ms: order_ms, count: order_count } };

function receivedEntryOf(row: ReceivedRow): Entry {
  const op = { ...row, receivedMs: row.received_ms };
  const accepted = acceptanceOf(row);
  if (row.code !== null) return entries.receivedEntry('held', op);
  return accepted === null ? entries.receivedEntry('waiting', op) : entries.acceptedEntry(op, accepted);
}

function letInEntryOf(row: ReceivedRow): Entry[] {
  const accepted = acceptanceOf(row);
  return row.code === null || accepted === null ? [] : [entries.letInEntry(row.device, row.seq, accepted)];
}

const decisions = (db: Kysely<Tables>, authority: string) => (offset: number) =>
  db
    .selectFrom('decision')
    .selectAll()
    .where('authority', '=', authority)
    .orderBy('received_ms')
    .orderBy('device')
    .orderBy('grp')
    .orderBy('number')
    .offset(offset)
    .limit(pageRows)
    .execute();

/** A decision made before there was a chain has the hash of its own words as its salt: nothing random is at hand here. */
async function sealDecisions(db: Kysely<Tables>, rows: readonly Tables['decision'][]): Promise<Entry[]> {
  const sealed: Entry[] = [];
  for (const row of rows) {
    const salt = sha256(`${row.device} ${row.grp} ${row.number} ${row.why}`).slice(0, 32);
    const hash = entries.decisionHash(sha256, salt, row.why, row.content);
    await db
      .updateTable('decision')
      .set({ salt, hash })
      .where('authority', '=', row.authority)
      .where('device', '=', row.device)
      .where('grp', '=', row.grp)
      .where('number', '=', row.number)
      .execute();
    const { device, grp: group, number, author, what, by_person: by, at_ms: atMs, received_ms: receivedMs } = row;
    sealed.push(entries.decidedEntry({ device, group, number, author, what, by, atMs, receivedMs, hash }));
  }
  return sealed;
}
