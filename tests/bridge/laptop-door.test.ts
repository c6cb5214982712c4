/** The door of one person alone: set-up, the recovery code, and removing everything. No server is asked for anything. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunningGate } from '../../src/bridge/gate.ts';
import { shownValue } from '../../src/domain/fold.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import type { AuthorityValue, PersonValue, RolesValue } from '../../src/domain/values.ts';
import { codeOf } from '../../src/store/recovery-code.ts';
import { readRecord } from '../../src/store/view.ts';
import { recordId, startAudit } from '../store/laptop.ts';
import { alex, codeSecret, fakeBrowser, passphrase, password, type FakeBrowser } from './fake-doors.ts';
import { entryOf, kind, laptopOf } from './gate-at.ts';

const test = suite('the door of one person alone');

const casey = { name: 'Casey Example', email: 'casey@example.org', authorityName: 'Testshire' };
const code = codeOf(codeSecret);
const end = code.slice(-2).join(' ');

/** In front of the code that was just made. */
async function atCode(browser: FakeBrowser, who = casey): Promise<RunningGate> {
  const gate = await browser.tab();
  await browser.time.pass(1_000);
  if (kind(gate) === 'unlock') gate.otherPerson();
  gate.toSetUp();
  assert.is(await gate.setUp(who, passphrase), null);
  assert.is(kind(gate), 'keep-code');
  return gate;
}

async function opened(browser: FakeBrowser = fakeBrowser(), who = casey) {
  const gate = await atCode(browser, who);
  assert.is(await gate.keptCode(end), null);
  return { browser, gate };
}

async function locked() {
  const { browser, gate } = await opened();
  await laptopOf(gate).lock();
  browser.log.length = 0;
  return { browser, gate, entry: entryOf(browser) };
}

test('set up, keep the code, open: and no server is ever asked', async () => {
  const browser = fakeBrowser();
  const gate = await browser.tab();
  gate.toSetUp();
  assert.equal(await gate.setUp(casey, 'short'), { kind: 'weak-password', minimum: 12, why: 'short' });
  assert.is(browser.rows.size, 0);
  assert.is(await gate.setUp(casey, passphrase), null);
  const at = gate.gate.value;
  assert.equal(at.kind === 'keep-code' && at.code, code);
  assert.equal(await gate.keptCode(code.slice(0, 2).join(' ')), { kind: 'code-end' });
  assert.is(kind(gate), 'keep-code');
  assert.is(await gate.keptCode(end.toLowerCase()), null);
  assert.is(kind(gate), 'open');
  assert.equal(browser.log, ['persist', 'store closed', 'address cleared']);
  assert.is(laptopOf(gate).sync.state.value.phase, 'laptop-only');
});

test('the first group says who this is, what they may do and what it is called', async () => {
  const { gate } = await opened();
  const { store, entry } = laptopOf(gate);
  const me = await readRecord(store, entry.person as string as RecordId);
  assert.equal(shownValue<PersonValue>(me?.units ?? {}, 'profile'), { name: casey.name, email: casey.email });
  const roles = shownValue<RolesValue>(me?.units ?? {}, 'roles')?.grants ?? [];
  assert.equal(
    roles.map(({ role, from, to }) => [role, from, to]),
    [
      ['auditor', '2000-01-01', null],
      ['qa-lead', '2000-01-01', null],
    ],
  );
  const settings = await readRecord(store, settingsId as RecordId);
  assert.equal(shownValue<AuthorityValue>(settings?.units ?? {}, 'authority'), { name: 'Testshire' });
  assert.is(laptopOf(gate).saveCounts.value.unsent, 3);
});

test('without the name of an organisation none is written', async () => {
  const { gate } = await opened(fakeBrowser(), { ...casey, authorityName: '' });
  const { store } = laptopOf(gate);
  assert.is(await readRecord(store, settingsId as RecordId), null);
  assert.is(laptopOf(gate).saveCounts.value.unsent, 2);
});

test('what such a laptop offers: no server, nobody else, a lock, and removing everything', async () => {
  const { gate } = await opened();
  const { home } = laptopOf(gate);
  assert.equal([home.name, home.server, home.hasOthers, home.isKept], ['laptop', null, false, true]);
  assert.type(home.removeAll, 'function');
});

test('two who set up a laptop of their own share neither authority nor person', async () => {
  const browser = fakeBrowser();
  const { gate } = await opened(browser);
  await laptopOf(gate).lock();
  browser.crash();
  await opened(browser, { ...casey, email: 'devon@example.org' });
  const [a, b] = [...browser.rows.values()].map(({ entry }) => entry);
  assert.is.not(a?.authority, b?.authority);
  assert.is.not(a?.person, b?.person);
});

test('a code that was never typed back is a laptop that was never set up', async () => {
  const browser = fakeBrowser();
  await atCode(browser);
  const beside = await browser.tab();
  assert.is(browser.rows.size, 1, 'somebody is still writing it down');
  assert.is(kind(beside), 'welcome');
  browser.crash();
  const next = await browser.tab();
  assert.is(kind(next), 'welcome');
  assert.equal([browser.rows.size, browser.ports.size], [0, 0]);
});

test('turning back from the code leaves nothing', async () => {
  const browser = fakeBrowser();
  const gate = await atCode(browser);
  gate.back();
  await browser.time.settle();
  assert.is(kind(gate), 'welcome');
  assert.equal([browser.rows.size, browser.ports.size, browser.held.size], [0, 0, 0]);
  assert.is(await gate.keptCode(end), null);
  assert.is(kind(gate), 'welcome');
});

test('a store that does not open leaves nothing either, and says why', async () => {
  const browser = fakeBrowser();
  const gate = await browser.tab();
  gate.toSetUp();
  browser.storeProblem = { kind: 'disk-full' };
  assert.equal(await gate.setUp(casey, passphrase), { kind: 'disk-full' });
  assert.is(kind(gate), 'set-up');
  assert.is(browser.rows.size, 0);
  browser.storeProblem = null;
  assert.is(await gate.setUp(casey, passphrase), null);
});

test('later the passphrase opens it, in this tab and the next', async () => {
  const { browser, gate, entry } = await locked();
  assert.is(kind(gate), 'unlock');
  assert.equal(await gate.unlock(entry, 'not this one at all'), { kind: 'wrong-passphrase' });
  assert.is(await gate.unlock(entry, passphrase), null);
  const second = await browser.tab();
  await browser.time.settle();
  assert.is(kind(second), 'open');
  assert.equal(browser.log, []);
});

test('forgotten: the code opens it under a new passphrase, with the work that was there', async () => {
  const { browser, gate } = await opened();
  await startAudit(laptopOf(gate).store, recordId(1));
  await laptopOf(gate).lock();
  const entry = entryOf(browser);
  gate.forgot(entry);
  assert.equal(gate.gate.value, { kind: 'enter-code', entry });
  const slip = code.with(2, code[3] ?? '').join('-');
  assert.equal(await gate.recoverWithCode(slip, 'teapots in the attic'), { kind: 'code-slip', groups: [3] });
  const another = codeOf('f'.repeat(40)).join(' ');
  assert.equal(await gate.recoverWithCode(another, 'teapots in the attic'), { kind: 'wrong-recovery-secret' });
  assert.equal(await gate.recoverWithCode(code.join(' '), 'short'), {
    kind: 'weak-password',
    minimum: 12,
    why: 'short',
  });
  assert.is(await gate.recoverWithCode(code.join('').toLowerCase(), 'teapots in the attic'), null);
  assert.is(laptopOf(gate).saveCounts.value.unsent, 5);
  await laptopOf(gate).lock();
  assert.equal(await gate.unlock(entry, passphrase), { kind: 'wrong-passphrase' });
  assert.is(await gate.unlock(entry, 'teapots in the attic'), null);
});

test('removing everything closes every tab, destroys the keyring and leads back to the first page', async () => {
  const { browser, gate } = await opened();
  const second = await browser.tab();
  await browser.time.settle();
  assert.is(kind(second), 'open');
  browser.log.length = 0;
  await laptopOf(gate).home.removeAll?.();
  await browser.time.settle();
  assert.equal(gate.gate.value, { kind: 'welcome', canGoBack: false });
  assert.is.not(kind(second), 'open');
  assert.equal([browser.rows.size, browser.ports.size], [0, 0]);
  assert.ok(browser.log.indexOf('store closed') < browser.log.indexOf('keyring removed'), browser.log.join());
});

test('removing one person’s work leaves the next person’s alone', async () => {
  const browser = fakeBrowser();
  const first = await browser.tab();
  first.toSignIn();
  await first.signIn(alex.email, password);
  await first.choosePassphrase(passphrase);
  await laptopOf(first).lock();
  const { gate } = await opened(browser);
  assert.is(laptopOf(gate).session.email, casey.email);
  await laptopOf(gate).home.removeAll?.();
  await browser.time.settle();
  assert.equal(
    [...browser.rows.values()].map(({ entry }) => entry.label),
    [alex.email],
  );
  assert.is(kind(gate), 'unlock');
});

test.run();
