/**
 * The only file that touches the network. It knows nothing of records or of the store.
 *
 * Promises:
 *  - an answer is believed only when it is an envelope with our marker that echoes this request's nonce; a captive
 *    portal, a proxy's page, a cached reply, an unmarked 401 are `not-our-server`, whatever their status (FAULTS 29, 44);
 *    but for 413, by which a proxy on the way says that what was sent is too large for it, and which takes nothing (27)
 *  - every request ends: 30 seconds without a byte, or 3 minutes in all, is `timed-out`
 *  - each marked answer measures the offset to the server's clock (FAULTS 36)
 */
import { parse, type Schema } from '../../src/protocol/parse.ts';
import type { Result, SyncProblem, TransportProblem } from '../../src/protocol/problem.ts';
import { envelopeSchema, replyMarker, requestHeader, unlockedHeader, type Envelope } from '../../src/protocol/sync.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import type { Timers } from '../../src/protocol/timers.ts';
import { readEvents, type EventStream } from './event-stream.ts';

export type { EventStream } from './event-stream.ts';

export interface Answer<T> {
  readonly value: T;
  /** The server's time when it answered. */
  readonly serverMs: number;
}

export type Post = <T>(
  signal: AbortSignal,
  path: string,
  fields: object,
  schema: Schema<T>,
) => Promise<Result<Answer<T>, SyncProblem>>;

export type StreamEvent = 'poke' | 'beat' | 'closed';

export interface Transport {
  /** Sends `fields` with a fresh nonce and reads the answer by `schema`. */
  readonly post: Post;
  /** Listens to the server's events until the returned function is called. */
  listen(path: string, onEvent: (event: StreamEvent) => void): () => void;
}

export interface TransportDeps {
  /** Scheme, host and port that paths are added to; empty in the app, which asks where it came from. */
  readonly origin: string;
  readonly now: () => number;
  /** 32 hex digits, unguessable. */
  readonly newNonce: () => string;
  readonly timers: Timers;
  /** What shows that the copy is unlocked, while it is. */
  readonly proof?: () => string | null;
  /** Told of each marked answer: server time minus this laptop's, in milliseconds. */
  readonly onContact: (offsetMs: number) => void;
  /** Told of each piece of an answer that arrives: a slow line is not a stuck one. */
  readonly onBytes?: () => void;
  readonly send?: (url: string, init: RequestInit) => Promise<Response>;
  readonly openStream?: (url: string) => EventStream;
  readonly silenceMs?: number;
  readonly longestMs?: number;
}

const defaultSilenceMs = 30_000;
const defaultLongestMs = 180_000;
/** A page of records is far below this; more is not an answer of ours. */
const largestReply = 64 * 1024 * 1024;

/** How every request goes out; `says`: what it sends, or asks for. */
const requestWith = (proof: string | null, says: Readonly<Record<string, string>>) =>
  ({
    headers: {
      ...says,
      [requestHeader]: String(protocolVersion),
      ...(proof === null ? {} : { [unlockedHeader]: proof }),
    },
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
  }) as const satisfies RequestInit;

export function openTransport(deps: TransportDeps): Transport {
  return {
    post: async (signal, path, fields, schema) => {
      const nonce = deps.newNonce();
      const sentMs = deps.now();
      const text = await exchange(deps, signal, path, JSON.stringify({ ...fields, nonce }));
      if (!text.ok) return text;
      const envelope = readEnvelope(text.value, nonce);
      if (envelope === null) return failed('not-our-server');
      deps.onContact(Math.round(envelope.serverMs - (sentMs + deps.now()) / 2));
      return readBody(envelope, schema);
    },
    listen: (path, onEvent) => listen(deps, path, onEvent),
  };
}

type Failure = TransportProblem | { readonly kind: 'too-large' };

const failed = (kind: Failure['kind']): { ok: false; problem: Failure } => ({
  ok: false,
  problem: { kind },
});

async function exchange(
  { origin, send, timers, proof, onBytes, silenceMs = defaultSilenceMs, longestMs = defaultLongestMs }: TransportDeps,
  signal: AbortSignal,
  path: string,
  body: string,
): Promise<Result<string, Failure>> {
  const abort = new AbortController();
  const callOff = () => abort.abort();
  signal.addEventListener('abort', callOff);
  if (signal.aborted) callOff();
  let cancelSilence = timers.after(silenceMs, callOff);
  const cancelLongest = timers.after(longestMs, callOff);
  const alive = () => {
    onBytes?.();
    cancelSilence();
    cancelSilence = timers.after(silenceMs, callOff);
  };
  try {
    const request = requestWith(proof?.() ?? null, { 'content-type': 'application/json' });
    const response = await (send ?? fetch)(`${origin}${path}`, {
      method: 'POST',
      body,
      ...request,
      signal: abort.signal,
    });
    alive();
    if (response.status === 413) return failed('too-large');
    const text = await readText(response, alive);
    return text === null ? failed('not-our-server') : { ok: true, value: text };
  } catch {
    // What fetch throws says little and differs by browser; the two cases a person can tell apart are these.
    return failed(abort.signal.aborted ? 'timed-out' : 'unreachable');
  } finally {
    cancelSilence();
    cancelLongest();
    signal.removeEventListener('abort', callOff);
    callOff();
  }
}

async function readText(response: Response, alive: () => void): Promise<string | null> {
  if (response.body === null) return null;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    alive();
    text += decoder.decode(value, { stream: true });
    if (text.length > largestReply) return null;
  }
}

function readEnvelope(text: string, nonce: string): Envelope | null {
  const envelope = parse(envelopeSchema, parseJson(text));
  return envelope !== null && envelope.nonce === nonce ? envelope : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not ours: the schema refuses undefined.
    return undefined;
  }
}

function readBody<T>(envelope: Envelope, schema: Schema<T>): Result<Answer<T>, SyncProblem> {
  if (envelope.problem !== undefined) return { ok: false, problem: envelope.problem };
  const value = parse(schema, envelope.body);
  if (value !== null) return { ok: true, value: { value, serverMs: envelope.serverMs } };
  const serverVersion = envelope[replyMarker];
  return serverVersion === protocolVersion
    ? failed('not-our-server')
    : { ok: false, problem: { kind: 'protocol', serverVersion } };
}

function listen(deps: TransportDeps, path: string, onEvent: (event: StreamEvent) => void): () => void {
  const { send, proof } = deps;
  const overFetch = (url: string): EventStream =>
    readEvents((signal) => {
      const request = requestWith(proof?.() ?? null, { accept: 'text/event-stream' });
      return (send ?? fetch)(url, { ...request, signal });
    });
  const stream = (deps.openStream ?? overFetch)(`${deps.origin}${path}`);
  let open = true;
  const pass = (event: StreamEvent) => () => {
    if (open) onEvent(event);
  };
  const close = () => {
    open = false;
    stream.close();
  };
  stream.addEventListener('poke', pass('poke'));
  stream.addEventListener('beat', pass('beat'));
  // After an error it is for `pokes` to say when to ask again.
  stream.addEventListener('error', () => {
    const tell = pass('closed');
    stream.close();
    tell();
    open = false;
  });
  return close;
}
