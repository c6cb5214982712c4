import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watch } from '../../src/store/live.ts';
import type { Edit } from '../../src/store/record.ts';
import { memoryPort, type MemoryPort } from '../../src/store/memory-port.ts';

import { act, laptop, recordId, startAudit } from './laptop.ts';

const test = suite('live reads');

const write = (port: MemoryPort, value: number) =>
  port.write(['meta'], 'strict', (tx) => tx.put('meta', { name: 'x', value }));
const read = (port: MemoryPort) => port.read(['meta'], async (tx) => (await tx.get('meta', 'x'))?.value);
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test('gives the value now and after each write, until it is stopped', async () => {
  const port = memoryPort();
  const values: unknown[] = [];
  const stop = watch(
    { port },
    () => read(port),
    (value) => values.push(value),
  );
  await settled();
  await write(port, 1);
  await settled();
  stop();
  await write(port, 2);
  await settled();
  assert.equal(values, [undefined, 1]);
});

test('reads never overlap, and the last value given is the newest', async () => {
  const port = memoryPort();
  const values: unknown[] = [];
  let reading = 0;
  const slow = async () => {
    reading += 1;
    assert.is(reading, 1);
    const value = await read(port);
    await new Promise((resolve) => setTimeout(resolve, 3));
    reading -= 1;
    return value;
  };
  const stop = watch({ port }, slow, (value) => values.push(value));
  for (let value = 1; value <= 20; value += 1) {
    await write(port, value);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  for (let tries = 0; values.at(-1) !== 20 && tries < 500; tries += 1) await settled();
  stop();
  assert.is(values.at(-1), 20);
  assert.ok(values.length < 21);
});

test('a read that fails is reported, and the next write reads again', async () => {
  const port = memoryPort();
  const values: unknown[] = [];
  const failures: unknown[] = [];
  let failing = true;
  const stop = watch(
    { port },
    async () => {
      if (failing) throw new Error('no luck');
      return read(port);
    },
    (value) => values.push(value),
    { onFailure: (error) => failures.push(String(error)) },
  );
  await settled();
  failing = false;
  await write(port, 1);
  await settled();
  stop();
  assert.equal([failures, values], [['Error: no luck'], [1]]);
});

test('of some kinds it reads again only after a change of theirs, and after a failure at the next write', async () => {
  const { store } = await laptop();
  const service = (name: string): Edit => {
    const value = { name, from: '2026-01-01', to: null, was: [] };
    return { record: recordId(9), kind: 'service', unit: 'profile', value, base: null };
  };
  let reads = 0;
  let failing = false;
  const stop = watch(
    store,
    async () => {
      reads += 1;
      if (failing) throw new Error('no luck');
    },
    () => undefined,
    { kinds: ['service', 'team'], onFailure: () => undefined },
  );
  await settled();
  assert.is(reads, 1);
  await startAudit(store, recordId(1));
  await settled();
  assert.is(reads, 1, 'an audit is none of them');
  await act(store, service('Assessment'));
  await settled();
  assert.is(reads, 2);
  failing = true;
  await act(store, service('Assessment Service'));
  await settled();
  failing = false;
  await startAudit(store, recordId(2));
  await settled();
  assert.is(reads, 4);
  stop();
});

test('a read under way when watching stops, and which then fails with the store it read, is nobody’s failure', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  const port = memoryPort();
  const stop = watch(
    { port },
    async () => {
      await settled();
      throw new Error('closed meanwhile');
    },
    () => assert.unreachable('it gave a value'),
  );
  stop();
  await settled();
  await settled();
  process.off('unhandledRejection', note);
  assert.equal(unhandled, []);
});

test('a read under way when the store is closed on purpose fails in silence, also before anybody stopped it', async () => {
  const { port } = await laptop();
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  const read = async () => {
    await settled();
    return port.read(['meta'], (tx) => tx.count('meta'));
  };
  watch({ port }, read, () => assert.unreachable('it gave a value'));
  await port.close();
  for (let turn = 0; turn < 4; turn += 1) await settled();
  process.off('unhandledRejection', note);
  assert.equal(unhandled, []);
});

test.run();
