/** Sign-in, sign-out, invitations and recovery: parse, call, answer. */
import type { FastifyReply } from 'fastify';
import type { PersonId } from '../../src/domain/ids.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import {
  depositRequestSchema,
  invitationRequestSchema,
  inviteRequestSchema,
  joinRequestSchema,
  plainRequestSchema,
  recoverRequestSchema,
  sessionPaths,
  signInRequestSchema,
  type Session,
} from '../../src/protocol/session.ts';
import { invite, invitationPath, invitedPerson } from '../auth/invitations.ts';
import { join } from '../auth/join.ts';
import { describeSession, isQaLead, readAuthorityName, readProfile } from '../auth/people.ts';
import { depositLimit, freshMs, newIv, openSecret, sealSecret } from '../auth/recovery.ts';
import { cookieOptions, sessionCookie } from '../auth/sessions.ts';
import { signIn } from '../auth/sign-in.ts';
import { deleteSession, depositsOf, findDeposit, saveDeposit } from '../db/accounts.ts';
import { tell } from '../db/news.ts';
import { openEndpoint, sessionEndpoint, type Api } from './envelope.ts';

const notFound = { ok: false, problem: { kind: 'not-found' } } as const;

export function sessionRoutes(api: Api): void {
  const { server, tries } = api;
  const { database, authority, log, now } = server;

  async function signedIn(
    reply: FastifyReply,
    person: PersonId,
    token: string,
  ): Promise<Result<Session, ServerProblem>> {
    void reply.setCookie(sessionCookie, token, cookieOptions);
    return { ok: true, value: await database.read((tx) => describeSession(tx, authority, person)) };
  }

  sessionEndpoint(api, { path: sessionPaths.session, schema: plainRequestSchema }, async ({ session }) => ({
    ok: true,
    value: await database.read((tx) => describeSession(tx, authority, session.person)),
  }));

  openEndpoint(api, { path: sessionPaths.authority, schema: plainRequestSchema }, async () => ({
    ok: true,
    value: { authorityName: await database.read((tx) => readAuthorityName(tx, authority)) },
  }));

  const signInAt = { path: sessionPaths.signIn, schema: signInRequestSchema };
  openEndpoint(api, signInAt, async ({ input, request, reply }) => {
    const limited = await tries.problem(request, input.email);
    if (limited) return { ok: false, problem: limited };
    const result = await signIn(server, { ...input, earlier: request.cookies[sessionCookie] });
    if (!result.ok) {
      const { person, problem } = result;
      log({ event: 'sign-in-refused', address: request.ip, ...(person ? { person } : {}) });
      return { ok: false, problem };
    }
    log({ event: 'signed-in', person: result.person });
    return signedIn(reply, result.person, result.session);
  });

  sessionEndpoint(api, { path: sessionPaths.signOut, schema: plainRequestSchema }, async ({ session, reply }) => {
    await database.write(async (tx) => {
      await deleteSession(tx, authority.id, session.tokenHash);
      await tell(tx, { kind: 'sessions', person: session.person });
    });
    server.revoked.add({ kind: 'session', tokenHash: session.tokenHash, atMs: now() });
    void reply.clearCookie(sessionCookie, cookieOptions);
    log({ event: 'signed-out', person: session.person });
    return { ok: true, value: {} };
  });

  const invitationAt = { path: sessionPaths.invitation, schema: invitationRequestSchema };
  openEndpoint(api, invitationAt, async ({ input, request }) => {
    const limited = await tries.problem(request, input.token);
    if (limited) return { ok: false, problem: limited };
    return database.read(async (tx) => {
      const person = await invitedPerson(tx, authority, input.token, now());
      if (person === undefined) {
        log({ event: 'invitation-refused', address: request.ip });
        return { ok: false, problem: { kind: 'bad-invitation' } };
      }
      const profile = await readProfile(tx, authority, person);
      const { name, email } = profile ?? { name: '', email: '' };
      const authorityName = await readAuthorityName(tx, authority);
      return { ok: true, value: { authorityName, name, email, needsProfile: profile === undefined } };
    });
  });

  openEndpoint(api, { path: sessionPaths.join, schema: joinRequestSchema }, async ({ input, request, reply }) => {
    const limited = await tries.problem(request, input.token);
    if (limited) return { ok: false, problem: limited };
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
    return signedIn(reply, person, session);
  });

  sessionEndpoint(api, { path: sessionPaths.invite, schema: inviteRequestSchema }, ({ input, session }) =>
    database.write(async (tx) => {
      const asking = { authority, person: session.person, nowMs: now() };
      if (!(await isQaLead(tx, asking)) || !(await readProfile(tx, authority, input.person))) return notFound;
      const { token, expiresMs } = await invite(tx, authority, input.person, server);
      log({ event: 'invited', person: input.person, by: session.person });
      return { ok: true, value: { link: invitationPath(token), expiresMs } };
    }),
  );

  sessionEndpoint(api, { path: sessionPaths.deposit, schema: depositRequestSchema }, async ({ input, session }) => {
    const { device, keyring, secret } = input;
    const { person } = session;
    const place = { authority: authority.id, person, keyring };
    const sealed = sealSecret(server.recoveryKey, newIv(server.randomBytes), place, secret);
    const isKept = await database.write(async (tx) => {
      const isKnown = (await findDeposit(tx, authority.id, person, keyring)) !== undefined;
      if (!isKnown && (await depositsOf(tx, authority.id, person)).count >= depositLimit) return false;
      await saveDeposit(tx, authority.id, { person, keyring, device, sealed }, now());
      return true;
    });
    if (!isKept) return { ok: false, problem: { kind: 'bad-request', why: 'too many laptops' } };
    log({ event: 'recovery-deposited', person, keyring });
    return { ok: true, value: {} };
  });

  const recoverAt = { path: sessionPaths.recover, schema: recoverRequestSchema };
  sessionEndpoint(api, recoverAt, async ({ input, session, request }) => {
    const { keyring } = input;
    const { person, signedInMs } = session;
    const limited = await tries.problem(request, person);
    if (limited) return { ok: false, problem: limited };
    if (now() - signedInMs > freshMs) return { ok: false, problem: { kind: 'stale-sign-in' } };
    const sealed = await database.read((tx) => findDeposit(tx, authority.id, person, keyring));
    log({ event: sealed === undefined ? 'recovery-refused' : 'recovery-given', person, keyring });
    if (sealed === undefined) return notFound;
    const place = { authority: authority.id, person, keyring };
    return { ok: true, value: { secret: openSecret(server.recoveryKey, place, sealed) } };
  });
}
