import { expose, type Endpoint } from 'comlink';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openImportBridge } from '../../src/bridge/import-bridge.ts';
import type { ThreadEnd } from '../../src/bridge/thread.ts';
import type { ImportProgress, ImportWritten } from '../../src/protocol/import-job.ts';
import type { Result } from '../../src/protocol/problem.ts';
import type { ImportApi } from '../../src/protocol/threads.ts';
import { access, anyRows, checked, planFor, quiet, reading, trackerOf } from '../workers/import/an-import.ts';
import { laptop } from '../store/laptop.ts';
import { fakeTimers, settle, type FakeTimers } from '../workers/summary/fakes.ts';

const test = suite('the import bridge');

const file = trackerOf(anyRows(2));
const none = { ok: false, problem: { kind: 'no-rows' } } as const;
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

interface FakeWorker {
  readonly asked: string[];
  ended: boolean;
}

/** Makes workers as they are wanted; `behaviour` says what they do instead of answering at once. */
function setUp(behaviour: Partial<ImportApi> = {}) {
  const timers = fakeTimers();
  const workers: FakeWorker[] = [];
  const startWorker = (): ThreadEnd => {
    const { port1, port2 } = new MessageChannel();
    const worker: FakeWorker = { asked: [], ended: false };
    const heard =
      <T>(what: string, answer: T) =>
      async (): Promise<T> => {
        worker.asked.push(what);
        return answer;
      };
    const api: ImportApi = {
      ping: async () => true,
      inspect: heard('inspect', none),
      check: heard('check', none),
      write: heard('write', none),
      stop: heard('stop', undefined),
      ...behaviour,
    };
    expose(api, port2);
    workers.push(worker);
    return {
      postMessage: (message, transfer) => port1.postMessage(message, transfer ?? []),
      addEventListener: (type: string, listener: EventListenerOrEventListenerObject) =>
        port1.addEventListener(type, listener),
      removeEventListener: (type: string, listener: EventListenerOrEventListenerObject) =>
        port1.removeEventListener(type, listener),
      start: () => port1.start(),
      terminate() {
        worker.ended = true;
        port1.close();
        port2.close();
      },
    } satisfies Endpoint & { terminate(): void };
  };
  return { timers, workers, bridge: openImportBridge({ access: access(), startWorker, timers }) };
}

async function wait(timers: FakeTimers, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) {
    await settle();
    timers.pass(Math.min(5_000, ms - passed));
  }
  await settle();
}

const anyPlan = async () => planFor(await checked((await laptop()).store, file));

test('starts no worker before the first question, and none to be stopped or closed', async () => {
  const { bridge, workers } = setUp();
  await bridge.stop();
  await bridge.close();
  assert.is(workers.length, 0);
});

test('passes on what the worker says, and its progress', async () => {
  const told: ImportProgress[] = [];
  const progress = { doneBytes: 5, totalBytes: 10, written: 3 };
  const { bridge, workers } = setUp({
    async write(_access, _file, _plan, onProgress) {
      onProgress(progress);
      return { ok: true, value: { outcome: 'finished', written: 3 } };
    },
  });
  assert.equal(await bridge.inspect(file, {}, quiet), none);
  assert.equal(await bridge.check(file, reading, quiet), none);
  const answer = await bridge.write(file, await anyPlan(), (one) => told.push(one));
  assert.equal(answer, { ok: true, value: { outcome: 'finished', written: 3 } });
  await settle();
  assert.equal(told, [progress]);
  assert.equal(workers[0]?.asked, ['inspect', 'check']);
  await bridge.close();
  assert.is(workers[0]?.ended, true);
});

test('a worker that makes no progress for a minute is ended, and that is said; the next question gets a new one', async () => {
  const { bridge, workers, timers } = setUp({ check: never });
  const asked = bridge.check(file, reading, quiet);
  await wait(timers, 60_000);
  assert.equal(await asked, { ok: false, problem: { kind: 'thread-lost' } });
  assert.is(workers[0]?.ended, true);
  assert.equal(await bridge.inspect(file, {}, quiet), none);
  assert.is(workers.length, 2);
  await bridge.close();
});

test('a worker that goes on for an hour and says so is left to it', async () => {
  let tell: (progress: ImportProgress) => void = () => undefined;
  let done: (answer: Result<ImportWritten, never>) => void = () => undefined;
  const { bridge, workers, timers } = setUp({
    write: (_access, _file, _plan, onProgress) => {
      tell = onProgress;
      return new Promise((resolve) => (done = resolve));
    },
  });
  const asked = bridge.write(file, await anyPlan(), quiet);
  await settle();
  for (let minute = 0; minute < 80; minute += 1) {
    await wait(timers, 45_000);
    tell({ doneBytes: minute, totalBytes: 100, written: minute });
  }
  await settle();
  assert.is(workers[0]?.ended, false);
  done({ ok: true, value: { outcome: 'finished', written: 80 } });
  assert.equal(await asked, { ok: true, value: { outcome: 'finished', written: 80 } });
  await bridge.close();
});

test('closing stops what runs, waits for it a little, and ends the worker even when it does not answer', async () => {
  const { bridge, workers, timers } = setUp({ write: never, stop: never });
  const asked = bridge.write(file, await anyPlan(), quiet);
  await settle();
  const closing = bridge.close();
  await wait(timers, 2_000);
  await closing;
  assert.equal(await asked, { ok: false, problem: { kind: 'thread-lost' } });
  assert.is(workers[0]?.ended, true);
  assert.equal(await bridge.inspect(file, {}, quiet), { ok: false, problem: { kind: 'thread-lost' } });
  assert.is(workers.length, 1);
});

test.run();
