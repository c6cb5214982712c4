import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isBackupDue, readBackupAge, writeLastBackup } from '../../../src/store/backup/last-backup.ts';
import { takeOut } from '../../../src/store/take-out.ts';
import { act, edit, laptop, recordId, section, startAudit, type } from '../laptop.ts';

const test = suite('how old the last backup is');
const dayMs = 86_400_000;

test('before the first, everything has been done since', async () => {
  const { store } = await laptop();
  assert.equal(await readBackupAge(store), { atMs: null, since: 0 });
  await startAudit(store, recordId(1));
  assert.equal(await readBackupAge(store), { atMs: null, since: 2 });
});

test('what was done since is counted from when the file began to be made', async () => {
  const { store, clock } = await laptop();
  await startAudit(store, recordId(1));
  const { mark } = await takeOut(store);
  await act(store, edit(recordId(1), 'section:risk', section('while it was being made')));
  clock.ms += 1000;
  await writeLastBackup(store, mark);
  assert.equal(await readBackupAge(store), { atMs: clock.ms, since: 1 });
});

test('words typed on into the same box after it are one change, however many keys', async () => {
  const { store } = await laptop();
  await startAudit(store, recordId(1));
  await type(store, edit(recordId(1), 'section:risk', section('a')));
  await writeLastBackup(store, (await takeOut(store)).mark);
  assert.is((await readBackupAge(store)).since, 0);
  await type(store, edit(recordId(1), 'section:risk', section('ab')));
  await type(store, edit(recordId(1), 'section:risk', section('abc')));
  assert.is((await readBackupAge(store)).since, 1);
});

const now = 100 * dayMs;
const cases: readonly (readonly [string, Parameters<typeof isBackupDue>, boolean])[] = [
  ['nothing done', [{ atMs: null, since: 0 }, null, now], false],
  ['a first day without one', [{ atMs: null, since: 20 }, now - dayMs, now], false],
  ['a week without a first one', [{ atMs: null, since: 20 }, now - 7 * dayMs, now], true],
  ['fifty changes on the first day', [{ atMs: null, since: 50 }, now, now], true],
  ['a week since the last, with one change', [{ atMs: now - 7 * dayMs, since: 1 }, 0, now], true],
  ['a year since the last, and nothing done', [{ atMs: now - 365 * dayMs, since: 0 }, 0, now], false],
  ['six days and 49 changes', [{ atMs: now - 6 * dayMs, since: 49 }, 0, now], false],
];
for (const [what, given, due] of cases) {
  test(`${what}: ${due ? 'a reminder' : 'no reminder'}`, () => assert.is(isBackupDue(...given), due));
}

test.run();
