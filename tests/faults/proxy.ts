/**
 * What stands between a laptop and its server, and does harm as it is told (`nemeses.ts`). Plain HTTP on a free port of
 * 127.0.0.1, for laptops in Node and for a browser, whose page comes through it too. Counts what it did, by nemesis and
 * kind of request.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unharmed, requestKind, type Nemesis, type Plan, type RequestKind } from './nemeses.ts';
import { ask, pipeThrough, type Asked, type Replied } from './upstream.ts';
import { thinLine } from './thin-line.ts';

export interface FaultProxy {
  /** With a slash at its end, as a server's address. */
  readonly address: string;
  plan(plan: Plan): void;
  /** Nothing more happens to new requests. What hangs already goes on hanging. */
  heal(): void;
  /** How often `nemesis` struck, of all kinds of requests or of one. */
  struck(nemesis?: Nemesis['kind'], kind?: RequestKind): number;
  /** How many requests have come. */
  asked(kind: RequestKind): number;
  /** Every nemesis and kind that struck, with its count. */
  report(): Record<string, number>;
  close(): Promise<void>;
}

const portal = '<!doctype html><html><title>Welcome</title><h1>Free Wi-Fi</h1><p>Please accept our terms.</p></html>';

/** `target` is asked for each request, so that a server may come back elsewhere. */
export async function openProxy(target: () => string): Promise<FaultProxy> {
  let plan = unharmed;
  const counts = new Map<string, number>();
  const asked = new Map<RequestKind, number>();
  const late = new Map<RequestKind, Asked[]>();
  const old = new Map<RequestKind, Replied>();
  const thin = thinLine();
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);

  /** Asks the server, and lets what was late come after. */
  async function pass(kind: RequestKind, request: Asked): Promise<Replied> {
    const reply = await ask(target(), request);
    for (const each of late.get(kind)?.splice(0) ?? []) await ask(target(), each).catch(String);
    if (reply.status === 200 && !old.has(kind)) old.set(kind, reply);
    return reply;
  }

  async function strike(nemesis: Nemesis, kind: RequestKind, request: Asked, response: ServerResponse): Promise<void> {
    switch (nemesis.kind) {
      case 'drop':
        return void response.destroy();
      case 'drop-reply':
        await pass(kind, request);
        return void response.destroy();
      case 'duplicate':
        await pass(kind, request);
        return answer(response, await pass(kind, request));
      case 'late':
        late.set(kind, [...(late.get(kind) ?? []), request]);
        return void response.destroy();
      case 'truncate': {
        const reply = await pass(kind, request);
        return answer(response, { ...reply, body: reply.body.subarray(0, reply.body.length >> 1) });
      }
      case 'stall':
        return;
      case 'stall-reply':
        return void (await pass(kind, request));
      case 'too-large':
        return request.body.length > nemesis.limitBytes
          ? page(response, 413, 'Request Entity Too Large')
          : answer(response, await pass(kind, request));
      case 'bad-gateway':
        return page(response, 502, 'Bad Gateway');
      case 'bad-request':
        return page(response, 400, 'Bad Request');
      case 'html':
        return page(response, 200, portal);
      case 'redirect':
        return void response.writeHead(302, { location: nemesis.to ?? 'http://wifi.example.org/terms' }).end();
      case 'empty':
        return void response.writeHead(200, { 'content-type': 'application/json' }).end();
      case 'garbage':
        return void response
          .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
          .end(Buffer.from('nothing that was ever packed'));
      case 'old-reply': {
        const stored = old.get(kind);
        return stored === undefined ? page(response, 200, portal) : answer(response, stored);
      }
      case 'alter': {
        const reply = await pass(kind, request);
        const envelope = JSON.parse(reply.body.toString()) as { readonly body?: unknown };
        const altered = { ...envelope, body: nemesis.reply(envelope.body as never) };
        return answer(response, { ...reply, body: Buffer.from(JSON.stringify(altered)) });
      }
      case 'thin':
        return thin.send(response, await pass(kind, request), nemesis);
      default:
        return nemesis satisfies never;
    }
  }

  const server = createServer((incoming, response) => {
    const take = async (): Promise<void> => {
      const kind = requestKind(incoming.url ?? '/');
      const request = await read(incoming);
      asked.set(kind, (asked.get(kind) ?? 0) + 1);
      const { body } = request;
      const nemesis = plan({ kind, count: asked.get(kind) ?? 0, bytes: body.length, text: () => body.toString() });
      if (nemesis !== null) {
        count(`${nemesis.kind} ${kind}`);
        return strike(nemesis, kind, request, response);
      }
      // Events and files are handed on as they come.
      if (kind === 'pokes' || kind === 'page') return pipeThrough(target(), request, response);
      return answer(response, await pass(kind, request));
    };
    // A server that is away is a connection that breaks.
    take().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    plan: (next) => (plan = next),
    heal: () => (plan = unharmed),
    struck: (nemesis, kind) =>
      [...counts].reduce((sum, [name, times]) => {
        const [struckBy, of] = name.split(' ');
        return (nemesis ?? struckBy) === struckBy && (kind ?? of) === of ? sum + times : sum;
      }, 0),
    asked: (kind) => asked.get(kind) ?? 0,
    report: () => Object.fromEntries([...counts].sort()),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(incoming: IncomingMessage): Promise<Asked> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const { method = 'GET', url = '/', headers } = incoming;
  return { method, url, headers, body: Buffer.concat(pieces) };
}

function answer(response: ServerResponse, { status, headers, body }: Replied): void {
  response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
}

function page(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(text);
}
