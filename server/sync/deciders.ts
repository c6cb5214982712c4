/** Who decides about a held group: docs/protocol.md, "Held" (held 3). Asked for the list, for a decision, and for a poke. */
import type { JsonObject } from '../../src/domain/canonical.ts';
import { auditFacts } from '../../src/domain/facts.ts';
import type { AuthorityId, PersonId, RecordId } from '../../src/domain/ids.ts';
import { isBlind } from '../../src/domain/projection.ts';
import { mayDecide, type AuditFacts, type Standing } from '../../src/domain/rights.ts';
import type { HeldKey } from '../../src/protocol/held.ts';
import { heldGroup, type HeldLine } from '../db/held.ts';
import { findRecord, type FullRecord } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';

/** What decides about who decides: what a record is, or would be once its held allocation were accepted. */
export interface Ground {
  readonly facts: AuditFacts | null;
  readonly isNew: boolean;
  /** Whether somebody moderates it who may not see its grades yet: above every role. */
  readonly isBlindFor: (person: PersonId) => boolean;
}

/** The ground of a person's held changes of a record: nobody's held allocation says where somebody else's work belongs. */
export type Grounds = (line: Pick<HeldLine, 'person' | 'record'>) => Ground | undefined;

/** The grounds of some lines, each record read once. */
export async function groundsOf(
  tx: Tx,
  { authority }: Pick<Asking, 'authority'>,
  lines: readonly (Pick<HeldLine, 'person' | 'record' | 'unit'> & Partial<HeldKey>)[],
): Promise<Grounds> {
  const grounds = new Map<string, Ground>();
  for (const id of new Set(lines.map(({ record }) => record))) {
    const record = await findRecord(tx, authority.id, id);
    const ofIt = lines.filter((line) => line.record === id);
    for (const person of new Set(ofIt.map((line) => line.person))) {
      const theirs = ofIt.filter((line) => line.person === person);
      grounds.set(`${person} ${id}`, record ? groundOn(record) : await groundToBe(tx, authority.id, id, theirs));
    }
  }
  return ({ person, record }) => grounds.get(`${person} ${record}`);
}

const groundOn = ({ facts, units }: FullRecord): Ground => ({
  facts,
  isNew: false,
  isBlindFor: (person) => facts !== null && isBlind(person, facts, units),
});

async function groundToBe(
  tx: Tx,
  authority: AuthorityId,
  id: RecordId,
  lines: readonly (Pick<HeldLine, 'person' | 'unit'> & Partial<HeldKey>)[],
): Promise<Ground> {
  const begun = lines.findLast(({ unit, device }) => unit === 'allocation' && device);
  const value = begun && (await allocationIn(tx, authority, id, begun));
  const facts = auditFacts(value === undefined || !begun ? {} : { allocation: { value, author: begun.person } });
  return { facts, isNew: true, isBlindFor: (person) => isBlind(person, facts, {}) };
}

async function allocationIn(
  tx: Tx,
  authority: AuthorityId,
  record: RecordId,
  { device, group }: Partial<HeldKey>,
): Promise<JsonObject | undefined> {
  const ops = device === undefined || group === undefined ? [] : await heldGroup(tx, authority, { device, group });
  return ops.find(({ op }) => op.record === record && op.unit === 'allocation')?.op.value;
}

/** Whether this lead decides about a whole group: about each of its ops, and nothing of it is kept from them. */
export const decides = (
  standing: Standing,
  group: readonly Pick<HeldLine, 'person' | 'record' | 'kind' | 'unit'>[],
  groundOf: Grounds,
): boolean =>
  group.length > 0 &&
  group.every(({ person, record, kind, unit }) => {
    const ground = groundOf({ person, record });
    return (
      ground !== undefined && !ground.isBlindFor(standing.person) && mayDecide(standing, person, kind, unit, ground)
    );
  });

/** The lines of each group, in the order of the groups' first lines. */
export function linesByGroup(lines: readonly HeldLine[]): HeldLine[][] {
  const groups = new Map<string, HeldLine[]>();
  for (const line of lines) {
    const key = `${line.device} ${line.group}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()];
}
