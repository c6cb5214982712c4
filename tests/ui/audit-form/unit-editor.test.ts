import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../src/domain/canonical.ts';
import { overlay, type PendingBasis, type ShownUnit } from '../../../src/domain/fold.ts';
import type { DeviceId, OpId, PersonId } from '../../../src/domain/ids.ts';
import type { Result, StoreProblem } from '../../../src/protocol/problem.ts';
import type { How } from '../../../src/ui/audit-form/draft.ts';
import { createUnitEditor, typingMs, type UnitEdit } from '../../../src/ui/audit-form/unit-editor.ts';
import { versionsToSee } from '../../../src/ui/audit-form/versions-to-see.ts';

type Answer = Result<null, StoreProblem>;
const ok: Answer = { ok: true, value: null };
const full: Answer = { ok: false, problem: { kind: 'disk-full' } };

/** An editor whose saves wait until they are answered, under a clock that only moves when told. */
function setUp() {
  const saves: { edit: UnitEdit; how: How; answer: (answer: Answer) => Promise<void> }[] = [];
  const timers: { at: number; run: () => void }[] = [];
  let nowMs = 0;
  const editor = createUnitEditor({
    save: (edit, how) =>
      new Promise((resolve) => {
        const answer = async (given: Answer): Promise<void> => {
          resolve(given);
          await settled();
        };
        saves.push({ edit, how, answer });
      }),
    after: (ms, run) => {
      const timer = { at: nowMs + ms, run };
      timers.push(timer);
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
    },
  });
  const pass = (ms: number): void => {
    nowMs += ms;
    for (const timer of timers.filter(({ at }) => at <= nowMs)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.run();
    }
  };
  const grade = (value: string): void => editor.change(unit, () => ({ grade: value }), 'act');
  const type = (evidence: string): void => editor.change(unit, () => ({ evidence }), 'typing');
  return { editor, saves, pass, grade, type };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

const unit = 'section:risk';
const device = 'd'.repeat(32) as DeviceId;
const op = (n: number): OpId => `${'a'.repeat(32)}:${n}` as OpId;

function confirmed(value: JsonObject, n: number): ShownUnit {
  const state = { op: op(n), value, author: 'b'.repeat(32) as PersonId, stamp: { ms: n, count: 0 }, others: [] };
  return { value, confirmed: state, pending: null };
}
/** An own unsent change over `under`, which was based on what `saw` shows. */
const pendingOver = (value: JsonObject, under: ShownUnit, saw = under): ShownUnit => {
  const op = saw.confirmed?.op;
  const pending: PendingBasis = { base: op ?? null, seen: op === undefined ? [] : [op] };
  return { ...under, value, pending };
};

const blankSection = { grade: null, notApplicable: false, notApplicableReason: '', evidence: '', rationale: '' };

const test = suite('unit editor');

test('a grade is saved at once, with the whole unit and the op it was based on', () => {
  const { editor, saves, grade } = setUp();
  editor.receive({ [unit]: confirmed({ grade: null, evidence: 'Seen at home.' }, 7) }, editor.mark(), device);
  grade('good');
  assert.is(saves.length, 1);
  assert.is(saves[0]?.how, 'act');
  assert.is(saves[0]?.edit.base, op(7));
  assert.equal(saves[0]?.edit.value, {
    grade: 'good',
    notApplicable: false,
    notApplicableReason: '',
    evidence: 'Seen at home.',
    rationale: '',
  });
});

test('two grades in a row are two saves, in order, also while the first is still being saved', async () => {
  const { saves, grade } = setUp();
  grade('inadequate');
  grade('good');
  assert.is(saves.length, 1);
  await saves[0]?.answer(ok);
  assert.equal(
    saves.map(({ edit }) => edit.value['grade']),
    ['inadequate', 'good'],
  );
});

test('giving the same grade again records nothing', async () => {
  const { saves, grade } = setUp();
  grade('good');
  await saves[0]?.answer(ok);
  grade('good');
  assert.is(saves.length, 1);
});

test('an answer that says what the blank said is still an answer', () => {
  const { editor, saves } = setUp();
  editor.change('concern', () => ({ raised: false }), 'act');
  assert.is(saves[0]?.edit.value['raised'], false);
  assert.is(saves.length, 1);
});

test('typing is saved within 300 ms of its first unsaved key, however long the typing goes on', async () => {
  const { saves, type, pass } = setUp();
  assert.ok(typingMs < 300);
  for (let key = 1; key <= 9; key += 1) {
    type('x'.repeat(key));
    pass(50);
  }
  assert.is(saves.length, 1);
  assert.is(saves[0]?.how, 'typing');
  await saves[0]?.answer(ok);
  pass(typingMs);
  assert.is(saves.length, 2);
  assert.is(saves[1]?.edit.value['evidence'], 'x'.repeat(9));
});

test('typing on during a slow save waits as one newest text, not as a queue of old ones', async () => {
  const { saves, type, pass } = setUp();
  for (const text of ['a', 'ab', 'abc']) {
    type(text);
    pass(typingMs);
  }
  await saves[0]?.answer(ok);
  await saves[1]?.answer(ok);
  assert.equal(
    saves.map(({ edit }) => edit.value['evidence']),
    ['a', 'abc'],
  );
});

test('leaving a text box saves at once', () => {
  const { editor, saves, type } = setUp();
  editor.hold(unit);
  type('Mother was spoken to.');
  assert.is(saves.length, 0);
  editor.release(unit);
  assert.is(saves[0]?.edit.value['evidence'], 'Mother was spoken to.');
});

test('a grade given while text waits carries the text with it, once', () => {
  const { saves, grade, type, pass } = setUp();
  type('Half a sent');
  grade('good');
  pass(typingMs);
  assert.is(saves.length, 1);
  assert.is(saves[0]?.edit.value['evidence'], 'Half a sent');
});

test('"saved" is said only after the save answered, and not for text typed since', async () => {
  const { editor, saves, type, pass } = setUp();
  assert.is(editor.status(unit), 'empty');
  type('a');
  pass(typingMs);
  assert.is(editor.status(unit), 'unsaved');
  type('ab');
  await saves[0]?.answer(ok);
  assert.is(editor.status(unit), 'unsaved');
  pass(typingMs);
  await saves[1]?.answer(ok);
  assert.is(editor.status(unit), 'saved');
});

test('a full disk keeps the text on screen, says why, and tries again by itself until it is saved', async () => {
  const { editor, saves, type, pass } = setUp();
  type('Do not lose me');
  pass(typingMs);
  await saves[0]?.answer(full);
  assert.is(editor.status(unit), 'failed');
  assert.equal(editor.failure(), { kind: 'disk-full' });
  assert.is(editor.value(unit)['evidence'], 'Do not lose me');
  pass(1_000);
  assert.is(saves.length, 2);
  await saves[1]?.answer(full);
  pass(1_999);
  assert.is(saves.length, 2);
  pass(1);
  await saves[2]?.answer(ok);
  assert.is(editor.status(unit), 'saved');
  assert.is(editor.failure(), null);
});

test('a value that cannot be kept does not block other sections, and its correction is saved', async () => {
  const { editor, saves, type, pass } = setUp();
  type('too much');
  pass(typingMs);
  await saves[0]?.answer({ ok: false, problem: { kind: 'too-much-text' } });
  editor.change('section:voice', () => ({ grade: 'good' }), 'act');
  await saves[1]?.answer(ok);
  assert.is(editor.status('section:voice'), 'saved');
  type('less');
  pass(typingMs);
  await saves[2]?.answer(ok);
  assert.is(saves[2]?.edit.value['evidence'], 'less');
  assert.is(editor.status(unit), 'saved');
});

test('a value that arrives does not replace text in a focused box, and shows after it is left', () => {
  const { editor } = setUp();
  editor.receive({ [unit]: confirmed({ evidence: 'mine' }, 1) }, editor.mark(), device);
  editor.hold(unit);
  editor.receive({ [unit]: confirmed({ evidence: 'theirs' }, 2) }, editor.mark(), device);
  assert.is(editor.value(unit)['evidence'], 'mine');
  editor.release(unit);
  assert.is(editor.value(unit)['evidence'], 'theirs');
});

test('text typed over an arrived change names the version its author saw, so the server finds the conflict', () => {
  const { editor, saves, type } = setUp();
  editor.receive({ [unit]: confirmed({ evidence: 'first' }, 1) }, editor.mark(), device);
  editor.hold(unit);
  editor.receive({ [unit]: confirmed({ evidence: 'theirs' }, 2) }, editor.mark(), device);
  type('mine');
  editor.release(unit);
  assert.is(saves[0]?.edit.base, op(1));
});

test('what is typed in another tab of this laptop joins in, but for what is typed here', async () => {
  const { editor, saves, type } = setUp();
  const blank = confirmed({ evidence: '', rationale: '', grade: null }, 1);
  editor.receive({ [unit]: blank }, editor.mark(), device);
  editor.hold(unit);
  type('typed here');
  editor.receive(
    { [unit]: pendingOver({ evidence: 'typed there', rationale: 'why', grade: 'good' }, blank) },
    editor.mark(),
    device,
  );
  assert.equal([editor.value(unit)['evidence'], editor.value(unit)['rationale']], ['typed here', 'why']);
  editor.release(unit);
  assert.equal(saves[0]?.edit.value, { ...blankSection, evidence: 'typed here', rationale: 'why', grade: 'good' });
});

test('a save says which fields were changed here, so that what another tab has saved of the others can stay', () => {
  const { editor, saves, type, grade } = setUp();
  editor.receive({ [unit]: confirmed({ evidence: '', rationale: '', grade: null }, 1) }, editor.mark(), device);
  editor.hold(unit);
  type('typed here');
  editor.release(unit);
  assert.equal(saves[0]?.edit.changed, ['evidence']);
  grade('good');
  assert.equal(saves[0]?.edit.changed, ['evidence']);
});

test('a focused box in which nothing was typed shows what another tab of this laptop has saved', () => {
  const { editor } = setUp();
  const blank = confirmed({ evidence: 'first' }, 1);
  editor.receive({ [unit]: blank }, editor.mark(), device);
  editor.hold(unit);
  editor.receive({ [unit]: pendingOver({ evidence: 'first, and more' }, blank) }, editor.mark(), device);
  assert.is(editor.value(unit)['evidence'], 'first, and more');
});

/** A change of this laptop that has reached the server and come back between two looks. */
const sentFromHere = (value: JsonObject, seq: number): ShownUnit => {
  const op = `${device}:${seq}` as OpId;
  const state = { op, value, author: 'b'.repeat(32) as PersonId, stamp: { ms: seq, count: 0 }, others: [] };
  return { value, confirmed: state, pending: null };
};

test('what another tab has typed joins in also when it was sent and confirmed before this tab looked', () => {
  const { editor, saves, type } = setUp();
  editor.receive({ [unit]: confirmed({ evidence: '', rationale: '' }, 1) }, editor.mark(), device);
  editor.hold(unit);
  type('typed here');
  editor.receive({ [unit]: sentFromHere({ evidence: 'typed there', rationale: 'why' }, 2) }, editor.mark(), device);
  assert.equal([editor.value(unit)['evidence'], editor.value(unit)['rationale']], ['typed here', 'why']);
  editor.release(unit);
  assert.equal(saves[0]?.edit.value, { ...blankSection, evidence: 'typed here', rationale: 'why' });
});

test('further edits over an own unsent change keep its base while another version arrives beneath', async () => {
  const { editor, saves, grade } = setUp();
  const first = confirmed({ grade: 'good' }, 1);
  editor.receive({ [unit]: first }, editor.mark(), device);
  grade('inadequate');
  await saves[0]?.answer(ok);
  editor.receive({ [unit]: pendingOver({ grade: 'inadequate' }, first) }, editor.mark(), device);
  editor.receive(
    { [unit]: pendingOver({ grade: 'inadequate' }, confirmed({ grade: 'outstanding' }, 2), first) },
    editor.mark(),
    device,
  );
  grade('requires-improvement');
  assert.is(saves[1]?.edit.base, op(1));
});

/** The form opened on a grade given over `op(1)` and not sent, beneath which `op(2)` has arrived since. */
function reopened() {
  const form = setUp();
  const arrived = confirmed({ grade: 'outstanding' }, 2);
  form.editor.receive(
    { [unit]: pendingOver({ grade: 'inadequate' }, arrived, confirmed({ grade: 'good' }, 1)) },
    form.editor.mark(),
    device,
  );
  const offered = (): unknown[] => versionsToSee(form.editor.units()[unit], device).map((version) => version.op);
  return { ...form, arrived, offered };
}

test('reopened after another version arrived beneath an unsent grade, the form offers it', () => {
  assert.equal(reopened().offered(), [op(2)]);
});

test('reopened after another version arrived beneath an unsent grade, a further edit does not pass for having seen it', async () => {
  const { editor, saves, offered, type } = reopened();
  editor.hold(unit);
  type('Seen again.');
  editor.release(unit);
  assert.is(saves[0]?.edit.base, op(1));
  assert.equal(saves[0]?.edit.settles, []);
  assert.equal(offered(), [op(2)]);
  await saves[0]?.answer(ok);
  assert.equal(offered(), [op(2)]);
});

test('reopened after the other version was turned down, the form does not ask again, nor while that is being saved', async () => {
  const { editor, saves, arrived, offered } = reopened();
  editor.change(unit, (now) => now, 'act', [op(2)]);
  assert.equal(offered(), []);
  assert.equal([saves[0]?.edit.base, saves[0]?.edit.settles], [op(1), [op(2)]]);
  await saves[0]?.answer(ok);
  assert.equal(offered(), []);
  const { confirmed: beneath } = arrived;
  if (beneath === undefined) throw new Error('Nothing arrived');
  const mine = { unit, value: { grade: 'inadequate' }, base: op(1) };
  const stored = overlay({ [unit]: beneath }, [
    { ...mine, settles: [] },
    { ...mine, settles: [op(2)] },
  ]);
  editor.receive(stored, editor.mark(), device);
  assert.equal(offered(), []);
});

test('a read that began before a save completed does not take the value back', async () => {
  const { editor, saves, grade } = setUp();
  const old = { [unit]: confirmed({ grade: 'good' }, 1) };
  editor.receive(old, editor.mark(), device);
  const before = editor.mark();
  grade('inadequate');
  await saves[0]?.answer(ok);
  editor.receive(old, before, device);
  assert.is(editor.value(unit)['grade'], 'inadequate');
  editor.receive(
    { [unit]: pendingOver({ grade: 'inadequate' }, confirmed({ grade: 'good' }, 1)) },
    editor.mark(),
    device,
  );
  assert.is(editor.value(unit)['grade'], 'inadequate');
  editor.receive({ [unit]: confirmed({ grade: 'outstanding' }, 3) }, editor.mark(), device);
  assert.is(editor.value(unit)['grade'], 'outstanding');
});

test('a choice between two versions is saved with the ops it settles, even when the value stays the same', async () => {
  const { editor, saves } = setUp();
  editor.receive({ [unit]: confirmed({ grade: 'good' }, 4) }, editor.mark(), device);
  editor.change(unit, (now) => now, 'act', [op(2), op(3)]);
  assert.equal(saves[0]?.edit.settles, [op(2), op(3)]);
  assert.equal(editor.units()[unit]?.pending?.seen, [op(4), op(2), op(3)]);
  await saves[0]?.answer(full);
  editor.change(unit, () => ({ grade: 'inadequate' }), 'act');
  assert.equal(saves[1]?.edit.settles, [op(2), op(3)]);
  await saves[1]?.answer(ok);
  editor.change(unit, () => ({ grade: 'good' }), 'act');
  assert.equal(saves[2]?.edit.settles, []);
});

test('flush saves what waits and tells whether anything is left', async () => {
  const { editor, saves, type } = setUp();
  type('before the lock');
  const first = editor.flush();
  await saves[0]?.answer(full);
  assert.is(await first, false);
  const second = editor.flush();
  await saves[1]?.answer(ok);
  assert.is(await second, true);
});

test.run();
