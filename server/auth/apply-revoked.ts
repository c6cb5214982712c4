/** At every start: takes again what the list says was taken, where the database is one from before (docs/protocol.md, Sessions). */
import { canonical, type Json, type JsonObject } from '../../src/domain/canonical.ts';
import { grantsOf } from '../../src/domain/facts.ts';
import { parseOpId, type DeviceId, type PersonId, type RecordId } from '../../src/domain/ids.ts';
import type { RoleGrant } from '../../src/domain/values.ts';
import type { RevokeForm } from '../../src/protocol/laptops.ts';
import type { Server } from '../context.ts';
import { deleteInvitationsBy, isBlocked, saveBlocked, voidBefore } from '../db/accounts.ts';
import { deleteIdentity, identitiesOf } from '../db/council-sign-ins.ts';
import { addRevocation, allLaptops, allRevocations, findLaptop, insertLaptop } from '../db/laptops.ts';
import { deleteFactorBefore } from '../db/second-factors.ts';
import { deleteSession, deleteSessionsBefore, deleteSessionsOf, deleteSessionsOfLaptop } from '../db/sessions.ts';
import { storedResults } from '../db/ops.ts';
import { findRecord } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import type { Revocation } from '../revoked.ts';
import { sha256 } from '../sync/context.ts';
import { writeWith } from '../sync/pen.ts';
import { qaLeadsNow } from '../sync/standing.ts';
import { accountHash } from './council-link.ts';
import { listed } from './revoke-laptop.ts';
import { absoluteMs } from './sessions.ts';

type Untied = Extract<Revocation, { kind: 'council' }>;
type RolesTaken = Extract<Revocation, { kind: 'roles' }>;

export async function applyRevoked(server: Server): Promise<void> {
  const { database, authority, revoked, newId, now } = server;
  const roles = new Map<PersonId, RolesTaken>();
  const passwords = new Map<PersonId, number>();
  const sessions: string[] = [];
  const factors = new Map<PersonId, number>();
  const councils = new Map<string, Untied>();
  const blocked = new Map<PersonId, number | null>();
  for (const each of revoked.list()) {
    if (each.kind === 'session' && now() - each.atMs < absoluteMs) sessions.push(each.tokenHash);
    if (each.kind === 'password') passwords.set(each.person, each.atMs);
    if (each.kind === 'roles') roles.set(each.person, each);
    if (each.kind === 'factor') factors.set(each.person, each.atMs);
    if (each.kind === 'council') councils.set(`${each.person} ${each.account}`, each);
    if (each.kind === 'access') blocked.set(each.person, each.blocked ? each.atMs : null);
  }
  await applyLaptops(server);
  await applyOwners(server);
  await database.write(async (tx) => {
    for (const tokenHash of sessions) await deleteSession(tx, authority.id, tokenHash);
    for (const [person, atMs] of passwords) await voidBefore(tx, authority.id, person, atMs);
    for (const [person, atMs] of factors) {
      await deleteFactorBefore(tx, authority.id, person, atMs);
      await deleteSessionsBefore(tx, authority.id, person, atMs);
    }
    for (const each of councils.values()) if (!each.tied) await untieAgain(tx, authority.id, each);
    for (const [person, atMs] of blocked) {
      if (atMs === null || (await isBlocked(tx, authority.id, person))) continue;
      await saveBlocked(tx, authority.id, person, atMs, now());
      await deleteSessionsOf(tx, authority.id, person);
      await deleteInvitationsBy(tx, authority.id, person);
    }
    for (const taken of roles.values()) {
      const grants = await stillTooMuch(tx, authority.id, taken);
      if (grants === null || (await wouldLeaveNoQaLead(tx, { authority, nowMs: now() }, taken))) continue;
      const record = taken.person as string as RecordId;
      // A device of its own for each, so that no op has the id of one that was lost.
      const pen = { person: authority.serverPerson, device: newId() as DeviceId };
      const value = { grants } as unknown as JsonObject;
      await writeWith(tx, authority, pen, newId, [
        { atMs: now(), edits: [{ record, kind: 'person', unit: 'roles', value }] },
      ]);
    }
  });
}

async function untieAgain(
  tx: Tx,
  authority: Server['authority']['id'],
  { person, account, atMs }: Untied,
): Promise<void> {
  for (const identity of await identitiesOf(tx, authority, person))
    if (accountHash(identity) === account) await deleteIdentity(tx, authority, identity);
  await deleteSessionsBefore(tx, authority, person, atMs);
}

/** The laptops of the list are to forget their copy, whatever the database knows of them; and the list has those that it knows of. */
async function applyLaptops({ database, authority, revoked, newId, now }: Server): Promise<void> {
  const lines = revoked.list().flatMap((each) => (each.kind === 'device' ? [each] : []));
  const keyOf = (each: { readonly device: string; readonly form: string }): string => `${each.device} ${each.form}`;
  const isListed = new Set(lines.map(keyOf));
  const unlisted = await database.write(async (tx) => {
    for (const line of lines) {
      const { device, person, keyring, unlockedHash: unlocked_hash, browser } = line;
      await insertLaptop(tx, authority.id, { device, person, keyring, unlocked_hash, browser }, now());
      const isNew = await addRevocation(tx, authority.id, line, { hash: sha256, salt: newId() });
      if (isNew) await deleteSessionsOfLaptop(tx, authority.id, { person, device, unlockedHash: unlocked_hash });
    }
    const found = [];
    for (const row of await allRevocations(tx, authority.id)) {
      const laptop = isListed.has(keyOf(row)) ? undefined : await findLaptop(tx, authority.id, row.device as DeviceId);
      if (laptop === undefined) continue;
      const { form, by_person: by, at_ms: atMs, reason } = row;
      found.push(listed(laptop, { form: form as RevokeForm, by: by as PersonId, atMs, reason }));
    }
    return found;
  });
  revoked.add(...unlisted);
}

/**
 * Whose each laptop is, as the list says where the database has lost it: nobody else takes its id before it is back. It was heard of when the
 * list says, and nothing more is known of it. And the list has those that the database knows of.
 */
async function applyOwners({ database, authority, revoked }: Server): Promise<void> {
  const lines = revoked.list().flatMap((each) => (each.kind === 'laptop' ? [each] : []));
  const isListed = new Set<string>(lines.map(({ device }) => device));
  const unlisted = await database.write(async (tx) => {
    const laptops = await allLaptops(tx, authority.id);
    const isHere = new Set(laptops.map(({ device }) => device));
    const lost = lines.filter(({ device }) => !isHere.has(device));
    for (const { device, person, atMs } of lost)
      await insertLaptop(tx, authority.id, { device, person, keyring: null, unlocked_hash: null, browser: '' }, atMs);
    return laptops.filter(({ device }) => !isListed.has(device));
  });
  revoked.add(
    ...unlisted.map(({ device, person, first_ms: atMs }) => ({
      kind: 'laptop' as const,
      device: device as DeviceId,
      person: person as PersonId,
      atMs,
    })),
  );
}

/** The grants somebody may keep, when the database has lost the change of their roles and gives them more; null otherwise. */
async function stillTooMuch(
  tx: Tx,
  authority: Server['authority']['id'],
  { person, op, grants }: RolesTaken,
): Promise<RoleGrant[] | null> {
  const { device, seq } = parseOpId(op);
  if ((await storedResults(tx, authority, device, seq, seq)).length > 0) return null;
  const record = await findRecord(tx, authority, person as string as RecordId);
  if (record === undefined) return null;
  const allowed = new Set(grants.map(textOf));
  const now = grantsOf(record.units);
  const kept = now.filter((grant) => allowed.has(textOf(grant)));
  return kept.length < now.length ? kept : null;
}

const textOf = (grant: RoleGrant): string => canonical(grant as unknown as Json);

/** Nobody could give a role to anybody any more: then the roles stay until the QA lead's laptop brings the change back. */
async function wouldLeaveNoQaLead(
  tx: Tx,
  asking: Parameters<typeof qaLeadsNow>[1],
  { person }: RolesTaken,
): Promise<boolean> {
  const leads = await qaLeadsNow(tx, asking);
  // Also where none is in force today: who becomes the next one is asked after this.
  return leads.every((lead) => lead === person);
}
