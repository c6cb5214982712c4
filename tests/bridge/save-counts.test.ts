import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { countSaves } from '../../src/bridge/save-counts.ts';
import type { Store } from '../../src/store/open.ts';
import { laptop, recordId, startAudit } from '../store/laptop.ts';

const test = suite('counting what is only here');

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A store of which the answers to reads can be held back. */
async function slowStore() {
  const { store } = await laptop();
  const held: (() => void)[] = [];
  const slow = { holds: false, fails: false };
  const read: Store['port']['read'] = async (tables, body) => {
    const { holds, fails } = slow;
    if (fails) throw new Error('The disk does not answer');
    const answer = await store.port.read(tables, body);
    if (holds) await new Promise<void>((resolve) => void held.push(resolve));
    return answer;
  };
  const port = Object.assign(Object.create(store.port) as Store['port'], { read });
  return { store, slow, held, counted: { ...store, port } };
}

test('from a save until a read that began after it is back, the counts are said to be behind', async () => {
  const { store, slow, held, counted } = await slowStore();
  const counting = await countSaves(counted);
  await settled();
  assert.is(counting.isRecounting.value, false);
  slow.holds = true;
  await startAudit(store, recordId(1));
  await settled();
  assert.is(held.length, 1, 'the watch reads, before it is known whether it was saved');
  counting.recount();
  assert.is(counting.isRecounting.value, true);
  held[0]?.();
  await settled();
  assert.is(counting.isRecounting.value, true, 'that read began earlier');
  held.splice(0).forEach((answer) => answer());
  await settled();
  assert.is(counting.isRecounting.value, false);
  assert.ok(counting.counts.value.unsent > 0);
  counting.stop();
});

test('a read that began earlier takes nothing back', async () => {
  const { store, slow, held, counted } = await slowStore();
  slow.holds = true;
  const opening = countSaves(counted);
  await settled();
  held.splice(0).forEach((answer) => answer());
  const counting = await opening;
  await settled();
  assert.is(held.length, 1, 'the watch has read, before anything was saved');
  slow.holds = false;
  await startAudit(store, recordId(1));
  counting.recount();
  await settled();
  assert.ok(counting.counts.value.unsent > 0);
  slow.holds = true;
  held.splice(0).forEach((answer) => answer());
  await settled();
  assert.ok(counting.counts.value.unsent > 0);
  counting.stop();
});

test('while the store cannot be read the counts are behind, until it can', async () => {
  const { store, slow, counted } = await slowStore();
  const counting = await countSaves(counted);
  await settled();
  const before = counting.counts.value;
  slow.fails = true;
  counting.recount();
  await settled();
  assert.is(counting.counts.value, before);
  assert.is(counting.isRecounting.value, true);
  slow.fails = false;
  await startAudit(store, recordId(1));
  await settled();
  assert.is(counting.isRecounting.value, false);
  counting.stop();
});

test.run();
