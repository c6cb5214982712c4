/** Whatever a script of the same origin posts between tabs: nothing but the listed messages is believed, and nothing fails. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { doorMessageSchema, syncMessageSchema } from '../../src/protocol/channels.ts';
import { parse } from '../../src/protocol/parse.ts';
import { newListeners } from '../../src/store/listeners.ts';
import { indexes } from '../../src/store/rows.ts';

const test = suite('messages between tabs');

const keyring = 'a'.repeat(32);
const key = (extractable: boolean, usages: readonly KeyUsage[] = ['encrypt', 'decrypt']): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, extractable, usages);

/** Something near a listed message: its fields, each of them maybe of another kind. */
const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true });
const kinds = [
  'ask',
  'offer',
  'lock',
  'active',
  'state',
  'ask-state',
  'sync-now',
  'nudge',
  'signed-in',
  'wrote',
  '__proto__',
];
const near = fc.record(
  {
    kind: fc.oneof(fc.constantFrom(...kinds), anything),
    keyring: fc.oneof(fc.constant(keyring), anything),
    keyrings: fc.oneof(fc.array(fc.oneof(fc.constant(keyring), anything)), anything),
    key: anything,
    state: anything,
    wrote: anything,
  },
  { requiredKeys: [] },
);
const posted = fc.oneof(near, anything);

test('what is posted is one of the listed messages, or nothing', () => {
  fc.assert(
    fc.property(posted, (message) => {
      const door = parse(doorMessageSchema, message);
      // No key that was not made by the browser's own cryptography gets through, whatever it looks like.
      assert.ok(door === null || ['ask', 'lock', 'active'].includes(door.kind));
      const sync = parse(syncMessageSchema, message);
      assert.ok(sync === null || kinds.includes(sync.kind));
    }),
    { numRuns: 20_000 },
  );
  assert.is(Object.keys(Object.prototype).length, 0);
});

test('a key is taken only when nobody can take it out, and only a secret one', async () => {
  const offer = (offered: unknown) => parse(doorMessageSchema, { kind: 'offer', keyring, key: offered });
  assert.ok(offer(await key(false)));
  assert.is(offer(await key(true)), null);
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveKey']);
  assert.is(offer(pair.publicKey), null);
  assert.is(offer(pair.privateKey), null);
  assert.is(offer({ extractable: false, type: 'secret' }), null);
});

test('a store told of writes elsewhere hears of its own tables alone, and its listeners live on', async () => {
  const channel = new BroadcastChannel('plumbline-test-listeners');
  const heard: unknown[] = [];
  const listeners = newListeners(channel);
  listeners.add((tables) => void heard.push(...tables));
  const post = (data: unknown): void => void channel.dispatchEvent(new MessageEvent('message', { data }));
  fc.assert(fc.property(fc.oneof(posted, fc.record({ wrote: fc.array(anything, { minLength: 1 }) })), post), {
    numRuns: 5_000,
  });
  await new Promise((resolve) => setTimeout(resolve));
  assert.ok(heard.every((table) => Object.hasOwn(indexes, table as string)));
  heard.length = 0;
  post({ wrote: ['pending'] });
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(heard, ['pending']);
  listeners.close();
});

test.run();
