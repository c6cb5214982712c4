/** A worker hears calls of its own functions alone: whatever else is posted to it changes nothing, and it goes on answering. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { proxy, wrap, type Endpoint } from 'comlink';
import { exposeApi } from '../../workers/expose-api.ts';

const test = suite('what a worker hears');

interface Api {
  ping(): Promise<true>;
  add(a: number, b: number): number;
  tell(listener: (text: string) => void): Promise<void>;
}

/** A worker's end and the page's end; what the worker's functions were called with. */
function twoEnds() {
  const { port1, port2 } = new MessageChannel();
  const calls: string[] = [];
  const api = {
    ping: () => (calls.push('ping'), Promise.resolve(true as const)),
    add: (a: number, b: number) => (calls.push('add'), a + b),
    tell: async (listener: (text: string) => void) => listener('told'),
    secret: { deeper: 'words' },
  };
  exposeApi(api, port1 as unknown as Endpoint);
  return { api, calls, port2, remote: wrap<Api>(port2 as unknown as Endpoint), close: () => port1.close() };
}

test('calls are answered, with values and with functions', async () => {
  const { remote, close } = twoEnds();
  assert.is(await remote.ping(), true);
  assert.is(await remote.add(20, 22), 42);
  const heard: string[] = [];
  await remote.tell(proxy((text: string) => void heard.push(text)));
  for (let waited = 0; heard.length === 0 && waited < 500; waited += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(heard, ['told']);
  close();
});

test('nothing else is: no reading, no setting, no constructing, no way to a prototype', async () => {
  const { api, calls, port2, remote, close } = twoEnds();
  const answers: unknown[] = [];
  port2.addEventListener('message', ({ data }) => void answers.push(data));
  const raw = (value: unknown) => ({ type: 'RAW', value });
  const messages: readonly object[] = [
    { type: 'GET', path: ['secret'] },
    { type: 'GET', path: ['secret', 'deeper'] },
    { type: 'SET', path: ['ping'], value: raw(1) },
    { type: 'SET', path: ['__proto__', 'polluted'], value: raw(1) },
    { type: 'SET', path: ['constructor', 'prototype', 'polluted'], value: raw(1) },
    { type: 'APPLY', path: ['constructor'], argumentList: [] },
    { type: 'APPLY', path: ['toString'], argumentList: [] },
    { type: 'APPLY', path: ['ping', 'constructor'], argumentList: [raw('return 1')] },
    { type: 'APPLY', path: ['ping', 'call'], argumentList: [] },
    { type: 'APPLY', path: [], argumentList: [] },
    { type: 'APPLY', path: 'ping', argumentList: [] },
    { type: 'APPLY', path: ['ping'], argumentList: 'none' },
    { type: 'CONSTRUCT', path: ['ping', 'constructor'], argumentList: [raw('return 1')] },
    { type: 'ENDPOINT', path: [] },
  ];
  for (const message of messages) port2.postMessage({ id: 'hostile', ...message });
  assert.is(await remote.add(1, 2), 3);
  assert.equal(
    answers.filter((answer) => (answer as { id?: string }).id === 'hostile'),
    [],
  );
  assert.equal(calls, ['add']);
  assert.is(typeof api.ping, 'function');
  assert.is(({} as { polluted?: unknown }).polluted, undefined);
  close();
});

test('after ten thousand messages of any kind it answers as before', async () => {
  const { port2, remote, calls, close } = twoEnds();
  const types = fc.constantFrom('GET', 'SET', 'CONSTRUCT', 'ENDPOINT', 'APPLY', 'HANDLER', '');
  const path = fc.array(fc.constantFrom('secret', '__proto__', 'constructor', 'prototype', 'polluted', 'then'), {
    maxLength: 4,
  });
  const message = fc.oneof(
    fc.record(
      { id: fc.anything(), type: types, path, value: fc.jsonValue(), argumentList: fc.array(fc.jsonValue()) },
      { requiredKeys: [] },
    ),
    fc.jsonValue(),
    fc.string(),
  );
  for (const each of fc.sample(message, { numRuns: 10_000, seed: 11 })) {
    try {
      port2.postMessage(each);
    } catch (error) {
      // What no browser could post either.
      assert.is((error as Error).name, 'DataCloneError');
    }
  }
  assert.is(await remote.ping(), true);
  assert.equal(calls, ['ping']);
  assert.is(Object.keys(Object.prototype).length, 0);
  close();
});

test.run();
