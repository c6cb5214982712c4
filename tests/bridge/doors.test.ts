/** Asking the other tabs for a key: who answers, and that nothing of it is kept by the tab's ears afterwards. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { askForKey, type Doors } from '../../src/bridge/doors.ts';
import type { DoorMessage } from '../../src/protocol/channels.ts';
import { hex } from '../store/laptop.ts';
import { fakeTime } from '../workers/sync/fake-time.ts';

const test = suite('asking other tabs for a key');

function start() {
  const listeners = new Set<(message: DoorMessage) => void>();
  const doors: Doors = {
    post: () => undefined,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const send = (message: DoorMessage) => listeners.forEach((listener) => listener(message));
  return { doors, listeners, send, time: fakeTime() };
}

const newKey = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

test('takes the key of a keyring it asked for, and forgets it: a lock leaves no way to it', async () => {
  const { doors, listeners, send, time } = start();
  const asked = askForKey(doors, time.timers, [hex(1)]);
  send({ kind: 'offer', keyring: hex(2), key: await newKey() });
  const key = await newKey();
  send({ kind: 'offer', keyring: hex(1), key });
  assert.equal(await asked, { keyring: hex(1), key });
  assert.is(listeners.size, 0);
});

test('answers that there is none when nobody has answered in time, and listens no longer', async () => {
  const { doors, listeners, time } = start();
  const asked = askForKey(doors, time.timers, [hex(1)]);
  await time.pass(1_000);
  assert.is(await asked, null);
  assert.is(listeners.size, 0);
});

test.run();
