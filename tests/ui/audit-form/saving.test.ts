import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { UnsavedText } from '../../../src/bridge/unsaved-text.ts';
import { readSaveCounts } from '../../../src/store/view.ts';
import { saveIn } from '../../../src/ui/audit-form/saving.ts';
import type { UnitEdit } from '../../../src/ui/audit-form/unit-editor.ts';
import { laptop, recordId, section, startAudit, type Laptop } from '../../store/laptop.ts';

const test = suite('saving of an editor');
const audit = recordId(1);
const edit: UnitEdit = {
  unit: 'section:risk',
  value: section('Seen at home.'),
  base: null,
  settles: [],
  changed: ['evidence'],
};

/** What happens in order: the store has answered, it is kept beside it no more, it is counted. */
function saving({ store }: Pick<Laptop, 'store'>) {
  const order: string[] = [];
  const unsaved = {
    async saving(_edit, save) {
      const saved = await save();
      order.push(saved.ok ? 'saved' : saved.problem.kind);
      return saved;
    },
  } as Pick<UnsavedText, 'saving'> as UnsavedText;
  return { order, save: saveIn({ store, unsaved, recount: () => void order.push('counted') }, audit) };
}

test('what was saved is to be counted before its editor is told, and keeps nothing beside the store meanwhile', async () => {
  const { store } = await laptop();
  await startAudit(store, audit);
  const before = await readSaveCounts(store);
  const { order, save } = saving({ store });
  assert.is((await save(edit, 'act')).ok, true);
  assert.equal(order, ['saved', 'counted']);
  assert.is((await readSaveCounts(store)).unsent, before.unsent + 1);
});

test('what was not saved is not counted, and a fault of ours is a problem like any other', async () => {
  const { store } = await laptop();
  await startAudit(store, audit);
  const broken = Object.assign(Object.create(store.port) as typeof store.port, {
    write: () => Promise.reject(new TypeError('a bug')),
  });
  const { order, save } = saving({ store: { ...store, port: broken } });
  const saved = await save(edit, 'act');
  assert.is(saved.ok, false);
  assert.equal(order, ['storage-failed']);
});

test.run();
