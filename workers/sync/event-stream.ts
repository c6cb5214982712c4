/**
 * Server-sent events, read with `fetch`: the browser's own EventSource cannot carry what shows that the copy is unlocked (protocol:
 * Poke). Only the names of events are read, ours have no content. Promises:
 *  - an answer that is no stream of events (a captive portal, a refusal) is an `error`, and so is a stream that fails or ends; after
 *    an `error` nothing is told any more
 *  - after `close` nothing is told, and the connection is given up
 */
export interface EventStream {
  addEventListener(name: string, listener: () => void): void;
  close(): void;
}

/** Two short lines; more without an end of an event is not a stream of ours. */
const longestEvent = 4 * 1024;

/** `ask` sends the request; it is called off by the signal. */
export function readEvents(ask: (signal: AbortSignal) => Promise<Response>): EventStream {
  const abort = new AbortController();
  const listeners = new Map<string, () => void>();
  const tell = (name: string): void => listeners.get(name)?.();
  const ended = (): void => {
    abort.abort();
    tell('error');
    listeners.clear();
  };
  void read().then(ended, ended);

  async function read(): Promise<void> {
    const response = await ask(abort.signal);
    const isStream =
      response.status === 200 && /^text\/event-stream\b/.test(response.headers.get('content-type') ?? '');
    if (!isStream || response.body === null) return;
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    for (let text = ''; text.length <= longestEvent;) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = (text + decoder.decode(value, { stream: true })).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) tell(/^event: (\w+)$/m.exec(event)?.[1] ?? 'message');
    }
  }

  return {
    addEventListener: (name, listener) => void listeners.set(name, listener),
    close() {
      listeners.clear();
      abort.abort();
    },
  };
}
