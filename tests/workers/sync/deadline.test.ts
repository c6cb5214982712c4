/** Deadlines: what never answers ends all the same, and what was called off starts nothing. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Stopped, within } from '../../../workers/sync/deadline.ts';
import { fakeTime } from './fake-time.ts';

const test = suite('a deadline');

const why = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Stopped ? error.why : String(error)),
  );

test('gives what the work gives, and leaves no timer behind', async () => {
  const time = fakeTime();
  assert.is(await within(new AbortController().signal, time.timers, 100, async () => 7), 7);
  assert.is(time.waiting(), 0);
});

test('ends work that never answers', async () => {
  const time = fakeTime();
  const ended = why(within(new AbortController().signal, time.timers, 100, () => new Promise(() => undefined)));
  await time.pass(100);
  assert.is(await ended, 'deadline');
});

test('ends at once when called off', async () => {
  const time = fakeTime();
  const abort = new AbortController();
  const ended = why(within(abort.signal, time.timers, 100, () => new Promise(() => undefined)));
  abort.abort();
  assert.is(await ended, 'aborted');
  assert.is(time.waiting(), 0);
});

test('does not start work after it was called off', async () => {
  const time = fakeTime();
  const abort = new AbortController();
  abort.abort();
  let started = false;
  const ended = why(
    within(abort.signal, time.timers, 100, async () => {
      started = true;
    }),
  );
  assert.is(await ended, 'aborted');
  assert.is(started, false);
});

test('passes on what the work throws', async () => {
  const time = fakeTime();
  const ended = why(
    within(new AbortController().signal, time.timers, 100, async () => {
      throw new Error('full');
    }),
  );
  assert.is(await ended, 'Error: full');
  assert.is(time.waiting(), 0);
});

test.run();
