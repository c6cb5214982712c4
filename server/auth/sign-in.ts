/**
 * Signs a person in by email and password, and a code where they have a second factor. An unknown email, a person without a
 * password or who may not sign in, and a wrong password answer alike. Whether a code is wanted is said to the right password
 * alone. What is taken from somebody while their password is being checked counts: the write that starts the session asks again.
 */
import type { PersonId } from '../../src/domain/ids.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import type { Server } from '../context.ts';
import { findPassword, isBlocked } from '../db/accounts.ts';
import { peopleByEmail } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import { emailKey } from '../sync/rules.ts';
import { confirm, enrol, readFactor, takeCode } from './second-factor.ts';
import { startSession } from './sessions.ts';

export interface SignInAsk {
  readonly email: string;
  readonly password: string;
  readonly code: string | undefined;
  /** The session token the browser still has, if any: it ends. */
  readonly earlier: string | undefined;
  /** The keyring whose recovery secret this sign-in is to fetch. */
  readonly recovers: string | undefined;
}

/** `person` with a refusal is for the log alone. */
export type SignedIn =
  | {
      readonly ok: true;
      readonly person: PersonId;
      readonly session: string;
      /** A second factor was set up on the way in. */
      readonly isFactorSet: boolean;
    }
  | { readonly ok: false; readonly problem: ServerProblem; readonly person: PersonId | undefined };

export async function signIn(server: Server, ask: SignInAsk): Promise<SignedIn> {
  const { database, authority, passwords, now, randomBytes } = server;
  const { email, password, code, earlier, recovers } = ask;
  const { person, stored } = await database.read(async (tx) => {
    const [found] = await peopleByEmail(tx, authority.id, emailKey(email));
    const may = found !== undefined && !(await isBlocked(tx, authority.id, found));
    return { person: found, stored: may ? await findPassword(tx, authority.id, found) : undefined };
  });
  const shown = await passwords.verify(person ?? emailKey(email), password, stored);
  if (!shown.ok) return { ok: false, problem: shown.problem, person };
  if (!shown.value || person === undefined) {
    return { ok: false, problem: { kind: 'wrong-credentials' }, person };
  }
  return database.write(async (tx) => {
    const isTaken =
      (await isBlocked(tx, authority.id, person)) || (await findPassword(tx, authority.id, person)) !== stored;
    if (isTaken) return { ok: false, problem: { kind: 'wrong-credentials' }, person };
    const factor = await secondFactor(tx, server, person, code);
    if (!factor.ok) return { ok: false, problem: factor.problem, person };
    const session = await startSession(tx, authority, person, { nowMs: now(), randomBytes, earlier, recovers });
    return { ok: true, person, session, isFactorSet: factor.value === 'set' };
  });
}

/** What became of the second factor after the right password: none needed, a code of it taken, or set up now; or what stands in the way. */
async function secondFactor(
  tx: Tx,
  server: Server,
  person: PersonId,
  code: string | undefined,
): Promise<Result<'none' | 'taken' | 'set', ServerProblem>> {
  const { enrolled, required } = await readFactor(tx, server, person);
  if (!enrolled && !required) return { ok: true, value: 'none' };
  if (code === undefined) {
    if (enrolled) return { ok: false, problem: { kind: 'second-factor' } };
    return { ok: false, problem: { kind: 'enrol', enrolment: await enrol(tx, server, person) } };
  }
  const isRight = await (enrolled ? takeCode : confirm)(tx, server, person, code);
  return isRight ? { ok: true, value: enrolled ? 'taken' : 'set' } : { ok: false, problem: { kind: 'wrong-code' } };
}
