import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createIdleWatch, idleMs, isLockKey, warnMs } from '../../../src/ui/frame/idle-lock.ts';

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
