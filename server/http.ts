/**
 * The HTTP server around the routes: security headers on every reply, JSON and nothing else taken, limits, one generic answer
 * to whatever goes wrong. No stack trace leaves it, and none is logged with its message.
 */
import { readFileSync } from 'node:fs';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ServerProblem } from '../src/protocol/problem.ts';
import type { Server } from './context.ts';
import { parseJson } from './json.ts';
import { traceOf } from './log.ts';
import { respond } from './routes/envelope.ts';
import { pokeRoute } from './routes/poke-route.ts';
import { regatherRoutes } from './routes/regather-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { heldRoutes } from './routes/held-routes.ts';
import { syncRoutes } from './routes/sync-routes.ts';
import { makeTries, type TryLimits } from './routes/tries.ts';
import { policy } from './security-policy.ts';
import { isAppIn, serveApp } from './static.ts';
import { healthRoutes } from './watch/health.ts';
import type { Metrics } from './watch/metrics.ts';

export interface HttpOptions {
  /** The folder with the built app; may be missing. */
  readonly appDir: string;
  readonly beatMs: number;
  readonly tryLimits: TryLimits;
}

const bodyLimitBytes = 64 * 1024;
const requestTimeoutMs = 60_000;
const hstsSeconds = 365 * 24 * 60 * 60;

export async function buildHttp(
  server: Server,
  { appDir, beatMs, tryLimits }: HttpOptions,
  metrics: Metrics,
): Promise<FastifyInstance> {
  const { tls, behindProxy } = server.config;
  const options = {
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
  await secure(app, tls !== null || behindProxy);
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  takeJsonOnly(app);
  hangUpWhenStopping(app);
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(server, error, request, reply));

  const api = { app, server, tries: makeTries(app, tryLimits) };
  sessionRoutes(api);
  syncRoutes(api);
  heldRoutes(api);
  regatherRoutes(api);
  pokeRoute(api, beatMs);
  healthRoutes(app, server, () => isAppIn(appDir));
  await serveApp(app, server, appDir);
  return app;
}

async function secure(app: FastifyInstance, overTls: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: Object.fromEntries(Object.entries(policy).map(([directive, sources]) => [directive, [...sources]])),
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    hsts: overTls ? { maxAge: hstsSeconds, includeSubDomains: true } : false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  const denied = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb', 'serial', 'hid', 'midi'];
  app.addHook('onRequest', async (_request, reply) => {
    void reply.header('permissions-policy', denied.map((feature) => `${feature}=()`).join(', '));
  });
}

function takeJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
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
