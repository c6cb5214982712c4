/**
 * A pen of the server: a device, and the person in whose name it writes. What the server itself writes (the authority's
 * settings, the first QA lead, the actions of an example authority) goes down the same path as everybody's ops, sealed into
 * the chain of the pen's device.
 */
import { leafOf, nextHead, valueHash, firstHead, type OpHeader } from '../../src/domain/chain.ts';
import type { JsonObject } from '../../src/domain/canonical.ts';
import { opId, type DeviceId, type GroupId, type NewId, type OpId, type PersonId } from '../../src/domain/ids.ts';
import type { AuthorityId, RecordId } from '../../src/domain/ids.ts';
import type { Kind, Op, Units } from '../../src/domain/record.ts';
import { nextStamp, zeroStamp } from '../../src/domain/stamp.ts';
import type { Authority } from '../db/authorities.ts';
import { findDevice } from '../db/devices.ts';
import { findRecord } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import { accept, type Accepted } from './accept.ts';
import { sha256, type Asking } from './context.ts';

export interface Pen {
  readonly person: PersonId;
  readonly device: DeviceId;
}

/** One unit given a new value. */
export interface PenEdit {
  readonly record: RecordId;
  readonly kind: Kind;
  readonly unit: string;
  readonly value: JsonObject;
}

/** One action: what is written together, and when it was done. */
export interface PenGroup {
  readonly atMs: number;
  readonly edits: readonly PenEdit[];
}

/** The pen of the server in nobody's name. It writes as a QA lead does. */
export const serverPen = ({ serverPerson, serverDevice }: Authority): Pen => ({
  person: serverPerson,
  device: serverDevice,
});

/** Writes one group in nobody's name, now. */
export const writeAsServer = (
  tx: Tx,
  { authority, nowMs }: Omit<Asking, 'person'>,
  newId: NewId,
  edits: readonly PenEdit[],
): Promise<Accepted> => writeWith(tx, authority, serverPen(authority), newId, [{ atMs: nowMs, edits }]);

/**
 * Writes groups in order, as one push that arrives when the last of them is done; together they are within the size of a
 * push. Throws, and so undoes the transaction, when any is not accepted: the server knows its own rules.
 */
export async function writeWith(
  tx: Tx,
  authority: Authority,
  { person, device }: Pen,
  newId: NewId,
  groups: readonly PenGroup[],
): Promise<Accepted> {
  const known = await findDevice(tx, authority.id, device);
  const bases = basesIn(tx, authority.id);
  const ops: Op[] = [];
  let head = known?.head ?? firstHead(sha256, device);
  let claimed = zeroStamp;
  for (const { atMs, edits } of groups) {
    const group = newId() as GroupId;
    for (const edit of edits) {
      const { record, kind, unit, value } = edit;
      claimed = nextStamp(claimed, atMs);
      const header: OpHeader = {
        authority: authority.id,
        person,
        device,
        seq: (known?.seq ?? 0) + ops.length + 1,
        group,
        groupSize: edits.length,
        record,
        kind,
        unit,
        claimed,
        base: await bases.of(edit),
        settles: [],
      };
      const salt = newId();
      const leaf = leafOf(sha256, header, valueHash(sha256, salt, value));
      ops.push({ ...header, value, salt, leaf, prev: head });
      head = nextHead(sha256, head, leaf);
      bases.moved(edit, opId(device, header.seq));
    }
  }
  const result = await accept(tx, { authority, person, nowMs: groups.at(-1)?.atMs ?? 0 }, { device, ops });
  if (!result.ok) throw new Error(`Ops of the server's pen ${device} were refused: ${result.problem.kind}`);
  const held = result.value.held[0];
  if (held) throw new Error(`An op of the server's pen on ${held.record} was held: ${held.code}`);
  return result.value;
}

interface Bases {
  /** The op whose value the pen's author has in front of them. */
  of(edit: PenEdit): Promise<OpId | null>;
  moved(edit: PenEdit, to: OpId): void;
}

function basesIn(tx: Tx, authority: AuthorityId): Bases {
  const read = new Map<RecordId, Units>();
  const written = new Map<string, OpId>();
  const keyOf = ({ record, unit }: PenEdit): string => `${record} ${unit}`;
  return {
    async of(edit) {
      const own = written.get(keyOf(edit));
      if (own !== undefined) return own;
      const units = read.get(edit.record) ?? (await findRecord(tx, authority, edit.record))?.units ?? {};
      read.set(edit.record, units);
      return units[edit.unit]?.op ?? null;
    },
    moved: (edit, to) => void written.set(keyOf(edit), to),
  };
}
