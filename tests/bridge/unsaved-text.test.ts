import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PageNotes } from '../../src/bridge/page-notes.ts';
import { hasUnsaved, openUnsavedText, recordLeft, type UnsavedText } from '../../src/bridge/unsaved-text.ts';
import type { Result, StoreProblem } from '../../src/protocol/problem.ts';
import type { Copy } from '../../src/store/keyring-entry.ts';
import type { Store } from '../../src/store/open.ts';
import { recordOrKeep, type Edit } from '../../src/store/record.ts';
import { readRecord } from '../../src/store/view.ts';
import {
  edit,
  event,
  hex,
  laptop,
  realCipher,
  recordId,
  section,
  startAudit,
  act,
  countedIds,
} from '../store/laptop.ts';
import { fakeNotes } from './fake-doors.ts';
import { fakeLocks } from './fake-holds.ts';

const test = suite('text that could not be saved');
const audit = recordId(1);
const entry: Pick<Copy, 'home' | 'keyring'> = { home: 'server', keyring: hex(7) };
const other = { ...entry, keyring: hex(8) };
const written = (evidence: string, changed?: readonly string[]): Edit =>
  edit(audit, 'section:1', section(evidence), changed === undefined ? {} : { changed });
const closed: StoreProblem = { kind: 'storage-closed' };
const full: StoreProblem = { kind: 'disk-full' };

interface Here {
  readonly store: Store;
  readonly notes: PageNotes;
  /** A tab of this copy; `gone` is its end, however it came. */
  tab(whose?: Pick<Copy, 'home' | 'keyring'>): Promise<{ readonly text: UnsavedText; gone(): void }>;
  /** Somebody opens the copy in a tab. */
  opened(whose?: Pick<Copy, 'home' | 'keyring'>): Promise<boolean>;
  evidence(): Promise<unknown>;
}

async function here(): Promise<Here> {
  const { store } = await laptop({ cipher: await realCipher(), newId: countedIds(0x2000) });
  const [notes, locks] = [fakeNotes(), fakeLocks()];
  await startAudit(store, audit);
  return {
    store,
    notes,
    async tab(whose = entry) {
      const { holds, close } = locks.tab();
      return { text: await openUnsavedText({ notes, holds, entry: whose, store }), gone: close };
    },
    opened: (whose = entry) => recordLeft({ notes, holds: locks.tab().holds, entry: whose, store }),
    async evidence() {
      return (await readRecord(store, audit))?.units['section:1']?.value['evidence'];
    },
  };
}

const fails = (text: UnsavedText, one: Edit, problem: StoreProblem): Promise<Result<unknown, StoreProblem>> =>
  text.saving(one, async () => ({ ok: false, problem }));
const saves = (text: UnsavedText, store: Store, one: Edit): Promise<Result<unknown, StoreProblem>> =>
  text.saving(one, () => recordOrKeep(store, one, 'typing'));

test('what a tab could not save is recorded by whoever opens the copy next, once', async () => {
  const { store, notes, tab, opened, evidence } = await here();
  const { text, gone } = await tab();
  await fails(text, written('An hour’s work.'), closed);
  assert.is(await text.settled(), true);
  await opened();
  assert.is(await evidence(), undefined, 'its tab lives, and tries itself');
  gone();
  await opened();
  assert.is(await evidence(), 'An hour’s work.');
  assert.equal(notes.names(), []);
  const changes = await store.port.read(['pending'], (tx) => tx.all('pending'));
  await opened();
  assert.is((await store.port.read(['pending'], (tx) => tx.all('pending'))).length, changes.length);
});

test('nothing of it can be read without the key', async () => {
  const { notes, tab } = await here();
  const { text } = await tab();
  await fails(text, written('Sentinel evidence.'), full);
  await text.settled();
  const [name = ''] = notes.names();
  const note = notes.read(name) ?? '';
  assert.ok(note.length > 100);
  for (const part of ['Sentinel', 'evidence', 'section:1', audit]) {
    assert.not.ok((name + note + atob(JSON.parse(note).data)).includes(part), part);
  }
});

test('the newest of each unit is kept, and nothing once all is saved', async () => {
  const { store, notes, tab, opened, evidence } = await here();
  const { text, gone } = await tab();
  await fails(text, written('First.'), closed);
  await fails(text, written('First, and second.'), closed);
  await fails(text, edit(audit, 'section:2', section('Another.')), closed);
  assert.is(await text.settled(), true);
  assert.is(notes.names().length, 1);
  assert.ok((await saves(text, store, edit(audit, 'section:2', section('Another.')))).ok);
  assert.is(await text.settled(), true);
  gone();
  await opened();
  assert.is(await evidence(), 'First, and second.');

  const again = await tab();
  await fails(again.text, written('Third.'), closed);
  await again.text.settled();
  await saves(again.text, store, written('Third.'));
  assert.equal([notes.names(), again.text.isKept.value], [[], false]);
});

test('a save that succeeds while an older failure is being sealed leaves no note behind', async () => {
  const { store, notes, tab } = await here();
  const { text } = await tab();
  const failing = fails(text, written('Old.'), full);
  await failing;
  await saves(text, store, written('New.'));
  await text.settled();
  assert.equal(notes.names(), []);
});

test('it joins what another tab has saved in the unit meanwhile', async () => {
  const { store, tab, opened } = await here();
  await act(store, written('Before.'));
  const { text, gone } = await tab();
  await fails(text, written('Before. And after.', ['evidence']), { kind: 'build-too-old' });
  assert.is(await text.settled(), true);
  await act(store, { ...written('Before.'), value: section('Before.', 'inadequate'), changed: ['grade'] });
  gone();
  await opened();
  const value = (await readRecord(store, audit))?.units['section:1']?.value;
  assert.equal([value?.['evidence'], value?.['grade']], ['Before. And after.', 'inadequate']);
});

test('of an audit that was submitted meanwhile it is kept among the changes that need attention', async () => {
  const { store, notes, tab, opened } = await here();
  const { text, gone } = await tab();
  await fails(text, written('Too late.'), closed);
  await text.settled();
  await act(store, edit(audit, 'submitted', event()));
  gone();
  await opened();
  assert.equal(notes.names(), []);
  assert.is((await store.port.read(['quarantine'], (tx) => tx.all('quarantine'))).length, 1);
});

test('while the store still takes nothing it stays for the next time', async () => {
  const { store, notes, tab, opened, evidence } = await here();
  const { text, gone } = await tab();
  await fails(text, written('Stays.'), closed);
  await text.settled();
  gone();
  const { write, writeIf } = store.port;
  const refuse = async (): Promise<never> => {
    throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
  };
  Object.assign(store.port, { write: refuse, writeIf: refuse });
  assert.is(await opened(), true, 'and that is said');
  assert.is(notes.names().length, 1);
  Object.assign(store.port, { write, writeIf });
  assert.is(await opened(), false);
  assert.is(await evidence(), 'Stays.');
});

test('a full disk may never have written the note: it is made, and not relied upon', async () => {
  const { tab, opened, evidence } = await here();
  const { text, gone } = await tab();
  await fails(text, written('On a full disk.'), full);
  assert.is(await text.settled(), false);
  gone();
  await opened();
  assert.is(await evidence(), 'On a full disk.');
});

test('what nothing can be kept for is not said to be kept', async () => {
  const { notes, tab } = await here();
  const { text } = await tab();
  await fails(text, written('Refused.'), { kind: 'too-much-text' });
  assert.equal([await text.settled(), notes.names()], [false, []]);
  await fails(text, edit(audit, 'section:2', section('Passes.')), closed);
  assert.is(await text.settled(), false, 'one of two comes back');

  Object.assign(notes, { write: () => undefined });
  const second = await tab();
  await fails(second.text, written('Nowhere.'), closed);
  assert.is(await second.text.settled(), false, 'the browser keeps nothing');
});

test('a save that has not answered yet is not kept', async () => {
  const { tab } = await here();
  const { text } = await tab();
  await fails(text, written('Kept.'), closed);
  void text.saving(edit(audit, 'section:2', section('Hangs.')), () => new Promise<never>(() => undefined));
  assert.is(await text.settled(), false);
});

test('who says that it may be lost has lost it; who closes with everything saved leaves nothing', async () => {
  const { notes, store, tab, opened, evidence } = await here();
  const { text } = await tab();
  await fails(text, written('Let go.'), closed);
  await text.settled();
  text.close('lose');
  await opened();
  assert.equal([notes.names(), await evidence()], [[], undefined]);

  const second = await tab();
  await fails(second.text, written('Late.'), full);
  await saves(second.text, store, written('Late.'));
  second.text.close('keep');
  assert.equal(notes.names(), []);
});

test('it is of one copy, and of the example nothing is noted', async () => {
  const { notes, tab, opened, evidence } = await here();
  const { text, gone } = await tab();
  await fails(text, written('Mine.'), closed);
  await text.settled();
  gone();
  assert.equal([hasUnsaved(notes, entry), hasUnsaved(notes, other)], [true, false]);
  await opened(other);
  assert.is(await evidence(), undefined);
  assert.is(hasUnsaved(notes, entry), true);

  const example = await tab({ home: 'example', keyring: hex(9) });
  await fails(example.text, written('Made up.'), closed);
  assert.is(await example.text.settled(), false);
  assert.is(hasUnsaved(notes, { keyring: hex(9) }), false);
});

test('a note that opens for nobody goes, and keeps nobody out; one that a newer build sealed waits for it', async () => {
  const { notes, tab, opened } = await here();
  const { text, gone } = await tab();
  await fails(text, written('Damaged.'), closed);
  await text.settled();
  const [name = ''] = notes.names();
  const note = notes.read(name) ?? '';
  gone();
  const newer = note.replace('"version":1', '"version":2');
  assert.is.not(newer, note);
  notes.write(name, newer);
  await opened();
  assert.is(notes.read(name), newer);
  // The last is base64 to a pattern that looks away from case, and to nobody else: a Kelvin sign.
  const strange = ['', 'no box', '{"iv":"AAAA","data":"AAAA"}', '{"iv":"AAA\u212a","data":"AAAA"}'];
  for (const damaged of [...strange, note.replace('"data":"', '"data":"AAAA')]) {
    notes.write(name, damaged);
    await opened();
    assert.equal(notes.names(), [], damaged);
  }
});

test('what was recorded of a note never comes again over newer text, whatever else of the note has to wait', async () => {
  const { store, notes, tab, opened, evidence } = await here();
  const { text, gone } = await tab();
  await fails(text, written('Old.'), closed);
  await fails(text, edit(audit, 'section:2', section('Waits.')), closed);
  await fails(text, edit(audit, 'section:3', section('Third.')), closed);
  await text.settled();
  gone();
  const { writeIf, write } = store.port;
  let writes = 0;
  const everySecond = async (): Promise<void> => {
    writes += 1;
    if (writes === 2) throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
  };
  Object.assign(store.port, {
    writeIf: async () => false,
    write: async (...given: Parameters<typeof write>) => (await everySecond(), write(...given)),
  });
  await opened();
  Object.assign(store.port, { writeIf, write });
  assert.equal([await evidence(), notes.names().length], ['Old.', 1]);
  await act(store, written('New.'));
  await opened();
  const units = (await readRecord(store, audit))?.units;
  assert.equal(
    ['section:1', 'section:2', 'section:3'].map((unit) => units?.[unit]?.value['evidence']),
    ['New.', 'Waits.', 'Third.'],
  );
  assert.equal(notes.names(), []);
});

test('what is too much together with what was saved since is kept among the changes that need attention', async () => {
  const { store, notes, tab, opened } = await here();
  const { text, gone } = await tab();
  const long = '€'.repeat(15_000);
  await fails(text, written(long, ['evidence']), closed);
  await text.settled();
  await act(store, { ...written(''), value: { ...section(''), rationale: long }, changed: ['rationale'] });
  gone();
  await opened();
  assert.equal(notes.names(), [], 'nobody is there who could shorten it');
  const [kept] = await store.port.read(['quarantine'], (tx) => tx.all('quarantine'));
  assert.equal([kept?.code, kept?.unit], ['invalid', 'section:1']);
});

test('the version before one that is refused stays in the note', async () => {
  const { tab, opened, evidence } = await here();
  const { text, gone } = await tab();
  await fails(text, written('Fits.'), closed);
  await fails(text, written('Fits no more.'), { kind: 'too-much-text' });
  assert.is(await text.settled(), false);
  assert.equal(text.edits(), [written('Fits.')]);
  gone();
  await opened();
  assert.is(await evidence(), 'Fits.');
});

test('while what was written since is still being saved, nothing is said to be kept', async () => {
  const { store, tab } = await here();
  const { text } = await tab();
  const first = written('First.');
  await fails(text, first, closed);
  assert.is(await text.settled(), true);
  let answer: (is: Result<unknown, StoreProblem>) => void = () => undefined;
  const slow = (one: Edit) =>
    text.saving(one, () => new Promise<Result<unknown, StoreProblem>>((resolve) => (answer = resolve)));
  const again = slow({ ...first });
  assert.is(text.isKept.value, true, 'the same once more');
  answer({ ok: false, problem: closed });
  await again;
  await text.settled();
  const more = slow(written('First, and more.'));
  assert.is(text.isKept.value, false);
  answer({ ok: false, problem: closed });
  await more;
  assert.is(await text.settled(), true);
  await saves(text, store, edit(audit, 'section:2', section('Another.')));
  assert.is(await text.settled(), true, 'a save that succeeds takes nothing from it');
});

test('a note that cannot be written anew does not outlive what was saved of it', async () => {
  const { store, notes, tab } = await here();
  const { text } = await tab();
  await fails(text, written('Old.'), full);
  await fails(text, edit(audit, 'section:2', section('Waits.')), full);
  await text.settled();
  Object.assign(notes, { write: () => undefined });
  await fails(text, edit(audit, 'section:2', section('Waits on.')), full);
  await text.settled();
  assert.is(notes.names().length, 1, 'an older version is better than none');
  await saves(text, store, written('New.'));
  await text.settled();
  assert.equal(notes.names(), [], 'and none is better than one over newer text');
});

test('a save that fails after the tab has closed its copy hangs nothing', async () => {
  const { notes, tab } = await here();
  const { text } = await tab();
  text.close('keep');
  await fails(text, written('Too late.'), closed);
  assert.is(await Promise.race([text.settled(), new Promise((later) => setTimeout(later, 50))]), false);
  assert.equal(notes.names(), []);
});

test.run();
