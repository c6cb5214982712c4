/**
 * The real server without its sockets: its routes, envelope, sessions, steps and SQL, called as the web framework calls them.
 * Only fastify itself, rate limits and passwords are left out. It can crash: listeners are gone, and nothing answers for a while.
 */
import type { FastifyInstance } from 'fastify';
import { startSession, sessionCookie, isSessionLive } from '../../../server/auth/sessions.ts';
import { tokenHash } from '../../../server/auth/tokens.ts';
import { readConfig } from '../../../server/config.ts';
import type { Server } from '../../../server/context.ts';
import { answerError } from '../../../server/http.ts';
import { parseJson } from '../../../server/json.ts';
import { sessionOf, type Api } from '../../../server/routes/envelope.ts';
import { syncRoutes } from '../../../server/routes/sync-routes.ts';
import { makeListeners } from '../../../server/sync/poke.ts';
import type { PersonId } from '../../../src/domain/ids.ts';
import { requestHeader } from '../../../src/protocol/sync.ts';
import type { SimDatabase } from './sim-database.ts';

export interface SimServer {
  readonly server: Server;
  readonly database: SimDatabase;
  /** The text of the answer to a request. */
  answer(path: string, cookie: string, body: string): Promise<string>;
  signIn(person: PersonId, earlier: string | undefined): Promise<string>;
  isSignedIn(cookie: string): Promise<boolean>;
  /** Listens to the events of whoever the cookie names; null when nobody is signed in by it. */
  listen(cookie: string, onEvent: (event: 'poke' | 'beat' | 'closed') => void): Promise<(() => void) | null>;
  beat(): Promise<void>;
  /** Everything in memory is gone. */
  crash(): void;
}

type Handler = (request: object, reply: object) => Promise<unknown>;

export interface SimServerDeps {
  readonly database: SimDatabase;
  readonly authority: Server['authority'];
  readonly now: () => number;
  readonly newId: () => string;
  /** The routes; a planted bug puts its own in their place. */
  readonly routes?: (api: Api) => void;
}

export function simServer({ database, authority, now, newId, routes = syncRoutes }: SimServerDeps): SimServer {
  const randomBytes = (n: number): Uint8Array => Buffer.from(newId().repeat(2), 'hex').subarray(0, n);
  const refuse = (): never => {
    throw new Error('Nobody signs in by password here');
  };
  const server: Server = {
    now,
    newId,
    randomBytes,
    config: readConfig({}),
    database,
    authority,
    passwords: new Proxy({} as Server['passwords'], { get: refuse }),
    recoveryKey: new Uint8Array(32),
    listeners: makeListeners(),
    log: () => undefined,
  };
  const handlers = new Map<string, Handler>();
  const app = {
    post: (path: string, ...rest: readonly unknown[]) => handlers.set(path, rest.at(-1) as Handler),
  } as unknown as FastifyInstance;
  const allowed = { problem: () => Promise.resolve(null), pace: () => Promise.resolve(null) };
  routes({ app, server, tries: allowed });

  return {
    server,
    database,
    async answer(path, cookie, text) {
      const parsed = parseJson(text);
      const request = requestOf(path, cookie, parsed.ok ? parsed.value : undefined);
      const reply = newReply();
      try {
        await handlers.get(path)?.(request, reply);
      } catch (error) {
        answerError(server, error as never, request as never, reply as never);
      }
      return reply.text;
    },
    signIn: (person, earlier) =>
      database.write((tx) => startSession(tx, authority, person, { nowMs: now(), randomBytes, earlier })),
    isSignedIn: (cookie) => isSessionLive(database, authority, tokenHash(cookie), now()),
    async listen(cookie, onEvent) {
      const session = await sessionOf(server, requestOf('', cookie, undefined) as never);
      if (session === undefined) return null;
      const { person } = session;
      const close = (): void => onEvent('closed');
      const remove = server.listeners.add({ person, tokenHash: tokenHash(cookie), send: onEvent, close });
      onEvent('beat');
      return remove;
    },
    async beat() {
      for (const { tokenHash: hash, send } of server.listeners.all()) {
        if (await isSessionLive(database, authority, hash, now())) send('beat');
        else server.listeners.closeSession(hash);
      }
    },
    crash: () => server.listeners.closeAll(),
  };
}

const requestOf = (path: string, cookie: string, body: unknown) => ({
  body,
  headers: { [requestHeader]: '1' },
  cookies: { [sessionCookie]: cookie },
  ip: '127.0.0.1',
  routeOptions: { url: path },
});

function newReply() {
  const reply = {
    statusCode: 200,
    text: '',
    header: () => reply,
    type: () => reply,
    status(code: number) {
      reply.statusCode = code;
      return reply;
    },
    send(text: string) {
      reply.text = text;
      return reply;
    },
  };
  return reply;
}
