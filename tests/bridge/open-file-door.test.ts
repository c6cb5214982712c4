/** The door for somebody with a backup file: all of it comes onto the laptop, or nothing does. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AuthorityId, PersonId } from '../../src/domain/ids.ts';
import { codeOf } from '../../src/store/recovery-code.ts';
import { readRecords } from '../../src/store/view.ts';
import { fileOf, passphrase as filePassphrase, whoOf } from '../store/backup/files.ts';
import { act, edit, hex, laptop, recordId, section, startAudit } from '../store/laptop.ts';
import { codeSecret, fakeBrowser, passphrase, type FakeBrowser } from './fake-doors.ts';
import { entryOf, kind, laptopOf } from './gate-at.ts';

const test = suite('the door for a backup file');
const signal = new AbortController().signal;
const silent = () => undefined;
const end = codeOf(codeSecret).slice(-2).join(' ');
const lost = { authority: hex(0x71) as AuthorityId, person: hex(0x72) as PersonId };

/** A laptop that was lost, and the file that was saved on it. */
async function lostLaptop() {
  const { store } = await laptop(lost);
  for (let number = 1; number <= 20; number += 1) await startAudit(store, recordId(number));
  await act(store, edit(recordId(1), 'section:risk', section('kept in a file')));
  return { store, file: await fileOf(store, { who: whoOf(lost) }) };
}

async function atFile(browser: FakeBrowser) {
  const gate = await browser.tab();
  gate.toOpenFile();
  assert.is(kind(gate), 'open-file');
  return gate;
}

async function opened(gate: Awaited<ReturnType<typeof atFile>>, file: Blob) {
  const backup = await gate.openFile(file, filePassphrase);
  assert.ok(backup.ok, JSON.stringify(backup));
  return backup.value;
}

test('everything of the file is on the new laptop, under its own passphrase and its own code', async () => {
  const { store, file } = await lostLaptop();
  const browser = fakeBrowser();
  const gate = await atFile(browser);
  const backup = await opened(gate, file);
  assert.is(browser.rows.size, 0, 'looking at a file makes nothing');
  assert.equal(await gate.restore(signal, backup, 'short', silent), {
    kind: 'weak-password',
    minimum: 12,
    why: 'short',
  });
  assert.is(await gate.restore(signal, backup, passphrase, silent), null);
  assert.is(kind(gate), 'keep-code');
  assert.is(await gate.keptCode(end), null);
  const { entry, store: here } = laptopOf(gate);
  assert.equal(
    [entry.home, entry.authority, entry.person, entry.label, entry.authorityName],
    ['laptop', lost.authority, lost.person, 'alex@example.org', 'Made-up Council'],
  );
  const ids = Array.from({ length: 20 }, (_, i) => recordId(i + 1));
  const units = async (of: typeof here) => (await readRecords(of, ids)).map((record) => record.units);
  assert.equal(await units(here), await units(store));
});

test('a file that is bad, stopped half-way, or for which there is no room leaves nothing behind', async () => {
  const { file } = await lostLaptop();
  const browser = fakeBrowser();
  const gate = await atFile(browser);
  assert.equal(await gate.openFile(file, 'another passphrase'), {
    ok: false,
    problem: { kind: 'wrong-file-passphrase' },
  });
  assert.equal(await gate.openFile(new Blob(['not ours']), filePassphrase), {
    ok: false,
    problem: { kind: 'not-a-backup' },
  });
  const backup = await opened(gate, file);
  const off = new AbortController();
  const stopped = await gate.restore(off.signal, backup, passphrase, (done, all) => done / all > 0.6 && off.abort());
  assert.equal(stopped, { kind: 'cancelled' });
  assert.is(kind(gate), 'open-file');
  browser.storeProblem = { kind: 'disk-full' };
  assert.equal(await gate.restore(signal, backup, passphrase, silent), { kind: 'disk-full' });
  assert.equal([browser.rows.size, browser.ports.size, browser.held.size], [0, 0, 0]);
  browser.storeProblem = null;
  assert.is(await gate.restore(signal, backup, passphrase, silent), null);
});

test('a file of a council’s server opens no laptop of its own', async () => {
  const { store } = await lostLaptop();
  const file = await fileOf(store, { who: whoOf({ ...lost, home: 'server' }) });
  const gate = await atFile(fakeBrowser());
  assert.equal(await gate.openFile(file, filePassphrase), { ok: false, problem: { kind: 'of-a-server' } });
});

test('work that is on this laptop already is not put there twice', async () => {
  const { file } = await lostLaptop();
  const browser = fakeBrowser();
  const gate = await atFile(browser);
  await gate.restore(signal, await opened(gate, file), passphrase, silent);
  await gate.keptCode(end);
  await laptopOf(gate).lock();
  assert.is(entryOf(browser).person, lost.person);
  gate.otherPerson();
  gate.toOpenFile();
  assert.equal(await gate.openFile(file, filePassphrase), { ok: false, problem: { kind: 'already-here' } });
});

test('whoever turns back at the code has put nothing here', async () => {
  const { file } = await lostLaptop();
  const browser = fakeBrowser();
  const gate = await atFile(browser);
  await gate.restore(signal, await opened(gate, file), passphrase, silent);
  gate.back();
  await browser.time.settle();
  assert.is(kind(gate), 'welcome');
  assert.equal([browser.rows.size, browser.ports.size, browser.held.size], [0, 0, 0]);
});

test.run();
