/** A new password, by a link or by its person: what it may not be, and what ends with the old one. */
import type { PersonId } from '../../src/domain/ids.ts';
import { secretMinimum, weaknessOf } from '../../src/domain/secrets.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import type { Server } from '../context.ts';
import { deleteInvitationsOf, findPassword, isBlocked, savePassword } from '../db/accounts.ts';
import type { Authority } from '../db/authorities.ts';
import { tell } from '../db/news.ts';
import { addNotice, type NewNotice } from '../db/notices.ts';
import { deleteSessionsOf, findSession, insertSession, type SessionRow } from '../db/sessions.ts';
import type { Tx } from '../db/tables.ts';
import { readAuthorityName, readProfile } from './people.ts';
import { readFactor, takeCode } from './second-factor.ts';
import { newToken, tokenHash } from './tokens.ts';

/** Why a password will not do for this person, whose and whose council's names it may not be made of; `also` are more of them. */
export async function weakness(
  tx: Tx,
  authority: Authority,
  person: PersonId,
  password: string,
  also: readonly string[] = [],
): Promise<ServerProblem | null> {
  const { name = '', email = '' } = (await readProfile(tx, authority, person)) ?? {};
  const why = weaknessOf(password, [name, email, await readAuthorityName(tx, authority), ...also]);
  return why === null ? null : { kind: 'weak-password', minimum: secretMinimum, why };
}

/** The password is this from now on; links to set one and all sessions end, and whoever had one before is told, as `kind` says. */
export async function replacePassword(
  tx: Tx,
  { authority, newId }: Server,
  person: PersonId,
  { hash, atMs, kind }: { readonly hash: string; readonly atMs: number; readonly kind: NewNotice['kind'] | null },
): Promise<void> {
  await savePassword(tx, authority.id, person, hash, atMs);
  await deleteInvitationsOf(tx, authority.id, person);
  await deleteSessionsOf(tx, authority.id, person);
  await tell(tx, { kind: 'sessions', person });
  if (kind !== null) await addNotice(tx, authority.id, newId(), person, { kind, atMs });
}

export interface ChangeAsk {
  /** The stored form of the password that was shown, as it was compared. */
  readonly shown: string;
  readonly password: string;
  /** Of the second factor, where there is one: what begins a session anew is what signing in asks for. */
  readonly code: string | undefined;
}

export interface Changed {
  /** The token of the session that stays, under a new name. */
  readonly session: string;
  /** When it was changed: earlier sessions, passwords and invitations are void. */
  readonly atMs: number;
}

/** Changes a person's own password. Of their sessions only the one that asks goes on, and still belongs to the copy it did. */
export async function changePassword(
  server: Server,
  session: SessionRow,
  { shown, password, code }: ChangeAsk,
): Promise<Result<Changed, ServerProblem>> {
  const { database, authority, now, passwords, randomBytes } = server;
  const { person } = session;
  const weak = await database.read((tx) => weakness(tx, authority, person, password));
  if (weak !== null) return { ok: false, problem: weak };
  const hash = await passwords.hash(person, password);
  if (!hash.ok) return hash;
  return database.write(async (tx) => {
    const refused = (kind: 'signed-out' | 'wrong-credentials' | 'second-factor' | 'wrong-code') =>
      ({ ok: false, problem: { kind } }) as const;
    // What was taken from somebody while it was being compared counts, as at signing in.
    const isOver = (await findSession(tx, authority.id, session.tokenHash)) === undefined;
    if (isOver || (await isBlocked(tx, authority.id, person))) return refused('signed-out');
    if ((await findPassword(tx, authority.id, person)) !== shown) return refused('wrong-credentials');
    if ((await readFactor(tx, server, person)).enrolled) {
      if (code === undefined) return refused('second-factor');
      if (!(await takeCode(tx, server, person, code))) return refused('wrong-code');
    }
    const atMs = now();
    await replacePassword(tx, server, person, { hash: hash.value, atMs, kind: 'password-changed' });
    const token = newToken(randomBytes);
    const renewed = { tokenHash: tokenHash(token), signedInMs: atMs, seenMs: atMs, recovers: null };
    await insertSession(tx, authority.id, { ...session, ...renewed });
    return { ok: true, value: { session: token, atMs } };
  });
}
