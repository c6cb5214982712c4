import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RecordId } from '../../../src/domain/ids.ts';
import type { Result, StoreProblem } from '../../../src/protocol/problem.ts';
import { createOpenEditors } from '../../../src/ui/audit-form/open-editors.ts';
import { createUnitEditor, type UnitEditor } from '../../../src/ui/audit-form/unit-editor.ts';

const audit = '1'.repeat(32) as RecordId;
const unit = 'section:risk';
const full: Result<null, StoreProblem> = { ok: false, problem: { kind: 'disk-full' } };

/** A disk that is full until it is told otherwise, and an editor that saves to it. */
function setUp() {
  const disk = { isFull: true, kept: [] as unknown[], timers: new Set<() => void>() };
  const makeEditor = (): UnitEditor =>
    createUnitEditor({
      save: ({ value }) => {
        if (disk.isFull) return Promise.resolve(full);
        disk.kept.push(value['evidence']);
        return Promise.resolve({ ok: true, value: null });
      },
      after: (_ms, run) => {
        disk.timers.add(run);
        return () => void disk.timers.delete(run);
      },
    });
  const write = (editor: UnitEditor, evidence: string): void => editor.change(unit, () => ({ evidence }), 'typing');
  return { disk, makeEditor, write, editors: createOpenEditors() };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

const test = suite('open editors');

test('who leaves an audit while the disk is full finds the text again, and it is saved once there is space', async () => {
  const { disk, makeEditor, write, editors } = setUp();
  const editor = makeEditor();
  const leave = editors.open(audit, editor);
  editor.hold(unit);
  write(editor, 'Seen at home.');
  leave();
  await settled();
  assert.equal(editors.notSaved(), { id: audit, problem: { kind: 'disk-full' } });
  assert.is(editors.leftOf(audit)?.value(unit)['evidence'], 'Seen at home.');
  assert.equal(await editors.flush(audit), { kind: 'disk-full' });

  disk.isFull = false;
  assert.is(await editors.flush(audit), null);
  assert.equal(disk.kept, ['Seen at home.']);
  assert.is(editors.notSaved(), null);
  assert.is(editors.leftOf(audit), undefined);
});

test('leaving an audit of which everything is saved keeps no editor of it', async () => {
  const { disk, makeEditor, write, editors } = setUp();
  disk.isFull = false;
  const editor = makeEditor();
  const leave = editors.open(audit, editor);
  write(editor, 'Seen at home.');
  leave();
  assert.is(editors.leftOf(audit), editor, 'until it is saved, coming back leads to the same editor');
  await settled();
  assert.equal(disk.kept, ['Seen at home.']);
  assert.is(editors.leftOf(audit), undefined);
});

test('from the first key until the store has answered, something is on its way to the disk', async () => {
  const { disk, makeEditor, write, editors } = setUp();
  const editor = makeEditor();
  editors.open(audit, editor);
  editor.hold(unit);
  assert.is(editors.hasUnsaved(), false);
  write(editor, 'Seen at home.');
  assert.is(editors.hasUnsaved(), true);
  assert.is(await editors.flushAll(), false);
  assert.is(editors.hasUnsaved(), true, 'the disk is full');
  disk.isFull = false;
  assert.is(await editors.flushAll(), true);
  assert.is(editors.hasUnsaved(), false);
});

test('a box that shows what cannot be kept is known of, and holds up neither saving nor leaving', async () => {
  const { disk, makeEditor, write, editors } = setUp();
  disk.isFull = false;
  const editor = makeEditor();
  const leave = editors.open(audit, editor);
  write(editor, 'Seen at home.');
  assert.is(await editors.flushAll(), true);
  editor.refused.set(unit, 'evidence', true);
  assert.is(editor.status(unit), 'failed');
  assert.is(editors.holdsRefused(), true);
  assert.is(editors.hasUnsaved(), false);
  assert.is(editors.notSaved(), null);
  assert.is(await editors.flushAll(), true);
  editor.refused.set(unit, 'evidence', false);
  assert.is(editor.status(unit), 'saved');
  assert.is(editors.holdsRefused(), false);
  editor.refused.set(unit, 'evidence', true);
  leave();
  await settled();
  assert.is(editors.holdsRefused(), false);
});

test('an audit that is left and opened again at once stays watched', async () => {
  const { makeEditor, write, editors } = setUp();
  const editor = makeEditor();
  editors.open(audit, editor)();
  editors.open(audit, editor);
  await settled();
  write(editor, 'Seen at home.');
  assert.is(await editors.flushAll(), false);
  assert.is(editors.notSaved()?.id, audit);
});

test('after the lock nothing is tried again and no text is held', async () => {
  const { disk, makeEditor, write, editors } = setUp();
  const editor = makeEditor();
  const leave = editors.open(audit, editor);
  write(editor, 'Seen at home.');
  await editors.flushAll();
  editors.stop();
  leave();
  await settled();
  assert.is(disk.timers.size, 0);
  assert.is(editor.hasUnsaved(), false);
  assert.is(editor.value(unit)['evidence'], '');
  assert.is(editors.notSaved(), null);
});

test.run();
