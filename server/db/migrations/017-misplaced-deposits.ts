/**
 * Older code took a recovery secret for whoever was signed in in the browser, not for the person whose copy it was. Such a deposit
 * goes, so that it neither opens the copy nor keeps its own person out: where another person has pushed with the device, or has
 * been heard of with it. 014 listed laptops by deposits: one that nobody has been heard of with since is its pusher's.
 */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update laptop set keyring = null, person = (
      select d.person from device d where d.authority = laptop.authority and d.device = laptop.device
    )
    where browser = '' and unlocked_hash is null and app is null and exists (
      select 1 from device d
      where d.authority = laptop.authority and d.device = laptop.device and d.person <> laptop.person
    )
  `.execute(db);
  await sql`
    delete from recovery where exists (
      select 1 from device d
      where d.authority = recovery.authority and d.device = recovery.device and d.person <> recovery.person
    ) or exists (
      select 1 from laptop l
      where l.authority = recovery.authority and l.device = recovery.device and l.person <> recovery.person
        and (l.browser <> '' or l.unlocked_hash is not null or l.app is not null)
    )
  `.execute(db);
}
