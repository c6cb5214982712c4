/**
 * Signs a person in by email and password. An unknown email, a person without a password or who may not sign in, and a wrong
 * password answer alike.
 */
import type { PersonId } from '../../src/domain/ids.ts';
import type { ServerProblem } from '../../src/protocol/problem.ts';
import type { Server } from '../context.ts';
import { findPassword, isBlocked } from '../db/accounts.ts';
import { peopleByEmail } from '../db/records.ts';
import { emailKey } from '../sync/rules.ts';
import { startSession } from './sessions.ts';

export interface SignInAsk {
  readonly email: string;
  readonly password: string;
  /** The session token the browser still has, if any: it ends. */
  readonly earlier: string | undefined;
  /** The keyring whose recovery secret this sign-in is to fetch. */
  readonly recovers: string | undefined;
}

/** `person` with a refusal is for the log alone. */
export type SignedIn =
  | { readonly ok: true; readonly person: PersonId; readonly session: string }
  | { readonly ok: false; readonly problem: ServerProblem; readonly person: PersonId | undefined };

const busyForSeconds = 15;

export async function signIn(server: Server, { email, password, earlier, recovers }: SignInAsk): Promise<SignedIn> {
  const { database, authority, passwords, now, randomBytes } = server;
  const { person, stored } = await database.read(async (tx) => {
    const [found] = await peopleByEmail(tx, authority.id, emailKey(email));
    const may = found !== undefined && !(await isBlocked(tx, authority.id, found));
    return { person: found, stored: may ? await findPassword(tx, authority.id, found) : undefined };
  });
  if (passwords.busy()) {
    return { ok: false, problem: { kind: 'too-many-tries', retryAfterSeconds: busyForSeconds }, person };
  }
  if (!(await passwords.verify(password, stored)) || person === undefined) {
    return { ok: false, problem: { kind: 'wrong-credentials' }, person };
  }
  const session = await database.write((tx) =>
    startSession(tx, authority, person, { nowMs: now(), randomBytes, earlier, recovers }),
  );
  return { ok: true, person, session };
}
