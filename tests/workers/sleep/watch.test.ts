import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sleptMs } from '../../../src/protocol/timers.ts';
import { lookMs, watchSleep } from '../../../workers/sleep/watch.ts';

const test = suite('noticing that the computer slept');

/** A computer with two clocks and one timer. */
function computer() {
  const at = { wall: 1_750_000_000_000, steady: 0 };
  let slept = 0;
  const due: { readonly ms: number; readonly run: () => void }[] = [];
  watchSleep({
    wallMs: () => at.wall,
    steadyMs: () => at.steady,
    after: (ms, run) => void due.push({ ms, run }),
    onSlept: () => void (slept += 1),
  });
  const look = (lateMs = 0): void => {
    const [next, ...others] = due.splice(0);
    if (next === undefined || others.length > 0) throw new Error('It does not look again, or twice');
    const { ms, run } = next;
    at.wall += ms + lateMs;
    at.steady += ms + lateMs;
    run();
  };
  return { at, look, slept: () => slept };
}

test('nobody slept while it looks as planned, for hours, or somewhat late on a busy computer', () => {
  const { look, slept } = computer();
  for (let looks = 0; looks < 3 * 3600; looks += 1) look(looks % 7 === 0 ? sleptMs - lookMs - 1 : 0);
  assert.is(slept(), 0);
});

test('a lid that was shut for nine minutes is noticed at the first look, once', () => {
  const { at, look, slept } = computer();
  look();
  // Windows: both clocks go on.
  at.wall += 9 * 60_000;
  at.steady += 9 * 60_000;
  look();
  assert.is(slept(), 1);
  look();
  assert.is(slept(), 1);
});

test('half a minute is enough, also where the steady clock sleeps too', () => {
  const { at, look, slept } = computer();
  look();
  // Linux and macOS: the steady clock stands still.
  at.wall += sleptMs;
  look();
  assert.is(slept(), 1);
});

test('each sleep is told', () => {
  const { at, look, slept } = computer();
  for (const night of [1, 2, 3]) {
    at.wall += 8 * 3_600_000;
    look();
    assert.is(slept(), night);
    look();
  }
});

test('a sleep is noticed although the clock was set back meanwhile, where the steady clock goes on', () => {
  const { at, look, slept } = computer();
  at.wall -= 3_600_000;
  at.steady += 60_000;
  look();
  assert.is(slept(), 1);
});

test('a wrong clock put right: forward counts as a sleep, which is harmless; back does not, nor does it hide the next one', () => {
  const { at, look, slept } = computer();
  at.wall += 3_600_000;
  look();
  assert.is(slept(), 1);
  at.wall -= 2 * 3_600_000;
  look();
  look();
  assert.is(slept(), 1);
  at.wall += 60_000;
  look();
  assert.is(slept(), 2);
});

test.run();
