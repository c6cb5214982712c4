/** Server-sent events for laptops in Node, as far as syncing listens to them: names of events, and that the stream ended. */
import { request } from 'node:http';
import type { EventStream } from '../../workers/sync/transport.ts';

export function nodeEvents(url: string, cookie: () => string | undefined): EventStream {
  const listeners = new Map<string, () => void>();
  const tell = (name: string): void => listeners.get(name)?.();
  const asking = request(url, { headers: { cookie: cookie() ?? '' }, agent: false }, (reply) => {
    if (!String(reply.headers['content-type']).startsWith('text/event-stream')) return void asking.destroy();
    let text = '';
    reply.on('data', (piece: Buffer) => {
      const events = (text + piece.toString()).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) tell(/^event: (\w+)$/m.exec(event)?.[1] ?? 'message');
    });
    reply.on('error', () => undefined);
  });
  asking.on('error', () => undefined);
  asking.on('close', () => tell('error'));
  asking.end();
  return {
    addEventListener: (name, listener) => void listeners.set(name, listener),
    close() {
      listeners.clear();
      asking.destroy();
    },
  };
}
