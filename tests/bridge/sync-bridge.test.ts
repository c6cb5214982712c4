/** The page's end of the sync worker: one state, deadlines on every call, and a worker that is made anew with the same key. */
import { expose, type Endpoint } from 'comlink';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openSyncBridge } from '../../src/bridge/sync-bridge.ts';
import type { ThreadEnd } from '../../src/bridge/thread.ts';
import type { AccountApi, SyncApi, SyncState, SyncTicket } from '../../src/protocol/threads.ts';
import { authority, device, me, recordId } from '../store/laptop.ts';
import { fakeTime } from '../workers/sync/fake-time.ts';

const test = suite('the sync bridge');
const channels: MessageChannel[] = [];
test.after(() => channels.forEach(({ port1, port2 }) => (port1.close(), port2.close())));

const ticket: SyncTicket = { database: 'plumbline-x', authority, person: me, device, keyring: 'x' };
const idle: SyncState = { phase: 'idle', provedEqualMs: 5, problem: null, clockOffsetMs: 0, receiving: null };

async function start() {
  const time = fakeTime();
  const log: string[] = [];
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  let dead = false;
  let returned = (): void => undefined;
  let tell = (_state: SyncState): void => undefined;
  const answer = <T>(name: string, value: T): Promise<T> => {
    log.push(name);
    return dead ? new Promise(() => undefined) : Promise.resolve(value);
  };
  const signedOut = { ok: false, problem: { kind: 'signed-out' } } as const;

  const startWorker = (): ThreadEnd => {
    log.push('worker');
    const channel = new MessageChannel();
    channels.push(channel);
    const api: Partial<SyncApi & AccountApi> = {
      ping: async () => (dead ? new Promise(() => undefined) : true),
      start: (given, _key, onState) => {
        tell = onState;
        return answer(`start:${given.database}`, undefined);
      },
      syncNow: () => answer('syncNow', undefined),
      nudge: () => answer('nudge', undefined),
      openRecord: () => answer('openRecord', { ok: true, value: false } as const),
      stop: (graceMs) => answer(`stop:${graceMs}`, undefined),
      session: () => answer('session', signedOut),
    };
    expose(api, channel.port1 as unknown as Endpoint);
    return Object.assign(channel.port2 as unknown as Endpoint, { terminate: () => log.push('terminated') });
  };
  const bridge = openSyncBridge({
    startWorker,
    timers: time.timers,
    onReturn: (run) => {
      returned = run;
      return () => log.push('returns stopped');
    },
  });
  const settle = async () => {
    for (let i = 0; i < 4; i++) await time.settle();
  };
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 1_000) {
      await time.pass(Math.min(1_000, left));
      await settle();
    }
  };
  return {
    time,
    log,
    key,
    bridge,
    settle,
    pass,
    die: () => (dead = true),
    revive: () => (dead = false),
    returned: () => returned(),
    tell: (state: SyncState) => tell(state),
  };
}

test('account calls need no key and start the worker', async () => {
  const { bridge, log } = await start();
  assert.equal(await bridge.account.session(), { ok: false, problem: { kind: 'signed-out' } });
  assert.equal(log, ['worker', 'session']);
});

test('shows the newest state of the worker, and off before and after', async () => {
  const { bridge, key, tell, settle } = await start();
  assert.is(bridge.state.value.phase, 'off');
  await bridge.start(ticket, key);
  tell(idle);
  await settle();
  assert.equal(bridge.state.value, idle);
  await bridge.stop(1_000);
  assert.is(bridge.state.value.phase, 'off');
  tell(idle);
  await settle();
  assert.is(bridge.state.value.phase, 'off');
});

test('stopping gives the worker its grace, then ends it', async () => {
  const { bridge, key, log } = await start();
  await bridge.start(ticket, key);
  await bridge.stop(10_000);
  assert.equal(log, ['worker', 'start:plumbline-x', 'returns stopped', 'stop:10000', 'terminated']);
});

test('a worker that does not stop is ended after its grace all the same', async () => {
  const { bridge, key, log, die, time } = await start();
  await bridge.start(ticket, key);
  die();
  const stopped = bridge.stop(10_000);
  await time.pass(25_000);
  await stopped;
  assert.is(log.at(-1), 'terminated');
});

test('coming back to the tab tries, and so does asking', async () => {
  const { bridge, key, log, returned, settle } = await start();
  await bridge.start(ticket, key);
  returned();
  await settle();
  await bridge.syncNow();
  assert.equal(log.slice(2), ['nudge', 'syncNow']);
});

test('a worker that died is made anew and started with the same ticket; the page says so meanwhile', async () => {
  const { bridge, key, log, die, revive, pass, tell, settle } = await start();
  await bridge.start(ticket, key);
  tell(idle);
  await settle();
  die();
  await pass(51_000);
  assert.equal(bridge.state.value.problem, { kind: 'laptop-failed', why: 'thread ended' });
  assert.is(bridge.state.value.provedEqualMs, 5);
  revive();
  await pass(40_000);
  assert.is(log.filter((entry) => entry === 'worker').length, 2);
  assert.is(log.filter((entry) => entry === 'start:plumbline-x').length >= 2, true);
  tell(idle);
  await settle();
  assert.equal(bridge.state.value, idle);
  await bridge.stop(0);
});

test('a call to a worker that is gone answers', async () => {
  const { bridge, key, die, pass } = await start();
  await bridge.start(ticket, key);
  die();
  const opened = bridge.openRecord(recordId(1));
  await pass(56_000);
  assert.equal(await opened, { ok: false, problem: { kind: 'laptop-failed', why: 'thread ended' } });
  const stopped = bridge.stop(0);
  await pass(20_000);
  await stopped;
});

test.run();
