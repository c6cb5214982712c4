/**
 * Signs in somebody who has signed in at the council's provider. Their account there is bound to a person once, by email, and
 * from then on known by the provider's own name for it: an address that is given to somebody else later opens nothing.
 *
 * With a list of groups (`group-roles`) the directory decides: at each sign-in a person's roles become those of their groups,
 * also none, and who is new is added when a group gives them a role. A provider that says nothing of groups changes nobody's
 * roles: the claim may be misspelt. Without a list, QA leads add people and give roles. The last QA lead stays one.
 */
import type { JsonObject } from '../../src/domain/canonical.ts';
import { grantsOf } from '../../src/domain/facts.ts';
import { opId, type PersonId, type RecordId } from '../../src/domain/ids.ts';
import type { RoleGrant } from '../../src/domain/values.ts';
import type { Server } from '../context.ts';
import { ensureAccount, hasAccount, isBlocked, voidBefore } from '../db/accounts.ts';
import { findIdentity, hasIdentity, insertIdentity } from '../db/council-sign-ins.ts';
import { tell } from '../db/news.ts';
import { addNotice } from '../db/notices.ts';
import { findRecord, peopleByEmail } from '../db/records.ts';
import { deleteSecondFactor } from '../db/second-factors.ts';
import type { Tx } from '../db/tables.ts';
import type { Revocation, Revoked } from '../revoked.ts';
import { writeAsServer } from '../sync/pen.ts';
import { emailKey } from '../sync/rules.ts';
import { londonDay, qaLeadsNow } from '../sync/standing.ts';
import { accountHash } from './council-link.ts';
import { grantsOfGroups, type GroupRoles } from './group-roles.ts';
import type { CouncilAccount } from './openid.ts';
import { readPersonFacts, readProfile } from './people.ts';
import { startSession } from './sessions.ts';

export type CouncilSignedIn =
  | { readonly ok: true; readonly person: PersonId; readonly email: string; readonly session: string }
  /** `unknown`: nobody here has this account; `blocked`: they may not sign in; `groups`: too many to be listed, or none said. */
  | { readonly ok: false; readonly why: 'unknown' | 'blocked' | 'groups' };

interface CouncilAsk {
  readonly account: CouncilAccount;
  /** null when QA leads give the roles. */
  readonly mapping: GroupRoles | null;
  /** The session token that the browser sends, if any, and the hash of the one it had when this began: both end. */
  readonly earlier: string | undefined;
  readonly earlierHash: string | null;
}

export async function signInByCouncil(server: Server, ask: CouncilAsk): Promise<CouncilSignedIn> {
  const { database, authority, now, newId, randomBytes, revoked, log } = server;
  const { account, mapping, earlier, earlierHash } = ask;
  const { groups } = account;
  const isUnsaid = mapping !== null && groups === 'absent';
  const nowMs = now();
  const taken: Revocation[] = [];
  const result = await database.write(async (tx): Promise<CouncilSignedIn> => {
    taken.length = 0;
    if (mapping !== null && groups === 'too-many') return { ok: false, why: 'groups' };
    const grants =
      mapping === null || typeof groups === 'string'
        ? null
        : await grantsOfGroups(tx, authority.id, mapping, groups, londonDay(nowMs));
    const person = (await personOf(tx, server, account)) ?? (await added(tx, server, account, grants));
    if (person === null) return { ok: false, why: isUnsaid ? 'groups' : 'unknown' };
    if (await isBlocked(tx, authority.id, person)) return { ok: false, why: 'blocked' };
    const wasThere = await hasAccount(tx, authority.id, person);
    await ensureAccount(tx, authority.id, person, nowMs);
    if ((await findIdentity(tx, authority.id, account)) === undefined) {
      await insertIdentity(tx, authority.id, account, person);
      // Of whoever comes in for the first time there is nobody else to be told.
      if (wasThere) await addNotice(tx, authority.id, newId(), person, { kind: 'council-linked', atMs: nowMs });
      taken.push(...(await voidOtherWays(tx, server, person, nowMs)));
      // One that was untied before and is tied again is not to be untied at the next start.
      const known = { kind: 'council', person, account: accountHash(account) } as const;
      if (isUntied(revoked, known)) taken.push({ ...known, tied: true, atMs: nowMs });
    }
    if (grants !== null) await giveRoles(tx, server, person, grants, taken);
    const recovers = account.recovers ?? undefined;
    const session = await startSession(tx, authority, person, { nowMs, randomBytes, earlier, earlierHash, recovers });
    return { ok: true, person, email: (await readProfile(tx, authority, person))?.email ?? account.email, session };
  });
  revoked.add(...taken);
  if (result.ok && isUnsaid) log({ event: 'groups-missing', person: result.person });
  return result;
}

/**
 * A council account was tied to a record that somebody made for its person. Whoever made it, or has had a link for it, may have set a
 * password and a second factor first, and would be let in by them with the roles that the groups give: from now on the council's account alone opens it.
 * Not so of a QA lead, for whom nobody but QA leads makes a link. For the list outside the database.
 * `atMs`: as of when this sign-in is, which goes on.
 */
async function voidOtherWays(
  tx: Tx,
  { authority }: Server,
  person: PersonId,
  atMs: number,
): Promise<readonly Revocation[]> {
  if ((await readPersonFacts(tx, authority, person)).isQaLead) return [];
  await voidBefore(tx, authority.id, person, atMs + 1);
  await deleteSecondFactor(tx, authority.id, person);
  await tell(tx, { kind: 'sessions', person });
  return [
    { kind: 'password', person, atMs },
    { kind: 'factor', person, atMs },
  ];
}

function isUntied(
  revoked: Revoked,
  { person, account }: { readonly person: PersonId; readonly account: string },
): boolean {
  const last = revoked
    .list()
    .findLast((each) => each.kind === 'council' && each.person === person && each.account === account);
  return last?.kind === 'council' && !last.tied;
}

/** Whose account it is: by the provider's name for it, or, the first time, by email, when no other account is theirs. */
async function personOf(tx: Tx, { authority }: Server, account: CouncilAccount): Promise<PersonId | null> {
  const known = await findIdentity(tx, authority.id, account);
  if (known !== undefined) return known;
  const [person] = await peopleByEmail(tx, authority.id, emailKey(account.email));
  if (person === undefined) return null;
  return (await hasIdentity(tx, authority.id, account.issuer, person)) ? null : person;
}

/** A new person, when their groups give them a role and nobody has their email. */
async function added(
  tx: Tx,
  { authority, now, newId }: Server,
  { name, email }: CouncilAccount,
  grants: readonly RoleGrant[] | null,
): Promise<PersonId | null> {
  if (grants === null || grants.length === 0) return null;
  if ((await peopleByEmail(tx, authority.id, emailKey(email))).length > 0) return null;
  // Nobody is added before there is a QA lead who could see it.
  if (!makesQaLead(grants) && (await qaLeadsNow(tx, { authority, nowMs: now() })).length === 0) return null;
  const record = newId() as RecordId;
  await writeAsServer(tx, { authority, nowMs: now() }, newId, [
    { record, kind: 'person', unit: 'profile', value: { name, email } },
    { record, kind: 'person', unit: 'roles', value: { grants } as unknown as JsonObject },
  ]);
  return record as string as PersonId;
}

/** Makes the roles in force those of the groups, when they are others; dates of those that stay are kept. */
async function giveRoles(
  tx: Tx,
  { authority, now, newId }: Server,
  person: PersonId,
  wanted: readonly RoleGrant[],
  taken: Revocation[],
): Promise<void> {
  const nowMs = now();
  const today = londonDay(nowMs);
  const record = person as string as RecordId;
  const units = (await findRecord(tx, authority.id, record))?.units;
  const inForce = grantsOf(units ?? {}).filter(({ from, to }) => from <= today && (to === null || today <= to));
  const same = (one: RoleGrant, other: RoleGrant): boolean => reachOf(one) === reachOf(other);
  const isRight = inForce.length === wanted.length && wanted.every((one) => inForce.some((other) => same(one, other)));
  if (isRight) return;
  const leads = await qaLeadsNow(tx, { authority, nowMs });
  if (leads.every((lead) => lead === person) && !makesQaLead(wanted)) return;
  const grants = wanted.map((one) => inForce.find((other) => same(one, other)) ?? one);
  const value = { grants } as unknown as JsonObject;
  const { reply } = await writeAsServer(tx, { authority, nowMs }, newId, [
    { record, kind: 'person', unit: 'roles', value },
  ]);
  taken.push({ kind: 'roles', person, op: opId(authority.serverDevice, reply.acceptedTo), grants, atMs: nowMs });
}

const makesQaLead = (grants: readonly RoleGrant[]): boolean => grants.some(({ role }) => role === 'qa-lead');

const reachOf = ({ role, services, teams }: RoleGrant): string =>
  JSON.stringify([role, [...services].sort(), [...teams].sort()]);
