/** The door of the example: in within a moment, everything to see, and nothing left of it, however it ends. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunningGate } from '../../src/bridge/gate.ts';
import { exampleAuthority, type ExampleAuthority } from '../../src/domain/example/example-authority.ts';
import type { ExampleGroup } from '../../src/domain/example/group.ts';
import { shownValue } from '../../src/domain/fold.ts';
import type { PersonId, RecordId } from '../../src/domain/ids.ts';
import type { RolesValue } from '../../src/domain/values.ts';
import { readMyAudits, readRecord } from '../../src/store/view.ts';
import { hash, recordId, startAudit } from '../store/laptop.ts';
import { alex, fakeBrowser, passphrase, password, type FakeBrowser } from './fake-doors.ts';
import { entryOf, kind, laptopOf } from './gate-at.ts';

const test = suite('the door of the example');

const made = exampleAuthority({ today: '2026-05-04', hash, months: 1 });
const visitor = made.accounts[0]?.person as PersonId;

/** The same example, which tells when its second part is first asked for. */
const telling = (onOthers: () => void): ExampleAuthority => ({
  ...made,
  groupsFor(person) {
    const { own, others } = made.groupsFor(person);
    function* told(): Iterable<ExampleGroup> {
      onOthers();
      yield* others;
    }
    return { own, others: told() };
  },
});

async function opened(browser: FakeBrowser = fakeBrowser()) {
  browser.example = made;
  const gate = await browser.tab();
  assert.is(await gate.openExample(), null);
  assert.is(kind(gate), 'open');
  return { browser, gate };
}

/** Waits until everything of the example is written. */
async function full(gate: RunningGate): Promise<void> {
  const { sync } = laptopOf(gate);
  for (let turns = 0; turns < 5_000 && sync.state.value.receiving !== null; turns += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  assert.is(sync.state.value.receiving, null);
}

test('it opens without an account, a passphrase or a keyring, and asks nobody for anything', async () => {
  const { browser, gate } = await opened();
  assert.equal(browser.log, ['address cleared']);
  assert.is(browser.rows.size, 0);
  const { home, sync, entry } = laptopOf(gate);
  assert.equal([home.name, home.server, home.isKept, home.removeAll], ['example', null, false, null]);
  assert.is(sync.state.value.phase, 'laptop-only');
  assert.ok([...browser.held].some(({ name }) => name === entry.database));
});

test('the visitor has open audits of their own, and the sight of a QA lead', async () => {
  const { gate } = await opened();
  const { store } = laptopOf(gate);
  assert.is(store.person, visitor);
  const mine = await readMyAudits(store);
  assert.ok(mine.length > 2);
  assert.ok(mine.some(({ units }) => units['submitted'] === undefined));
  const me = await readRecord(store, visitor as string as RecordId);
  const roles = shownValue<RolesValue>(me?.units ?? {}, 'roles')?.grants.map(({ role }) => role);
  assert.equal(roles, ['auditor', 'qa-lead']);
});

test('they are in before the rest of it is made up, and it says how far it has come', async () => {
  const browser = fakeBrowser();
  const gate = await browser.tab();
  let stoodAt = '';
  browser.example = telling(() => (stoodAt = kind(gate)));
  assert.is(await gate.openExample(), null);
  assert.is(stoodAt, 'open');
  const { database } = laptopOf(gate).entry;
  const before = browser.ports.get(database)?.dump().pending.length ?? 0;
  assert.type(laptopOf(gate).sync.state.value.receiving, 'number');
  await full(gate);
  assert.ok((browser.ports.get(database)?.dump().pending.length ?? 0) > before);
});

test('leaving ends it: the database is gone, the name is free, and the doors are there again', async () => {
  const { browser, gate } = await opened();
  await full(gate);
  await startAudit(laptopOf(gate).store, recordId(1));
  await laptopOf(gate).lock();
  assert.equal(gate.gate.value, { kind: 'welcome', canGoBack: false });
  assert.equal([browser.ports.size, browser.held.size], [0, 0]);
  assert.equal(browser.log.slice(-2), ['example removed', 'address cleared']);
});

test('leaving while it is still being made up leaves nothing either', async () => {
  const { browser, gate } = await opened();
  await laptopOf(gate).lock();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal([browser.ports.size, browser.held.size], [0, 0]);
});

test('whoever went through another door meanwhile is not called back, and nothing is left', async () => {
  const browser = fakeBrowser();
  browser.example = made;
  const gate = await browser.tab();
  const opening = gate.openExample();
  gate.toSetUp();
  assert.is(await opening, null);
  assert.is(kind(gate), 'set-up');
  assert.equal([browser.ports.size, browser.held.size], [0, 0]);
});

test('the next start deletes what a crashed tab left, and leaves alone what another tab looks round', async () => {
  const crashed = await opened();
  const left = laptopOf(crashed.gate).entry.database;
  await full(crashed.gate);
  crashed.browser.crash();
  const living = await opened(crashed.browser);
  const { database } = laptopOf(living.gate).entry;
  assert.equal([...living.browser.ports.keys()], [database]);
  assert.is.not(database, left);
  await living.browser.tab();
  assert.equal([...living.browser.ports.keys()], [database]);
});

test('no other tab is offered its key, or lists it as a person of this laptop', async () => {
  const { browser, gate } = await opened();
  const { keyring } = laptopOf(gate).entry;
  const second = await browser.tab();
  assert.equal(second.gate.value, { kind: 'welcome', canGoBack: false });
  browser.send({ kind: 'lock', keyring: 'f'.repeat(32) });
  assert.is(kind(gate), 'open');
  assert.is(keyring.length, 32);
});

test('where it cannot be had it says so, and the doors stay', async () => {
  const browser = fakeBrowser();
  const gate = await browser.tab();
  assert.equal(await gate.openExample(), { kind: 'example-missing' });
  assert.is(kind(gate), 'welcome');
  browser.example = made;
  browser.storeProblem = { kind: 'disk-full' };
  assert.equal(await gate.openExample(), { kind: 'disk-full' });
  assert.is(kind(gate), 'welcome');
  assert.is(browser.held.size, 0);
});

test('a person who works on this laptop finds it untouched after a look round', async () => {
  const browser = fakeBrowser();
  const gate = await browser.tab();
  gate.toSignIn();
  await gate.signIn(alex.email, password);
  await gate.choosePassphrase(passphrase);
  await startAudit(laptopOf(gate).store, recordId(1));
  await laptopOf(gate).lock();
  gate.otherPerson();
  browser.example = made;
  assert.is(await gate.openExample(), null);
  await laptopOf(gate).lock();
  assert.equal(gate.gate.value, { kind: 'welcome', canGoBack: true });
  gate.back();
  assert.is(await gate.unlock(entryOf(browser), passphrase), null);
  assert.is(laptopOf(gate).saveCounts.value.unsent, 2);
});

test.run();
