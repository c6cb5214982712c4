/** What a hotel's Wi-Fi puts in the place of the council's server: its own page, with status 200 or another, whatever is asked. */
import { createServer } from 'node:http';

const page = '<!doctype html><html><title>Welcome</title><h1>Free Wi-Fi</h1><p>Please accept our terms.</p></html>';

export interface Portal {
  /** How many requests it has answered. */
  answered(): number;
  close(): Promise<void>;
}

/** Answers on the address of a server that is stopped. */
export async function openPortal(url: string, status = 200): Promise<Portal> {
  let answered = 0;
  const server = createServer((_request, response) => {
    answered += 1;
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  const { hostname, port } = new URL(url);
  await new Promise<void>((resolve) => server.listen(Number(port), hostname, resolve));
  return {
    answered: () => answered,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
