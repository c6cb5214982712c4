/** The transport against a real server that misbehaves: nothing but our server's own answer is taken for one (FAULTS 29, 44). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { openTransport, type EventStream, type StreamEvent } from '../../../workers/sync/transport.ts';
import { fakeTime } from './fake-time.ts';
import { epoch, ours, startMisbehaving, type Behaviour, type TestServer } from './misbehaving-server.ts';

const test = suite<{ server: TestServer }>('the transport');
const schema = v.object({ thing: v.string() });
const nonce = 'ab'.repeat(16);

const realTimers = {
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** How long a server may be silent: far longer than any machine is busy, or short where the test is that it is silent. */
const patient = { silenceMs: 30_000, longestMs: 60_000 };
const impatient = { silenceMs: 150, longestMs: 600 };

function transportTo(origin: string, contacts: number[] = [], limits = patient) {
  return openTransport({
    origin,
    now: () => 400,
    newNonce: () => nonce,
    timers: realTimers,
    onContact: (offsetMs) => contacts.push(offsetMs),
    ...limits,
  });
}

const ask = (origin: string, contacts?: number[], limits = patient) =>
  transportTo(origin, contacts, limits).post(new AbortController().signal, '/api/x', { colour: 'red' }, schema);

test.before.each(async (context) => {
  context.server = await startMisbehaving();
});
test.after.each(({ server }) => server.close());

test('sends JSON with our header and a nonce, and reads the answer', async ({ server }) => {
  server.behave(ours({ body: { thing: 'yes' } }));
  const contacts: number[] = [];
  assert.equal(await ask(server.origin, contacts), {
    ok: true,
    value: { value: { thing: 'yes' }, serverMs: 1_000_000 },
  });
  const [asked] = server.asked;
  assert.equal(asked?.body, { colour: 'red', nonce });
  assert.is(asked?.headers['content-type'], 'application/json');
  assert.is(asked?.headers['x-plumbline'], '1');
  assert.equal(contacts, [999_600]);
});

test('passes on a problem the server names, and measures the clock by it too', async ({ server }) => {
  server.behave(ours({ problem: { kind: 'signed-out' } }, 500, 401));
  const contacts: number[] = [];
  assert.equal(await ask(server.origin, contacts), { ok: false, problem: { kind: 'signed-out' } });
  assert.equal(contacts, [100]);
});

const envelope = (fields: object): string =>
  JSON.stringify({ plumbline: 1, nonce, epoch, serverMs: 1, body: { thing: 'yes' }, ...fields });

const answers =
  (status: number, text: string, headers: Record<string, string> = { 'content-type': 'application/json' }): Behaviour =>
  (_asked, response) => {
    response.writeHead(status, headers);
    response.end(text);
  };

const impostors: readonly [string, Behaviour][] = [
  ['HTML with 200', answers(200, '<html>Welcome to StationWifi</html>', { 'content-type': 'text/html' })],
  ['a redirect to a sign-in page', answers(302, '', { location: 'http://127.0.0.1:9/portal' })],
  ['an empty 200', answers(200, '')],
  ['an old reply from a cache, with another nonce', answers(200, envelope({ nonce: 'cd'.repeat(16) }))],
  ['truncated JSON', answers(200, envelope({}).slice(0, 40))],
  ['a 502 page', answers(502, 'Bad gateway')],
  ['a 401 without our marker', answers(401, JSON.stringify({ problem: { kind: 'signed-out' } }))],
  ['JSON without an epoch', answers(200, envelope({ epoch: undefined }))],
  ['JSON without the time', answers(200, envelope({ serverMs: undefined }))],
  ['a problem nobody knows', answers(400, envelope({ problem: { kind: 'unheard-of' } }))],
  ['a body of another shape', answers(200, envelope({ body: { thing: 7 } }))],
  ['neither body nor problem', answers(200, envelope({ body: undefined }))],
  ['a JSON text that is not an object', answers(200, '"hello"')],
];

for (const [name, behaviour] of impostors) {
  test(`${name} is not our server`, async ({ server }) => {
    server.behave(behaviour);
    assert.equal(await ask(server.origin), { ok: false, problem: { kind: 'not-our-server' } });
  });
}

test('a 413 is too large, whoever says so: it took nothing', async ({ server }) => {
  server.behave(answers(413, '<html>Request Entity Too Large</html>', { 'content-type': 'text/html' }));
  assert.equal(await ask(server.origin), { ok: false, problem: { kind: 'too-large' } });
});

test('an answer that does not fit, from a server of another version, says so', async ({ server }) => {
  server.behave(answers(200, envelope({ plumbline: 9, body: { other: true } })));
  assert.equal(await ask(server.origin), { ok: false, problem: { kind: 'protocol', serverVersion: 9 } });
});

test('a server that never answers is timed out', async ({ server }) => {
  server.behave(() => undefined);
  assert.equal(await ask(server.origin, [], impatient), { ok: false, problem: { kind: 'timed-out' } });
});

test('a server that begins to answer and stalls is timed out', async ({ server }) => {
  server.behave((_asked, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(envelope({}).slice(0, 20));
  });
  assert.equal(await ask(server.origin, [], impatient), { ok: false, problem: { kind: 'timed-out' } });
});

test('a server that trickles for ever is timed out in the end', async ({ server }) => {
  let timer: NodeJS.Timeout | undefined;
  server.behave((_asked, response) => {
    response.writeHead(200);
    timer = setInterval(() => response.write(' '), 30);
  });
  assert.equal(await ask(server.origin, [], impatient), { ok: false, problem: { kind: 'timed-out' } });
  clearInterval(timer);
});

test('a slow line that keeps delivering is not timed out', async ({ server }) => {
  server.behave(({ body }, response) => {
    const text = JSON.stringify({ plumbline: 1, nonce: body.nonce, epoch, serverMs: 1, body: { thing: 'slow' } });
    response.writeHead(200);
    let at = 0;
    const timer = setInterval(() => {
      response.write(text.slice(at, at + 8));
      at += 8;
      if (at < text.length) return;
      clearInterval(timer);
      response.end();
    }, 150);
  });
  // Longer in all than it may be silent at a time.
  assert.is((await ask(server.origin, [], { silenceMs: 1_500, longestMs: 60_000 })).ok, true);
});

test('a connection cut in the middle is unreachable', async ({ server }) => {
  server.behave((_asked, response) => {
    response.writeHead(200, { 'content-length': '5000' });
    response.write('{"plumb');
    setTimeout(() => response.destroy(), 20);
  });
  assert.equal(await ask(server.origin), { ok: false, problem: { kind: 'unreachable' } });
});

test('a server that is not there is unreachable', async ({ server }) => {
  await server.close();
  assert.equal(await ask(server.origin), { ok: false, problem: { kind: 'unreachable' } });
});

test('a request that is called off ends at once', async ({ server }) => {
  server.behave(() => undefined);
  const abort = new AbortController();
  const asked = transportTo(server.origin).post(abort.signal, '/api/x', {}, schema);
  abort.abort();
  assert.equal(await asked, { ok: false, problem: { kind: 'timed-out' } });
});

test('events are passed on until the stream fails or is closed', () => {
  const streams: { url: string; closed: boolean; listeners: Map<string, () => void> }[] = [];
  const { listen } = openTransport({
    origin: '',
    now: () => 0,
    newNonce: () => nonce,
    timers: fakeTime().timers,
    onContact: () => undefined,
    openStream: (url): EventStream => {
      const stream = { url, closed: false, listeners: new Map<string, () => void>() };
      streams.push(stream);
      return {
        addEventListener: (name, listener) => void stream.listeners.set(name, listener),
        close: () => {
          stream.closed = true;
        },
      };
    },
  });
  const log: StreamEvent[] = [];
  const [close, send] = [
    listen('/api/sync/pokes?a', (event) => log.push(event)),
    (name: string) => streams.at(-1)?.listeners.get(name)?.(),
  ];
  send('beat');
  send('poke');
  send('error');
  send('poke');
  assert.equal(log, ['beat', 'poke', 'closed']);
  assert.is(streams[0]?.closed, true);
  close();
  listen('/api/sync/pokes?b', (event) => log.push(event))();
  send('poke');
  assert.equal(log, ['beat', 'poke', 'closed']);
  assert.is(streams[1]?.closed, true);
});

test.run();
