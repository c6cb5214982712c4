/**
 * The one shape of every request and reply: checks what protocol.md asks of each, calls, wraps the answer. A route says its
 * schema and what to do; it cannot forget a check.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import { replyMarker, requestHeader, unlockedHeader, type Envelope } from '../../src/protocol/sync.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import { isUnlocked, resolveSession, sessionCookie, unlock } from '../auth/sessions.ts';
import type { Server } from '../context.ts';
import type { SessionRow } from '../db/sessions.ts';
import type { Tries } from './tries.ts';

const noNonce = '0'.repeat(32);

export interface Ask<T> {
  readonly input: T;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface SignedInAsk<T> extends Ask<T> {
  readonly session: SessionRow;
}

type Answer = Promise<Result<unknown, ServerProblem>>;

export interface Endpoint<S> {
  readonly path: string;
  readonly schema: S;
  readonly bodyLimit?: number;
}

type Schema<T> = v.GenericSchema<unknown, T>;

/** What routes are added to. */
export interface Api {
  readonly app: FastifyInstance;
  readonly server: Server;
  readonly tries: Tries;
}

/** An endpoint anyone may call. */
export function openEndpoint<T>(
  { app, server }: Api,
  { path, schema }: Endpoint<Schema<T>>,
  answer: (ask: Ask<T>) => Answer,
): void {
  app.post(path, async (request, reply) => {
    const input = readInput(request, schema);
    return respond(server, request, reply, input.ok ? await answer({ input: input.value, request, reply }) : input);
  });
}

/** An endpoint that needs a session and, once an unlocked copy has used it, that copy. */
export function sessionEndpoint<T>(
  api: Api,
  endpoint: Endpoint<Schema<T>>,
  answer: (ask: SignedInAsk<T>) => Answer,
): void {
  cookieEndpoint(api, endpoint, async (ask) =>
    isUnlocked(ask.session, proofOf(ask.request)) ? answer(ask) : lockedOut(api.server, ask),
  );
}

/** An endpoint that a locked app may call too: the session's cookie is enough. */
export function cookieEndpoint<T>(
  { app, server, tries }: Api,
  { path, schema, bodyLimit }: Endpoint<Schema<T>>,
  answer: (ask: SignedInAsk<T>) => Answer,
): void {
  app.post(path, bodyLimit === undefined ? {} : { bodyLimit }, async (request, reply) => {
    const session = await sessionOf(server, request);
    if (session === undefined) return respond(server, request, reply, { ok: false, problem: { kind: 'signed-out' } });
    const limited = await tries.pace(request, session.tokenHash);
    if (limited !== null) return respond(server, request, reply, { ok: false, problem: limited }, session);
    const input = readInput(request, schema);
    const result = input.ok ? await answer({ input: input.value, request, reply, session }) : input;
    return respond(server, request, reply, result, session);
  });
}

interface SyncInput {
  readonly protocol: number;
  readonly authority: AuthorityId;
  readonly person: PersonId;
  readonly device: DeviceId;
}

/** A sync endpoint: also of this protocol, this authority and this person, on a laptop that was not revoked (request 3). */
export function syncEndpoint<T extends SyncInput>(
  api: Api,
  endpoint: Endpoint<Schema<T>>,
  answer: (ask: SignedInAsk<T>) => Answer,
): void {
  const schema = v.pipe(
    v.unknown(),
    v.rawTransform(({ dataset }) => dataset.value),
  );
  cookieEndpoint(api, { ...endpoint, schema }, async (ask) => {
    // The version comes first: a request of another version need not have a shape that this one knows.
    const spoken = v.safeParse(v.object({ protocol: v.number() }), ask.input);
    if (spoken.success && spoken.output.protocol !== protocolVersion) {
      return { ok: false, problem: { kind: 'protocol', serverVersion: protocolVersion } };
    }
    const input = readInput(ask.request, endpoint.schema);
    if (!input.ok) return input;
    if (api.server.revoked.isRevoked(input.value.device)) return { ok: false, problem: { kind: 'signed-out' } };
    const problem = mismatch(api.server, ask.session, input.value);
    if (problem !== null) return { ok: false, problem };
    // After whose it is: a tab of somebody else's must not bind this session to their copy.
    const { database, authority } = api.server;
    if (!(await unlock(database, authority, ask.session, proofOf(ask.request)))) return lockedOut(api.server, ask);
    return answer({ ...ask, input: input.value });
  });
}

function proofOf(request: FastifyRequest): string | undefined {
  const proof = request.headers[unlockedHeader];
  return typeof proof === 'string' && /^[0-9a-f]{64}$/.test(proof) ? proof : undefined;
}

// Somebody has a cookie and not the key: at a laptop that was locked, or with a copied cookie.
function lockedOut({ log }: Server, { request, session }: SignedInAsk<unknown>): Result<never, ServerProblem> {
  log({ event: 'locked-session-refused', path: request.routeOptions.url ?? '', person: session.person });
  return { ok: false, problem: { kind: 'signed-out' } };
}

/** Whether a request is for this authority and from the person whose session it came with. */
export function mismatch(
  { authority }: Server,
  session: SessionRow,
  asked: { readonly authority: string; readonly person: string },
): ServerProblem | null {
  if (asked.authority !== authority.id) return { kind: 'wrong-authority' };
  return asked.person === session.person ? null : { kind: 'wrong-person' };
}

export const sessionOf = (server: Server, request: FastifyRequest): Promise<SessionRow | undefined> =>
  resolveSession(server.database, server.authority, request.cookies[sessionCookie], server.now());

function readInput<T>(request: FastifyRequest, schema: Schema<T>): Result<T, ServerProblem> {
  if (request.headers[requestHeader] === undefined) return badRequest('no x-plumbline header');
  const read = v.safeParse(schema, request.body, { abortEarly: true });
  if (read.success) return { ok: true, value: read.output };
  // The path alone: a message may quote what was sent.
  return badRequest(`${v.getDotPath(read.issues[0]) ?? 'the request'} is not as it should be`);
}

const badRequest = (why: string): Result<never, ServerProblem> => ({
  ok: false,
  problem: { kind: 'bad-request', why },
});

const statusOf: Readonly<Record<ServerProblem['kind'], number>> = {
  'signed-out': 401,
  'wrong-credentials': 403,
  'wrong-person': 403,
  'wrong-authority': 403,
  'stale-sign-in': 403,
  'second-factor': 403,
  enrol: 403,
  'wrong-code': 403,
  'not-found': 404,
  protocol: 409,
  epoch: 409,
  chain: 409,
  forked: 409,
  'too-large': 413,
  'bad-request': 400,
  'weak-password': 400,
  'bad-invitation': 400,
  'too-many-tries': 429,
  'server-error': 500,
};

/** Sends a body or a problem in the envelope, and logs a refusal. */
export function respond(
  server: Server,
  request: FastifyRequest,
  reply: FastifyReply,
  result: Result<unknown, ServerProblem>,
  session?: SessionRow,
): FastifyReply {
  const envelope: Envelope = {
    [replyMarker]: protocolVersion,
    nonce: nonceOf(request),
    epoch: server.authority.epoch,
    serverMs: server.now(),
    ...(result.ok ? { body: result.value } : { problem: result.problem }),
  };
  if (!result.ok) {
    const who = session ? { person: session.person } : {};
    server.log({ event: 'refused', path: request.routeOptions.url ?? '', problem: result.problem.kind, ...who });
    if (result.problem.kind === 'too-many-tries') void reply.header('retry-after', result.problem.retryAfterSeconds);
    // Whoever found an error may have said already which one.
    if (reply.statusCode < 400) void reply.status(statusOf[result.problem.kind]);
  }
  return reply
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(envelope));
}

const nonceSchema = v.object({ nonce: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)) });

function nonceOf(request: FastifyRequest): string {
  const read = v.safeParse(nonceSchema, request.body);
  return read.success ? read.output.nonce : noNonce;
}
