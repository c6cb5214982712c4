/** A passkey beside the passphrase: added with the passphrase, opening the same copy, never the only way in. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunningGate } from '../../src/bridge/gate.ts';
import type { KeyringEntry } from '../../src/store/keyring-entry.ts';
import { alex, fakeBrowser, passphrase, password, type FakeBrowser } from './fake-doors.ts';
import { atSignIn, entryOf, kind, laptopOf } from './gate-at.ts';

const test = suite('a passkey of one’s own');

interface Opened {
  readonly browser: FakeBrowser;
  readonly gate: RunningGate;
}

async function opened(): Promise<Opened> {
  const browser = fakeBrowser();
  const gate = await atSignIn(browser);
  await browser.time.pass(1_000);
  await gate.signIn(alex.email, password);
  assert.is(await gate.choosePassphrase(passphrase), null);
  browser.passkey = new Uint8Array([7]);
  browser.log.length = 0;
  return { browser, gate };
}

const ownOf = (gate: RunningGate) => {
  const own = laptopOf(gate).ownPasskey;
  if (own === null) throw new Error('This copy can have no passkey');
  return own;
};

async function locked(): Promise<Opened & { readonly entry: KeyringEntry }> {
  const all = await opened();
  assert.is(await ownOf(all.gate).add(passphrase), null);
  await laptopOf(all.gate).lock();
  await all.browser.time.pass(1_000);
  all.browser.log.length = 0;
  return { ...all, entry: entryOf(all.browser) };
}

test('is added with the passphrase alone, and nobody is asked for a finger before it was right', async () => {
  const { browser, gate } = await opened();
  const own = ownOf(gate);
  assert.is(own.passkey.value, null);
  assert.equal(await own.add('not the passphrase'), { kind: 'wrong-passphrase' });
  assert.equal(browser.log, []);
  assert.is(await own.add(passphrase), null);
  assert.is(own.passkey.value?.addedMs, 1);
});

test('that the browser refuses changes nothing', async () => {
  const { browser, gate } = await opened();
  browser.passkey = null;
  assert.equal(await ownOf(gate).add(passphrase), { kind: 'passkey-refused' });
  assert.is(ownOf(gate).passkey.value, null);
  assert.is(entryOf(browser).passkey, null);
});

test('opens the copy that it was added to, without the passphrase', async () => {
  const { browser, gate, entry } = await locked();
  assert.is(gate.gate.value.kind === 'unlock' && gate.gate.value.entries[0]?.passkey?.addedMs, 1);
  assert.is(await gate.unlockWithPasskey(entry), null);
  assert.is(kind(gate), 'open');
  assert.equal(browser.log, ['passkey asked', 'sync:alex']);
});

test('that was deleted opens nothing, and the passphrase does', async () => {
  const { browser, gate, entry } = await locked();
  browser.passkey = null;
  assert.equal(await gate.unlockWithPasskey(entry), { kind: 'passkey-refused' });
  assert.is(kind(gate), 'unlock');
  assert.is(await gate.unlock(entry, passphrase), null);
  assert.is(kind(gate), 'open');
});

test('of another copy opens nothing', async () => {
  const { browser, gate, entry } = await locked();
  browser.passkey = new Uint8Array([8]);
  // The browser has another one at hand from the moment it is asked; the copy was sealed under the first.
  browser.rows.forEach((row) => (row.entry = { ...row.entry, passkey: null }));
  assert.equal(await gate.unlockWithPasskey(entry), { kind: 'wrong-passkey' });
  assert.is(kind(gate), 'unlock');
});

test('that was removed opens nothing any more, also in a tab that still offers it', async () => {
  const { browser, gate } = await opened();
  const own = ownOf(gate);
  await own.add(passphrase);
  const stale = entryOf(browser);
  assert.is(await own.remove(), null);
  assert.is(own.passkey.value, null);
  assert.ok(browser.log.includes('passkey forgotten'));
  await laptopOf(gate).lock();
  await browser.time.pass(1_000);
  assert.is(gate.gate.value.kind === 'unlock' && gate.gate.value.entries[0]?.passkey, null);
  assert.equal(await gate.unlockWithPasskey(stale), { kind: 'wrong-passkey' });
  assert.is(await gate.unlock(stale, passphrase), null);
});

test('that was added in another tab is offered at the door of this one', async () => {
  const { browser, gate } = await opened();
  const other = await browser.tab();
  await browser.time.pass(1_000);
  assert.is(kind(other), 'open');
  await ownOf(other).add(passphrase);
  await laptopOf(gate).lock();
  await browser.time.pass(1_000);
  assert.is(gate.gate.value.kind === 'unlock' && gate.gate.value.entries[0]?.passkey?.addedMs, 1);
});

test.run();
