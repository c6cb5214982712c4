/** A person's second factor, and what whoever looks after accounts sees and does of others': parse, call, answer. */
import {
  beginFactorRequestSchema,
  confirmFactorRequestSchema,
  plainRequestSchema,
  removeFactorRequestSchema,
  resetFactorRequestSchema,
  unlinkCouncilRequestSchema,
  sessionPaths,
} from '../../src/protocol/session.ts';
import { looksAfterAccounts } from '../auth/people.ts';
import { unlinkCouncil } from '../auth/council-link.ts';
import { beginFactor, confirm, removeFactor, resetFactor } from '../auth/second-factor.ts';
import { accountsOf } from '../db/accounts.ts';
import { sessionEndpoint, type Api } from './envelope.ts';
import { withPassword } from './with-password.ts';

const notFound = { ok: false, problem: { kind: 'not-found' } } as const;
const wrongCode = { ok: false, problem: { kind: 'wrong-code' } } as const;
const done = { ok: true, value: {} } as const;

export function factorRoutes(api: Api): void {
  const { server, tries } = api;
  const { database, authority, log, now } = server;

  const beginAt = { path: sessionPaths.beginFactor, schema: beginFactorRequestSchema };
  sessionEndpoint(api, beginAt, ({ input, session, request }) =>
    withPassword(api, request, session, input.password, () =>
      database.write((tx) => beginFactor(tx, server, session.person, input.code)),
    ),
  );

  const confirmAt = { path: sessionPaths.confirmFactor, schema: confirmFactorRequestSchema };
  sessionEndpoint(api, confirmAt, ({ input, session, request }) =>
    tries.attempt(request, session.person, async () => {
      if (!(await database.write((tx) => confirm(tx, server, session.person, input.code)))) return wrongCode;
      log({ event: 'factor-set', person: session.person });
      return done;
    }),
  );

  const removeAt = { path: sessionPaths.removeFactor, schema: removeFactorRequestSchema };
  sessionEndpoint(api, removeAt, ({ input, session, request }) =>
    withPassword(api, request, session, input.password, async () =>
      (await removeFactor(server, session.person, input.code)) ? done : wrongCode,
    ),
  );

  const resetAt = { path: sessionPaths.resetFactor, schema: resetFactorRequestSchema };
  sessionEndpoint(api, resetAt, async ({ input, session }) =>
    (await resetFactor(server, session.person, input.person)) ? done : notFound,
  );

  const unlinkAt = { path: sessionPaths.unlinkCouncil, schema: unlinkCouncilRequestSchema };
  sessionEndpoint(api, unlinkAt, async ({ input, session }) =>
    (await unlinkCouncil(server, session.person, input.person)) ? done : notFound,
  );

  sessionEndpoint(api, { path: sessionPaths.accounts, schema: plainRequestSchema }, ({ session }) =>
    database.read(async (tx) => {
      if (!(await looksAfterAccounts(tx, { authority, person: session.person, nowMs: now() }))) return notFound;
      return { ok: true, value: { accounts: await accountsOf(tx, authority.id) } };
    }),
  );
}
