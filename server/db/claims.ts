/** Whose devices, keyrings and copies are, by all that is known of them, and how many a person has begun with. Read alone. */
import { sql } from 'kysely';
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { Tx } from './tables.ts';

/** Whether a device that is not in the list is another person's. */
export const hasDeviceOfAnother = async (
  tx: Tx,
  authority: AuthorityId,
  device: DeviceId,
  person: PersonId,
): Promise<boolean> => (await usersOf(tx, authority, device)).some((user) => user !== person);

/** Whether a device that is not in the list is this person's, and nobody else's. */
export async function hasDeviceOfPerson(
  tx: Tx,
  authority: AuthorityId,
  device: DeviceId,
  person: PersonId,
): Promise<boolean> {
  const users = await usersOf(tx, authority, device);
  return users.length > 0 && users.every((user) => user === person);
}

/** Whoever pushed with a device has it; where nobody did, whoever deposited a secret of it. */
async function usersOf(tx: Tx, authority: AuthorityId, device: DeviceId): Promise<readonly string[]> {
  for (const table of ['device', 'recovery'] as const) {
    const rows = await tx
      .selectFrom(table)
      .select('person')
      .where('authority', '=', authority)
      .where('device', '=', device)
      .execute();
    if (rows.length > 0) return rows.map(({ person }) => person);
  }
  return [];
}

/**
 * Whether a keyring is another person's: whoever has a laptop of it in the list has it; where nobody does, whoever deposited its
 * secret.
 */
export async function hasKeyringOfAnother(
  tx: Tx,
  authority: AuthorityId,
  keyring: string,
  person: PersonId,
): Promise<boolean> {
  for (const table of ['laptop', 'recovery'] as const) {
    const rows = await tx
      .selectFrom(table)
      .select('person')
      .where('authority', '=', authority)
      .where('keyring', '=', keyring)
      .execute();
    if (rows.length > 0) return rows.some((row) => row.person !== person);
  }
  return false;
}

/** Whether a person has a laptop of this keyring in the list. */
export async function hasLaptopOfKeyring(
  tx: Tx,
  authority: AuthorityId,
  keyring: string,
  person: PersonId,
): Promise<boolean> {
  const row = await tx
    .selectFrom('laptop')
    .select('device')
    .where('authority', '=', authority)
    .where('keyring', '=', keyring)
    .where('person', '=', person)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many copies of a person were heard of first after `sinceMs`. The device ids of one keyring are one copy. */
export async function newCopiesOf(tx: Tx, authority: AuthorityId, person: PersonId, sinceMs: number): Promise<number> {
  const { count } = await tx
    .selectFrom('laptop')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('first_ms', '>', sinceMs)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('laptop as before')
            .select('before.device')
            .whereRef('before.authority', '=', 'laptop.authority')
            .whereRef('before.person', '=', 'laptop.person')
            .whereRef('before.keyring', '=', 'laptop.keyring')
            .where(sql<boolean>`(before.first_ms, before.device) < (laptop.first_ms, laptop.device)`),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** How many device ids of a keyring were heard of first after `sinceMs`. */
export async function newDevicesOf(tx: Tx, authority: AuthorityId, keyring: string, sinceMs: number): Promise<number> {
  const { count } = await tx
    .selectFrom('laptop')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('authority', '=', authority)
    .where('keyring', '=', keyring)
    .where('first_ms', '>', sinceMs)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Whether a person has ever had a laptop. */
export async function hasLaptop(tx: Tx, authority: AuthorityId, person: PersonId): Promise<boolean> {
  const row = await tx
    .selectFrom('laptop')
    .select('device')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a copy of this person, by its key, was known before this time. */
export async function isCopyBefore(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  { unlockedHash, beforeMs }: { readonly unlockedHash: string; readonly beforeMs: number },
): Promise<boolean> {
  const row = await tx
    .selectFrom('laptop')
    .select('device')
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('unlocked_hash', '=', unlockedHash)
    .where('proved_ms', '<', beforeMs)
    .executeTakeFirst();
  return row !== undefined;
}

/** The key of the copy of a keyring; null where none has been shown, or more than one. */
export async function keyOfKeyring(
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  keyring: string,
): Promise<string | null> {
  const rows = await tx
    .selectFrom('laptop')
    .select('unlocked_hash')
    .distinct()
    .where('authority', '=', authority)
    .where('person', '=', person)
    .where('keyring', '=', keyring)
    .execute();
  return rows.length === 1 ? (rows[0]?.unlocked_hash ?? null) : null;
}
