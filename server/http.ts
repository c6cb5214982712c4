/**
 * The HTTP server around the routes: security headers on every reply, JSON and nothing else taken, limits, one generic answer
 * to whatever goes wrong. No stack trace leaves it, and none is logged with its message.
 */
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ServerProblem } from '../src/protocol/problem.ts';
import type { Server } from './context.ts';
import { parseJson } from './json.ts';
import { traceOf } from './log.ts';
import { respond } from './routes/respond.ts';
import { accountRoutes } from './routes/account-routes.ts';
import { boardRoutes } from './routes/board-routes.ts';
import { councilRoutes } from './routes/council-routes.ts';
import { factorRoutes } from './routes/factor-routes.ts';
import { laptopRoutes } from './routes/laptop-routes.ts';
import { pokeRoute } from './routes/poke-route.ts';
import { policyReportRoute } from './routes/policy-report-route.ts';
import { regatherRoutes } from './routes/regather-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { subjectAccessRoutes } from './routes/subject-access-routes.ts';
import { heldRoutes } from './routes/held-routes.ts';
import { syncRoutes } from './routes/sync-routes.ts';
import { makePace } from './routes/pace.ts';
import { makeTries, type TryLimits } from './routes/tries.ts';
import { securityHeaders } from './security-headers.ts';
import { isAppIn, serveApp } from './static.ts';
import { healthRoutes } from './watch/health.ts';
import type { Metrics } from './watch/metrics.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** As it was sent, before it was read. */
    bodyBytes: number;
  }
}

export interface HttpOptions {
  /** The folder with the built app; may be missing. */
  readonly appDir: string;
  readonly beatMs: number;
  readonly tryLimits: TryLimits;
}

const bodyLimitBytes = 64 * 1024;
const requestTimeoutMs = 60_000;

export async function buildHttp(
  server: Server,
  { appDir, beatMs, tryLimits }: HttpOptions,
  metrics: Metrics,
): Promise<FastifyInstance> {
  const { tls, behindProxy } = server.config;
  const headers = securityHeaders(tls !== null || behindProxy);
  const options = {
    ...answerUnreadable(headers),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    // What is being answered when the server stops is answered; event streams are ended by their route.
    forceCloseConnections: 'idle' as const,
    // One proxy in front: the address is the last one it added, which a client cannot choose.
    trustProxy: behindProxy ? (_address: string, hop: number) => hop === 0 : false,
  };
  const app = tls
    ? (fastify({
        ...options,
        https: { cert: readFileSync(tls.cert), key: readFileSync(tls.key) },
      }) as unknown as FastifyInstance)
    : fastify(options);

  metrics.timing(app);
  app.addHook('onRequest', async (_request, reply) => void reply.headers(headers));
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  takeJsonOnly(app);
  hangUpWhenStopping(app);
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(server, error, request, reply));

  const api = { app, server, tries: makeTries(server, tryLimits), pace: makePace(app, server, tryLimits) };
  sessionRoutes(api);
  accountRoutes(api);
  factorRoutes(api);
  councilRoutes(api);
  syncRoutes(api);
  heldRoutes(api);
  regatherRoutes(api);
  laptopRoutes(api);
  subjectAccessRoutes(api);
  boardRoutes(api);
  pokeRoute(api, beatMs);
  policyReportRoute(api);
  healthRoutes(app, server, () => isAppIn(appDir));
  await serveApp(app, server, appDir);
  return app;
}

/** What Node or the router cannot read at all is answered before any hook: with the same headers, and no word of what was sent. */
function answerUnreadable(headers: Readonly<Record<string, string>>) {
  const text = 'This request cannot be read.\n';
  const all = { ...headers, 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' };
  return {
    frameworkErrors: (_error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
      void reply.status(400).headers(all).send(text);
    },
    clientErrorHandler: (error: Error & { readonly code?: string }, socket: Socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
      const lines = Object.entries({ ...all, connection: 'close', 'content-length': text.length });
      socket.end(
        `HTTP/1.1 400 Bad Request\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`,
      );
    },
  };
}

function takeJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.decorateRequest('bodyBytes', 0);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    request.bodyBytes = Buffer.byteLength(body);
    const parsed = parseJson(String(body));
    if (parsed.ok) done(null, parsed.value);
    else done(Object.assign(new Error(parsed.why), { statusCode: 400 }));
  });
}

// A connection whose last answer came after the server was asked to stop would be kept for the next request: for over a minute.
function hangUpWhenStopping(app: FastifyInstance): void {
  let isStopping = false;
  app.addHook('preClose', () => {
    isStopping = true;
    return Promise.resolve();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping) void reply.header('connection', 'close');
  });
}

// What fails in a handler is a bug, or a database that is full or away: a reference for whoever asks, the place in the code for the log.
export function answerError(
  server: Server,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const expected = expectedProblem(error);
  if (expected) return respond(server, request, reply, { ok: false, problem: expected });
  const reference = server.newId();
  server.log({ event: 'failed', path: request.routeOptions.url ?? '', reference, error: traceOf(error) });
  void reply.status(server.database.isUnavailable(error) ? 503 : 500);
  return respond(server, request, reply, { ok: false, problem: { kind: 'server-error', reference } });
}

function expectedProblem({ statusCode }: FastifyError): ServerProblem | null {
  if (statusCode === 413) return { kind: 'too-large' };
  if (statusCode === 415) return { kind: 'bad-request', why: 'the body is not JSON' };
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { kind: 'bad-request', why: 'the request cannot be read' };
  }
  return null;
}
