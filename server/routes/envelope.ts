/**
 * The one shape of every request and reply: checks what protocol.md asks of each, calls, wraps the answer. A route says its
 * schema and what to do; it cannot forget a check.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import { contactSchema } from '../../src/protocol/laptops.ts';
import { deviceId, personId } from '../../src/protocol/op.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import { requestHeader, unlockedHeader } from '../../src/protocol/sync.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import { knowLaptop, leavingLaptop, noteContact, revokedProblem, type AskingLaptop } from '../auth/asking-laptop.ts';
import { browserName } from '../auth/browser-name.ts';
import { isUnlocked, noteUse, resolveSession, sessionCookie, unlock } from '../auth/sessions.ts';
import type { Server } from '../context.ts';
import type { SessionRow } from '../db/sessions.ts';
import type { Door, Pace } from './pace.ts';
import { respond } from './respond.ts';
import type { Tries } from './tries.ts';

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
  /** What it is sent is kept: how much a person may send it in a day has an end. */
  readonly keeps?: boolean;
}

type Schema<T> = v.GenericSchema<unknown, T>;

/** What routes are added to. */
export interface Api {
  readonly app: FastifyInstance;
  readonly server: Server;
  readonly tries: Tries;
  readonly pace: Pace;
}

interface OpenEndpoint<S> extends Endpoint<S> {
  /** At which door it is counted. */
  readonly door: Door;
}

/** An endpoint anyone may call, so often from one browser or address. */
export function openEndpoint<T>(
  { app, server, pace }: Api,
  { path, schema, door }: OpenEndpoint<Schema<T>>,
  answer: (ask: Ask<T>) => Answer,
): void {
  app.post(path, async (request, reply) => {
    const limited = await pace.asksOutside(request, door);
    if (limited !== null) return respond(server, request, reply, { ok: false, problem: limited });
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
  const { server, pace } = api;
  cookieEndpoint(api, endpoint, async (ask) => {
    if (!isUnlocked(ask.session, proofOf(ask.request))) return lockedOut(server, ask.request, ask.session);
    const full = endpoint.keeps ? pace.keeps(ask.request, whoAsks(ask.request, ask.session)) : null;
    if (full !== null) return { ok: false, problem: full };
    await noteUse(server.database, server.authority, ask.session, server.now());
    return answer(ask);
  });
}

/** An endpoint that a locked app may call too: the session's cookie is enough, and it is no use of the session. */
export function cookieEndpoint<T>(
  { app, server, pace }: Api,
  { path, schema, bodyLimit }: Endpoint<Schema<T>>,
  answer: (ask: SignedInAsk<T>) => Answer,
): void {
  app.post(path, bodyLimit === undefined ? {} : { bodyLimit }, async (request, reply) => {
    const session = await sessionOf(server, request);
    // Not counted: it has cost all that it will, and whose session has ended is to be told so, whatever others at their address do.
    if (session === undefined) return respond(server, request, reply, { ok: false, problem: { kind: 'signed-out' } });
    const limited = await pace.asks(request, whoAsks(request, session));
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

export interface SyncAsk<T> extends Ask<T> {
  readonly session: Pick<SessionRow, 'person'>;
}

/** `gives`: it takes from a laptop and tells it nothing, so that one which is to forget its copy may still use it. */
interface SyncEndpoint<S> extends Endpoint<S> {
  readonly gives?: boolean;
}

/** A sync endpoint: also of this protocol, this authority and this person, on a laptop that may sync (request 3, laptops 3). */
export function syncEndpoint<T extends SyncInput>(
  { app, server, pace }: Api,
  { path, schema, bodyLimit, keeps = false, gives = false }: SyncEndpoint<Schema<T>>,
  answer: (ask: SyncAsk<T>) => Answer,
): void {
  app.post(path, bodyLimit === undefined ? {} : { bodyLimit }, async (request, reply) => {
    const session = await sessionOf(server, request);
    const said = whoSays(request);
    // Before anything is looked up for somebody who may be anybody.
    const crowded = session === undefined ? await pace.asksOutside(request, 'other') : null;
    if (crowded !== null) return respond(server, request, reply, { ok: false, problem: crowded });
    const leaving =
      session === undefined && said !== null ? await leavingLaptop(server, pace.newLaptops, said) : undefined;
    const caller = session ?? (leaving && said);
    if (!caller) return respond(server, request, reply, { ok: false, problem: { kind: 'signed-out' } });
    const who = session === undefined ? `device ${said?.device ?? ''}` : whoAsks(request, session);
    const limited = await pace.asks(request, who);
    const result = limited === null ? await heard() : ({ ok: false, problem: limited } as const);
    return respond(server, request, reply, result, caller);

    async function heard(): Answer {
      // The version comes first: a request of another version need not have a shape that this one knows.
      const spoken = v.safeParse(v.object({ protocol: v.number() }), request.body);
      if (
        request.headers[requestHeader] !== undefined &&
        spoken.success &&
        spoken.output.protocol !== protocolVersion
      ) {
        return { ok: false, problem: { kind: 'protocol', serverVersion: protocolVersion } };
      }
      const input = readInput(request, schema);
      if (!input.ok) return input;
      if (!caller || said === null) return badRequest('who asks is not said');
      const problem = mismatch(server, caller, input.value);
      if (problem !== null) return { ok: false, problem };
      const laptop = leaving ?? (await knowLaptop(server, pace.newLaptops, said));
      if (laptop.refused !== null) {
        const { problem: refusal, why } = laptop.refused;
        server.log({ event: 'laptop-refused', person: caller.person, device: said.device, why });
        return { ok: false, problem: refusal };
      }
      const ask = { input: input.value, request, reply, session: caller };
      const isLeaving = laptop.revoked !== undefined;
      if (isLeaving && !(gives && laptop.revoked.form === 'lost')) {
        await noteContact(server, pace.newLaptops, said, laptop, undefined);
        return { ok: false, problem: revokedProblem(laptop.revoked) };
      }
      // After whose it is: a tab of somebody else's must not bind this session to their copy.
      const { database, authority } = server;
      if (session !== undefined && !isLeaving && !(await unlock(database, authority, session, said.proof)))
        return lockedOut(server, request, session);
      if (session !== undefined && isLeaving && !isUnlocked(session, said.proof))
        return lockedOut(server, request, session);
      if (session !== undefined) await noteUse(database, authority, session, server.now());
      await noteContact(server, pace.newLaptops, said, laptop, isLeaving ? undefined : session);
      const full = keeps ? pace.keeps(request, who) : null;
      return full === null ? answer(ask) : { ok: false, problem: full };
    }
  });
}

const saysSchema = v.object({
  person: personId,
  device: deviceId,
  contact: v.optional(v.object({ keyring: contactSchema.entries.keyring })),
});

/** Which laptop a request says that it is; null when it says none. */
function whoSays(request: FastifyRequest): AskingLaptop | null {
  const read = v.safeParse(saysSchema, request.body);
  if (!read.success) return null;
  const { person, device, contact } = read.output;
  const browser = browserName(request.headers['user-agent']);
  return { person, device, keyring: contact?.keyring, proof: proofOf(request), browser };
}

/** What the request shows of an unlocked copy. */
export function proofOf(request: FastifyRequest): string | undefined {
  const proof = request.headers[unlockedHeader];
  return typeof proof === 'string' && /^[0-9a-f]{64}$/.test(proof) ? proof : undefined;
}

/** As whom a request with a session is counted: its person, whichever session it is; a cookie without the key only as itself. */
export const whoAsks = (request: FastifyRequest, session: SessionRow): string =>
  isUnlocked(session, proofOf(request)) ? `person ${session.person}` : `session ${session.tokenHash}`;

// Somebody has a cookie and not the key: at a laptop that was locked, or with a copied cookie.
export function lockedOut({ log }: Server, request: FastifyRequest, session: SessionRow): Result<never, ServerProblem> {
  log({ event: 'locked-session-refused', path: request.routeOptions.url ?? '', person: session.person });
  return { ok: false, problem: { kind: 'signed-out' } };
}

/** Whether a request is for this authority and from the person whose session it came with. */
export function mismatch(
  { authority }: Server,
  session: Pick<SessionRow, 'person'>,
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
