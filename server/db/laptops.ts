/** Laptops as they have said of themselves, and those that are to forget their copy. */
import { sql } from 'kysely';
import type { Hash } from '../../src/domain/chain.ts';
import { revocationHash, revokedEntry } from '../../src/domain/server-chain.ts';
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import {
  revokeForms,
  type Contact,
  type LaptopRevocation,
  type LaptopShown,
  type RevokeForm,
} from '../../src/protocol/laptops.ts';
import { appendEntries } from './chain.ts';
import type { Tables, Tx } from './tables.ts';

export type LaptopRow = Tables['laptop'];

/** More are not listed: a council has some hundreds. */
const listLimit = 5_000;

export const findLaptop = (tx: Tx, authority: AuthorityId, device: DeviceId): Promise<LaptopRow | undefined> =>
  tx
    .selectFrom('laptop')
    .selectAll()
    .where('authority', '=', authority)
    .where('device', '=', device)
    .executeTakeFirst();

/** How a laptop is to forget its copy: the strongest word that was said; undefined for none. */
export async function findRevocation(
  tx: Tx,
  authority: AuthorityId,
  device: DeviceId,
): Promise<LaptopRevocation | undefined> {
  const rows = await tx
    .selectFrom('revocation')
    .selectAll()
    .where('authority', '=', authority)
    .where('device', '=', device)
    .execute();
  return strongest(rows);
}

/** The same of the copy that a laptop is, under whichever of its ids it was said: a copy is known by its key. */
export async function findRevocationOfCopy(
  tx: Tx,
  authority: AuthorityId,
  device: DeviceId,
): Promise<LaptopRevocation | undefined> {
  const sameCopy = tx
    .selectFrom('laptop as own')
    .innerJoin('laptop as other', (join) =>
      join
        .onRef('other.authority', '=', 'own.authority')
        .onRef('other.person', '=', 'own.person')
        .onRef('other.unlocked_hash', '=', 'own.unlocked_hash'),
    )
    .select('other.device')
    .where('own.authority', '=', authority)
    .where('own.device', '=', device);
  const rows = await tx
    .selectFrom('revocation')
    .selectAll()
    .where('authority', '=', authority)
    .where((eb) => eb.or([eb('device', '=', device), eb('device', 'in', sameCopy)]))
    .execute();
  return strongest(rows);
}

/** A laptop that is to be forgotten and has the key of this copy, and the strongest that was said of such a one. */
export const findRevokedByKey = (
  tx: Tx,
  authority: AuthorityId,
  person: PersonId,
  unlockedHash: string,
): Promise<(LaptopRow & { readonly form: string }) | undefined> =>
  tx
    .selectFrom('laptop')
    .innerJoin('revocation', (join) =>
      join.onRef('revocation.authority', '=', 'laptop.authority').onRef('revocation.device', '=', 'laptop.device'),
    )
    .selectAll('laptop')
    .select('revocation.form')
    .where('laptop.authority', '=', authority)
    .where('laptop.person', '=', person)
    .where('laptop.unlocked_hash', '=', unlockedHash)
    .orderBy(sql`revocation.form = 'stolen'`, 'desc')
    .orderBy('laptop.device')
    .limit(1)
    .executeTakeFirst();

/**
 * Of one person, or of everybody: those heard of last first. Where there are more than are listed, nobody's rows push another's out, nor
 * a copy's other ids another copy: of each person the copies heard of last come in first, by the device id heard of last.
 */
export async function laptopsOf(tx: Tx, authority: AuthorityId, person: PersonId | null): Promise<LaptopShown[]> {
  const rows = await tx
    .with('of_copies', (db) => {
      const all = db.selectFrom('laptop').selectAll().where('authority', '=', authority);
      return (person === null ? all : all.where('person', '=', person)).select(
        sql<number>`row_number() over (partition by person, coalesce(keyring, device) order by last_ms desc, device)`.as(
          'of_copy',
        ),
      );
    })
    .with('of_people', (db) =>
      db
        .selectFrom('of_copies')
        .selectAll()
        .select(
          sql<number>`row_number() over (partition by person order by of_copy, last_ms desc, device)`.as('of_person'),
        ),
    )
    .selectFrom('of_people')
    .selectAll()
    .orderBy('of_person')
    .orderBy('last_ms', 'desc')
    .orderBy('device')
    .limit(listLimit)
    .execute();
  const said = tx.selectFrom('revocation').selectAll().where('authority', '=', authority);
  const revocations = await (person === null ? said : said.where('person', '=', person)).execute();
  const byDevice = new Map<string, Tables['revocation'][]>();
  for (const each of revocations) byDevice.set(each.device, [...(byDevice.get(each.device) ?? []), each]);
  return rows
    .sort((a, b) => b.last_ms - a.last_ms || (a.device < b.device ? -1 : 1))
    .map((row) => shown(row, strongest(byDevice.get(row.device) ?? [])));
}

function shown(row: LaptopRow, revoked: LaptopRevocation | undefined): LaptopShown {
  const { unsent, unsent_ms, gone_ms } = row;
  return {
    device: row.device as DeviceId,
    person: row.person as PersonId,
    browser: row.browser,
    name: row.name,
    firstMs: row.first_ms,
    lastMs: row.last_ms,
    app: row.app,
    unsent: unsent === null || unsent_ms === null ? null : { count: unsent, atMs: unsent_ms },
    revoked: revoked ?? null,
    gaveMs: row.gave_ms,
    gone: gone_ms === null ? null : { atMs: gone_ms, givenUp: row.given_up ?? 0 },
  };
}

function strongest(rows: readonly Tables['revocation'][]): LaptopRevocation | undefined {
  const byForm = (row: Tables['revocation']): number => revokeForms.indexOf(row.form as RevokeForm);
  const [first] = [...rows].sort((a, b) => byForm(b) - byForm(a));
  return (
    first && {
      form: first.form as RevokeForm,
      by: first.by_person as PersonId,
      atMs: first.at_ms,
      reason: first.reason,
    }
  );
}

/** Every laptop there is: whose, and when it was first heard of. */
export const allLaptops = (
  tx: Tx,
  authority: AuthorityId,
): Promise<Pick<LaptopRow, 'device' | 'person' | 'first_ms'>[]> =>
  tx.selectFrom('laptop').select(['device', 'person', 'first_ms']).where('authority', '=', authority).execute();

/** A laptop that has not been heard of before; whether it has not. Nothing is changed where it has. */
export async function insertLaptop(
  tx: Tx,
  authority: AuthorityId,
  laptop: Pick<LaptopRow, 'device' | 'person' | 'keyring' | 'unlocked_hash' | 'browser'>,
  nowMs: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('laptop')
    .values({
      ...laptop,
      authority,
      name: '',
      proved_ms: laptop.unlocked_hash === null ? null : nowMs,
      first_ms: nowMs,
      last_ms: nowMs,
      app: null,
      unsent: null,
      unsent_ms: null,
      gave_ms: null,
      gone_ms: null,
      given_up: null,
    })
    .onConflict((conflict) => conflict.columns(['authority', 'device']).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

type Changes = Partial<
  Pick<LaptopRow, 'unlocked_hash' | 'proved_ms' | 'browser' | 'name' | 'last_ms' | 'unsent' | 'unsent_ms' | 'gave_ms'>
>;

export async function updateLaptop(tx: Tx, authority: AuthorityId, device: DeviceId, changes: Changes): Promise<void> {
  await tx.updateTable('laptop').set(changes).where('authority', '=', authority).where('device', '=', device).execute();
}

/** Keeps what a laptop of this person says of itself. Its keyring is what it was first: null keeps what is known. */
export async function saveContact(
  tx: Tx,
  authority: AuthorityId,
  { device, person }: { readonly device: DeviceId; readonly person: PersonId },
  { keyring, app, unsent }: Omit<Contact, 'keyring'> & { readonly keyring: string | null },
  nowMs: number,
): Promise<void> {
  await tx
    .updateTable('laptop')
    .set(({ fn, ref, val }) => ({
      keyring: fn.coalesce(ref('keyring'), val(keyring)),
      app,
      unsent,
      unsent_ms: nowMs,
      last_ms: nowMs,
    }))
    .where('authority', '=', authority)
    .where('device', '=', device)
    .where('person', '=', person)
    .execute();
}

/** The laptop of a keyring: with this device if it is known, else one that is to be forgotten. */
export const findByKeyring = (
  tx: Tx,
  authority: AuthorityId,
  keyring: string,
  device: DeviceId,
): Promise<LaptopRow | undefined> =>
  tx
    .selectFrom('laptop')
    .leftJoin('revocation', (join) =>
      join.onRef('revocation.authority', '=', 'laptop.authority').onRef('revocation.device', '=', 'laptop.device'),
    )
    .selectAll('laptop')
    .where('laptop.authority', '=', authority)
    .where('laptop.keyring', '=', keyring)
    .where((eb) => eb.or([eb('laptop.device', '=', device), eb('revocation.device', 'is not', null)]))
    .orderBy((eb) => eb('laptop.device', '=', device), 'desc')
    .orderBy('laptop.device')
    .limit(1)
    .executeTakeFirst();

/** The copy is no more: said once. */
export async function saveGone(
  tx: Tx,
  authority: AuthorityId,
  device: string,
  { nowMs, givenUp }: { readonly nowMs: number; readonly givenUp: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('laptop')
    .set({ gone_ms: nowMs, given_up: givenUp })
    .where('authority', '=', authority)
    .where('device', '=', device)
    .where('gone_ms', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Says that a laptop is to forget its copy, here and in the chain. False when that has been said in this form. */
export async function addRevocation(
  tx: Tx,
  authority: AuthorityId,
  said: LaptopRevocation & { readonly device: DeviceId; readonly person: PersonId },
  { hash, salt }: { readonly hash: Hash; readonly salt: string },
): Promise<boolean> {
  const { device, form, person, by, atMs, reason } = said;
  const sum = revocationHash(hash, salt, reason);
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('revocation')
    .values({ authority, device, form, person, by_person: by, at_ms: atMs, reason, salt, hash: sum })
    .onConflict((conflict) => conflict.columns(['authority', 'device', 'form']).doNothing())
    .executeTakeFirst();
  if ((numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
  await appendEntries(tx, authority, [revokedEntry({ device, form, person, by, atMs, hash: sum })]);
  return true;
}

/** All of them, for a verification and for the list outside the database. */
export const allRevocations = (tx: Tx, authority: AuthorityId): Promise<Tables['revocation'][]> =>
  tx.selectFrom('revocation').selectAll().where('authority', '=', authority).execute();
