/** What somebody who is signed in may do only by showing their password once more. */
import type { FastifyRequest } from 'fastify';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import { findPassword } from '../db/accounts.ts';
import type { SessionRow } from '../db/sessions.ts';
import type { Api } from './envelope.ts';

/** Does `work`, told the stored form, when the password is the person's; what goes wrong in either counts as a try. */
export async function withPassword<T>(
  { server, tries }: Api,
  request: FastifyRequest,
  { person }: SessionRow,
  password: string,
  work: (stored: string) => Promise<Result<T, ServerProblem>>,
): Promise<Result<T, ServerProblem>> {
  const { database, authority, passwords } = server;
  const tried = await tries.begin(request, person);
  if (tried.problem) return { ok: false, problem: tried.problem };
  const stored = await database.read((tx) => findPassword(tx, authority.id, person));
  if (!(await passwords.verify(password, stored)) || stored === undefined)
    return { ok: false, problem: { kind: 'wrong-credentials' } };
  const result = await work(stored);
  // A password that is to be better is no guess.
  if (result.ok || result.problem.kind === 'weak-password') await tried.succeeded();
  return result;
}
