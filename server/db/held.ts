/** Held groups: what waits for a person. Their ops stay where they are, in `op`; what people decide about them is in `decisions`. */
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { AuthorityId, DeviceId, GroupId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Kind } from '../../src/domain/record.ts';
import type { HeldKey } from '../../src/protocol/held.ts';
import type { HeldCode } from '../../src/protocol/problem.ts';
import { opOf, type WrittenOp } from './op-row.ts';
import { inStatements } from './statements.ts';
import type { Tx } from './tables.ts';

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

/** Which held groups: in one of these states, of these records, or these. */
export type HeldOf =
  | { readonly states: readonly string[] }
  | { readonly records: readonly RecordId[] }
  | { readonly groups: readonly HeldKey[] };

/** Their lines, oldest first, a group's lines together. */
export async function heldLines(tx: Tx, authority: AuthorityId, of: HeldOf): Promise<HeldLine[]> {
  const all = heldWithOps(tx, authority)
    .select(['op.device', 'op.grp', 'op.person', 'op.record', 'op.kind', 'op.unit', 'held.state'])
    .orderBy('held.held_ms')
    .orderBy('held.device')
    .orderBy('held.seq');
  const rows = [];
  if ('states' in of) rows.push(...(await all.where('held.state', 'in', of.states).execute()));
  if ('records' in of)
    for (const some of inStatements(of.records)) rows.push(...(await all.where('held.record', 'in', some).execute()));
  if ('groups' in of)
    for (const some of inStatements(of.groups)) {
      const devices = [...new Set(some.map(({ device }) => device))];
      const groups = [...new Set(some.map(({ group }) => group))];
      rows.push(...(await all.where('op.device', 'in', devices).where('op.grp', 'in', groups).execute()));
    }
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

/** An allocation among the ops of a held group. */
export interface HeldAllocation extends HeldKey {
  readonly record: RecordId;
  readonly value: JsonObject;
}

/** The allocations of records in held groups, in order: of these records in these groups, and perhaps of more. */
export async function heldAllocations(
  tx: Tx,
  authority: AuthorityId,
  sought: readonly (HeldKey & { readonly record: RecordId })[],
): Promise<HeldAllocation[]> {
  const found = [];
  for (const some of inStatements(sought)) {
    const records = [...new Set(some.map(({ record }) => record))];
    const groups = [...new Set(some.map(({ group }) => group))];
    const rows = await heldWithOps(tx, authority)
      .select(['op.device', 'op.grp', 'op.record', 'op.value'])
      .where('held.record', 'in', records)
      .where('op.grp', 'in', groups)
      .where('op.unit', '=', 'allocation')
      .orderBy('op.seq')
      .execute();
    found.push(...rows);
  }
  return found.map(({ device, grp, record, value }) => ({
    ...keyOf(device, grp),
    record: record as RecordId,
    value: JSON.parse(value) as JsonObject,
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

export const keyOf = (device: string, grp: string): HeldKey => ({ device: device as DeviceId, group: grp as GroupId });
