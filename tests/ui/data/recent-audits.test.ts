import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ToolId } from '../../../src/domain/ids.ts';
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
