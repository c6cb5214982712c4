/**
 * The real server without its sockets: its routes, envelope, sessions, steps and SQL, called as the web framework calls them.
 * Only fastify itself, rate limits and passwords are left out. It can crash: listeners are gone, and nothing answers for a while.
 */
import type { FastifyInstance } from 'fastify';
import { startSession, sessionCookie, isSessionLive } from '../../../server/auth/sessions.ts';
import { tokenHash } from '../../../server/auth/tokens.ts';
import { readConfig } from '../../../server/config.ts';
import type { Server } from '../../../server/context.ts';
import { findAuthority } from '../../../server/db/authorities.ts';
import { answerError } from '../../../server/http.ts';
import { parseJson } from '../../../server/json.ts';
import type { Api } from '../../../server/routes/envelope.ts';
import type { Pace } from '../../../server/routes/pace.ts';
import type { Tries } from '../../../server/routes/tries.ts';
import { pokeRoute } from '../../../server/routes/poke-route.ts';
import { boardRoutes } from '../../../server/routes/board-routes.ts';
import { heldRoutes } from '../../../server/routes/held-routes.ts';
import { regatherRoutes } from '../../../server/routes/regather-routes.ts';
import { syncRoutes } from '../../../server/routes/sync-routes.ts';
import { makeListeners } from '../../../server/sync/poke.ts';
import type { PersonId } from '../../../src/domain/ids.ts';
import { paths, requestHeader } from '../../../src/protocol/sync.ts';
import type { SimDatabase } from './sim-database.ts';

export const beatMs = 20_000;

export interface SimServer {
  readonly server: Server;
  readonly database: SimDatabase;
  /** The text of the answer to a request. */
  answer(path: string, cookie: string, body: string): Promise<string>;
  signIn(person: PersonId, earlier: string | undefined): Promise<string>;
  isSignedIn(cookie: string): Promise<boolean>;
  /** Listens to a person's events; null when they are refused. */
  listen(
    cookie: string,
    person: PersonId,
    onEvent: (event: 'poke' | 'beat' | 'closed') => void,
  ): Promise<(() => void) | null>;
  beat(): void;
  stop(): Promise<void>;
  /** Everything in memory is gone. */
  crash(): void;
  /** Started again on the database as it is now. */
  restart(): Promise<void>;
}

/** Everything that a laptop asks but its events. */
export function allRoutes(api: Api): void {
  syncRoutes(api);
  regatherRoutes(api);
  heldRoutes(api);
  boardRoutes(api);
}

type Handler = (request: object, reply: object) => Promise<unknown>;

export interface SimServerDeps {
  readonly serverKey: Server['serverKey'];
  readonly database: SimDatabase;
  readonly authority: Server['authority'];
  readonly now: () => number;
  readonly newId: () => string;
  /** The routes; a planted bug puts its own in their place. */
  readonly routes?: (api: Api) => void;
}

/** A server that can be started again, also on a database that was put back. */
export function simServer(deps: SimServerDeps): SimServer {
  let running = boot(deps);
  return {
    get server() {
      return running.server;
    },
    database: deps.database,
    answer: (path, cookie, body) => running.answer(path, cookie, body),
    signIn: (person, earlier) => running.signIn(person, earlier),
    isSignedIn: (cookie) => running.isSignedIn(cookie),
    listen: (cookie, person, onEvent) => running.listen(cookie, person, onEvent),
    beat: () => running.beat(),
    crash: () => running.crash(),
    stop: () => running.stop(),
    async restart() {
      await running.stop();
      const authority = await deps.database.read(findAuthority);
      running = boot({ ...deps, authority: authority ?? deps.authority });
    },
  };
}

function boot({
  serverKey,
  database,
  authority,
  now,
  newId,
  routes = allRoutes,
}: SimServerDeps): Omit<SimServer, 'restart'> {
  const randomBytes = (n: number): Uint8Array => Buffer.from(newId().repeat(2), 'hex').subarray(0, n);
  const refuse = (): never => {
    throw new Error('Nobody asks for that here');
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
    serverKey,
    revoked: { list: () => [], add: () => undefined },
    listeners: makeListeners(),
    cube: { newest: refuse },
    log: () => undefined,
  };
  const handlers = new Map<string, Handler>();
  const closing: (() => Promise<void>)[] = [];
  const add = (path: string, ...rest: readonly unknown[]): void => void handlers.set(path, rest.at(-1) as Handler);
  const addHook = (_name: string, hook: () => Promise<void>): void => void closing.push(hook);
  const app = { post: add, get: add, addHook } as unknown as FastifyInstance;
  const tries: Tries = {
    attempt: () => Promise.reject(new Error('Nobody signs in here')),
    clear: () => Promise.reject(new Error('Nobody signs in here')),
  };
  const pace: Pace = {
    newLaptops: 100_000,
    asks: () => Promise.resolve(null),
    keeps: () => null,
    asksOutside: () => Promise.resolve(null),
    mayBegin: () => Promise.resolve(true),
    mayReport: () => Promise.resolve(true),
  };
  const api = { app, server, tries, pace };
  routes(api);
  const beats = timersOf(() => pokeRoute(api, beatMs));

  return {
    server,
    database,
    async answer(path, cookie, text) {
      const handler = handlers.get(path);
      if (handler === undefined) throw new Error(`The simulated server has no route ${path}`);
      const parsed = parseJson(text);
      const request = requestOf(path, cookie, parsed.ok ? parsed.value : undefined);
      const reply = newReply();
      try {
        await handler(request, reply);
      } catch (error) {
        answerError(server, error as never, request as never, reply as never);
      }
      return reply.text;
    },
    signIn: (person, earlier) =>
      database.write((tx) => startSession(tx, authority, person, { nowMs: now(), randomBytes, earlier })),
    isSignedIn: (cookie) => isSessionLive(database, authority, tokenHash(cookie), now()),
    async listen(cookie, person, onEvent) {
      const ended: (() => void)[] = [];
      let isOpen = false;
      const raw = {
        writableLength: 0,
        writeHead: () => void (isOpen = true),
        write: (text: string) => onEvent(text.startsWith('event: poke') ? 'poke' : 'beat'),
        end: () => onEvent('closed'),
        on: (_close: string, run: () => void) => void ended.push(run),
      };
      const query = { authority: authority.id, person };
      const reply = { ...newReply(), raw, hijack: () => undefined, getHeaders: () => ({}) };
      await handlers.get(paths.pokes)?.({ ...requestOf(paths.pokes, cookie, undefined), query }, reply);
      return isOpen ? () => ended.forEach((run) => run()) : null;
    },
    beat: () => beats.forEach((beat) => beat()),
    async stop() {
      for (const hook of closing) await hook();
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

/** What `start` would have run again and again: virtual time runs it instead. */
function timersOf(start: () => void): (() => void)[] {
  const runs: (() => void)[] = [];
  const own = globalThis.setInterval;
  globalThis.setInterval = ((run: () => void) => runs.push(run)) as unknown as typeof setInterval;
  try {
    start();
  } finally {
    globalThis.setInterval = own;
  }
  return runs;
}
