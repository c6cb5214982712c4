/**
 * Server-sent events without content: docs/protocol.md, "Poke". Whoever listens shows what any other request shows. A beat also
 * looks whether the session is still live for them, and ends the stream when it is not; listening is not use, so it keeps no
 * session alive. What to send is heard from the database, so that it does not matter which of several servers a change came to.
 */
import type { ServerResponse } from 'node:http';
import { paths, unlockedHeader } from '../../src/protocol/sync.ts';
import { isSessionLive, isUnlocked } from '../auth/sessions.ts';
import type { Server } from '../context.ts';
import { traceOf } from '../log.ts';
import type { News } from '../db/news.ts';
import { concerned, concernedByHeld, type Listener } from '../sync/poke.ts';
import { lockedOut, mismatch, proofOf, sessionOf, whoAsks, type Api } from './envelope.ts';
import { respond } from './respond.ts';

/** A listener this far behind is not listening. */
const unreadLimitBytes = 64 * 1024;

const signedOut = { ok: false, problem: { kind: 'signed-out' } } as const;

export function pokeRoute({ app, server, pace }: Api, beatMs: number): void {
  app.get(paths.pokes, async (request, reply) => {
    const session = await sessionOf(server, request);
    if (session === undefined) return respond(server, request, reply, signedOut);
    const limited = await pace.asks(request, whoAsks(request, session));
    if (limited !== null) return respond(server, request, reply, { ok: false, problem: limited }, session);
    const { authority = '', person = '' } = request.query as Readonly<Record<string, string | undefined>>;
    const problem = mismatch(server, session, { authority, person });
    if (problem !== null) return respond(server, request, reply, { ok: false, problem }, session);
    const proof = proofOf(request);
    if (!isUnlocked(session, proof)) {
      // An older build shows nothing, and asks again and again: no sign of a copied cookie.
      const isOlder = request.headers[unlockedHeader] === undefined;
      const refused = isOlder ? signedOut : lockedOut(server, request, session);
      return respond(server, request, reply, refused, session);
    }

    reply.hijack();
    const stream = reply.raw;
    // Whoever left while all that was looked up has closed already, and will not close again.
    if (stream.destroyed) return reply;
    stream.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // The socket ends with the stream: a stopping server does not wait for it.
      connection: 'close',
      // Asks a proxy in front not to hold the events back.
      'x-accel-buffering': 'no',
    });
    const listener = listenerOn(stream, { ...session, proof });
    const remove = server.listeners.add(listener);
    stream.on('close', remove);
    listener.send('beat');
    return reply;
  });

  const timer = setInterval(() => void inBackground(server, 'beat', () => beat(server)), beatMs);
  const deaf = server.database.hear((news) => void inBackground(server, 'poke', () => passOn(server, news)));
  app.addHook('preClose', () => {
    clearInterval(timer);
    deaf();
    server.listeners.closeAll();
    return Promise.resolve();
  });
}

type Listening = Pick<Listener, 'person' | 'tokenHash' | 'proof'>;

function listenerOn(stream: ServerResponse, { person, tokenHash, proof }: Listening): Listener {
  return {
    person,
    tokenHash,
    proof,
    send: (event) => {
      if (stream.writableLength > unreadLimitBytes) stream.destroy();
      else stream.write(`event: ${event}\ndata: -\n\n`);
    },
    close: () => stream.end(),
  };
}

async function beat(server: Server): Promise<void> {
  await endStale(server, server.listeners.all());
  for (const { send } of server.listeners.all()) send('beat');
}

/**
 * Ends the streams whose session has ended, or has come to belong to a copy that they have not shown to be. A session is looked
 * up once for all its streams that show the same.
 */
async function endStale({ database, authority, listeners, now }: Server, asked: readonly Listener[]): Promise<void> {
  const known = new Map<string, boolean>();
  for (const listener of asked) {
    const { tokenHash, proof = '' } = listener;
    const shown = `${tokenHash} ${proof}`;
    const isLive = known.get(shown) ?? (await isSessionLive(database, authority, tokenHash, now(), listener.proof));
    known.set(shown, isLive);
    if (!isLive) listeners.end(listener);
  }
}

/** push 10: pokes whom a change concerns. Whoever pushed does not wait for it. */
async function passOn(server: Server, news: News): Promise<void> {
  const { database, authority, listeners, now } = server;
  const people = listeners.people();
  if (people.length === 0) return;
  switch (news.kind) {
    case 'changed': {
      const asking = { authority, nowMs: now() };
      listeners.poke(await database.read((tx) => concerned(tx, asking, people, news.changed)));
      return;
    }
    case 'held': {
      const asking = { authority, nowMs: now() };
      listeners.poke(await database.read((tx) => concernedByHeld(tx, asking, people, news.held)));
      return;
    }
    case 'sessions':
      return endStale(
        server,
        listeners.all().filter(({ person }) => person === news.person),
      );
    case 'much':
      listeners.poke(new Set(people));
      return endStale(server, listeners.all());
    default:
      return news satisfies never;
  }
}

async function inBackground(server: Server, path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    server.log({ event: 'failed', path, reference: server.newId(), error: traceOf(error) });
    // Whom it concerns cannot be said: a poke too many costs a question, one too few leaves somebody behind.
    if (path === 'poke') server.listeners.poke(new Set(server.listeners.people()));
  }
}
