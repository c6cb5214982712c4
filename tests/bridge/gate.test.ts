/** The gate: who gets in, how, and what is kept and dropped on the way out. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasUnsaved } from '../../src/bridge/unsaved-text.ts';
import type { KeyringEntry } from '../../src/store/keyring-entry.ts';
import { readRecord } from '../../src/store/view.ts';
import { edit, recordId, section, startAudit } from '../store/laptop.ts';
import { alex, blake, fakeBrowser, passphrase, password, type FakeBrowser } from './fake-doors.ts';
import { atSignIn, entryOf, kind, laptopOf, serverOf } from './gate-at.ts';

const test = suite('the gate');

/** Alex's laptop, used before and locked. */
async function used(browser: FakeBrowser = fakeBrowser()) {
  const gate = await atSignIn(browser);
  await browser.time.pass(1_000);
  await gate.signIn(alex.email, password);
  assert.is(await gate.choosePassphrase(passphrase), null);
  return { browser, gate, entry: entryOf(browser) };
}

async function locked() {
  const all = await used();
  await laptopOf(all.gate).lock();
  all.browser.log.length = 0;
  return all;
}

test('first use: sign in, choose a passphrase, deposit the secret, open', async () => {
  const browser = fakeBrowser();
  const gate = await browser.tab();
  assert.equal(gate.gate.value, { kind: 'welcome', canGoBack: false });
  gate.toSignIn();
  assert.is(await gate.signIn(alex.email, password), null);
  assert.is(kind(gate), 'choose-passphrase');
  assert.equal(await gate.choosePassphrase('short'), { kind: 'weak-password', minimum: 12, why: 'short' });
  assert.is(await gate.choosePassphrase(passphrase), null);
  assert.is(kind(gate), 'open');
  assert.equal(browser.log, ['signIn', 'persist', 'deposit', 'sync:alex']);
  assert.equal(laptopOf(gate).session, alex);
});

test('says whose server it is before anybody signs in, and nothing where nobody answers', async () => {
  const browser = fakeBrowser();
  const gate = await browser.tab();
  assert.is((await gate.authority())?.authorityName, alex.authorityName);
  browser.fails = { authority: { kind: 'not-our-server' } };
  assert.is(await gate.authority(), null);
});

test('a wrong password opens nothing', async () => {
  const browser = fakeBrowser();
  const gate = await atSignIn(browser);
  assert.equal(await gate.signIn(alex.email, 'no'), { kind: 'wrong-credentials' });
  assert.is(kind(gate), 'sign-in');
});

test('the laptop does not open before the secret is deposited; trying again deposits the same one', async () => {
  const browser = fakeBrowser();
  const gate = await atSignIn(browser);
  await gate.signIn(alex.email, password);
  browser.fails = { deposit: { kind: 'unreachable' } };
  assert.equal(await gate.choosePassphrase(passphrase), { kind: 'unreachable' });
  assert.is(kind(gate), 'choose-passphrase');
  browser.fails = {};
  assert.is(await gate.choosePassphrase(passphrase), null);
  assert.is(kind(gate), 'open');
  assert.is(browser.rows.size, 1);
});

test('another passphrase after a failed deposit makes another keyring, and only that one is left', async () => {
  const browser = fakeBrowser();
  const gate = await atSignIn(browser);
  await gate.signIn(alex.email, password);
  browser.fails = { deposit: { kind: 'unreachable' } };
  await gate.choosePassphrase(passphrase);
  browser.fails = {};
  assert.is(await gate.choosePassphrase('quite another passphrase'), null);
  assert.equal(
    [...browser.rows.values()].map((row) => row.passphrase),
    ['quite another passphrase'],
  );
});

test('two people who choose the same passphrase have a keyring each, also when the first never finished', async () => {
  const browser = fakeBrowser();
  const gate = await atSignIn(browser);
  await gate.signIn(alex.email, password);
  browser.fails = { deposit: { kind: 'unreachable' } };
  await gate.choosePassphrase(passphrase);
  gate.back();
  gate.toSignIn();
  browser.fails = {};
  await gate.signIn(blake.email, password);
  assert.is(await gate.choosePassphrase(passphrase), null);
  assert.equal(
    [...browser.rows.values()].map(({ entry }) => entry.person),
    [blake.person],
  );
});

test('at an address without encryption nobody is asked for a secret', async () => {
  const browser = fakeBrowser();
  browser.isSecure = false;
  const gate = await browser.tab('t'.repeat(43));
  assert.is(kind(gate), 'not-secure');
  gate.toSignIn();
  gate.back();
  assert.is(kind(gate), 'not-secure');
  assert.equal(browser.log, []);
});

test('from the first page and back again, nothing is asked of anybody', async () => {
  const browser = fakeBrowser();
  const gate = await browser.tab();
  gate.toSignIn();
  gate.back();
  assert.is(kind(gate), 'welcome');
  gate.toSetUp();
  gate.back();
  gate.back();
  assert.equal(gate.gate.value, { kind: 'welcome', canGoBack: false });
  assert.equal(browser.log, []);
});

test('somebody else on this laptop sees the three doors, with a way back to unlocking', async () => {
  const { gate } = await locked();
  gate.otherPerson();
  assert.equal(gate.gate.value, { kind: 'welcome', canGoBack: true });
  gate.back();
  assert.is(kind(gate), 'unlock');
});

test('a keyring that was left without its deposit is made anew at the next start', async () => {
  const browser = fakeBrowser();
  const gate = await atSignIn(browser);
  await gate.signIn(alex.email, password);
  browser.fails = { deposit: { kind: 'unreachable' } };
  await gate.choosePassphrase(passphrase);
  const beside = await browser.tab();
  assert.is(browser.rows.size, 1, 'the other tab is still at it');
  assert.is(kind(beside), 'welcome');
  browser.crash();
  const next = await browser.tab();
  assert.is(kind(next), 'welcome');
  assert.is(browser.rows.size, 0);
});

test('later: the passphrase opens it, and no server is asked', async () => {
  const { browser, entry } = await locked();
  browser.fails = { signIn: { kind: 'unreachable' }, session: { kind: 'unreachable' } };
  const gate = await browser.tab();
  await browser.time.pass(1_000);
  assert.is(kind(gate), 'unlock');
  assert.equal(await gate.unlock(entry, 'not this one at all'), { kind: 'wrong-passphrase' });
  assert.is(kind(gate), 'unlock');
  assert.is(await gate.unlock(entry, passphrase), null);
  assert.is(kind(gate), 'open');
  assert.equal(browser.log, ['sync:alex']);
  assert.is(laptopOf(gate).session.name, 'alex@example.org');
});

test('forgotten: sign in afresh, choose another passphrase, open with the work that was there', async () => {
  const { gate, entry } = await used();
  await startAudit(laptopOf(gate).store, recordId(1));
  await laptopOf(gate).lock();
  gate.forgot(entry);
  assert.is(kind(gate), 'sign-in');
  assert.is(await gate.signIn(alex.email, password), null);
  assert.is(kind(gate), 'recover');
  assert.is(await gate.recover('teapots in the attic'), null);
  assert.is(laptopOf(gate).saveCounts.value.unsent, 2);
  await laptopOf(gate).lock();
  assert.equal(await gate.unlock(entry, passphrase), { kind: 'wrong-passphrase' });
  assert.is(await gate.unlock(entry, 'teapots in the attic'), null);
});

test('a secret that was given out for a recovery opens nothing more once the server holds another', async () => {
  const { browser, gate, entry } = await locked();
  const given = browser.deposits.get(entry.keyring);
  gate.forgot(entry);
  await gate.signIn(alex.email, password);
  assert.is(await gate.recover('teapots in the attic'), null);
  assert.is(browser.rows.get(entry.keyring)?.secret, given, 'for as long as the server has no other');
  browser.syncState.value = { ...browser.syncState.value, phase: 'idle' };
  await browser.time.pass(1_000);
  const kept = browser.deposits.get(entry.keyring);
  assert.is.not(kept, given);
  assert.is(browser.rows.get(entry.keyring)?.secret, kept);
});

test('a sign-in that is too old for recovery is asked for again', async () => {
  const { browser, gate, entry } = await locked();
  gate.forgot(entry);
  await gate.signIn(alex.email, password);
  browser.fails = { recover: { kind: 'stale-sign-in' } };
  assert.equal(await gate.recover('teapots in the attic'), { kind: 'stale-sign-in' });
  assert.equal(gate.gate.value, { kind: 'sign-in', expected: entry });
});

test('somebody else cannot recover a forgotten passphrase, and is signed out again', async () => {
  const { browser, gate, entry } = await locked();
  gate.forgot(entry);
  assert.equal(await gate.signIn(blake.email, password), { kind: 'wrong-person' });
  assert.is(kind(gate), 'sign-in');
  assert.is(browser.signedIn, null);
});

test('another person gets a keyring and a database of their own', async () => {
  const { browser, gate } = await locked();
  gate.otherPerson();
  gate.toSignIn();
  await gate.signIn(blake.email, password);
  assert.is(kind(gate), 'choose-passphrase');
  assert.is(await gate.choosePassphrase(passphrase), null);
  assert.is(laptopOf(gate).store.person, blake.person);
  assert.is(browser.ports.size, 2);
});

test('whoever turns back after signing in does not stay signed in', async () => {
  const { browser, gate } = await locked();
  gate.otherPerson();
  gate.toSignIn();
  await gate.signIn(blake.email, password);
  gate.back();
  await browser.time.settle();
  assert.is(kind(gate), 'unlock');
  assert.is(browser.signedIn, null);
});

test('signing in as somebody known here asks for the passphrase, not for a new one', async () => {
  const { gate, entry } = await locked();
  gate.otherPerson();
  gate.toSignIn();
  await gate.signIn(alex.email, password);
  assert.equal(gate.gate.value, { kind: 'unlock', entries: [entry] });
});

test('an invitation link leads to joining, with name and email where they are asked for', async () => {
  const browser = fakeBrowser();
  const gate = await browser.tab('t'.repeat(43));
  assert.equal(gate.gate.value, { kind: 'join', token: 't'.repeat(43) });
  assert.is(await gate.join('t'.repeat(43), password, { name: 'Alex', email: 'alex@example.org' }), null);
  assert.is(kind(gate), 'choose-passphrase');
  assert.equal(browser.log, ['join', 'profile:Alex', 'address cleared']);
});

test('a store that does not open says why', async () => {
  const { browser, gate, entry } = await locked();
  browser.storeProblem = { kind: 'build-too-old' };
  assert.equal(await gate.unlock(entry, passphrase), { kind: 'build-too-old' });
  assert.is(kind(gate), 'unlock');
});

test('locking saves drafts first, blanks the page, then lets the queue drain', async () => {
  const { browser, gate } = await used();
  const order: string[] = [];
  const saved = (what: string) => async (): Promise<boolean> => order.push(what) > 0;
  laptopOf(gate).onBeforeLock(() => saved(`draft saved at ${kind(gate)}`)());
  const off = laptopOf(gate).onBeforeLock(saved('never'));
  off();
  browser.log.length = 0;
  await laptopOf(gate).lock();
  assert.equal(order, ['draft saved at open', 'draft saved at open'], 'again for what was typed meanwhile');
  assert.is(kind(gate), 'unlock');
  assert.equal(browser.log, ['sync stopped', 'store closed']);
});

test('an import that is being written is stopped before the key goes; one that was closed is left alone', async () => {
  const { browser, gate } = await used();
  await laptopOf(gate).openImport().close();
  laptopOf(gate).openImport();
  browser.log.length = 0;
  await laptopOf(gate).lock();
  assert.equal(browser.log, ['import closed', 'sync stopped', 'store closed']);
});

const drafts: Readonly<Record<string, () => Promise<boolean>>> = {
  'cannot be saved': async () => false,
  'fails to be saved': () => Promise.reject(new Error('full')),
  'is not saved in time': () => new Promise(() => undefined),
};
for (const [what, draft] of Object.entries(drafts)) {
  test(`a draft that ${what} is not lost by a lock or a sign-out, unless its author says so`, async () => {
    const { browser, gate } = await used();
    laptopOf(gate).onBeforeLock(draft);
    const { lock, home } = laptopOf(gate);
    assert.ok(home.server);
    for (const leave of [lock, home.server.signOut]) {
      browser.log.length = 0;
      const left = leave();
      await browser.time.pass(2_000);
      assert.is(await left, false);
      assert.equal([kind(gate), browser.log], ['open', []]);
    }
    const second = await browser.tab();
    await browser.time.settle();
    assert.is(kind(second), 'open', 'the key is still there');
    const lost = laptopOf(gate).lock('lose');
    await browser.time.pass(2_000);
    assert.is(await lost, true);
    assert.equal([kind(gate), kind(second)], ['unlock', 'unlock']);
  });
}

test('a reload waits for what could not be saved, until that is kept beside the store; it is there again after it', async () => {
  const { browser, gate, entry } = await used();
  const { store, unsaved, onBeforeLock } = laptopOf(gate);
  await startAudit(store, recordId(1));
  onBeforeLock(async () => false);
  assert.is(await gate.putAway(), false);
  const written = edit(recordId(1), 'section:1', section('Written last.'));
  await unsaved.saving(written, async () => ({ ok: false, problem: { kind: 'storage-closed' } }));
  assert.is(await gate.putAway(), true);
  assert.is(await laptopOf(gate).lock(), true, 'nor has a window that can save no more to stay open');
  assert.ok(hasUnsaved(browser.notes, entry));
  browser.crash();
  const next = await browser.tab();
  await browser.time.pass(1_000);
  assert.is(await next.unlock(entry, passphrase), null);
  const shown = await readRecord(laptopOf(next).store, recordId(1));
  assert.is(shown?.units['section:1']?.value['evidence'], 'Written last.');
  assert.not.ok(hasUnsaved(browser.notes, entry));
});

test('a window that can save no more locks without a question, and asks before it signs out: it could forget nothing', async () => {
  const { browser, gate, entry } = await used();
  const { unsaved, onBeforeLock } = laptopOf(gate);
  onBeforeLock(async () => false);
  const written = edit(recordId(1), 'section:1', section('Written last.'));
  await unsaved.saving(written, async () => ({ ok: false, problem: { kind: 'build-too-old' } }));
  browser.log.length = 0;
  assert.is(await serverOf(gate).signOut(), false);
  assert.equal([kind(gate), browser.log], ['open', []]);
  assert.is(await laptopOf(gate).lock(), true);
  assert.ok(hasUnsaved(browser.notes, entry));
});

test('a tab with something unsaved, locked in another tab, locks as soon as that is saved', async () => {
  const { browser, gate } = await used();
  const second = await browser.tab();
  await browser.time.settle();
  let isFull = true;
  laptopOf(gate).onBeforeLock(async () => !isFull);
  assert.is(await laptopOf(second).lock(), true);
  await browser.time.pass(60_000);
  assert.equal([kind(gate), kind(second)], ['open', 'unlock']);
  const third = await browser.tab();
  await browser.time.pass(1_000);
  assert.is(kind(third), 'unlock', 'the key is given to nobody any more');
  isFull = false;
  await browser.time.pass(5_000);
  assert.is(kind(gate), 'unlock');
});

test('signing out ends the session, forgets what was confirmed and keeps unsent work', async () => {
  const { browser, gate, entry } = await used();
  await startAudit(laptopOf(gate).store, recordId(1));
  browser.log.length = 0;
  await serverOf(gate).signOut();
  assert.is(kind(gate), 'sign-in');
  assert.equal(browser.log, ['sync stopped', 'signOut', 'store closed']);
  const rows = browser.ports.get(entry.database)?.dump();
  assert.equal([rows?.pending.length, rows?.confirmed.length], [2, 0]);
});

test('a sign-out the server did not hear of is made good before the next sign-in', async () => {
  const { browser, gate } = await used();
  browser.fails = { signOut: { kind: 'unreachable' } };
  await serverOf(gate).signOut();
  assert.is(browser.owed, true);
  const next = await browser.tab();
  await browser.time.pass(1_000);
  assert.is(browser.owed, true);
  browser.fails = {};
  browser.log.length = 0;
  next.otherPerson();
  next.toSignIn();
  await next.signIn(blake.email, password);
  assert.equal(browser.log, ['signOut', 'signIn']);
  assert.is(browser.owed, false);
  assert.is(browser.signedIn, blake.person);
});

test('signing in again inside the open app takes this person only', async () => {
  const { browser, gate } = await used();
  assert.equal(await serverOf(gate).signInAgain(blake.email, password), { kind: 'wrong-person' });
  assert.is(browser.signedIn, null);
  assert.is(await serverOf(gate).signInAgain(alex.email, password), null);
  assert.is(kind(gate), 'open');
});

test('a new tab of the same person opens without the passphrase; locking one locks both', async () => {
  const { browser, gate } = await used();
  const second = await browser.tab();
  await browser.time.settle();
  assert.is(kind(second), 'open');
  assert.is(laptopOf(second).entry.person, alex.person);
  await laptopOf(second).lock();
  await browser.time.settle();
  assert.equal([kind(gate), kind(second)], ['unlock', 'unlock']);
  const third = await browser.tab();
  await browser.time.pass(1_000);
  assert.is(kind(third), 'unlock');
});

test('a computer that slept is locked in every tab, once, with what was typed saved first', async () => {
  const { browser, gate, entry } = await used();
  const second = await browser.tab();
  laptopOf(gate).onBeforeLock(async () => {
    browser.log.push('saved');
    return true;
  });
  browser.log.length = 0;
  browser.sleep();
  await browser.time.settle();
  assert.equal([kind(gate), kind(second)], ['unlock', 'unlock']);
  assert.equal(browser.log.filter((what) => what === 'store closed').length, 2);
  assert.ok(browser.log.includes('saved') && browser.log.indexOf('saved') < browser.log.lastIndexOf('store closed'));
  assert.is(await gate.unlock(entry, passphrase), null);
  await browser.time.pass(60_000);
  assert.is(kind(gate), 'open');
});

test('a computer that slept with something that cannot be saved gives no tab the key, and locks as soon as it is', async () => {
  const { browser, gate } = await used();
  let isSaved = false;
  laptopOf(gate).onBeforeLock(async () => isSaved);
  assert.is(laptopOf(gate).locking.value, 'no');
  browser.sleep();
  assert.is(laptopOf(gate).locking.value, 'saving');
  await browser.time.settle();
  assert.is(kind(gate), 'open');
  assert.is(laptopOf(gate).locking.value, 'not-saved');
  const second = await browser.tab();
  await browser.time.pass(1_000);
  assert.is(kind(second), 'unlock');
  isSaved = true;
  await browser.time.pass(5_000);
  assert.is(kind(gate), 'unlock');
});

test('a later sleep, and one that the page noticed, try at once to lock what could not be locked, and nothing tries twice', async () => {
  const { browser, gate } = await used();
  let [isSaved, tries] = [false, 0];
  laptopOf(gate).onBeforeLock(async () => {
    tries += 1;
    return isSaved;
  });
  browser.sleep();
  await browser.time.settle();
  browser.sleep();
  await browser.time.settle();
  laptopOf(gate).slept();
  await browser.time.settle();
  assert.is(tries, 3);
  await browser.time.pass(5_000);
  assert.is(tries, 4);
  isSaved = true;
  laptopOf(gate).slept();
  await browser.time.settle();
  assert.is(kind(gate), 'unlock');
});

test('an import can be begun on a laptop that could not be locked after a sleep', async () => {
  const { browser, gate } = await used();
  let isSaved = false;
  laptopOf(gate).onBeforeLock(async () => isSaved);
  browser.sleep();
  await browser.time.settle();
  laptopOf(gate).openImport();
  isSaved = true;
  await browser.time.pass(5_000);
  assert.is(kind(gate), 'unlock');
});

test('activity in one tab is told to the others of that person', async () => {
  const { browser, gate, entry } = await used();
  const second = await browser.tab();
  let touched = 0;
  laptopOf(second).onTouchElsewhere(() => touched++);
  laptopOf(gate).touch();
  laptopOf(gate).touch();
  assert.is(touched, 1);
  browser.send({ kind: 'active', keyring: 'f'.repeat(32) });
  assert.is(touched, 1);
  browser.send({ kind: 'active', keyring: entry.keyring });
  assert.is(touched, 2);
});

test('messages of another shape, or about another keyring, do nothing', async () => {
  const { browser, gate, entry } = await used();
  const extractable = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
  const other: KeyringEntry['keyring'] = 'f'.repeat(32);
  const messages: unknown[] = [
    null,
    'lock',
    { kind: 'lock' },
    { kind: 'lock', keyring: other },
    { kind: 'unlock', keyring: entry.keyring },
    { kind: 'offer', keyring: entry.keyring, key: extractable },
    { kind: 'offer', keyring: entry.keyring, key: 'secret' },
    { kind: 'ask', keyrings: 'all' },
  ];
  for (const message of messages) browser.send(message);
  await browser.time.settle();
  assert.is(kind(gate), 'open');
});

test('an extractable key from another tab is not taken', async () => {
  const { browser, entry } = await locked();
  const extractable = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
  const gate = await browser.tab();
  browser.send({ kind: 'offer', keyring: entry.keyring, key: extractable });
  await browser.time.pass(1_000);
  assert.is(kind(gate), 'unlock');
});

test('a sign-out that is owed is made good before anybody goes to the council’s provider, never after', async () => {
  const browser = fakeBrowser();
  const gate = await atSignIn(browser);
  browser.owed = true;
  browser.log.length = 0;
  await gate.toCouncil();
  assert.equal(browser.log, ['signOut', 'goes here: /api/session/council']);
  assert.is(browser.owed, false);
});

test('a council sign-in that came to nothing still knows whose passphrase was forgotten', async () => {
  const browser = fakeBrowser();
  const gate = await atSignIn(browser);
  await gate.signIn(alex.email, password);
  await gate.choosePassphrase(passphrase);
  await laptopOf(gate).lock();
  const entry = entryOf(browser);
  browser.crash();
  for (const refused of ['refused', 'failed'] as const) {
    browser.signedIn = null;
    const back = await browser.tab(null, { refused, recovers: entry.keyring });
    assert.equal(back.gate.value, { kind: 'sign-in', refused, expected: entry });
    await back.toCouncil();
    assert.is(browser.log.at(-1), `goes here: /api/session/council?recovers=${entry.keyring}`);
  }
});

test('whoever comes back from the council’s provider without having come in is told why', async () => {
  const browser = fakeBrowser();
  const refused = await browser.tab(null, { refused: 'unknown' });
  assert.equal(refused.gate.value, { kind: 'sign-in', refused: 'unknown' });
  const lost = await browser.tab(null, {});
  assert.equal(lost.gate.value, { kind: 'sign-in', refused: 'failed' }, 'there is no session');
  await lost.toCouncil();
  assert.is(browser.log.at(-1), 'goes here: /api/session/council');
});

test.run();
