/**
 * A copy that is to be forgotten, on the laptop it is on: never before the server has said that it has everything, unless it is
 * stolen; and cut off anywhere, the next start does the rest (FAULTS S7, S8).
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasUnsaved } from '../../src/bridge/unsaved-text.ts';
import type { RevokeForm } from '../../src/protocol/laptops.ts';
import type { SyncProblem } from '../../src/protocol/problem.ts';
import { act, edit, recordId, section, startAudit } from '../store/laptop.ts';
import { alex, blake, fakeBrowser, passphrase, password, type FakeBrowser } from './fake-doors.ts';
import { atSignIn, entryOf, kind, laptopOf } from './gate-at.ts';

const test = suite('a copy that is to be forgotten');
const atMs = 1_749_000_000_000;
const audit = recordId(1);

/** Alex's laptop, open, with two changes that were not sent. */
async function open(browser: FakeBrowser = fakeBrowser()) {
  const gate = await atSignIn(browser);
  await browser.time.pass(1_000);
  await gate.signIn(alex.email, password);
  await gate.choosePassphrase(passphrase);
  await startAudit(laptopOf(gate).store, audit);
  browser.log.length = 0;
  return { browser, gate, entry: entryOf(browser) };
}

const tell = (browser: FakeBrowser, form: RevokeForm): void => {
  browser.syncState.value = { ...browser.syncState.value, phase: 'paused', problem: { kind: 'revoked', form, atMs } };
};
const isDatabaseHere = (browser: FakeBrowser): boolean => browser.ports.size > 0;
const forgotten = (gate: Awaited<ReturnType<FakeBrowser['tab']>>) => {
  const at = gate.gate.value;
  return at.kind === 'forgotten' ? at.forgotten : null;
};

test('lost: drafts are saved, everything is handed over, and only then is anything destroyed', async () => {
  const { browser, gate } = await open();
  const laptop = laptopOf(gate);
  laptop.onBeforeLock(async () => {
    browser.log.push('draft saved');
    return true;
  });
  browser.leave = async () => {
    browser.log.push(`handed over, ${kind(gate)}, ${isDatabaseHere(browser) ? 'here' : 'gone'}`);
    return { ok: true, value: null };
  };
  tell(browser, 'lost');
  await browser.time.pass(1_000);
  assert.equal(
    browser.log.filter((what) => what !== 'draft saved' && what !== 'address cleared'),
    ['handed over, leaving, here', 'sync stopped', 'store closed', 'keyring removed', 'gone:0'],
  );
  assert.is(browser.log[0], 'draft saved');
  assert.equal(forgotten(gate), { form: 'lost', atMs, goneMs: 1_750_000_000_000, givenUp: 0 });
});

test('lost: while the server does not have it, nothing is destroyed, however often it is tried', async () => {
  const { browser, gate } = await open();
  const tries: SyncProblem[] = [
    { kind: 'unreachable' },
    { kind: 'timed-out' },
    { kind: 'server-error', reference: 'r' },
  ];
  let tried = 0;
  browser.leave = async () => {
    const problem = tries[tried++];
    return problem === undefined ? { ok: true, value: null } : { ok: false, problem };
  };
  tell(browser, 'lost');
  for (let n = 1; n <= tries.length; n += 1) {
    await browser.time.settle();
    assert.is(tried, n);
    assert.ok(isDatabaseHere(browser), `after ${n} tries`);
    assert.is(browser.rows.size, 1);
    const at = gate.gate.value;
    assert.equal(at.kind === 'leaving' && at.trouble, tries[n - 1]);
    await browser.time.pass(10_000);
  }
  assert.not.ok(isDatabaseHere(browser));
  assert.ok(forgotten(gate));
});

test('lost, killed between sending and forgetting: the copy is there, and the next contact does it again', async () => {
  const { browser, entry } = await open();
  let handed = 0;
  browser.leave = async () => {
    handed += 1;
    // The browser dies when the server has answered.
    if (handed === 1) return new Promise(() => undefined);
    return { ok: true, value: null };
  };
  tell(browser, 'lost');
  await browser.time.pass(1_000);
  browser.crash();
  browser.syncState.value = { ...browser.syncState.value, phase: 'off', problem: null };
  const gate = await browser.tab();
  await browser.time.pass(1_000);
  assert.is(kind(gate), 'unlock');
  assert.is(await gate.unlock(entry, passphrase), null);
  tell(browser, 'lost');
  await browser.time.pass(1_000);
  assert.is(handed, 2);
  assert.not.ok(isDatabaseHere(browser));
  assert.ok(forgotten(gate));
});

test('cut off after the wraps were destroyed: the next start finds an entry that opens nothing, and removes it', async () => {
  const { browser, entry } = await open();
  const row = browser.rows.get(entry.keyring);
  if (row) row.entry = { ...row.entry, deposited: false };
  browser.crash();
  const gate = await browser.tab();
  assert.is(browser.rows.size, 0);
  assert.not.ok(isDatabaseHere(browser));
  assert.is(kind(gate), 'welcome');
});

for (const [form, givenUp, said] of [
  ['stolen', 2, 'gone:2'],
  ['lost', 0, 'gone:0'],
] as const)
  test(`cut off while it is destroyed, ${form}: the next start says why, once, and tells the server`, async () => {
    const { browser, gate, entry } = await open();
    browser.diesAtRemoval = true;
    tell(browser, form);
    await browser.time.pass(20_000);
    assert.is(kind(gate), 'leaving');
    browser.crash();
    browser.diesAtRemoval = false;
    const next = await browser.tab();
    await browser.time.settle();
    assert.equal(forgotten(next), { form, atMs, goneMs: 1_750_000_000_000, givenUp });
    assert.equal(browser.goneKeyrings, [entry.keyring]);
    assert.ok(browser.log.includes(said));
    assert.equal(browser.notes.names(), ['plumbline-forgotten']);
    next.readForgotten();
    assert.is(kind(await browser.tab()), 'welcome');
  });

test('cut off while it is destroyed: what could not be saved goes too, at the next start', async () => {
  const { browser, gate, entry } = await open();
  const written = edit(audit, 'section:1', section('Written last.'));
  await laptopOf(gate).unsaved.saving(written, async () => ({ ok: false, problem: { kind: 'storage-closed' } }));
  await laptopOf(gate).unsaved.settled();
  browser.diesAtRemoval = true;
  tell(browser, 'stolen');
  await browser.time.pass(20_000);
  browser.crash();
  browser.diesAtRemoval = false;
  assert.ok(hasUnsaved(browser.notes, entry));
  await browser.tab();
  await browser.time.settle();
  assert.not.ok(hasUnsaved(browser.notes, entry));
});

test('locked and lost: a note that opens for nobody does not keep it from being forgotten', async () => {
  const { browser, entry } = await open();
  browser.crash();
  await browser.allSent();
  browser.notes.write(`plumbline-unsaved:1:${entry.keyring}`, 'nobody’s');
  browser.revoked.set(entry.keyring, { form: 'lost', atMs, hasAll: true });
  const next = await browser.tab();
  await browser.time.pass(1_000);
  assert.ok(isDatabaseHere(browser));
  assert.is(await next.unlock(entry, passphrase), null);
  tell(browser, 'lost');
  await browser.time.pass(1_000);
  assert.ok(forgotten(next));
});

test('cut off before anything was destroyed: nothing is said, and the copy opens as always', async () => {
  const { browser, entry } = await open();
  const begun = { device: entry.device, form: 'lost', atMs, givenUp: 0 };
  browser.notes.write(`plumbline-forgetting:${entry.keyring}`, JSON.stringify(begun));
  browser.crash();
  const gate = await browser.tab();
  await browser.time.pass(1_000);
  assert.is(kind(gate), 'unlock');
  assert.is(await gate.unlock(entry, passphrase), null);
  assert.equal(browser.goneKeyrings, []);
});

test('what somebody else wrote under the name of that note says nothing', async () => {
  const browser = fakeBrowser();
  browser.notes.write('plumbline-forgetting:x', '{"form":"lost"');
  assert.is(kind(await atSignIn(browser)), 'sign-in');
  assert.equal(browser.notes.names(), []);
});

test('a draft that cannot be saved keeps a lost copy open, and is not lost', async () => {
  const { browser, gate } = await open();
  let isSaved = false;
  laptopOf(gate).onBeforeLock(async () => isSaved);
  tell(browser, 'lost');
  await browser.time.pass(20_000);
  assert.is(kind(gate), 'open');
  assert.ok(isDatabaseHere(browser));
  isSaved = true;
  await browser.time.pass(10_000);
  assert.ok(forgotten(gate));
});

test('what a second tab cannot save yet keeps a lost copy, also from the tab that has handed everything over', async () => {
  const { browser, gate } = await open();
  const second = await browser.tab();
  assert.is(kind(second), 'open');
  let isSaved = false;
  laptopOf(second).onBeforeLock(async () => isSaved);
  tell(browser, 'lost');
  await browser.time.pass(20_000);
  assert.equal([kind(gate), kind(second)], ['leaving', 'open']);
  const at = gate.gate.value;
  assert.is(at.kind === 'leaving' && at.elsewhere, true, 'the page says what is in the way');
  assert.ok(isDatabaseHere(browser));
  assert.is(browser.rows.size, 1);
  isSaved = true;
  await browser.time.pass(20_000);
  assert.not.ok(isDatabaseHere(browser));
  assert.ok(forgotten(gate) ?? forgotten(second));
});

test('what a second tab saves after the first has handed over is asked for, and not destroyed', async () => {
  const { browser, gate } = await open();
  const second = await browser.tab();
  let isSaved = false;
  laptopOf(second).onBeforeLock(async () => isSaved);
  const { store } = laptopOf(second);
  browser.leave = async () => ({ ok: true, value: null });
  tell(browser, 'lost');
  await browser.time.pass(2_000);
  browser.leave = async () => ({ ok: false, problem: { kind: 'unreachable' } });
  await startAudit(store, recordId(2));
  isSaved = true;
  await browser.time.pass(20_000);
  assert.ok(isDatabaseHere(browser));
  assert.is(browser.rows.size, 1);
  assert.is.not(kind(gate), 'forgotten');
});

test('a lost copy that cannot be read when it is to go stays until it can be, and goes then', async () => {
  const { browser, entry } = await open();
  browser.leave = async () => ({ ok: true, value: null });
  browser.isReadable = false;
  tell(browser, 'lost');
  await browser.time.pass(20_000);
  assert.ok(isDatabaseHere(browser));
  assert.is(browser.rows.size, 1);
  browser.revoked.set(entry.keyring, { form: 'lost', atMs, hasAll: true });
  browser.syncState.value = { ...browser.syncState.value, phase: 'off', problem: null };
  await browser.time.pass(10 * 60 * 1000);
  assert.ok(isDatabaseHere(browser));
  browser.isReadable = true;
  await browser.time.pass(10 * 60 * 1000);
  assert.not.ok(isDatabaseHere(browser));
  assert.is(browser.rows.size, 0);
});

test('a tab at the unlock screen destroys nothing while another has something that it cannot save', async () => {
  const { browser, gate, entry } = await open();
  laptopOf(gate).onBeforeLock(async () => false);
  browser.send({ kind: 'lock', keyring: entry.keyring });
  await browser.time.settle();
  assert.is(kind(gate), 'open');
  await browser.allSent();
  browser.revoked.set(entry.keyring, { form: 'lost', atMs, hasAll: true });
  const second = await browser.tab();
  await browser.time.pass(10 * 60 * 1000);
  assert.is(kind(second), 'unlock');
  assert.ok(isDatabaseHere(browser));
  assert.is(browser.rows.size, 1);
});

test('the page that is there while it goes says lost of what is lost and stolen of what is stolen', async () => {
  for (const [form, later] of [
    ['lost', 'lost'],
    ['stolen', 'stolen'],
    ['lost', 'stolen'],
  ] as const) {
    const { browser, gate } = await open();
    browser.diesAtRemoval = true;
    if (form !== later)
      browser.leave = async () => ({ ok: false, problem: { kind: 'revoked', form: later, atMs: atMs + 1 } });
    tell(browser, form);
    await browser.time.pass(1_000);
    const at = gate.gate.value;
    assert.is(at.kind === 'leaving' && at.form, later);
  }
});

test('stolen: forgotten at once, nothing is waited for, and what was not sent is counted', async () => {
  const { browser, gate } = await open();
  laptopOf(gate).onBeforeLock(() => new Promise(() => undefined));
  browser.leave = async () => {
    throw new Error('nothing is handed over');
  };
  tell(browser, 'stolen');
  await browser.time.settle();
  assert.not.ok(isDatabaseHere(browser));
  assert.is(forgotten(gate)?.form, 'stolen');
  assert.is(forgotten(gate)?.givenUp, 2);
  assert.ok(browser.log.includes('gone:2'));
});

test('lost that turns out to be stolen while it hands over: it stops, and is forgotten', async () => {
  const { browser, gate } = await open();
  browser.leave = async () => ({ ok: false, problem: { kind: 'revoked', form: 'stolen', atMs: atMs + 1 } });
  tell(browser, 'lost');
  await browser.time.settle();
  assert.equal(forgotten(gate), { form: 'stolen', atMs: atMs + 1, goneMs: 1_750_000_000_000, givenUp: 2 });
});

test('locked and stolen: forgotten without its passphrase', async () => {
  const { browser, gate, entry } = await open();
  await laptopOf(gate).lock();
  browser.revoked.set(entry.keyring, { form: 'stolen', atMs, hasAll: true });
  const next = await browser.tab();
  await browser.time.pass(1_000);
  assert.not.ok(isDatabaseHere(browser));
  assert.is(forgotten(next)?.givenUp, 2);
  assert.equal(browser.goneKeyrings, [entry.keyring]);
});

test('locked and lost: with work that was not sent it stays, and asks to be unlocked', async () => {
  const { browser, gate, entry } = await open();
  await laptopOf(gate).lock();
  browser.revoked.set(entry.keyring, { form: 'lost', atMs, hasAll: true });
  const next = await browser.tab();
  await browser.time.pass(1_000);
  const at = next.gate.value;
  assert.equal(at.kind === 'unlock' && at.toHandOver, [{ keyring: entry.keyring, atMs, unsent: 2 }]);
  assert.ok(isDatabaseHere(browser));
  assert.is(await next.unlock(entry, passphrase), null);
});

test('locked and lost: what a tab that crashed could not save keeps it, until it is unlocked', async () => {
  const { browser, gate, entry } = await open();
  const written = edit(audit, 'section:1', section('Written last.'));
  await laptopOf(gate).unsaved.saving(written, async () => ({ ok: false, problem: { kind: 'disk-full' } }));
  await laptopOf(gate).unsaved.settled();
  browser.crash();
  await browser.allSent();
  browser.revoked.set(entry.keyring, { form: 'lost', atMs, hasAll: true });
  const next = await browser.tab();
  await browser.time.pass(1_000);
  const at = next.gate.value;
  assert.equal(at.kind === 'unlock' && at.toHandOver, [{ keyring: entry.keyring, atMs, unsent: 0 }]);
  assert.ok(isDatabaseHere(browser));
  assert.is(await next.unlock(entry, passphrase), null);
  assert.not.ok(hasUnsaved(browser.notes, entry), 'it is recorded, and handed over with the rest');
});

for (const [hasAll, stays] of [
  [true, false],
  [false, true],
] as const) {
  test(`locked and lost with nothing unsent: ${stays ? 'stays where the server was put back' : 'forgotten'}`, async () => {
    const browser = fakeBrowser();
    const first = await atSignIn(browser);
    await first.signIn(alex.email, password);
    await first.choosePassphrase(passphrase);
    await laptopOf(first).lock();
    browser.revoked.set(entryOf(browser).keyring, { form: 'lost', atMs, hasAll });
    const next = await browser.tab();
    await browser.time.pass(1_000);
    assert.is(isDatabaseHere(browser), stays);
    assert.is(kind(next), stays ? 'unlock' : 'forgotten');
  });
}

test('locked here and open in another tab: that one sees to it', async () => {
  const { browser, gate, entry } = await open();
  await laptopOf(gate).lock();
  const other = await browser.tab();
  await browser.time.pass(1_000);
  assert.is(await gate.unlock(entry, passphrase), null);
  browser.revoked.set(entry.keyring, { form: 'stolen', atMs, hasAll: true });
  await browser.time.pass(6 * 60_000);
  assert.is(kind(other), 'unlock');
  assert.is(kind(gate), 'open');
  assert.ok(isDatabaseHere(browser));
});

test('only that copy goes: the other person’s on this laptop stays', async () => {
  const { browser, gate, entry } = await open();
  await laptopOf(gate).lock();
  gate.otherPerson();
  gate.toSignIn();
  await gate.signIn(blake.email, password);
  await gate.choosePassphrase(passphrase);
  await laptopOf(gate).lock();
  browser.revoked.set(entry.keyring, { form: 'stolen', atMs, hasAll: true });
  const next = await browser.tab();
  await browser.time.pass(2_000);
  assert.equal(
    [...browser.rows.values()].map((row) => row.entry.person),
    [blake.person],
  );
  next.readForgotten();
  assert.is(kind(next), 'unlock');
  assert.equal(browser.goneKeyrings, [entry.keyring]);
});

test('what is left is a note without a name, until it is read; every other trace goes with the copy', async () => {
  const { browser, gate, entry } = await open();
  const { notes } = browser;
  for (const name of [`plumbline-kept:${entry.keyring}`, `plumbline-tour:${entry.person}`, `plumbline-place:${audit}`])
    notes.write(name, 'x');
  tell(browser, 'stolen');
  await browser.time.pass(1_000);
  assert.equal(notes.names(), ['plumbline-forgotten']);
  const after = await browser.tab();
  assert.ok(forgotten(after), 'also after the page was closed');
  after.readForgotten();
  assert.is(kind(after), 'welcome');
  assert.equal(notes.names(), []);
  gate.readForgotten();
  assert.is(kind(await browser.tab()), 'welcome');
});

test('where the server cannot be reached, a locked copy opens as always', async () => {
  const { browser, gate, entry } = await open();
  await act(laptopOf(gate).store, edit(audit, 'section:risk', section('offline')));
  await laptopOf(gate).lock();
  browser.fails = { standing: { kind: 'unreachable' } };
  const next = await browser.tab();
  await browser.time.pass(1_000);
  assert.is(await next.unlock(entry, passphrase), null);
  assert.is(kind(next), 'open');
});

test.run();
