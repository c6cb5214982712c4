/** News: events while they arrive, polls while they do not, and no news missed in between. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listenForNews } from '../../../workers/sync/pokes.ts';
import type { StreamEvent } from '../../../workers/sync/transport.ts';
import { fakeTime } from './fake-time.ts';

const test = suite('news');

function start(random = 0) {
  const time = fakeTime();
  const log: string[] = [];
  let send = (_event: StreamEvent): void => undefined;
  const stop = listenForNews({
    timers: time.timers,
    random: () => random,
    listen: (onEvent) => {
      log.push(`open:${time.now()}`);
      send = onEvent;
      return () => log.push(`close:${time.now()}`);
    },
    onNews: () => log.push(`news:${time.now()}`),
  });
  return { time, log, stop, send: (event: StreamEvent) => send(event) };
}

test('a poke is news; a beat is not, once events arrive', async () => {
  const { time, log, send } = start();
  send('beat');
  await time.pass(20_000);
  send('beat');
  await time.pass(5_000);
  send('poke');
  assert.equal(log, ['open:0', 'news:0', 'news:25000']);
});

test('45 seconds of silence are looked into within five seconds, then every 30 to 60 seconds', async () => {
  const { time, log } = start(0.5);
  await time.pass(135_000);
  assert.equal(log, [
    'open:0',
    'close:45000',
    'news:47500',
    'close:47500',
    'open:47500',
    'news:92500',
    'close:92500',
    'open:92500',
  ]);
});

test('hearing again after silence is news, since pokes may have been missed', async () => {
  const { time, log, send } = start();
  send('beat');
  await time.pass(75_000);
  send('beat');
  await time.pass(20_000);
  send('beat');
  await time.pass(20_000);
  const polls = ['news:45000', 'close:45000', 'open:45000', 'news:75000', 'close:75000', 'open:75000'];
  assert.equal(log, ['open:0', 'news:0', 'close:45000', ...polls, 'news:75000']);
});

test('a stream that is closed at once is not asked again before the next poll', async () => {
  const { time, log, send } = start();
  send('closed');
  await time.pass(29_999);
  assert.equal(log, ['open:0', 'close:0']);
  await time.pass(1);
  assert.equal(log.slice(2), ['news:30000', 'close:30000', 'open:30000']);
});

test('a stream that was heard and is closed is looked into within five seconds, once', async () => {
  const { time, log, send } = start(0.8);
  send('beat');
  await time.pass(10_000);
  send('closed');
  await time.pass(4_000);
  assert.equal(log.slice(2), ['close:10000', 'news:14000', 'close:14000', 'open:14000']);
  send('closed');
  await time.pass(53_999);
  assert.equal(log.slice(6), ['close:14000']);
});

test('after it is stopped nothing is asked any more', async () => {
  const { time, log, stop } = start();
  stop();
  await time.pass(500_000);
  assert.equal(log, ['open:0', 'close:0']);
});

test.run();
