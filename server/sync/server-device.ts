/**
 * The server's own pen. What the server itself writes (the authority's settings, the first QA lead) goes down the same
 * path as everybody's ops, sealed into the chain of a device of its own.
 */
import { leafOf, nextHead, valueHash, firstHead, type OpHeader } from '../../src/domain/chain.ts';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { GroupId, NewId, OpId, RecordId } from '../../src/domain/ids.ts';
import type { Kind, Op } from '../../src/domain/record.ts';
import { findDevice } from '../db/devices.ts';
import { findRecord } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import { accept, type Accepted } from './accept.ts';
import { sha256, type Asking } from './context.ts';

export interface ServerEdit {
  readonly record: RecordId;
  readonly kind: Kind;
  readonly unit: string;
  readonly value: JsonObject;
}

/** Writes one group. Throws, and so undoes the transaction, when it is not accepted: the server knows its own rules. */
export async function writeAsServer(
  tx: Tx,
  asking: Omit<Asking, 'person'>,
  newId: NewId,
  edits: readonly ServerEdit[],
): Promise<Accepted> {
  const { authority, nowMs } = asking;
  const device = authority.serverDevice;
  const person = authority.serverPerson;
  const known = await findDevice(tx, authority.id, device);
  const ops: Op[] = [];
  const group = newId() as GroupId;
  let head = known?.head ?? firstHead(sha256, device);
  for (const [i, edit] of edits.entries()) {
    const header: OpHeader = {
      authority: authority.id,
      person,
      device,
      seq: (known?.seq ?? 0) + 1 + i,
      group,
      groupSize: edits.length,
      record: edit.record,
      kind: edit.kind,
      unit: edit.unit,
      claimed: { ms: nowMs, count: i },
      base: await shownOp(tx, authority.id, edit),
      settles: [],
    };
    const salt = newId();
    const leaf = leafOf(sha256, header, valueHash(sha256, salt, edit.value));
    ops.push({ ...header, value: edit.value, salt, leaf, prev: head });
    head = nextHead(sha256, head, leaf);
  }
  const result = await accept(tx, { ...asking, person }, { device, ops });
  if (!result.ok) throw new Error(`The server's own ops were refused: ${result.problem.kind}`);
  const held = result.value.held[0];
  if (held) throw new Error(`The server's own op on ${held.record} was held: ${held.code}`);
  return result.value;
}

async function shownOp(tx: Tx, authority: Op['authority'], { record, unit }: ServerEdit): Promise<OpId | null> {
  return (await findRecord(tx, authority, record))?.units[unit]?.op ?? null;
}
