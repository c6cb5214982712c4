/** The loop under fake time: when it tries, what it shows, and that it never does two things at once. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SyncProblem } from '../../../src/protocol/problem.ts';
import type { SyncState } from '../../../src/protocol/threads.ts';
import type { CycleEnd } from '../../../workers/sync/cycle.ts';
import { Stopped } from '../../../workers/sync/deadline.ts';
import { startLoop } from '../../../workers/sync/loop.ts';
import { fakeTime } from './fake-time.ts';

const test = suite('the sync loop');

interface Script {
  /** What the n-th cycle (from 0) answers, and after how long; 'hangs' never answers. */
  readonly cycle?: (
    n: number,
  ) => { readonly ms?: number; readonly problem?: SyncProblem; readonly accepts?: true } | 'hangs' | 'throws';
  readonly readyInMs?: () => number | null;
}

function start({ cycle = () => ({}), readyInMs = () => null }: Script = {}) {
  const time = fakeTime();
  const log: string[] = [];
  const states: SyncState[] = [];
  let count = 0;
  let active = 0;
  let most = 0;
  const loop = startLoop({
    timers: time.timers,
    now: time.now,
    random: () => 0.99999,
    provedEqualMs: null,
    readyInMs: async () => readyInMs(),
    problemOf: (error) => (error instanceof Stopped ? { kind: 'timed-out' } : { kind: 'laptop-failed', why: 'bug' }),
    onState: (state) => states.push(state),
    runCycle: (signal, mode, watch) =>
      new Promise<CycleEnd>((resolve, reject) => {
        log.push(`${mode}:${time.now()}`);
        most = Math.max(most, ++active);
        signal.addEventListener('abort', () => {
          active--;
          log.push(`off:${time.now()}`);
        });
        const answer = cycle(count++);
        if (answer === 'hangs') return;
        const end = () => {
          if (signal.aborted) return;
          active--;
          if (answer === 'throws') return reject(new Error('bug'));
          watch.progress();
          if (answer.accepts) watch.unproved();
          resolve({ problem: answer.problem ?? null, provedEqualMs: answer.problem ? null : time.now() });
        };
        if (answer === 'throws' || answer.ms === undefined) end();
        else time.timers.after(answer.ms, end);
      }),
  });
  return { time, log, states, loop, most: () => most, phase: () => loop.state().phase };
}

const unreachable = { problem: { kind: 'unreachable' } } as const;

test('tries at once when it starts, and says when it proved equal', async () => {
  const { time, log, loop } = start();
  await time.settle();
  assert.equal(log, ['full:0']);
  assert.equal(loop.state(), { phase: 'idle', provedEqualMs: 0, problem: null, clockOffsetMs: null, receiving: null });
});

test('says no longer that it was proved equal once a change was accepted after that, until it is proved again', async () => {
  const { time, states, loop } = start({ cycle: (n) => (n === 1 ? { ...unreachable, accepts: true } : {}) });
  await time.settle();
  assert.is(loop.state().provedEqualMs, 0);
  loop.trigger('asked');
  await time.settle();
  assert.is(loop.state().provedEqualMs, null);
  await time.pass(5_000);
  assert.ok(loop.state().provedEqualMs);
  assert.ok(states.every(({ provedEqualMs }) => provedEqualMs === null || provedEqualMs <= time.now()));
});

const broken = { problem: { kind: 'server-error', reference: 'a' } } as const;

test('says since when the server fails once it has failed twice, and no longer once it does not', async () => {
  let mends = false;
  const { time, loop, states } = start({ cycle: (n) => (n > 0 && !mends ? broken : {}) });
  await time.pass(10_000);
  loop.trigger('asked');
  await time.settle();
  assert.equal([loop.state().phase, loop.state().problem], ['idle', broken.problem]);
  assert.is(loop.state().stuckSinceMs ?? null, null, 'one failure is not shown');
  await time.pass(1_500);
  assert.is(loop.state().stuckSinceMs, 10_000);
  await time.pass(600_000);
  assert.is(loop.state().stuckSinceMs, 10_000, 'since the first of them');
  mends = true;
  await time.pass(60_000);
  assert.is(loop.state().stuckSinceMs, null);
  assert.ok(states.every(({ stuckSinceMs }) => [undefined, null, 10_000].includes(stuckSinceMs)));
});

test('says it after a minute also where it tries again later than that, by the clock of the server', async () => {
  const { time, loop } = start({ cycle: () => ({ problem: { kind: 'not-equal' } }) });
  loop.clockOffset(5_000);
  await time.pass(59_000);
  assert.is(loop.state().stuckSinceMs ?? null, null);
  await time.pass(1_000);
  assert.is(loop.state().stuckSinceMs, 5_000);
});

test('does not say it of a server that cannot be reached, nor after the end', async () => {
  const away = start({ cycle: () => unreachable });
  await away.time.pass(120_000);
  assert.is(away.loop.state().stuckSinceMs ?? null, null);
  const ended = start({ cycle: () => broken });
  await ended.time.settle();
  void ended.loop.drain(0);
  await ended.time.pass(120_000);
  assert.is(ended.loop.state().stuckSinceMs ?? null, null);
  assert.is(ended.time.waiting(), 0);
});

test('what contradicts a proof takes it back; a server that only fails does not', async () => {
  const problems = [null, broken.problem, { kind: 'not-equal' }, { kind: 'unreachable' }] as const;
  const { time, loop } = start({ cycle: (n) => ({ problem: problems[n] ?? undefined }) as { problem?: SyncProblem } });
  const proofs: (number | null)[] = [];
  for (const _ of problems) {
    await time.settle();
    proofs.push(loop.state().provedEqualMs);
    loop.trigger('asked');
  }
  assert.equal(proofs, [0, 0, null, null]);
});

test('waits 1, 2, 4 ... at most 60 seconds between tries that fail', async () => {
  const { time, log } = start({ cycle: () => unreachable });
  await time.pass(250_000);
  const at = log.map((entry) => Math.round(Number(entry.split(':')[1]) / 1000));
  assert.equal(at, [0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
});

test('syncs within 60 seconds of healing, and at once when asked', async () => {
  let healed = false;
  const { time, phase, loop } = start({ cycle: () => (healed ? {} : unreachable) });
  await time.pass(600_000);
  assert.is(phase(), 'offline');
  healed = true;
  await time.pass(60_000);
  assert.is(phase(), 'idle');
  healed = false;
  loop.trigger('news');
  await time.settle();
  assert.is(phase(), 'offline');
  healed = true;
  loop.trigger('asked');
  await time.settle();
  assert.is(phase(), 'idle');
});

test('triggers during a cycle make one more after it, never one beside it', async () => {
  const { time, log, loop, most } = start({ cycle: () => ({ ms: 500 }) });
  await time.pass(100);
  loop.trigger('news');
  loop.trigger('asked');
  loop.trigger('news');
  await time.pass(2_000);
  assert.equal(log, ['full:0', 'full:500']);
  assert.is(most(), 1);
});

test('a save is pushed a second later, with what was saved meanwhile', async () => {
  let unsent = false;
  const { time, log, loop } = start({
    cycle: () => {
      unsent = false;
      return {};
    },
    readyInMs: () => (unsent ? 0 : null),
  });
  await time.pass(10_000);
  unsent = true;
  loop.trigger('written');
  await time.pass(400);
  loop.trigger('written');
  await time.pass(2_000);
  assert.equal(log, ['full:0', 'full:11000']);
});

test('its own settling, and text that is still typed, start nothing', async () => {
  let readyInMs: number | null = null;
  const { time, log, loop } = start({ readyInMs: () => readyInMs });
  await time.pass(10_000);
  loop.trigger('written');
  await time.pass(2_000);
  assert.equal(log, ['full:0']);
  readyInMs = 3_000;
  loop.trigger('written');
  await time.pass(1_000);
  readyInMs = null;
  await time.pass(3_000);
  assert.equal(log, ['full:0', 'full:16000']);
});

test('typing while offline does not try every second', async () => {
  const { time, log, loop } = start({ cycle: () => unreachable, readyInMs: () => 0 });
  await time.pass(200_000);
  const before = log.length;
  for (let i = 0; i < 30; i++) {
    loop.trigger('written');
    await time.pass(1_000);
  }
  assert.ok(log.length - before <= 7, `${log.length - before} tries in 30 seconds`);
  assert.ok(log.length - before >= 4, `${log.length - before} tries in 30 seconds`);
});

test('a cycle without progress for 60 seconds is called off and tried again', async () => {
  const { time, log, phase, most } = start({ cycle: (n) => (n === 0 ? 'hangs' : {}) });
  await time.pass(62_000);
  assert.equal(log.slice(0, 2), ['full:0', 'off:60000']);
  assert.is(log.length, 3);
  assert.is(phase(), 'idle');
  assert.is(most(), 1);
});

test('bytes that keep arriving keep a slow cycle alive', async () => {
  const { time, log, loop } = start({ cycle: () => ({ ms: 170_000 }) });
  for (let i = 0; i < 17; i++) {
    await time.pass(10_000);
    loop.alive();
  }
  await time.settle();
  assert.equal(log, ['full:0']);
});

test('an ended session pauses until a sign-in succeeds: no timer, no edit and no poke goes on trying', async () => {
  let signedIn = false;
  const { time, log, loop, phase } = start({
    cycle: () => (signedIn ? {} : { problem: { kind: 'signed-out' } }),
    readyInMs: () => 0,
  });
  await time.settle();
  assert.is(phase(), 'signed-out');
  for (const why of ['news', 'written', 'nudge'] as const) {
    loop.trigger(why);
    await time.pass(400_000);
  }
  assert.equal(log, ['full:0']);
  signedIn = true;
  loop.trigger('signed-in');
  await time.settle();
  assert.is(phase(), 'idle');
  assert.is(loop.state().problem, null);
});

for (const kind of ['wrong-person', 'wrong-authority'] as const) {
  test(`${kind} pauses until the person signs in or asks`, async () => {
    const { time, log, loop, phase } = start({ cycle: () => ({ problem: { kind } }) });
    await time.pass(400_000);
    assert.is(phase(), 'paused');
    assert.equal(log, ['full:0']);
    loop.trigger('asked');
    await time.settle();
    assert.is(log.length, 2);
  });
}

test('a sign-in in the middle of a cycle counts, also when a poke comes after it and the cycle ends as signed out', async () => {
  const { time, loop, log, phase } = start({
    cycle: (n) => (n === 0 ? { ms: 5_000, problem: { kind: 'signed-out' } } : {}),
  });
  await time.settle();
  loop.trigger('signed-in');
  loop.trigger('news');
  await time.pass(6_000);
  assert.equal(log, ['full:0', 'full:5000']);
  assert.is(phase(), 'idle');
});

test('a cycle that throws is a problem that is shown and tried again', async () => {
  const { time, loop, log } = start({ cycle: (n) => (n === 0 ? 'throws' : {}) });
  await time.settle();
  assert.equal(loop.state().problem, { kind: 'laptop-failed', why: 'bug' });
  await time.pass(1_000);
  assert.is(log.length, 2);
  assert.is(loop.state().problem, null);
});

test('a proof outlives later failures', async () => {
  const { time, loop } = start({ cycle: (n) => (n === 0 ? {} : unreachable) });
  await time.pass(1_000);
  loop.trigger('news');
  await time.settle();
  assert.is(loop.state().phase, 'offline');
  assert.is(loop.state().provedEqualMs, 0);
});

test('stopping sends once more what is left, then nothing', async () => {
  const { time, log, loop, phase } = start();
  await time.pass(5_000);
  const drained = loop.drain(10_000);
  await time.settle();
  await drained;
  loop.trigger('asked');
  await time.pass(500_000);
  assert.equal(log, ['full:0', 'drain:5000']);
  assert.is(phase(), 'off');
  assert.is(time.waiting(), 0);
});

test('stopping waits no longer than its grace for a server that does not answer', async () => {
  const { time, loop, log } = start({ cycle: (n) => (n === 0 ? {} : 'hangs') });
  await time.pass(5_000);
  let over = false;
  void loop.drain(10_000).then(() => (over = true));
  await time.pass(9_999);
  assert.is(over, false);
  await time.pass(1);
  assert.is(over, true);
  assert.equal(log, ['full:0', 'drain:5000', 'off:15000']);
});

test('stopping while signed out asks the server nothing', async () => {
  const { time, log, loop } = start({ cycle: () => ({ problem: { kind: 'signed-out' } }) });
  await time.settle();
  await loop.drain(10_000);
  assert.equal(log, ['full:0']);
});

test('the same state is not told twice', async () => {
  const { time, states, loop } = start();
  await time.settle();
  const before = states.length;
  loop.clockOffset(100);
  loop.clockOffset(100);
  assert.is(states.length, before + 1);
});

test('a time-out counts as part of the wait, so that no try comes later than a minute after the one before', async () => {
  const { time, log } = start({ cycle: () => ({ ms: 30_000, problem: { kind: 'timed-out' } }) });
  await time.settle();
  await time.pass(600_000);
  const starts = log.map((line) => Number(line.split(':')[1]));
  const between = starts.slice(1).map((at, i) => at - (starts[i] ?? 0));
  assert.ok(between.length > 8);
  assert.ok(
    between.every((ms) => ms > 30_000 && ms <= 60_000),
    between.join(' '),
  );
});

test('a line that breaks again and again but carries something each time is not waited for longer and longer', async () => {
  const { time, log } = start({ cycle: () => ({ ...unreachable, accepts: true }) });
  await time.settle();
  await time.pass(10_500);
  assert.is(log.length, 11, log.join(' '));
});

test('a server that asks for a while is asked again after it, by itself, and says why meanwhile', async () => {
  const later: SyncProblem = { kind: 'too-many-tries', retryAfterSeconds: 300 };
  const { time, log, loop } = start({ cycle: (n) => (n === 0 ? { problem: later } : {}) });
  await time.pass(299_000);
  assert.equal(loop.state().problem, later);
  assert.is(loop.state().phase, 'idle');
  assert.is(typeof loop.state().stuckSinceMs, 'number');
  assert.is(log.length, 1);
  await time.pass(2_000);
  assert.is(log.length, 2);
  assert.is(loop.state().problem, null);
});

test.run();
