/** The one shape of every reply: a body or a problem in the envelope, with the status and the log line that go with it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import { replyMarker, type Envelope } from '../../src/protocol/sync.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import type { Server } from '../context.ts';
import type { SessionRow } from '../db/sessions.ts';

const statusOf: Readonly<Record<ServerProblem['kind'], number>> = {
  'signed-out': 401,
  revoked: 403,
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
  'too-many-laptops': 403,
  'too-much-discarded': 403,
  'server-error': 500,
};

/** Sends a body or a problem in the envelope, and logs a refusal. */
export function respond(
  server: Server,
  request: FastifyRequest,
  reply: FastifyReply,
  result: Result<unknown, ServerProblem>,
  session?: Pick<SessionRow, 'person'>,
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

const noNonce = '0'.repeat(32);
const nonceSchema = v.object({ nonce: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)) });

function nonceOf(request: FastifyRequest): string {
  const read = v.safeParse(nonceSchema, request.body);
  return read.success ? read.output.nonce : noNonce;
}
