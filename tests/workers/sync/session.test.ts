/** Sessions of one person in several workers: one leads, the others pass on, and the lead survives whoever held it. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId } from '../../../src/domain/ids.ts';
import type { SyncMessage } from '../../../src/protocol/channels.ts';
import type { SyncState } from '../../../src/protocol/threads.ts';
import { laptopStore } from '../../../workers/sync/laptop-store.ts';
import type { Locks } from '../../../workers/sync/leader.ts';
import { readSaveCounts } from '../../../src/store/view.ts';
import { newLine } from '../../../workers/sync/line.ts';
import { newDoubt } from '../../../workers/sync/doubt.ts';
import { startSession, type Channel } from '../../../workers/sync/session.ts';
import { StoreFailure } from '../../../src/store/problems.ts';
import { memoryPort } from '../../../src/store/memory-port.ts';
import { act, authority, edit, hex, laptop, me, recordId, section, startAudit } from '../../store/laptop.ts';
import { fakeRemote } from './fake-remote.ts';
import { fakeTime } from './fake-time.ts';

const test = suite('sessions of one person');

/** Web Locks of one browser: one holder of a name, the others wait in line. `killHolder` frees what a dead tab held. */
function fakeLocks(): Locks & { killHolder(): void } {
  const lines = new Map<string, Promise<unknown>>();
  let free = (): void => undefined;
  return {
    killHolder: () => free(),
    async request(name, { signal }, work) {
      const before = lines.get(name) ?? Promise.resolve();
      const aborted = new Promise<never>((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new Error('AbortError'))),
      );
      let done = (): void => undefined;
      lines.set(name, Promise.all([before, new Promise<void>((resolve) => (done = resolve))]));
      try {
        await Promise.race([before, aborted]);
        free = done;
        await work();
      } finally {
        done();
      }
    },
  };
}

/** A channel that reaches every other end. */
function fakeChannels(): () => Channel {
  const ends = new Set<{ heard: (message: SyncMessage) => void }>();
  return () => {
    const end = { heard: (_message: SyncMessage): void => undefined };
    ends.add(end);
    return {
      post: (message) => {
        for (const other of ends) if (other !== end) other.heard(structuredClone(message));
      },
      listen: (listener) => {
        end.heard = listener;
      },
      close: () => void ends.delete(end),
    };
  };
}

async function browser() {
  const time = fakeTime();
  const [locks, newChannel, remote, port] = [fakeLocks(), fakeChannels(), fakeRemote(), memoryPort()];
  const tab = async () => {
    const { store } = await laptop({ port, now: () => 1_750_000_000_000 + time.now() });
    const build = { isTooOld: false };
    const known = laptopStore(store);
    const states: SyncState[] = [];
    const listening: string[] = [];
    const session = startSession({
      who: { authority, person: me },
      store: {
        ...known,
        async cursor() {
          if (build.isTooOld) throw new StoreFailure({ kind: 'build-too-old' });
          return known.cursor();
        },
      },
      remote,
      transport: {
        listen: () => {
          listening.push(`open:${time.now()}`);
          return () => listening.push(`close:${time.now()}`);
        },
      },
      channel: newChannel(),
      locks,
      timers: time.timers,
      now: time.now,
      random: () => 0.5,
      newDevice: () => hex(1) as DeviceId,
      line: newLine(),
      doubt: newDoubt(),
      onWrite: (listener) => port.onWrite(listener),
      closeStore: async () => undefined,
      problemOf: (error) => ({ kind: 'laptop-failed', why: String(error) }),
      onState: (state) => states.push(state),
    });
    await time.settle();
    return { session, store, states, listening, build, phase: () => states.at(-1)?.phase };
  };
  return { time, remote, tab, port, killLeader: locks.killHolder };
}

const audit = recordId(1);

test('one tab asks the server; the others show the same state', async () => {
  const { time, remote, tab } = await browser();
  const [first, second, third] = [await tab(), await tab(), await tab()];
  await time.pass(5_000);
  assert.equal(remote.calls, ['pull']);
  assert.equal(
    [first, second, third].map((one) => one.phase()),
    ['idle', 'idle', 'idle'],
  );
  assert.equal(
    [first, second, third].map((one) => one.listening.length),
    [1, 0, 0],
  );
});

test('what is saved in any tab is sent by the leader', async () => {
  const { time, remote, tab } = await browser();
  await tab();
  const second = await tab();
  await startAudit(second.store, audit);
  await time.pass(2_000);
  assert.is(remote.sent.length, 2);
});

test('sync now in a tab that does not lead reaches the leader', async () => {
  const { time, remote, tab } = await browser();
  await tab();
  const second = await tab();
  second.session.syncNow();
  await time.settle();
  assert.equal(remote.calls, ['pull', 'pull']);
});

test('when the leader stops another tab leads, and nothing is sent twice', async () => {
  const { time, remote, tab } = await browser();
  const [first, second] = [await tab(), await tab()];
  await startAudit(first.store, audit);
  const stopped = first.session.stop(10_000);
  await time.pass(100);
  await stopped;
  await time.pass(5_000);
  await act(second.store, edit(audit, 'section:risk', section('on')));
  await time.pass(5_000);
  assert.equal(
    remote.sent.map((op) => op.seq),
    [1, 2, 3],
  );
  assert.is(second.phase(), 'idle');
  assert.is(second.listening.length, 1);
});

test('a leader killed after the server has its push, and before it heard so: the next one leads, each change once', async () => {
  const { time, remote, tab, killLeader } = await browser();
  const [first, second] = [await tab(), await tab()];
  const { push } = remote;
  remote.push = async (...args) => {
    await push(...args);
    remote.push = push;
    return new Promise(() => undefined);
  };
  await startAudit(first.store, audit);
  await time.pass(2_000);
  assert.is(remote.sent.length, 2);
  killLeader();
  await act(second.store, edit(audit, 'section:risk', section('on')));
  await time.pass(5_000);
  assert.is(second.phase(), 'idle');
  assert.equal(
    remote.sent.map((op) => op.seq),
    [1, 2, 1, 2, 3],
  );
  assert.equal(remote.sent.slice(0, 2), remote.sent.slice(2, 4));
  assert.is((await readSaveCounts(second.store)).unsent, 0);
});

test('a leader that a newer build has shut out of the store gives the lead to a tab of that build', async () => {
  const { time, remote, tab } = await browser();
  const [older, newer] = [await tab(), await tab()];
  await time.pass(5_000);
  older.build.isTooOld = true;
  await startAudit(newer.store, audit);
  await time.pass(5_000);
  assert.equal(
    remote.sent.map((op) => op.seq),
    [1, 2],
  );
  assert.equal([older.phase(), newer.phase()], ['idle', 'idle']);
  assert.equal([older.listening.length, newer.listening.length], [2, 1]);
});

test('the only tab says that its store does not work, and syncs by itself once it does again', async () => {
  const { time, remote, tab } = await browser();
  const only = await tab();
  await time.pass(5_000);
  only.build.isTooOld = true;
  only.session.syncNow();
  await time.pass(5_000);
  const said = only.states.at(-1);
  assert.equal([said?.phase, said?.problem?.kind], ['paused', 'laptop-failed']);
  only.build.isTooOld = false;
  await startAudit(only.store, audit);
  await time.pass(60_000);
  assert.is(only.phase(), 'idle');
  assert.is(remote.sent.length, 2);
});

test('asked to sync, a tab that gave up the lead gets in line at once, whichever tab was asked', async () => {
  const { time, remote, tab } = await browser();
  const [first, second] = [await tab(), await tab()];
  await time.pass(5_000);
  for (const asked of [first, second]) {
    first.build.isTooOld = second.build.isTooOld = true;
    first.session.syncNow();
    await time.pass(1_000);
    assert.not.ok(
      [first, second].some((one) => one.phase() === 'idle'),
      'neither has its store',
    );
    first.build.isTooOld = second.build.isTooOld = false;
    const calls = remote.calls.length;
    asked.session.syncNow();
    await time.settle();
    await time.pass(1_000);
    assert.ok(remote.calls.length > calls);
    assert.equal([first.phase(), second.phase()], ['idle', 'idle']);
  }
});

test('an ended session closes the stream and pauses; a sign-in in another tab resumes both', async () => {
  const { time, remote, tab } = await browser();
  const [first, second] = [await tab(), await tab()];
  remote.faults = () => ({ fail: { kind: 'signed-out' } });
  await startAudit(first.store, audit);
  await time.pass(2_000);
  assert.equal([first.phase(), second.phase()], ['signed-out', 'signed-out']);
  assert.equal(
    first.listening.map((entry) => entry.split(':')[0]),
    ['open', 'close'],
  );
  const calls = remote.calls.length;
  await act(first.store, edit(audit, 'section:risk', section('goes on')));
  await time.pass(600_000);
  assert.is(remote.calls.length, calls);
  remote.faults = () => undefined;
  second.session.signedIn();
  await time.settle();
  await time.pass(2_000);
  assert.equal([first.phase(), second.phase()], ['idle', 'idle']);
  assert.equal(
    remote.sent.map((op) => op.seq),
    [1, 2, 3],
  );
  assert.is(first.listening.length, 3);
});

test('offline nobody listens; with the server’s first answer the events are asked for anew', async () => {
  const { time, remote, tab } = await browser();
  const only = await tab();
  remote.faults = () => ({ fail: { kind: 'unreachable' } });
  only.session.nudge();
  await time.pass(10_000);
  assert.is(only.phase(), 'offline');
  const kinds = () => only.listening.map((entry) => entry.split(':')[0]);
  assert.is(kinds().at(-1), 'close');
  const before = kinds().length;
  remote.faults = () => undefined;
  await time.pass(16_000);
  assert.is(only.phase(), 'idle');
  assert.equal(kinds().slice(before), ['open']);
});

test('the measured offset to the server reaches the store, without the noise of the line', async () => {
  const { time, tab, port } = await browser();
  const { session, store, states } = await tab();
  session.clockOffset(-3_600_000);
  session.clockOffset(-3_600_040);
  await time.settle();
  assert.is(states.at(-1)?.clockOffsetMs, -3_600_000);
  const state = port.dump().meta.find(({ name }) => name === 'laptop')?.value as { clock: { offsetMs: number } };
  assert.is(state.clock.offsetMs, -3_600_000);
  await startAudit(store, audit);
  const claimed = port.dump().pending.map((row) => row.claimed.ms);
  assert.ok(claimed.every((ms) => ms < 1_750_000_000_000 - 3_500_000));
});

test('sends what is left before it stops, text half typed included', async () => {
  const { time, remote, tab } = await browser();
  const { session, store } = await tab();
  await time.pass(1_000);
  await startAudit(store, audit);
  const stopped = session.stop(10_000);
  await time.pass(100);
  await stopped;
  assert.is(remote.sent.length, 2);
  await time.pass(600_000);
  assert.is(remote.sent.length, 2);
  assert.is(time.waiting(), 0);
});

test('a record is fetched in full from any tab', async () => {
  const { remote, tab } = await browser();
  await tab();
  const second = await tab();
  assert.equal(await second.session.openRecord(audit), { ok: true, value: false });
  remote.faults = (call) => (call === 'open' ? { fail: { kind: 'unreachable' } } : undefined);
  assert.equal(await second.session.openRecord(audit), { ok: false, problem: { kind: 'unreachable' } });
});

test.run();
