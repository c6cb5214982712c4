/**
 * Says that a laptop is to forget its copy (docs/protocol.md, Laptops). Its sessions end; its person's other laptops go on. It
 * is kept with who, when and why, in the chain, and in the list outside the database.
 */
import type { DeviceId, PersonId } from '../../src/domain/ids.ts';
import { mayRevoke } from '../../src/domain/rights.ts';
import type { LaptopRevocation, RevokeForm } from '../../src/protocol/laptops.ts';
import type { Server } from '../context.ts';
import { addRevocation, findLaptop, findRevocation, type LaptopRow } from '../db/laptops.ts';
import { tell } from '../db/news.ts';
import { addNotice } from '../db/notices.ts';
import { deleteSessionsOfLaptop } from '../db/sessions.ts';
import type { Revocation } from '../revoked.ts';
import { sha256 } from '../sync/context.ts';
import { readStanding } from '../sync/standing.ts';
import { readPersonFacts } from './people.ts';

interface Asked {
  readonly device: DeviceId;
  readonly form: RevokeForm;
  readonly reason: string;
}

/** False when there is no such laptop for the one who asks. What was said already in this form, or more strongly, stands. */
export async function revokeLaptop(server: Server, by: PersonId, { device, form, reason }: Asked): Promise<boolean> {
  const { database, authority, now, newId } = server;
  const atMs = now();
  const done = await database.write(async (tx) => {
    const laptop = await findLaptop(tx, authority.id, device);
    const standing = await readStanding(tx, { authority, person: by, nowMs: atMs });
    if (laptop === undefined || !mayRevoke(standing, await readPersonFacts(tx, authority, laptop.person as PersonId)))
      return null;
    const before = await findRevocation(tx, authority.id, device);
    // Whoever has a laptop may say for it that its copy is gone: that it was stolen can be said after that too.
    if (before?.form === 'stolen' || (laptop.gone_ms !== null && form === 'lost')) return { laptop, revoked: null };
    const person = laptop.person as PersonId;
    const revoked: LaptopRevocation = { form, by, atMs, reason };
    const isNew = await addRevocation(
      tx,
      authority.id,
      { ...revoked, device, person },
      { hash: sha256, salt: newId() },
    );
    if (!isNew) return { laptop, revoked: null };
    await deleteSessionsOfLaptop(tx, authority.id, { person, device, unlockedHash: laptop.unlocked_hash });
    await tell(tx, { kind: 'sessions', person });
    if (by !== person) await addNotice(tx, authority.id, newId(), person, { kind: `laptop-${form}`, atMs });
    return { laptop, revoked };
  });
  if (done === null) return false;
  if (done.revoked !== null) tellRevoked(server, done.laptop, done.revoked);
  return true;
}

/** After the commit: the list outside the database, and the log. */
export function tellRevoked({ revoked, log }: Server, laptop: LaptopRow, said: LaptopRevocation): void {
  revoked.add(listed(laptop, said));
  const { form, by } = said;
  log({ event: 'laptop-revoked', person: laptop.person as PersonId, device: laptop.device, form, by });
}

/** A revocation as the list outside the database has it. */
export const listed = (
  { device, person, keyring, unlocked_hash: unlockedHash, browser }: LaptopRow,
  { form, by, reason, atMs }: LaptopRevocation,
): Extract<Revocation, { kind: 'device' }> => ({
  kind: 'device',
  device: device as DeviceId,
  person: person as PersonId,
  form,
  by,
  reason,
  keyring,
  unlockedHash,
  browser,
  atMs,
});
