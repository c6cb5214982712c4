/** What somebody who is signed in may do only by showing their password once more. */
import type { FastifyRequest } from 'fastify';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import { findPassword } from '../db/accounts.ts';
import type { SessionRow } from '../db/sessions.ts';
import type { Api } from './envelope.ts';

/** Does `work`, told the stored form, when the password is the person's; both together are one try. */
export function withPassword<T>(
  { server, tries }: Api,
  request: FastifyRequest,
  { person }: SessionRow,
  password: string,
  work: (stored: string) => Promise<Result<T, ServerProblem>>,
): Promise<Result<T, ServerProblem>> {
  const { database, authority, passwords } = server;
  return tries.attempt(request, person, async () => {
    const stored = await database.read((tx) => findPassword(tx, authority.id, person));
    const shown = await passwords.verify(person, password, stored);
    if (!shown.ok) return shown;
    if (!shown.value || stored === undefined) return { ok: false, problem: { kind: 'wrong-credentials' } };
    return work(stored);
  });
}

/** The same for whoever has a password here; a council account alone has none to show. */
export async function withPasswordIfAny<T>(
  api: Api,
  request: FastifyRequest,
  session: SessionRow,
  password: string | undefined,
  work: () => Promise<Result<T, ServerProblem>>,
): Promise<Result<T, ServerProblem>> {
  const { database, authority } = api.server;
  const stored = await database.read((tx) => findPassword(tx, authority.id, session.person));
  return stored === undefined ? work() : withPassword(api, request, session, password ?? '', work);
}
