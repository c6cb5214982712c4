/** Sign-in, sign-out and invitations: parse, call, answer. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PersonId } from '../../src/domain/ids.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import {
  changePasswordRequestSchema,
  invitationRequestSchema,
  joinRequestSchema,
  plainRequestSchema,
  sessionPaths,
  signInRequestSchema,
  type Session,
} from '../../src/protocol/session.ts';
import { describeSession } from '../auth/describe-session.ts';
import { invitedPerson } from '../auth/invitations.ts';
import { join } from '../auth/join.ts';
import { knownBrowsers, knownCookie, knownCookieOptions } from '../auth/known-browser.ts';
import { readAuthorityName, readProfile } from '../auth/people.ts';
import { changePassword } from '../auth/new-password.ts';
import { cookieOptions, sessionCookie } from '../auth/sessions.ts';
import { signIn } from '../auth/sign-in.ts';
import { tell } from '../db/news.ts';
import { deleteSession } from '../db/sessions.ts';
import { cookieEndpoint, openEndpoint, sessionEndpoint, type Api } from './envelope.ts';
import { withPassword } from './with-password.ts';

export function sessionRoutes(api: Api): void {
  const { server, tries } = api;
  const { database, authority, log, now } = server;
  const known = knownBrowsers(server.recoveryKey, server.randomBytes);

  async function signedIn(
    request: FastifyRequest,
    reply: FastifyReply,
    person: PersonId,
    token: string,
  ): Promise<Result<Session, ServerProblem>> {
    const session = await database.read((tx) => describeSession(tx, server, { person, noticedMs: null }));
    void reply.setCookie(sessionCookie, token, cookieOptions);
    void reply.setCookie(knownCookie, known.mark(request.cookies[knownCookie], session.email), knownCookieOptions);
    return { ok: true, value: session };
  }

  sessionEndpoint(api, { path: sessionPaths.session, schema: plainRequestSchema }, async ({ session }) => ({
    ok: true,
    value: await database.read((tx) => describeSession(tx, server, session)),
  }));

  const { accessibilityContact } = server.config;
  openEndpoint(api, { path: sessionPaths.authority, schema: plainRequestSchema, door: 'way-in' }, async () => ({
    ok: true,
    value: {
      authorityName: await database.read((tx) => readAuthorityName(tx, authority)),
      councilSignIn: server.config.openId !== null,
      ...(accessibilityContact === null ? {} : { accessibilityContact }),
    },
  }));

  const signInAt = { path: sessionPaths.signIn, schema: signInRequestSchema, door: 'way-in' } as const;
  openEndpoint(api, signInAt, ({ input, request, reply }) =>
    tries.attempt(request, input.email, async () => {
      const { email, password, code, recovers } = input;
      const earlier = request.cookies[sessionCookie];
      const result = await signIn(server, { email, password, code, recovers, earlier });
      if (!result.ok) {
        const { person } = result;
        log({ event: 'sign-in-refused', address: request.ip, ...(person ? { person } : {}) });
        return { ok: false, problem: result.problem };
      }
      if (result.isFactorSet) log({ event: 'factor-set', person: result.person });
      log({ event: 'signed-in', person: result.person });
      return signedIn(request, reply, result.person, result.session);
    }),
  );

  // A locked app may sign out: it only takes.
  cookieEndpoint(api, { path: sessionPaths.signOut, schema: plainRequestSchema }, async ({ session, reply }) => {
    await database.write(async (tx) => {
      await deleteSession(tx, authority.id, session.tokenHash);
      await tell(tx, { kind: 'sessions', person: session.person });
    });
    server.revoked.add({ kind: 'session', tokenHash: session.tokenHash, atMs: now() });
    void reply.clearCookie(sessionCookie, cookieOptions);
    log({ event: 'signed-out', person: session.person });
    return { ok: true, value: {} };
  });

  const invitationAt = { path: sessionPaths.invitation, schema: invitationRequestSchema, door: 'way-in' } as const;
  openEndpoint(api, invitationAt, ({ input, request }) =>
    tries.attempt(request, null, async () => {
      const found = await database.read(async (tx) => {
        const person = await invitedPerson(tx, authority, input.token, now());
        if (person === undefined) return null;
        const profile = await readProfile(tx, authority, person);
        const { name, email } = profile ?? { name: '', email: '' };
        const authorityName = await readAuthorityName(tx, authority);
        return { authorityName, name, email, needsProfile: profile === undefined };
      });
      if (found !== null) return { ok: true, value: found };
      log({ event: 'invitation-refused', address: request.ip });
      return { ok: false, problem: { kind: 'bad-invitation' } };
    }),
  );

  const changeAt = { path: sessionPaths.changePassword, schema: changePasswordRequestSchema };
  sessionEndpoint(api, changeAt, ({ input, session, request, reply }) =>
    withPassword(api, request, session, input.password, async (shown) => {
      const { newPassword, code } = input;
      const changed = await changePassword(server, session, { shown, password: newPassword, code });
      if (!changed.ok) return changed;
      const { session: token, atMs } = changed.value;
      log({ event: 'password-changed', person: session.person });
      server.revoked.add({ kind: 'password', person: session.person, atMs });
      return signedIn(request, reply, session.person, token);
    }),
  );

  const joinAt = { path: sessionPaths.join, schema: joinRequestSchema, door: 'way-in' } as const;
  openEndpoint(api, joinAt, ({ input, request, reply }) =>
    tries.attempt(request, null, async () => {
      const { token, password, name, email } = input;
      const profile = name === undefined || email === undefined ? null : { name, email };
      const result = await join(server, { token, password, profile, earlier: request.cookies[sessionCookie] });
      if (!result.ok) {
        log({ event: 'invitation-refused', address: request.ip });
        return result;
      }
      const { person, session, atMs } = result.value;
      server.revoked.add({ kind: 'password', person, atMs });
      log({ event: 'joined', person });
      // The link stands in for the password alone.
      if (session === null) return { ok: false, problem: { kind: 'second-factor' } };
      const answer = await signedIn(request, reply, person, session);
      if (answer.ok) await tries.clear(answer.value.email);
      return answer;
    }),
  );
}
