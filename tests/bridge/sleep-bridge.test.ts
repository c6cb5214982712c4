import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watchSleeps, type SleepEnd } from '../../src/bridge/sleep-bridge.ts';
import { fakeTime } from '../workers/sync/fake-time.ts';

const test = suite('a sleep worker that is kept running');

/** Each worker that was started: what it is told to do, and whether it was ended. */
function workers() {
  const time = fakeTime();
  const started: { tell(kind: 'message' | 'error'): void; isEnded: boolean }[] = [];
  let slept = 0;
  const stop = watchSleeps({
    timers: time.timers,
    onSlept: () => void (slept += 1),
    startWorker() {
      const runs = new Map<string, () => void>();
      const made = { isEnded: false, tell: (kind: string) => runs.get(kind)?.() };
      started.push(made);
      const end: SleepEnd = {
        addEventListener: (kind: string, run: () => void) => void runs.set(kind, run),
        terminate: () => void (made.isEnded = true),
      };
      return end;
    },
  });
  return { time, started, stop, slept: () => slept };
}

test('each sleep that it tells of is told', () => {
  const { started, slept } = workers();
  started[0]?.tell('message');
  started[0]?.tell('message');
  assert.is(slept(), 2);
});

test('one that does not load or throws is ended and started again, after longer and longer, and tells of sleeps again', async () => {
  const { time, started, slept } = workers();
  for (const [failures, waitMs] of [1_000, 2_000, 4_000].entries()) {
    started[failures]?.tell('error');
    assert.is(started[failures]?.isEnded, true);
    await time.pass(waitMs - 1);
    assert.is(started.length, failures + 1);
    await time.pass(1);
    assert.is(started.length, failures + 2);
  }
  started[3]?.tell('message');
  assert.is(slept(), 1);
});

test('it is tried again for ever, every five minutes in the end', async () => {
  const { time, started } = workers();
  for (let failures = 0; failures < 20; failures += 1) {
    started[failures]?.tell('error');
    await time.pass(5 * 60_000);
    assert.is(started.length, failures + 2);
  }
});

test('stopped, it is ended, and one that failed before is not started again', async () => {
  const { time, started, stop } = workers();
  stop();
  assert.is(started[0]?.isEnded, true);
  const failed = workers();
  failed.started[0]?.tell('error');
  failed.stop();
  await time.pass(10 * 60_000);
  await failed.time.pass(10 * 60_000);
  assert.is(failed.started.length, 1);
});

test.run();
