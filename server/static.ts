/**
 * Serves the built app. Files with a hash in their name never change and are kept for ever; everything else is asked for anew
 * each time. A page's address that is no file gets the app, which knows its own pages; nothing else does.
 */
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Server } from './context.ts';
import { respond } from './routes/respond.ts';

const forEver = 'public, max-age=31536000, immutable';
const notBuilt =
  'Plumbline’s app has not been built yet. Run "npm run build" on the server, then open this page again.\n';

/** Whether the app has been built into this folder. */
export const isAppIn = (appDir: string): boolean => existsSync(join(appDir, 'index.html'));

export async function serveApp(app: FastifyInstance, server: Server, appDir: string): Promise<void> {
  const hashed = `${join(appDir, 'assets')}${sep}`;
  const isBuilt = (): boolean => isAppIn(appDir);

  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith('/api/')) {
      return respond(server, request, reply, { ok: false, problem: { kind: 'not-found' } });
    }
    if (!isNavigation(request)) return plainly(reply, 404, 'Not found.\n');
    return isBuilt() ? reply.sendFile('index.html') : plainly(reply, 503, notBuilt);
  });

  if (server.config.serviceWorkerOff)
    app.get('/service-worker.js', (_, reply) => reply.sendFile('service-worker-off.js'));

  // A folder that is not there yet would be warned about at each start and served all the same once it is.
  await app.register(fastifyStatic, {
    root: appDir,
    preCompressed: true,
    cacheControl: false,
    allowedPath: isBuilt,
    setHeaders: (reply, path) => {
      reply.setHeader('vary', 'accept-encoding');
      reply.setHeader('cache-control', path.startsWith(hashed) ? forEver : 'no-cache');
    },
  });
}

const isNavigation = ({ method, headers, url }: FastifyRequest): boolean =>
  method === 'GET' && (headers.accept ?? '').includes('text/html') && !/\.[^/]*$/.test(url.split('?')[0] ?? '');

const plainly = (reply: FastifyReply, status: number, text: string): FastifyReply =>
  reply.status(status).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(text);
