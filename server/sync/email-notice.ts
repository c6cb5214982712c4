/**
 * Tells a person that somebody else has changed the email address that they sign in with: whoever has the new address could have a
 * council account tied to them.
 */
import type { PersonId } from '../../src/domain/ids.ts';
import { opId } from '../../src/domain/ids.ts';
import { unitValue, type Op, type Units } from '../../src/domain/record.ts';
import type { PersonValue } from '../../src/domain/values.ts';
import { hasAccount } from '../db/accounts.ts';
import { addNotice } from '../db/notices.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import type { Before } from './judge.ts';
import { emailKey } from './rules.ts';

const emailIn = (units: Units | undefined): string | undefined => {
  const email = units && unitValue<PersonValue>(units, 'profile')?.email;
  return email === undefined ? undefined : emailKey(email);
};

/** Of a group that stands: what it makes of its records is `after`. The notice goes by the op, so that there is one however often it comes. */
export async function tellOfNewEmails(
  tx: Tx,
  { authority, nowMs }: Omit<Asking, 'person'>,
  group: readonly Op[],
  before: Before,
  after: Before,
): Promise<void> {
  for (const { kind, unit, record, person: by, device, seq } of group) {
    const person = record as string as PersonId;
    if (kind !== 'person' || unit !== 'profile' || by === person) continue;
    const was = emailIn(before.get(record)?.units);
    if (was === undefined || was === emailIn(after.get(record)?.units)) continue;
    if (!(await hasAccount(tx, authority.id, person))) continue;
    await addNotice(tx, authority.id, opId(device, seq), person, { kind: 'email-changed', atMs: nowMs });
  }
}
