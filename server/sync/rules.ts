/** Rules between records: asked of the database with the group already written, under its savepoint (push 6). */
import type { RecordId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import type { AllocationValue, TeamValue } from '../../src/domain/values.ts';
import { acceptedValues } from '../db/ops.ts';
import { findRecord, peopleByEmail } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import type { Reason } from './judge.ts';
import { qaLeadsNow } from './standing.ts';

/** An email as it is compared: what someone types at sign-in finds it whatever the case. */
export const emailKey = (email: string): string => email.trim().normalize('NFKC').toLowerCase();

/** The first op of the group that breaks a rule, with the reason. */
export async function brokenRule(
  tx: Tx,
  asking: Asking,
  group: readonly Op[],
): Promise<{ op: Op; reason: Reason } | null> {
  // A person of that id could be invited, and would write as the server does, whatever their roles.
  const pen = group.find(
    ({ kind, record }) => kind === 'person' && (record as string) === asking.authority.serverPerson,
  );
  if (pen) return { op: pen, reason: { code: 'invalid', why: 'not a person' } };
  for (const op of group.filter(({ kind, unit }) => kind === 'person' && unit === 'profile')) {
    const email = (await findRecord(tx, asking.authority.id, op.record))?.email ?? null;
    const people = email === null ? [] : await peopleByEmail(tx, asking.authority.id, email);
    if (people.length > 1) return { op, reason: { code: 'invalid', why: 'email: another person has it' } };
  }
  for (const op of group.filter(({ kind, unit }) => kind === 'audit' && unit === 'imported')) {
    // Without its import nobody could find it again to undo it.
    const from = await findRecord(tx, asking.authority.id, op.value['import'] as RecordId);
    if (from?.kind !== 'import' || from.units['source'] === undefined) {
      return { op, reason: { code: 'invalid', why: 'import: not known' } };
    }
  }
  // What comes in from a file was allocated elsewhere, also to a team that works across services.
  const cameIn = new Set(group.filter(({ unit }) => unit === 'imported').map(({ record }) => record));
  for (const op of group.filter(({ kind, unit }) => kind === 'audit' && unit === 'allocation')) {
    if (cameIn.has(op.record)) continue;
    if (await isOfAnotherService(tx, asking, op)) {
      return { op, reason: { code: 'invalid', why: 'team: not of this service' } };
    }
  }
  const roles = group.find(({ kind, unit }) => kind === 'person' && unit === 'roles');
  if (roles && (await qaLeadsNow(tx, asking)).length === 0) {
    return { op: roles, reason: { code: 'invalid', why: 'grants: the last QA lead' } };
  }
  return null;
}

/** A team that was never in the service named with it. One that has moved since belongs to both: an audit keeps its time. */
async function isOfAnotherService(tx: Tx, { authority }: Asking, { value }: Op): Promise<boolean> {
  const { team, service } = value as unknown as AllocationValue;
  const id = team as string as RecordId;
  const isIn = (profile: unknown): boolean => (profile as Partial<TeamValue> | undefined)?.service === service;
  const found = await findRecord(tx, authority.id, id);
  if (found?.kind !== 'team' || isIn(found.units['profile']?.value)) return false;
  return !(await acceptedValues(tx, authority.id, id, 'profile')).some(isIn);
}
