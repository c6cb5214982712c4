/** Links for others, who may sign in, recovery secrets and notices: parse, call, answer. */
import {
  accessRequestSchema,
  depositRequestSchema,
  depositedRequestSchema,
  inviteRequestSchema,
  noticedRequestSchema,
  recoverRequestSchema,
  sessionPaths,
} from '../../src/protocol/session.ts';
import { changeAccess } from '../auth/access.ts';
import { tooMany, whyNotSetUp } from '../auth/claim.ts';
import { invite, invitationPath } from '../auth/invitations.ts';
import { readNotices } from '../auth/notices.ts';
import { looksAfter } from '../auth/people.ts';
import { depositLimit, isDeposited, newIv, recoverSecret, sealSecret } from '../auth/recovery.ts';
import { depositsOf, findDeposit, saveDeposit } from '../db/accounts.ts';
import { sessionEndpoint, type Api } from './envelope.ts';

const notFound = { ok: false, problem: { kind: 'not-found' } } as const;

export function accountRoutes(api: Api): void {
  const { server } = api;
  const { database, authority, log, now } = server;

  sessionEndpoint(api, { path: sessionPaths.invite, schema: inviteRequestSchema }, ({ input, session }) =>
    database.write(async (tx) => {
      const asking = { authority, person: session.person, nowMs: now() };
      if (!(await looksAfter(tx, asking, input.person))) return notFound;
      const { token, expiresMs } = await invite(tx, authority, { person: input.person, by: session.person }, server);
      log({ event: 'invited', person: input.person, by: session.person });
      return { ok: true, value: { link: invitationPath(token), expiresMs } };
    }),
  );

  sessionEndpoint(api, { path: sessionPaths.access, schema: accessRequestSchema }, async ({ input, session }) =>
    (await changeAccess(server, session.person, input)) ? { ok: true, value: {} } : notFound,
  );

  sessionEndpoint(api, { path: sessionPaths.noticed, schema: noticedRequestSchema }, async ({ input, session }) => {
    await database.write((tx) => readNotices(tx, server, session, input.atMs));
    return { ok: true, value: {} };
  });

  const depositAt = { path: sessionPaths.deposit, schema: depositRequestSchema, keeps: true } as const;
  sessionEndpoint(api, depositAt, async ({ input, session }) => {
    const { device, keyring, secret } = input;
    const { person } = session;
    // A tab of somebody else's has signed in meanwhile: the secret is not theirs to keep.
    if (input.person !== undefined && input.person !== person) return { ok: false, problem: { kind: 'wrong-person' } };
    const place = { authority: authority.id, person, keyring };
    const sealed = sealSecret(server.recoveryKey, newIv(server.randomBytes), place, secret);
    const rules = { authority: authority.id, nowMs: now(), newLaptops: api.pace.newLaptops };
    const unclaimed = await database.write(async (tx) => {
      const isKnown = (await findDeposit(tx, authority.id, person, keyring)) !== undefined;
      if (!isKnown) {
        const refused = await whyNotSetUp(tx, rules, { device, person, keyring });
        if (refused !== null) return refused;
        if ((await depositsOf(tx, authority.id, person)).count >= depositLimit) return tooMany;
      }
      await saveDeposit(tx, authority.id, { person, keyring, device, sealed }, now());
      return null;
    });
    if (unclaimed !== null) {
      log({ event: 'laptop-refused', person, device, why: unclaimed.why });
      return { ok: false, problem: unclaimed.problem };
    }
    log({ event: 'recovery-deposited', person, keyring });
    return { ok: true, value: {} };
  });

  const asked = { path: sessionPaths.deposited, schema: depositedRequestSchema };
  sessionEndpoint(api, asked, async ({ input: { keyring, mark }, session: { person } }) => ({
    ok: true,
    value: { isKept: await isDeposited(server, person, keyring, mark) },
  }));

  sessionEndpoint(api, { path: sessionPaths.recover, schema: recoverRequestSchema }, ({ input, session }) =>
    recoverSecret(server, session, input.keyring),
  );
}
