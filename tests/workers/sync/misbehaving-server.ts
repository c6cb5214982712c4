/** A real HTTP server on this machine that answers as it is told: as ours, or as what stands between a laptop and ours. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: { readonly nonce: string } & Readonly<Record<string, unknown>>;
}

export type Behaviour = (asked: Asked, response: ServerResponse) => void;

export interface TestServer {
  readonly origin: string;
  readonly asked: Asked[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export const epoch = 'e'.repeat(32);

/** Answers as our server would. */
export const ours =
  (answer: { readonly body?: unknown; readonly problem?: unknown }, serverMs = 1_000_000, status = 200): Behaviour =>
  ({ body }, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ plumbline: 1, nonce: body.nonce, epoch, serverMs, ...answer }));
  };

export async function startMisbehaving(): Promise<TestServer> {
  const asked: Asked[] = [];
  let behaviour: Behaviour = ours({ body: {} });
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const one: Asked = { path: request.url ?? '', headers: request.headers, body: JSON.parse(text) as Asked['body'] };
      asked.push(one);
      behaviour(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    behave: (next) => (behaviour = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
