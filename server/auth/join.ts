/** Uses an invitation: sets the password, ends every earlier session of the person, signs in unless a second factor is due. */
import type { PersonId } from '../../src/domain/ids.ts';
import type { PersonValue } from '../../src/domain/values.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import type { Server } from '../context.ts';
import { hasAccount, isBlocked } from '../db/accounts.ts';
import { peopleByEmail } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import { emailKey } from '../sync/rules.ts';
import { makeFirstQaLead } from './first-qa-lead.ts';
import { invitedPerson } from './invitations.ts';
import { replacePassword, weakness } from './new-password.ts';
import { hasWorkingQaLead, readProfile } from './people.ts';
import { readFactor } from './second-factor.ts';
import { startSession } from './sessions.ts';

export interface JoinAsk {
  readonly token: string;
  readonly password: string;
  readonly profile: PersonValue | null;
  /** The session token the browser still has, if any. */
  readonly earlier: string | undefined;
}

export interface Joined {
  readonly person: PersonId;
  /** null when a second factor has to be shown: then the way in is signing in. */
  readonly session: string | null;
  /** When the password was set: earlier sessions, passwords and invitations are void. */
  readonly atMs: number;
}

const badInvitation = { ok: false, problem: { kind: 'bad-invitation' } } as const;

export async function join(server: Server, ask: JoinAsk): Promise<Result<Joined, ServerProblem>> {
  const { database, authority, now, passwords } = server;
  const invited = await database.read((tx) => invitedPerson(tx, authority, ask.token, now()));
  if (invited === undefined) return badInvitation;
  const { name = '', email = '' } = ask.profile ?? {};
  const weak = await database.read((tx) => weakness(tx, authority, invited, ask.password, [name, email]));
  if (weak !== null) return { ok: false, problem: weak };
  const hash = await passwords.hash(invited, ask.password);
  if (!hash.ok) return hash;
  // The invitation is looked at again where it is used up: of two at once, one gets in.
  return database.write((tx) => useInvitation(tx, server, ask, hash.value));
}

async function useInvitation(
  tx: Tx,
  server: Server,
  { token, profile, earlier }: JoinAsk,
  hash: string,
): Promise<Result<Joined, ServerProblem>> {
  const { authority, now, randomBytes } = server;
  const nowMs = now();
  const person = await invitedPerson(tx, authority, token, nowMs);
  if (person === undefined || (await isBlocked(tx, authority.id, person))) return badInvitation;
  const first = await firstProfile(tx, server, person, profile);
  if (!first.ok) return first;
  if (first.value) await makeFirstQaLead(tx, { authority, nowMs }, server, first.value);
  const wasThere = await hasAccount(tx, authority.id, person);
  await replacePassword(tx, server, person, { hash, atMs: nowMs, kind: wasThere ? 'password' : null });
  const { enrolled, required } = await readFactor(tx, server, person);
  if (enrolled || required) return { ok: true, value: { person, session: null, atMs: nowMs } };
  const session = await startSession(tx, authority, person, { nowMs, randomBytes, earlier });
  return { ok: true, value: { person, session, atMs: nowMs } };
}

/** What the first QA lead is to be called, when this person is to become it now; null for everybody else. */
async function firstProfile(
  tx: Tx,
  { authority, config, now }: Server,
  person: PersonId,
  given: PersonValue | null,
): Promise<Result<PersonValue | null, ServerProblem>> {
  const known = await readProfile(tx, authority, person);
  if (person !== authority.firstPerson) return known ? { ok: true, value: null } : badInvitation;
  const isWorking = await hasWorkingQaLead(tx, { authority, nowMs: now() }, config.openId);
  if (known && isWorking) return { ok: true, value: null };
  const profile = known ?? given;
  if (profile === null) return { ok: false, problem: { kind: 'bad-request', why: 'name and email are needed' } };
  const others = await peopleByEmail(tx, authority.id, emailKey(profile.email));
  if (others.some((other) => other !== person)) {
    return { ok: false, problem: { kind: 'bad-request', why: 'another person has this email' } };
  }
  return { ok: true, value: profile };
}
