/** The proxy's end towards the server: asks and takes the whole reply, or hands it on as it comes. */
import { Agent, request as open, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface Replied {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

const agent = new Agent({ keepAlive: true });
/** What speaks of one connection and not of the message. */
const ofTheConnection = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

function begin(target: string, { method, url, headers, body }: Asked): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const kept = Object.entries(headers).filter(([name]) => !ofTheConnection.includes(name));
    const outgoing = { ...Object.fromEntries(kept), 'content-length': body.length };
    const upstream = open(new URL(url, target), { method, headers: outgoing, agent }, resolve);
    upstream.on('error', reject);
    upstream.end(body);
  });
}

function handedOn({ headers }: IncomingMessage): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheConnection.includes(name)));
}

/** Asks, and waits for all of the reply. */
export async function ask(target: string, request: Asked): Promise<Replied> {
  const reply = await begin(target, request);
  const pieces: Buffer[] = [];
  for await (const piece of reply) pieces.push(piece as Buffer);
  return { status: reply.statusCode ?? 0, headers: handedOn(reply), body: Buffer.concat(pieces) };
}

/** Hands the reply on as it comes, until either side ends it. */
export async function pipeThrough(target: string, request: Asked, response: ServerResponse): Promise<void> {
  const reply = await begin(target, request);
  response.writeHead(reply.statusCode ?? 0, handedOn(reply));
  reply.on('error', () => response.destroy());
  reply.on('close', () => (reply.complete ? response.end() : response.destroy()));
  response.on('close', () => reply.destroy());
  reply.pipe(response);
}
