/** A worker behind deadlines: every call answers, a dead worker is noticed and made anew (FAULTS 15, L10). */
import { expose, type Endpoint } from 'comlink';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openThread, type ThreadEnd } from '../../src/bridge/thread.ts';
import { fakeTime } from '../workers/sync/fake-time.ts';

interface Api {
  ping(): Promise<true>;
  double(n: number): Promise<number>;
  never(): Promise<number>;
  fail(): Promise<number>;
}

const test = suite('a thread');
const opened: MessageChannel[] = [];

/** A worker on a message channel; `isDead` answers nothing. */
function fakeWorker(isDead: () => boolean) {
  const channel = new MessageChannel();
  opened.push(channel);
  const errors: ((event: Event) => void)[] = [];
  let terminated = false;
  const api: Api = {
    ping: () => (isDead() ? new Promise(() => undefined) : Promise.resolve(true)),
    double: async (n) => n * 2,
    never: () => new Promise(() => undefined),
    fail: async () => {
      throw new Error('broken');
    },
  };
  expose(api, channel.port1 as unknown as Endpoint);
  const end = channel.port2 as unknown as Endpoint;
  const worker: ThreadEnd = {
    postMessage: (message, transfer) => end.postMessage(message, transfer),
    start: () => end.start?.(),
    addEventListener: (name, listener, options) => {
      if (name === 'error') errors.push(listener as (event: Event) => void);
      else end.addEventListener(name, listener, options);
    },
    removeEventListener: (name, listener) => end.removeEventListener(name, listener),
    terminate: () => {
      terminated = true;
    },
  };
  return {
    worker,
    terminated: () => terminated,
    error: (message?: string) => errors.forEach((run) => run(errorEvent(message))),
  };
}

/** A script that throws is reported with its message, one that does not load without. */
const errorEvent = (message?: string): Event =>
  Object.assign(new Event('error'), message === undefined ? {} : { message });

function start() {
  const time = fakeTime();
  const workers: ReturnType<typeof fakeWorker>[] = [];
  let dead = false;
  let lost = 0;
  const thread = openThread<Api>({
    timers: time.timers,
    onLost: () => lost++,
    start: () => {
      const made = fakeWorker(() => dead);
      workers.push(made);
      return made.worker;
    },
  });
  const settle = async () => {
    for (let i = 0; i < 4; i++) await time.settle();
  };
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 5_000) {
      await time.pass(Math.min(5_000, left));
      await settle();
    }
  };
  return {
    time,
    thread,
    workers,
    lost: () => lost,
    die: () => (dead = true),
    revive: () => (dead = false),
    settle,
    pass,
  };
}

test.after(() => opened.forEach(({ port1, port2 }) => (port1.close(), port2.close())));

test('starts with the first call, once', async () => {
  const { thread, workers } = start();
  assert.is(workers.length, 0);
  assert.equal(await thread.call(100, (api) => api.double(4)), { ok: true, value: 8 });
  assert.equal(await thread.call(100, (api) => api.double(5)), { ok: true, value: 10 });
  assert.is(workers.length, 1);
  thread.end();
});

test('a call that is not answered is timed out', async () => {
  const { time, thread } = start();
  const called = thread.call(3_000, (api) => api.never());
  await time.pass(3_000);
  assert.equal(await called, { ok: false, problem: { kind: 'timed-out' } });
  thread.end();
});

test('what the worker throws comes back as data', async () => {
  const { thread } = start();
  const answer = await thread.call(100, (api) => api.fail());
  assert.equal(answer, { ok: false, problem: { kind: 'laptop-failed', why: 'Error: broken' } });
  thread.end();
});

test('a worker that answers its heartbeat lives on', async () => {
  const { thread, workers, lost, pass } = start();
  await thread.call(100, (api) => api.double(1));
  await pass(120_000);
  assert.is(lost(), 0);
  assert.is(workers.length, 1);
  thread.end();
});

test('a worker that died is ended, waiting calls are answered, the next call has a new one', async () => {
  const { thread, workers, lost, die, revive, pass, settle } = start();
  await thread.call(100, (api) => api.double(1));
  const waiting = thread.call(1_000_000, (api) => api.never());
  die();
  await pass(55_000);
  assert.equal(await waiting, { ok: false, problem: { kind: 'laptop-failed', why: 'thread ended' } });
  assert.is(lost(), 1);
  assert.is(workers[0]?.terminated(), true);
  revive();
  const again = thread.call(100, (api) => api.double(21));
  await settle();
  assert.equal(await again, { ok: true, value: 42 });
  assert.is(workers.length, 2);
  thread.end();
});

test('a worker that dies while somebody waits for it is noticed within five seconds', async () => {
  const { time, thread, lost, die, settle } = start();
  await thread.call(100, (api) => api.double(1));
  const waiting = thread.call(1_000_000, (api) => api.never());
  await time.pass(20_000);
  await settle();
  assert.is(lost(), 0, 'it is busy, and alive');
  die();
  await time.pass(5_000);
  assert.equal(await waiting, { ok: false, problem: { kind: 'laptop-failed', why: 'thread ended' } });
  assert.is(lost(), 1);
});

test('a worker that is called as it is dead is noticed within five seconds, also during an earlier heartbeat', async () => {
  const { time, thread, lost, die, settle } = start();
  await thread.call(100, (api) => api.double(1));
  await settle();
  die();
  await time.pass(16_000);
  const called = thread.call(1_000_000, (api) => api.never());
  await time.pass(5_000);
  assert.is((await called).ok, false);
  assert.is(lost(), 1);
});

test('one heartbeat missed, as by a laptop that was asleep, ends nothing', async () => {
  const { time, thread, lost, die, revive, settle } = start();
  await thread.call(100, (api) => api.double(1));
  const waiting = thread.call(60_000, (api) => api.never());
  die();
  await time.pass(1_000);
  revive();
  await time.pass(30_000);
  await settle();
  assert.is(lost(), 0);
  await time.pass(60_000);
  assert.equal(await waiting, { ok: false, problem: { kind: 'timed-out' } });
  thread.end();
});

test('a worker whose script loads slowly is not given up before it has answered', async () => {
  const { time, thread, lost, die, revive, settle } = start();
  die();
  const called = thread.call(60_000, (api) => api.never());
  await time.pass(20_000);
  await settle();
  assert.is(lost(), 0);
  revive();
  thread.end();
  assert.is((await called).ok, false);
});

test('a script that does not load is noticed at once', async () => {
  const { thread, workers, lost, die } = start();
  die();
  const called = thread.call(60_000, (api) => api.never());
  workers[0]?.error();
  assert.equal(await called, { ok: false, problem: { kind: 'laptop-failed', why: 'thread ended' } });
  assert.is(lost(), 1);
});

test('an error in a worker that still answers ends nothing', async () => {
  const { thread, workers, lost, pass } = start();
  await thread.call(100, (api) => api.double(1));
  workers[0]?.error('Uncaught Error: broken');
  await pass(30_000);
  assert.is(lost(), 0);
  thread.end();
});

test('ending answers what waits and leaves no timer', async () => {
  const { time, thread, lost, settle } = start();
  const waiting = thread.call(1_000, (api) => api.never());
  thread.end();
  assert.is((await waiting).ok, false);
  await settle();
  assert.is(time.waiting(), 0);
  assert.is(lost(), 0);
});

test.run();
