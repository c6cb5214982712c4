/**
 * The wire between one laptop and the server: every request takes its time and meets its fate. What comes back is what fetch
 * and EventSource would give; what is not deterministic about them is left out.
 */
import type { Chance } from '../../../src/domain/example/chance.ts';
import type { PersonId } from '../../../src/domain/ids.ts';
import { paths } from '../../../src/protocol/sync.ts';
import type { EventStream } from '../../../workers/sync/transport.ts';
import { countFault, type Fate, type Fault } from './fates.ts';
import type { SimServer } from './sim-server.ts';
import type { Trace } from './trace.ts';
import type { Life, VirtualTime } from './virtual-time.ts';

export interface NetworkDeps {
  readonly time: VirtualTime;
  readonly server: SimServer;
  readonly trace: Trace;
  readonly faults: Map<Fault, number>;
  /** Told before anybody hears the answer. */
  readonly onAnswered: (laptop: string, path: string, request: string, reply: string) => void;
}

export interface Network {
  /** Until then the server does not answer: it has crashed. */
  crashServer(downMs: number): void;
  isUp(): boolean;
  /** A push with one of these words in it makes the server fail, each time. */
  readonly tripsOver: Set<string>;
  /** The wire of one laptop. */
  wire(name: string, person: PersonId, chance: Chance): Wire;
}

export interface Wire {
  online: boolean;
  /** Server-sent events do not get through, though requests do. */
  swallowsEvents: boolean;
  /** What becomes of the next requests, in turn; after that all is fine. */
  fates: Fate[];
  cookie: string;
  send(life: Life): (url: string, init: RequestInit) => Promise<Response>;
  openStream(life: Life): (url: string) => EventStream;
}

const page = '<!doctype html><title>Welcome</title><p>Please accept the terms of this network.';
const downAfterCrashMs = 8_000;

export function virtualNetwork({ time, server, trace, faults, onAnswered }: NetworkDeps): Network {
  let upAgainMs = 0;
  const tripsOver = new Set<string>();
  const isUp = (): boolean => time.nowMs() >= upAgainMs;
  const crashServer = (downMs: number): void => {
    upAgainMs = time.nowMs() + downMs;
    server.crash();
  };

  /** The answer to a request that has arrived; null when the server crashed over it. */
  async function arrive(name: string, wire: Wire, path: string, body: string, fate: Fate): Promise<string | null> {
    const trips = path === paths.push && [...tripsOver].some((word) => body.includes(word));
    server.database.refusesCommits = trips || fate === 'commit fails' || fate === 'server crash before commit';
    const text = await server.answer(path, wire.cookie, body);
    server.database.refusesCommits = false;
    if (fate === 'server crash before commit' || fate === 'server crash after commit') {
      crashServer(downAfterCrashMs);
      return null;
    }
    onAnswered(name, path, body, text);
    return text;
  }

  return {
    crashServer,
    isUp,
    tripsOver,
    wire(name, person, chance) {
      const lastReply = new Map<string, string>();
      const wire: Wire = {
        online: true,
        swallowsEvents: false,
        fates: [],
        cookie: '',
        send: (life) => (url, init) => {
          const fate = wire.fates.shift() ?? 'fine';
          if (fate !== 'fine') countFault(faults, fate);
          return exchange(life, url, init, fate);
        },
        openStream: (life) => (url) => stream(life, url),
      };

      const exchange = (life: Life, path: string, { body, signal }: RequestInit, fate: Fate): Promise<Response> => {
        const request = String(body);
        const say = (what: string): void =>
          trace.say(`${name} ${path.slice(10)} ${fate === 'fine' ? '' : `(${fate}) `}${what}`);
        const outMs = fate === 'delayed' ? chance.between(1_000, 20_000) : chance.between(2, 60);
        const backMs = fate === 'delayed' ? chance.between(1_000, 20_000) : chance.between(2, 60);
        return new Promise<Response>((resolve, reject) => {
          const aborted = (): void => reject(new DOMException('The request was called off', 'AbortError'));
          signal?.addEventListener('abort', aborted);
          const failed = (): void => reject(new TypeError('The connection was lost'));
          const later = (ms: number, run: () => void): void => void time.after(ms, () => !life.isOver && run());
          const give = (text: string, { stalls = false, status = 200 } = {}): void => {
            say(described(text));
            later(backMs, () => (wire.online ? resolve(responseOf(text, status, stalls, signal ?? null)) : undefined));
          };
          const status = fate === '413' ? 413 : fate === '502' ? 502 : 200;
          if (status > 200 || fate === 'HTML with 200') return later(outMs, () => give(page, { status }));
          const old = lastReply.get(path);
          if (fate === 'old reply' && old !== undefined) return later(outMs, () => give(old));
          if (fate === 'stalled before commit') return;
          if (fate === 'dropped before commit') return later(outMs, failed);

          const handle = async (): Promise<void> => {
            if (!wire.online) return; // a line that has just been cut says nothing
            if (!isUp()) return failed();
            if (fate === 'duplicated') {
              const again = chance.between(1, 30_000);
              time.after(again, () => void (isUp() && arrive(name, wire, path, request, 'fine')));
            }
            const text = await arrive(name, wire, path, request, fate);
            if (text === null || fate === 'dropped after commit') return later(backMs, failed);
            if (fate === 'stalled after commit') return;
            lastReply.set(path, text);
            if (fate === 'truncated') return give(text.slice(0, chance.between(0, text.length - 1)));
            give(text, { stalls: fate === 'stalled half-way' });
          };
          if (!wire.online) return later(5, failed);
          // Sent is sent: it arrives also when the tab that sent it has died.
          time.after(outMs, () => void handle());
        });
      };

      const stream = (life: Life, url: string): EventStream => {
        const listeners = new Map<string, () => void>();
        let isClosed = false;
        let remove = (): void => undefined;
        // A connection gives what was sent in order or dies: what is held up on the way comes late, not never.
        const late: string[] = [];
        const give = (): void => {
          if (isClosed || life.isOver) return;
          if (!wire.online || wire.swallowsEvents) return void time.after(1_000, give);
          for (const event of late.splice(0)) listeners.get(event)?.();
        };
        const tell = (event: string): void => {
          late.push(event);
          time.after(chance.between(2, 60), give);
        };
        time.after(chance.between(2, 60), () => {
          void url;
          if (isClosed || life.isOver) return;
          if (!wire.online || !isUp()) return listeners.get('error')?.();
          if (wire.swallowsEvents) return;
          void server
            .listen(wire.cookie, person, (event) => tell(event === 'closed' ? 'error' : event))
            .then((off) => {
              if (off === null) tell('error');
              else if (isClosed) off();
              else remove = off;
            });
        });
        return {
          addEventListener: (event, listener) => void listeners.set(event, listener),
          close() {
            isClosed = true;
            remove();
          },
        };
      };
      return wire;
    },
  };
}

function described(text: string): string {
  if (!text.startsWith('{')) return `-> ${text.length} characters`;
  const problem = /"problem":\{"kind":"([a-z-]+)"/.exec(text);
  if (problem) return `-> ${problem[1]}`;
  const held = text.match(/"outcome":"held"/g)?.length ?? 0;
  const accepted = text.match(/"outcome":"accepted"/g)?.length ?? 0;
  const records = text.match(/"projection":/g)?.length ?? 0;
  return `-> ${accepted} accepted, ${held} held, ${records} records`;
}

const encoder = new TextEncoder();

/** As much of a Response as the transport reads: its body, in two pieces. One that stalls never gives the second. */
function responseOf(text: string, status: number, stalls: boolean, signal: AbortSignal | null): Response {
  const half = text.length >> 1;
  const pieces = [text.slice(0, half), text.slice(half)]
    .filter((piece) => piece !== '')
    .map((piece) => encoder.encode(piece));
  let at = 0;
  const read = async (): Promise<{ done: boolean; value?: Uint8Array }> => {
    if (stalls && at === 1) {
      return new Promise((_, reject) => {
        const aborted = (): void => reject(new DOMException('The request was called off', 'AbortError'));
        if (signal?.aborted) aborted();
        else signal?.addEventListener('abort', aborted);
      });
    }
    const value = pieces[at];
    at += 1;
    return value === undefined ? { done: true } : { done: false, value };
  };
  return { status, body: { getReader: () => ({ read }) } } as unknown as Response;
}
