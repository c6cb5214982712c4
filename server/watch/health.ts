/**
 * Whether this server lives, and whether it can serve: for a load balancer, a service manager or somebody with curl. Answers
 * `application/health+json` (draft-inadarei-api-health-check-06) with a status and nothing else, so that anybody may ask.
 *
 *   GET /health/live   200 while the process answers at all; a manager starts it again when it does not
 *   GET /health/ready  200 when the database answers and the app is built, else 503; a balancer sends nobody here then
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Server } from '../context.ts';
import { findAuthority } from '../db/authorities.ts';
import { traceOf } from '../log.ts';

/** A database that takes longer is as good as away; a balancer asks again. */
const readyMs = 5_000;
/** Whoever asks more often is answered from the last look, so that asking costs the database nothing. */
const keptMs = 1_000;

/** Adds the two addresses. `isBuilt` says whether there is an app to serve. */
export function healthRoutes(app: FastifyInstance, server: Server, isBuilt: () => boolean): void {
  let looked: { readonly atMs: number; readonly isReady: Promise<boolean> } | null = null;
  const isReady = (): Promise<boolean> => {
    const atMs = server.now();
    if (looked === null || Math.abs(atMs - looked.atMs) >= keptMs) looked = { atMs, isReady: answers(server) };
    return looked.isReady;
  };
  app.get('/health/live', (_request, reply) => say(reply, true));
  app.get('/health/ready', async (_request, reply) => say(reply, isBuilt() && (await isReady())));
}

/** Whether the database answers in time; why it does not goes to the log. */
async function answers(server: Server): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database did not answer')), readyMs);
  });
  try {
    await Promise.race([server.database.read(findAuthority), late]);
    return true;
  } catch (error) {
    server.log({ event: 'failed', path: '/health/ready', reference: server.newId(), error: traceOf(error) });
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const say = (reply: FastifyReply, passes: boolean): FastifyReply =>
  reply
    .status(passes ? 200 : 503)
    .header('cache-control', 'no-store')
    .type('application/health+json')
    .send(JSON.stringify({ status: passes ? 'pass' : 'fail' }));
