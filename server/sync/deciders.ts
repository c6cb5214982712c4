/** Who decides about a held group: docs/protocol.md, "Held" (held 3). Asked for the list, for a decision, and for a poke. */
import type { JsonObject } from '../../src/domain/canonical.ts';
import { auditFacts } from '../../src/domain/facts.ts';
import type { AuthorityId, PersonId, RecordId } from '../../src/domain/ids.ts';
import { isBlind } from '../../src/domain/projection.ts';
import { mayDecide, type AuditFacts, type Standing } from '../../src/domain/rights.ts';
import type { HeldKey } from '../../src/protocol/held.ts';
import { checkValue } from '../../src/protocol/values.ts';
import { headsOf, type RecordHead } from '../db/heads.ts';
import { heldAllocations, heldLines, type HeldLine } from '../db/held.ts';
import type { Ground, HeldUnit } from '../db/news.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';

type Line = Pick<HeldLine, 'person' | 'record' | 'kind' | 'unit'> & Partial<HeldKey>;

/** The ground of a line. */
export type Grounds = (line: Line) => Ground | undefined;

/**
 * What of a person's says where a record would belong that is not there: the last allocation among all of these lines, or only of
 * the same group. Nobody's held allocation says it of somebody else's work.
 */
type Within = 'all' | 'group';

/** What is known of these records, by id: asked for together. */
export async function knownHeads(
  tx: Tx,
  { authority }: Pick<Asking, 'authority'>,
  lines: readonly Pick<HeldLine, 'record'>[],
): Promise<ReadonlyMap<RecordId, RecordHead>> {
  const heads = await headsOf(tx, authority.id, [...new Set(lines.map(({ record }) => record))]);
  return new Map(heads.map((head) => [head.id, head]));
}

/** The grounds of some lines, whose records have these heads. Nothing is asked once a line. */
export async function groundsOf(
  tx: Tx,
  { authority }: Pick<Asking, 'authority'>,
  lines: readonly Line[],
  heads: ReadonlyMap<RecordId, RecordHead>,
  within: Within = 'all',
): Promise<Grounds> {
  const ownerOf = ({ person, record, device, group }: Line): string =>
    within === 'all' ? `${person} ${record}` : `${person} ${record} ${device ?? ''} ${group ?? ''}`;
  const begun = new Map<string, (Line & HeldKey) | null>();
  for (const line of lines) {
    if (heads.has(line.record)) continue;
    const { device, group } = line;
    const begins = line.unit === 'allocation' && device !== undefined && group !== undefined;
    const key = ownerOf(line);
    if (begins) begun.set(key, { ...line, device, group });
    else if (!begun.has(key)) begun.set(key, null);
  }
  const allocations = await allocationsIn(
    tx,
    authority.id,
    [...begun.values()].flatMap((line) => line ?? []),
  );
  const toBe = new Map(
    [...begun].map(([key, line]) => [key, groundToBe(line && allocations.get(placeOf(line)), line?.person)] as const),
  );
  return (line) => {
    const head = heads.get(line.record);
    return head ? groundOn(head) : toBe.get(ownerOf(line));
  };
}

const placeOf = ({ device, group, record }: HeldKey & Pick<HeldLine, 'record'>): string =>
  `${device} ${group} ${record}`;

const groundOn = ({ facts, blind }: RecordHead): Ground => ({
  facts,
  isNew: false,
  blind: blind === null ? null : (facts?.moderator ?? null),
});

/** What a record would be once its held allocation were accepted; nothing without one, or where it is held for what is wrong in it. */
function groundToBe(value: JsonObject | null | undefined, author: PersonId | undefined): Ground {
  const isSound = value != null && author !== undefined && checkValue('audit', 'allocation', value) === null;
  const facts: AuditFacts = auditFacts(isSound ? { allocation: { value, author } } : {});
  const { moderator } = facts;
  return { facts, isNew: true, blind: moderator !== null && isBlind(moderator, facts, {}) ? moderator : null };
}

/** The first allocation of each of these records in its group, by `placeOf`. */
async function allocationsIn(
  tx: Tx,
  authority: AuthorityId,
  begun: readonly (HeldKey & Pick<HeldLine, 'record'>)[],
): Promise<ReadonlyMap<string, JsonObject>> {
  const first = new Map<string, JsonObject>();
  for (const each of await heldAllocations(tx, authority, begun)) {
    const place = placeOf(each);
    if (!first.has(place)) first.set(place, each.value);
  }
  return first;
}

/** What a poke asks of each of these ops: told as it is in this transaction. */
export async function heldUnits(
  tx: Tx,
  asking: Pick<Asking, 'authority'>,
  groups: readonly { readonly author: PersonId; readonly ops: readonly Pick<HeldLine, 'record' | 'kind' | 'unit'>[] }[],
): Promise<HeldUnit[][]> {
  const told = groups.map(({ author, ops }) =>
    ops.map(({ record, kind, unit }): Line => ({ record, kind, unit, person: author })),
  );
  const lines = told.flat();
  const heads = await knownHeads(tx, asking, lines);
  // Where a record belongs that is not there is told by what is held of it.
  const absent = [...new Set(lines.map(({ record }) => record))].filter((record) => !heads.has(record));
  const held = await heldLines(tx, asking.authority.id, { records: absent });
  const grounds = await groundsOf(tx, asking, [...held, ...lines], heads);
  return told.map((group) => unitsOn(group, grounds));
}

/** Lines with their grounds; one that has none is left out. */
const unitsOn = (lines: readonly Line[], groundOf: Grounds): HeldUnit[] =>
  lines.flatMap((line) => {
    const ground = groundOf(line);
    return ground === undefined ? [] : [{ kind: line.kind, unit: line.unit, ...ground }];
  });

/** Whether this lead decides about a whole group of an author's: about each of its ops, and nothing of it is kept from them. */
export const decidesOn = (standing: Standing, author: PersonId, units: readonly HeldUnit[]): boolean =>
  units.length > 0 &&
  units.every(
    ({ kind, unit, blind, ...ground }) => blind !== standing.person && mayDecide(standing, author, kind, unit, ground),
  );

/** The same of the lines of one held group. */
export function decides(standing: Standing, group: readonly Line[], groundOf: Grounds): boolean {
  const [first] = group;
  const units = unitsOn(group, groundOf);
  return first !== undefined && units.length === group.length && decidesOn(standing, first.person, units);
}

/** The lines of each group, in the order of the groups' first lines. */
export function linesByGroup(lines: readonly HeldLine[]): HeldLine[][] {
  const groups = new Map<string, HeldLine[]>();
  for (const line of lines) {
    const key = keyText(line);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else group.push(line);
  }
  return [...groups.values()];
}

export const keyText = ({ device, group }: HeldKey): string => `${device} ${group}`;
