/** Uses an invitation: sets the password, ends every earlier session of the person, signs in. */
import type { PersonId } from '../../src/domain/ids.ts';
import type { PersonValue } from '../../src/domain/values.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import { passwordMinimum } from '../../src/protocol/session.ts';
import type { Server } from '../context.ts';
import { deleteInvitationsOf, deleteSessionsOf, savePassword } from '../db/accounts.ts';
import { tell } from '../db/news.ts';
import { peopleByEmail } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import { emailKey } from '../sync/rules.ts';
import { makeFirstQaLead } from './first-qa-lead.ts';
import { invitedPerson } from './invitations.ts';
import { hasWorkingQaLead, readProfile } from './people.ts';
import { isLongEnough } from './passwords.ts';
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
  readonly session: string;
  /** When the password was set: earlier sessions, passwords and invitations are void. */
  readonly atMs: number;
}

const badInvitation = { ok: false, problem: { kind: 'bad-invitation' } } as const;

export async function join(server: Server, ask: JoinAsk): Promise<Result<Joined, ServerProblem>> {
  const { database, authority, now, passwords } = server;
  const invited = await database.read((tx) => invitedPerson(tx, authority, ask.token, now()));
  if (invited === undefined) return badInvitation;
  if (!isLongEnough(ask.password)) {
    return { ok: false, problem: { kind: 'weak-password', minimum: passwordMinimum } };
  }
  const hash = await passwords.hash(ask.password);
  // The invitation is looked at again where it is used up: of two at once, one gets in.
  return database.write((tx) => useInvitation(tx, server, ask, hash));
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
  if (person === undefined) return badInvitation;
  const first = await firstProfile(tx, server, person, profile);
  if (!first.ok) return first;
  if (first.value) await makeFirstQaLead(tx, { authority, nowMs }, server, first.value);
  await savePassword(tx, authority.id, person, hash, nowMs);
  await deleteInvitationsOf(tx, authority.id, person);
  await deleteSessionsOf(tx, authority.id, person);
  await tell(tx, { kind: 'sessions', person });
  const session = await startSession(tx, authority, person, { nowMs, randomBytes, earlier });
  return { ok: true, value: { person, session, atMs: nowMs } };
}

/** What the first QA lead is to be called, when this person is to become it now; null for everybody else. */
async function firstProfile(
  tx: Tx,
  { authority, now }: Server,
  person: PersonId,
  given: PersonValue | null,
): Promise<Result<PersonValue | null, ServerProblem>> {
  const known = await readProfile(tx, authority, person);
  if (person !== authority.firstPerson) return known ? { ok: true, value: null } : badInvitation;
  const isWorking = await hasWorkingQaLead(tx, { authority, nowMs: now() });
  if (known && isWorking) return { ok: true, value: null };
  const profile = known ?? given;
  if (profile === null) return { ok: false, problem: { kind: 'bad-request', why: 'name and email are needed' } };
  const others = await peopleByEmail(tx, authority.id, emailKey(profile.email));
  if (others.some((other) => other !== person)) {
    return { ok: false, problem: { kind: 'bad-request', why: 'another person has this email' } };
  }
  return { ok: true, value: profile };
}
