import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ToolId } from '../../../src/domain/ids.ts';
import { recordGroups } from '../../../src/store/record.ts';
import { hasOpenAudit, readRecentAllocations } from '../../../src/ui/data/recent-audits.ts';
import { act, allocation, caseValue, edit, event, laptop, recordId, section } from '../../store/laptop.ts';

const test = suite('audits allocated lately');
const tool = 'assessment@1.0.0' as ToolId;

async function allocated(...references: readonly string[]) {
  const { store } = await laptop();
  for (const [at, reference] of references.entries()) {
    const id = recordId(at + 1);
    await act(store, edit(id, 'case', caseValue(reference)), edit(id, 'allocation', allocation()));
  }
  return store;
}

test('the newest come first, at most as many as asked for', async () => {
  const store = await allocated('NB-1', 'NB-2', 'NB-3');
  const recent = await readRecentAllocations(store, 2);
  assert.equal(
    recent.map(({ reference, state }) => `${reference} ${state}`),
    ['NB-3 allocated', 'NB-2 allocated'],
  );
});

test('what came in with an import is passed over, however much of it came since', async () => {
  const store = await allocated('NB-1');
  const record = recordId(0xff);
  const groups = Array.from({ length: 1_500 }, (_, at) => {
    const id = recordId(at + 0x1000);
    const imported = { import: record, row: at.toString(16).padStart(64, '0'), line: at + 2, day: null };
    return {
      edits: [
        edit(id, 'case', caseValue(`ROW-${at}`)),
        edit(id, 'allocation', allocation()),
        edit(id, 'imported', imported),
      ],
    };
  });
  await recordGroups(store, groups);
  const recent = await readRecentAllocations(store, 12);
  assert.equal(
    recent.map(({ reference }) => reference),
    ['NB-1'],
  );
});

test('an open audit of the same case with the same tool is found, however the reference is spaced', async () => {
  const store = await allocated('NB-1', 'NB-2');
  assert.is(await hasOpenAudit(store, ' nb-2 ', tool), true);
  assert.is(await hasOpenAudit(store, 'NB-3', tool), false);
  assert.is(await hasOpenAudit(store, 'NB-2', 'early-help@1.0.0' as ToolId), false);
});

test('a submitted audit does not stand in the way of a second one', async () => {
  const store = await allocated('NB-1');
  await act(store, edit(recordId(1), 'section:risk', section('seen')));
  assert.is(await hasOpenAudit(store, 'NB-1', tool), true);
  await act(store, edit(recordId(1), 'submitted', event()));
  assert.is(await hasOpenAudit(store, 'NB-1', tool), false);
});

test.run();
