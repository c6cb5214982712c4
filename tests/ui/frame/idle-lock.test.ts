import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createIdleWatch, createSleepWatch, idleMs, isLockKey, warnMs } from '../../../src/ui/frame/idle-lock.ts';

const test = suite('locking when nobody is there');

function fakeClocks() {
  const at = { wall: 1_000_000, steady: 0 };
  const watch = createIdleWatch(
    () => at.wall,
    () => at.steady,
  );
  const pass = (ms: number): void => {
    at.wall += ms;
    at.steady += ms;
  };
  return { at, watch, pass };
}

test('ten minutes without a touch are idle, and a touch starts them again', () => {
  const { watch, pass } = fakeClocks();
  pass(idleMs - 1);
  assert.is(watch.isIdle(), false);
  watch.touch();
  pass(idleMs - 1);
  assert.is(watch.isIdle(), false);
  pass(1);
  assert.is(watch.isIdle(), true);
});

test('a minute before it is idle it is nearly so, until a touch', () => {
  const { watch, pass } = fakeClocks();
  pass(idleMs - warnMs - 1);
  assert.is(watch.isNearlyIdle(), false);
  pass(1);
  assert.is(watch.isNearlyIdle(), true);
  assert.is(watch.isIdle(), false);
  watch.touch();
  assert.is(watch.isNearlyIdle(), false);
});

test('a laptop that slept, its steady clock with it, is idle when it wakes', () => {
  const { at, watch } = fakeClocks();
  at.wall += 60 * 60 * 1000;
  assert.is(watch.isIdle(), true);
});

test('setting the clock back does not keep it open', () => {
  const { at, watch, pass } = fakeClocks();
  at.wall -= 24 * 60 * 60 * 1000;
  pass(idleMs);
  assert.is(watch.isIdle(), true);
});

/** A page that looks at its clocks every five seconds. */
function page() {
  const at = { wall: 1_000_000, steady: 0 };
  const watch = createSleepWatch(
    () => at.wall,
    () => at.steady,
  );
  const look = (ms: number, isVisible = true): boolean => {
    at.wall += ms;
    return watch.hasSlept(isVisible);
  };
  return { at, watch, look };
}

test('a visible page that is half a minute late has slept, by either clock, once for each sleep', () => {
  const { at, watch, look } = page();
  assert.equal(
    [5_000, 29_999, 30_000, 5_000, 9 * 60_000].map((ms) => look(ms)),
    [false, false, true, false, true],
  );
  at.wall -= 60_000;
  at.steady += 30_000;
  assert.is(watch.hasSlept(true), true);
});

test('a page that was hidden, whose timers are late without a sleep, has not slept for being late', () => {
  const { look } = page();
  assert.is(look(5_000, false), false);
  assert.is(look(60_000, false), false);
  assert.is(look(60_000, true), false);
  assert.is(look(60_000, true), true);
});

test('a page that was being printed, whose timers stand still, has not slept; its next sleep is noticed', () => {
  const { watch, look } = page();
  watch.printing();
  assert.is(look(120_000), false);
  assert.is(look(120_000), true);
});

const press = (code: string, held: readonly string[]) => ({
  code,
  ctrlKey: held.includes('Control'),
  altKey: held.includes('Alt'),
  getModifierState: (name: string) => held.includes(name),
});

test('Ctrl + Alt + L locks, and a letter typed with AltGr does not', () => {
  assert.is(isLockKey(press('KeyL', ['Control', 'Alt'])), true);
  assert.is(isLockKey(press('KeyL', ['Control', 'Alt', 'AltGraph'])), false);
  assert.is(isLockKey(press('KeyL', ['Control'])), false);
  assert.is(isLockKey(press('KeyK', ['Control', 'Alt'])), false);
});

test.run();
