import { expose, releaseProxy, type Endpoint, type Remote } from 'comlink';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openSummaryBridge, type SummaryBridge } from '../../src/bridge/summary-bridge.ts';
import type { ThreadEnd } from '../../src/bridge/thread.ts';
import type { Figure, Summary, SummaryQuery } from '../../src/domain/summary.ts';
import { summarise } from '../../src/domain/tally.ts';
import type { SummaryApi } from '../../src/protocol/threads.ts';
import { record } from '../domain/any.ts';
import { byTeam, fakeTimers, settle, ticket, type FakeTimers } from '../workers/summary/fakes.ts';

const test = suite('the summary bridge');

const byMonth: SummaryQuery = { ...byTeam, by: 'month' };
const base: Figure = { what: { kind: 'base' } };
const behind = { ids: [record(1)], total: 1 };

/** A worker in this thread: what was asked of it, and its callbacks to answer by. */
interface FakeWorker {
  readonly asked: string[];
  readonly answer: (query: SummaryQuery, change: number) => void;
  readonly break: () => void;
  ended: boolean;
}

type Behaviour = Partial<SummaryApi>;

/** Makes workers as they are wanted; `behaviours` say what the first, second, ... does instead of answering well. */
function setUp(...behaviours: Behaviour[]) {
  const timers = fakeTimers();
  const workers: FakeWorker[] = [];
  const startWorker = (): ThreadEnd => {
    const { port1, port2 } = new MessageChannel();
    const asked: string[] = [];
    const callbacks = new Map<string, (summary: Summary) => void>();
    const api: SummaryApi = {
      ping: async () => true,
      open: async ({ database }) => void asked.push(`open ${database}`),
      watch: async (query, onAnswer) => {
        asked.push(`watch ${query.by}`);
        callbacks.set(query.by, onAnswer);
      },
      auditsBehind: async () => {
        asked.push('behind');
        return behind;
      },
      close: async () => void asked.push('close'),
      ...behaviours[workers.length],
    };
    expose(api, port2);
    const errors: (() => void)[] = [];
    const worker: FakeWorker = {
      asked,
      answer: (query, change) => callbacks.get(query.by)?.(summarise([], query, change)),
      break: () => errors.forEach((tell) => tell()),
      ended: false,
    };
    workers.push(worker);
    const end: ThreadEnd = {
      postMessage: (message, transfer) => port1.postMessage(message, transfer ?? []),
      addEventListener: (type: string, listener: EventListenerOrEventListenerObject) => {
        if (type === 'error') errors.push(listener as () => void);
        else port1.addEventListener(type, listener);
      },
      removeEventListener: (type: string, listener: EventListenerOrEventListenerObject) =>
        port1.removeEventListener(type, listener),
      start: () => port1.start(),
      terminate() {
        worker.ended = true;
        for (const callback of callbacks.values()) (callback as unknown as Remote<() => void>)[releaseProxy]();
        port1.close();
        port2.close();
      },
    } satisfies Endpoint & { terminate(): void };
    return end;
  };
  return { timers, workers, bridge: openSummaryBridge({ ticket, startWorker, timers }) };
}

/** Passes `ms` in steps small enough for answers to arrive in between. */
async function wait(timers: FakeTimers, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) {
    await settle();
    timers.pass(Math.min(5_000, ms - passed));
  }
  await settle();
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
const change = ({ summary }: SummaryBridge): number | undefined => summary.value?.change;

test('starts no worker before the first question, then opens the store and asks', async () => {
  const { bridge, workers } = setUp();
  await settle();
  assert.is(workers.length, 0);
  assert.is(bridge.summary.value, null);
  bridge.watch(byTeam);
  await settle();
  assert.equal(workers[0]?.asked, ['open made', 'watch team']);
  workers[0]?.answer(byTeam, 1);
  await settle();
  assert.equal(bridge.summary.value, summarise([], byTeam, 1));
  await bridge.close();
});

test('keeps the last answer until the new question is answered, and drops answers to the old one', async () => {
  const { bridge, workers } = setUp();
  bridge.watch(byTeam);
  await settle();
  workers[0]?.answer(byTeam, 1);
  await settle();
  bridge.watch(byMonth);
  workers[0]?.answer(byTeam, 2);
  await settle();
  assert.is(change(bridge), 1);
  workers[0]?.answer(byMonth, 3);
  await settle();
  assert.equal([workers.length, change(bridge), bridge.summary.value?.query.by], [1, 3, 'month']);
  await bridge.close();
});

test('starts a dead worker again once, with the same question, and then says that it failed', async () => {
  const dead = { ping: never, watch: never } as Behaviour;
  const { bridge, workers, timers } = setUp({ ping: never } as Behaviour, dead);
  bridge.watch(byTeam);
  await settle();
  workers[0]?.answer(byTeam, 1);
  await settle();
  workers[0]?.break();
  await wait(timers, 10_000);
  assert.equal([workers.length, workers[0]?.ended, bridge.failed.value], [2, true, false]);
  assert.is(workers[1]?.asked[0], 'open made');
  await wait(timers, 20_000);
  assert.equal([workers.length, workers[1]?.ended, bridge.failed.value, change(bridge)], [2, true, true, 1]);
  bridge.watch(byTeam);
  await settle();
  assert.equal([workers.length, bridge.failed.value], [3, false]);
  await bridge.close();
});

test('a worker whose store cannot be opened is tried once more', async () => {
  const open = () => Promise.reject(new Error('busy'));
  const { bridge, workers } = setUp({ open }, {});
  bridge.watch(byTeam);
  await settle();
  assert.equal([workers.length, workers[0]?.ended], [2, true]);
  workers[1]?.answer(byTeam, 4);
  await settle();
  assert.equal([change(bridge), bridge.failed.value], [4, false]);
  await bridge.close();

  const broken = setUp({ open }, { open });
  broken.bridge.watch(byTeam);
  await settle();
  assert.equal([broken.workers.length, broken.bridge.failed.value], [2, true]);
  await broken.bridge.close();
});

test('a question that is not answered in 10 seconds goes to a new worker', async () => {
  const { bridge, workers, timers } = setUp({ watch: never } as Behaviour);
  bridge.watch(byTeam);
  await settle();
  timers.pass(9_999);
  await settle();
  assert.is(workers.length, 1);
  timers.pass(1);
  await settle();
  assert.equal([workers.length, workers[0]?.ended], [2, true]);
  assert.equal(workers[1]?.asked, ['open made', 'watch team']);
  await bridge.close();
});

test('finds the audits behind a figure, also when the first worker does not answer', async () => {
  const { bridge, workers, timers } = setUp({ auditsBehind: never } as Behaviour);
  bridge.watch(byTeam);
  await settle();
  const page = bridge.auditsBehind(byTeam, base, 0, 50);
  await wait(timers, 10_000);
  assert.equal(await page, behind);
  assert.equal(workers.length, 2);
  assert.equal([...(workers[1]?.asked ?? [])].sort(), ['behind', 'open made', 'watch team']);
  await bridge.close();
});

test('says so when the audits behind a figure cannot be found', async () => {
  const silent = { auditsBehind: never } as Behaviour;
  const { bridge, timers } = setUp(silent, silent);
  const page = bridge.auditsBehind(byTeam, base, 0, 50);
  await wait(timers, 25_000);
  assert.is(await page, null);
  await bridge.close();
});

test('closing ends the worker, forgets the answer and asks nothing again', async () => {
  const { bridge, workers } = setUp();
  bridge.watch(byTeam);
  await settle();
  workers[0]?.answer(byTeam, 1);
  await settle();
  await bridge.close();
  bridge.watch(byTeam);
  assert.is(await bridge.auditsBehind(byTeam, base, 0, 50), null);
  await settle();
  assert.equal([workers.length, workers[0]?.ended, bridge.summary.value], [1, true, null]);
  assert.is(workers[0]?.asked.at(-1), 'close');
});

test('closing before anything was asked starts nothing', async () => {
  const { bridge, workers } = setUp();
  await bridge.close();
  assert.is(workers.length, 0);
});

test.run();
