/**
 * Server-sent events without content: docs/protocol.md, "Poke". A beat also looks whether the session is still live, and ends
 * the stream when it is not; listening is not use, so it keeps no session alive.
 */
import type { ServerResponse } from 'node:http';
import type { PersonId } from '../../src/domain/ids.ts';
import { paths } from '../../src/protocol/sync.ts';
import { isSessionLive } from '../auth/sessions.ts';
import type { Server } from '../context.ts';
import type { Tx } from '../db/tables.ts';
import { traceOf } from '../log.ts';
import type { ChangedRecord } from '../sync/accept.ts';
import type { Asking } from '../sync/context.ts';
import { concerned, concernedByHeld, type HeldNews, type Listener } from '../sync/poke.ts';
import { mismatch, respond, sessionOf, type Api } from './envelope.ts';

/** A listener this far behind is not listening. */
const unreadLimitBytes = 64 * 1024;

export function pokeRoute({ app, server }: Api, beatMs: number): void {
  app.get(paths.pokes, async (request, reply) => {
    const session = await sessionOf(server, request);
    if (session === undefined) return respond(server, request, reply, { ok: false, problem: { kind: 'signed-out' } });
    const { authority = '', person = '' } = request.query as Readonly<Record<string, string | undefined>>;
    const problem = mismatch(server, session, { authority, person });
    if (problem !== null) return respond(server, request, reply, { ok: false, problem }, session);

    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // The socket ends with the stream: a stopping server does not wait for it.
      connection: 'close',
      // Asks a proxy in front not to hold the events back.
      'x-accel-buffering': 'no',
    });
    const listener = listenerOn(stream, session);
    const remove = server.listeners.add(listener);
    stream.on('close', remove);
    listener.send('beat');
    return reply;
  });

  const timer = setInterval(() => void beat(server), beatMs);
  app.addHook('preClose', () => {
    clearInterval(timer);
    server.listeners.closeAll();
    return Promise.resolve();
  });
}

function listenerOn(stream: ServerResponse, { person, tokenHash }: Pick<Listener, 'person' | 'tokenHash'>): Listener {
  return {
    person,
    tokenHash,
    send: (event) => {
      if (stream.writableLength > unreadLimitBytes) stream.destroy();
      else stream.write(`event: ${event}\ndata: -\n\n`);
    },
    close: () => stream.end(),
  };
}

async function beat(server: Server): Promise<void> {
  try {
    for (const { tokenHash, send } of server.listeners.all()) {
      if (await isSessionLive(server.database, server.authority, tokenHash, server.now())) send('beat');
      else server.listeners.closeSession(tokenHash);
    }
  } catch (error) {
    server.log({ event: 'failed', path: 'beat', reference: server.newId(), error: traceOf(error) });
  }
}

/** Pokes whom a change concerns, after its commit. The one who pushed does not wait for it. */
export const pokeConcerned = (server: Server, changed: readonly ChangedRecord[]): void =>
  changed.length === 0 ? undefined : poke(server, (tx, asking, people) => concerned(tx, asking, people, changed));

/** The same for what was held, and for what was decided about it. */
export const pokeAboutHeld = (server: Server, news: readonly HeldNews[]): void =>
  news.length === 0 ? undefined : poke(server, (tx, asking, people) => concernedByHeld(tx, asking, people, news));

type Find = (tx: Tx, asking: Omit<Asking, 'person'>, people: readonly PersonId[]) => Promise<Set<PersonId>>;

function poke(server: Server, find: Find): void {
  const { database, authority, listeners } = server;
  const people = listeners.people();
  if (people.length === 0) return;
  database
    .read((tx) => find(tx, { authority, nowMs: server.now() }, people))
    .then((found) => listeners.poke(found))
    .catch((error: unknown) => {
      server.log({ event: 'failed', path: 'poke', reference: server.newId(), error: traceOf(error) });
    });
}
