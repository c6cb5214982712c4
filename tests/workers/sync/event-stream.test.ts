/** The stream of events against a real server, through the transport: what it sends, what is taken for an event, and how it ends. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unlockedHeader } from '../../../src/protocol/sync.ts';
import { openTransport, type StreamEvent } from '../../../workers/sync/transport.ts';
import { until } from '../../server/stream.ts';
import { fakeTime } from './fake-time.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

interface Context {
  origin: string;
  answer: Answer;
  stop: () => Promise<void>;
}

const test = suite<Context>('the stream of events');
test.before.each(async (context) => {
  const server = createServer((request, response) => context.answer(response, request));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  context.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});
test.after.each(({ stop }) => stop());

const proof = 'a1'.repeat(32);

function listenTo({ origin }: Context): { heard: StreamEvent[]; close: () => void } {
  const { listen } = openTransport({
    ...{ origin, now: () => 0, newNonce: () => 'ab'.repeat(16), timers: fakeTime().timers },
    onContact: () => undefined,
    proof: () => proof,
  });
  const heard: StreamEvent[] = [];
  return { heard, close: listen('/api/sync/pokes?a', (event) => heard.push(event)) };
}

const begin = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });

test('shows that the copy is unlocked, tells each event however it is cut, and the end once', async (context) => {
  let headers: IncomingMessage['headers'] = {};
  let response: ServerResponse | undefined;
  context.answer = (reply, request) => {
    headers = request.headers;
    response = begin(reply);
    response.write('event: beat\ndata: -\n\nevent: po');
  };
  const { heard } = listenTo(context);
  await until('the first event', () => heard.length === 1);
  assert.is(headers[unlockedHeader], proof);
  assert.is(headers['x-plumbline'], '1');
  assert.is(headers.accept, 'text/event-stream');
  response?.write('ke\ndata: -\n');
  response?.write('\nevent: poke\ndata: -\n\nevent: of another version\ndata: -\n\n: a remark\n\n');
  await until('two more', () => heard.length === 3);
  response?.end();
  await until('the end', () => heard.length === 4);
  assert.equal(heard, ['beat', 'poke', 'poke', 'closed']);
});

test('takes no other answer for a stream, nor one that never comes to an event', async (context) => {
  const answers: readonly Answer[] = [
    (response) => response.writeHead(401, { 'content-type': 'application/json' }).end('{}'),
    (response) => response.writeHead(401, { 'content-type': 'text/event-stream' }).end('event: beat\n\n'),
    (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('event: beat\n\n'),
    (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
    (response) => response.destroy(),
    (response) => void begin(response).write('x'.repeat(100_000)),
  ];
  for (const answer of answers) {
    context.answer = answer;
    const { heard } = listenTo(context);
    await until('it is given up', () => heard.length > 0);
    assert.equal(heard, ['closed'], String(answer));
  }
});

test('tells nothing any more once it is closed, and gives the connection up', async (context) => {
  let [isAsked, isGone] = [false, false];
  context.answer = (response) => {
    isAsked = true;
    begin(response).write('event: beat\ndata: -\n\n');
    response.on('close', () => (isGone = true));
  };
  const { heard, close } = listenTo(context);
  await until('an event', () => isAsked && heard.length === 1);
  close();
  await until('the connection is given up', () => isGone);
  assert.equal(heard, ['beat']);
});

test.run();
