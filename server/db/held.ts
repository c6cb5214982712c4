/** Held groups: what waits for a person, and what people decided about it. Their ops stay where they are, in `op`. */
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { AuthorityId, DeviceId, GroupId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Kind } from '../../src/domain/record.ts';
import type { HeldDecision, HeldKey } from '../../src/protocol/held.ts';
import type { HeldCode } from '../../src/protocol/problem.ts';
import { decidedEntry, decisionHash } from '../../src/domain/server-chain.ts';
import { sha256 } from '../sync/context.ts';
import { appendEntries } from './chain.ts';
import { opOf, type WrittenOp } from './op-row.ts';
import { inStatements } from './statements.ts';
import type { Tables, Tx } from './tables.ts';

/** The state of a held op until somebody decides about its group. */
export const undecided = 'undecided';

/** One op of a held group, without its value. */
export interface HeldLine extends HeldKey {
  readonly person: PersonId;
  readonly record: RecordId;
  readonly kind: Kind;
  readonly unit: string;
  readonly state: string;
}

export interface HeldOp {
  readonly op: WrittenOp;
  readonly code: HeldCode;
  readonly why: string;
  readonly heldMs: number;
  readonly state: string;
  readonly receivedMs: number;
}

/** What was discarded without ever having been received as ops. */
export interface Unreceived {
  readonly record: RecordId;
  readonly kind: Kind;
  readonly unit: string;
  readonly value: JsonObject;
}

export interface StoredDecision extends HeldKey {
  readonly author: PersonId;
  readonly decision: HeldDecision;
  readonly receivedMs: number;
  readonly content: readonly Unreceived[] | null;
}

/** An op that is refused, and why. */
export interface RefusedOp {
  readonly op: Pick<WrittenOp, 'authority' | 'device' | 'seq' | 'group' | 'person' | 'record'>;
  readonly reason: { readonly code: string; readonly why: string };
  readonly heldMs: number;
}

/**
 * Puts ops that are in the list into the held store. What has been decided about their group already stands: a server that was
 * restored may hear of a decision before it has the ops back.
 */
export async function holdOps(tx: Tx, held: readonly RefusedOp[]): Promise<void> {
  for (const some of inStatements(held)) {
    const decided = await newestDecisions(tx, some);
    const rows = some.map(
      ({ op: { authority, device, seq, group, person, record }, reason: { code, why }, heldMs }) => {
        const state = decided.get(`${device} ${group}`);
        const row = { authority, device, seq, person, record, code, why, held_ms: heldMs };
        return { ...row, state: state ?? undecided };
      },
    );
    await tx.insertInto('held').values(rows).execute();
  }
}

async function newestDecisions(tx: Tx, held: readonly RefusedOp[]): Promise<ReadonlyMap<string, string>> {
  const [first] = held;
  if (first === undefined) return new Map();
  const rows = await tx
    .selectFrom('decision')
    .select(['device', 'grp', 'what'])
    .where('authority', '=', first.op.authority)
    .where('grp', 'in', [...new Set(held.map(({ op }) => op.group))])
    .orderBy('number')
    .execute();
  return new Map(rows.map(({ device, grp, what }) => [`${device} ${grp}`, what]));
}

/** A decision to keep, with the salt under which its words enter the chain: random, 32 hex digits. */
export interface NewDecision extends StoredDecision {
  readonly salt: string;
}

/** The lines of every group in one of these states, or of these records, oldest first, a group's lines together. */
export async function heldLines(
  tx: Tx,
  authority: AuthorityId,
  of: { readonly states: readonly string[] } | { readonly records: readonly RecordId[] },
): Promise<HeldLine[]> {
  const all = heldWithOps(tx, authority)
    .select(['op.device', 'op.grp', 'op.person', 'op.record', 'op.kind', 'op.unit', 'held.state'])
    .orderBy('held.held_ms')
    .orderBy('held.device')
    .orderBy('held.seq');
  const rows =
    'states' in of
      ? await all.where('held.state', 'in', of.states).execute()
      : await all.where('held.record', 'in', of.records).execute();
  return rows.map(({ device, grp, person, record, kind, unit, state }) => ({
    ...keyOf(device, grp),
    person: person as PersonId,
    record: record as RecordId,
    kind: kind as Kind,
    unit,
    state,
  }));
}

/** How many held ops wait for a decision. */
export async function countUndecided(tx: Tx, authority: AuthorityId): Promise<number> {
  const { count } = await tx
    .selectFrom('held')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('authority', '=', authority)
    .where('state', '=', undecided)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The ops of one held group in order; none when there is no such group, or it was not held. */
export async function heldGroup(tx: Tx, authority: AuthorityId, { device, group }: HeldKey): Promise<HeldOp[]> {
  const rows = await heldWithOps(tx, authority)
    .selectAll('op')
    .select(['held.code', 'held.why', 'held.held_ms', 'held.state'])
    .where('op.device', '=', device)
    .where('op.grp', '=', group)
    .orderBy('op.seq')
    .execute();
  return rows.map(({ code, why, held_ms, state, ...op }) => ({
    op: opOf(op),
    code: code as HeldCode,
    why,
    heldMs: held_ms,
    state,
    receivedMs: op.received_ms,
  }));
}

/** Held ops, each with the op that it is. */
export const heldWithOps = (tx: Tx, authority: AuthorityId) =>
  tx
    .selectFrom('held')
    .innerJoin('op', (join) =>
      join
        .onRef('op.authority', '=', 'held.authority')
        .onRef('op.device', '=', 'held.device')
        .onRef('op.seq', '=', 'held.seq'),
    )
    .where('held.authority', '=', authority);

const keyOf = (device: string, grp: string): HeldKey => ({ device: device as DeviceId, group: grp as GroupId });

/** The decisions about one group, oldest first. */
export async function decisionsOf(tx: Tx, authority: AuthorityId, key: HeldKey): Promise<StoredDecision[]> {
  const rows = await tx
    .selectFrom('decision')
    .selectAll()
    .where('authority', '=', authority)
    .where('device', '=', key.device)
    .where('grp', '=', key.group)
    .orderBy('number')
    .execute();
  return rows.map(decisionOf);
}

/** Every decision since a time, newest first. */
export async function decisionsSince(tx: Tx, authority: AuthorityId, sinceMs: number): Promise<StoredDecision[]> {
  const rows = await tx
    .selectFrom('decision')
    .selectAll()
    .where('authority', '=', authority)
    .where('received_ms', '>=', sinceMs)
    .orderBy('received_ms', 'desc')
    .orderBy('device')
    .orderBy('grp')
    .execute();
  return rows.map(decisionOf);
}

/** Decisions with the content of what was discarded unsent, or about groups of these ids, oldest first. */
export async function decisionsWith(
  tx: Tx,
  authority: AuthorityId,
  of: 'content' | { readonly groups: readonly string[] },
): Promise<StoredDecision[]> {
  const all = tx
    .selectFrom('decision')
    .selectAll()
    .where('authority', '=', authority)
    .orderBy('received_ms')
    .orderBy('device')
    .orderBy('grp')
    .orderBy('number');
  if (of === 'content') return (await all.where('content', 'is not', null).execute()).map(decisionOf);
  const rows = [];
  for (const some of inStatements(of.groups)) rows.push(...(await all.where('grp', 'in', some).execute()));
  return rows.map(decisionOf);
}

const decisionOf = (row: Tables['decision']): StoredDecision => ({
  ...keyOf(row.device, row.grp),
  author: row.author as PersonId,
  decision: {
    what: row.what as HeldDecision['what'],
    by: row.by_person as PersonId,
    why: row.why,
    atMs: row.at_ms,
  },
  receivedMs: row.received_ms,
  content: row.content === null ? null : (JSON.parse(row.content) as Unreceived[]),
});

/** Adds a decision about a group, whose ops then have that state. */
export async function addDecision(tx: Tx, authority: AuthorityId, number: number, stored: NewDecision): Promise<void> {
  const { device, group, author, decision, receivedMs, salt } = stored;
  const { what, by, why, atMs } = decision;
  const content = stored.content === null ? null : JSON.stringify(stored.content);
  const hash = decisionHash(sha256, salt, why, content);
  await tx
    .insertInto('decision')
    .values({
      authority,
      device,
      grp: group,
      number,
      author,
      what,
      by_person: by,
      why,
      at_ms: atMs,
      received_ms: receivedMs,
      content,
      salt,
      hash,
    })
    .execute();
  const said = { device, group, number, author, what, by, atMs, receivedMs, hash };
  await appendEntries(tx, authority, [decidedEntry(said)]);
  const ops = tx
    .selectFrom('op')
    .select('op.seq')
    .where('op.authority', '=', authority)
    .where('op.device', '=', device)
    .where('op.grp', '=', group);
  await tx
    .updateTable('held')
    .set({ state: decision.what })
    .where('authority', '=', authority)
    .where('device', '=', device)
    .where('seq', 'in', ops)
    .execute();
}
