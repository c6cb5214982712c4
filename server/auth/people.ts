/** What sign-in needs to know of people and of the authority: read from the same records that everybody syncs. */
import type { PersonId, RecordId } from '../../src/domain/ids.ts';
import { unitValue } from '../../src/domain/record.ts';
import { personFactsIn } from '../../src/domain/facts.ts';
import { hasRole, managesAccounts, mayManageAccount, type PersonFacts } from '../../src/domain/rights.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import type { AuthorityValue, PersonValue } from '../../src/domain/values.ts';
import { findPassword, isBlocked } from '../db/accounts.ts';
import { identitiesOf } from '../db/council-sign-ins.ts';
import type { Authority } from '../db/authorities.ts';
import { findRecord } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from '../sync/context.ts';
import { qaLeadsNow, readStanding } from '../sync/standing.ts';

export async function readProfile(tx: Tx, authority: Authority, person: PersonId): Promise<PersonValue | undefined> {
  const record = await findRecord(tx, authority.id, person as string as RecordId);
  return record?.kind === 'person' ? unitValue<PersonValue>(record.units, 'profile') : undefined;
}

/** What rights ask of a person: whether they were ever given the role of a QA lead. */
export const readPersonFacts = async (tx: Tx, { id }: Authority, person: PersonId): Promise<PersonFacts> =>
  personFactsIn(person, (await findRecord(tx, id, person as string as RecordId))?.units ?? {});

export async function readAuthorityName(tx: Tx, authority: Authority): Promise<string> {
  const record = await findRecord(tx, authority.id, settingsId as RecordId);
  return (record && unitValue<AuthorityValue>(record.units, 'authority')?.name) ?? '';
}

export const isQaLead = async (tx: Tx, asking: Asking): Promise<boolean> =>
  hasRole(await readStanding(tx, asking), 'qa-lead');

/** Whether whoever asks looks after the account of `person`; false as well where there is no such person. */
export async function looksAfter(tx: Tx, asking: Asking, person: PersonId): Promise<boolean> {
  const standing = await readStanding(tx, asking);
  const record = await findRecord(tx, asking.authority.id, person as string as RecordId);
  if (record?.kind !== 'person' || record.units['profile'] === undefined) return false;
  return mayManageAccount(standing, personFactsIn(person, record.units));
}

export const looksAfterAccounts = async (tx: Tx, asking: Asking): Promise<boolean> =>
  managesAccounts(await readStanding(tx, asking));

/** Whether somebody who can sign in is a QA lead today: with a password, or an account at the provider there is now. */
export async function hasWorkingQaLead(
  tx: Tx,
  asking: Omit<Asking, 'person'>,
  provider: { readonly issuer: string } | null,
): Promise<boolean> {
  for (const person of await qaLeadsNow(tx, asking)) {
    if (await isBlocked(tx, asking.authority.id, person)) continue;
    if ((await findPassword(tx, asking.authority.id, person)) !== undefined) return true;
    if (provider === null) continue;
    // As openid-client compares them: with or without the last slash.
    const wanted = new URL(provider.issuer).href;
    const identities = await identitiesOf(tx, asking.authority.id, person);
    if (identities.some(({ issuer }) => new URL(issuer).href === wanted)) return true;
  }
  return false;
}
