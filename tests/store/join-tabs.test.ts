import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { DeviceId } from '../../src/domain/ids.ts';
import { applyPage, readCursor } from '../../src/store/inbox.ts';
import { sealBatch, settle } from '../../src/store/outbox.ts';
import { recordEdits, recordOrKeep } from '../../src/store/record.ts';
import { readRecord } from '../../src/store/view.ts';
import {
  countedIds,
  edit,
  hex,
  laptop,
  realCipher,
  recordId,
  section,
  somebody,
  startAudit,
  type Laptop,
} from './laptop.ts';
import { fakeServer, otherDevice } from './server.ts';

const test = suite('two tabs in one unit');
const audit = recordId(1);
const unit = 'section:risk';

/** Two tabs of one laptop in one section, each with what it saw at the beginning and what it changed itself since. */
async function twoTabs() {
  const newId = countedIds();
  const cipher = await realCipher();
  const first = await laptop({ newId, cipher });
  const second = await laptop({ port: first.port, newId, cipher });
  await startAudit(first.store, audit);
  const server = fakeServer();
  const tab = ({ store }: Laptop) => {
    let value: JsonObject = section('', null);
    return async (fields: JsonObject, how: 'act' | 'typing' = 'typing') => {
      value = { ...value, ...fields };
      return recordOrKeep(store, edit(audit, unit, value, { changed: Object.keys(fields) }), how);
    };
  };
  const sync = async (): Promise<void> => {
    server.nowMs += 1_000;
    const ops = await sealBatch(first.store, { maxBytes: 100_000, hotMs: 0, longestMs: 0 });
    if (ops.length > 0) await settle(first.store, server.push(ops));
    const asked = await readCursor(first.store);
    await applyPage(first.store, server.pull(asked, 10), asked);
  };
  const shown = async (): Promise<JsonObject | undefined> =>
    (await readRecord(second.store, audit))?.units[unit]?.value;
  return { one: tab(first), two: tab(second), sync, shown, server, stores: [first.store, second.store] as const };
}

test('what each tab changed stays, though neither has seen the other', async () => {
  const { one, two, shown } = await twoTabs();
  await one({ evidence: 'Seen alone.' });
  await two({ rationale: 'Because.' });
  await one({ evidence: 'Seen alone, twice.' });
  await two({ rationale: 'Because of it.' });
  assert.equal(await shown(), { ...section('Seen alone, twice.', null), rationale: 'Because of it.' });
});

test('it stays also when it was sent and confirmed in between', async () => {
  const { one, two, sync, shown } = await twoTabs();
  await one({ evidence: 'Seen alone.' });
  await sync();
  await two({ grade: 'good' }, 'act');
  await sync();
  await one({ rationale: 'Because.' });
  assert.equal(await shown(), { ...section('Seen alone.', 'good'), rationale: 'Because.' });
});

test('what somebody else has written is never mixed with what this person had not seen', async () => {
  const { one, sync, shown, server } = await twoTabs();
  await sync();
  const elsewhere = otherDevice(server, somebody, hex(0xee) as DeviceId);
  elsewhere({ record: audit, kind: 'audit', unit, value: section('theirs', 'inadequate'), base: null });
  await sync();
  await one({ evidence: 'mine' });
  assert.equal(await shown(), section('mine', null));
});

test('texts that only together are more than an op may carry are refused, and nothing is saved', async () => {
  const { one, stores } = await twoTabs();
  const most = 'x'.repeat(20_000);
  await one({ evidence: most, rationale: most });
  const more = edit(audit, unit, { ...section('', null), header: 'y'.repeat(30_000) }, { changed: ['header'] });
  const saved = await recordEdits(stores[1], [more], 'act');
  assert.equal(saved, { ok: false, problem: { kind: 'too-much-text' } });
  assert.is((await readRecord(stores[1], audit))?.units[unit]?.value['rationale'], most);
});

test('a save does not wait for the end of a download that has nothing to do with its unit', async () => {
  const { one, sync, shown, server, stores } = await twoTabs();
  await one({ evidence: 'Before.' });
  await sync();
  const { port } = stores[0];
  const elsewhere = otherDevice(server, somebody, hex(0xee) as DeviceId);
  const plainRead = port.read;
  let pages = 0;
  // A page is written after whatever is read, as in a first download over a good line.
  Object.assign(port, {
    read: async (...args: Parameters<typeof plainRead>) => {
      const found = await plainRead(...args);
      if (!args[0].includes('pending') || pages === 20) return found;
      pages += 1;
      elsewhere({ record: recordId(0x100 + pages), kind: 'audit', unit, value: section('theirs'), base: null });
      Object.assign(port, { read: plainRead });
      const asked = await readCursor(stores[1]);
      await applyPage(stores[1], server.pull(asked, 10), asked);
      Object.assign(port, { read: interrupted });
      return found;
    },
  });
  const interrupted = port.read;
  assert.ok((await one({ evidence: 'After.' })).ok);
  assert.ok(pages <= 2, `${pages} pages were written before the save`);
  Object.assign(port, { read: plainRead });
  assert.is((await shown())?.['evidence'], 'After.');
});

const step = fc.oneof(
  fc.record({
    tab: fc.constantFrom('one' as const, 'two' as const),
    field: fc.constantFrom('evidence', 'rationale', 'notApplicableReason'),
    how: fc.constantFrom('act' as const, 'typing' as const),
  }),
  fc.constant('sync' as const),
);

test('whatever the interleaving, every field shows what was written into it last', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
    const { sync, shown, ...tabs } = await twoTabs();
    const expected: Record<string, string> = {};
    for (const [i, one] of steps.entries()) {
      if (one === 'sync') await sync();
      else {
        const text = `${one.field} ${i}`;
        const saved = await tabs[one.tab]({ [one.field]: text }, one.how);
        assert.ok(saved.ok);
        expected[one.field] = text;
      }
    }
    const value = (await shown()) ?? {};
    for (const [field, text] of Object.entries(expected)) assert.is(value[field], text);
  });
  await fc.assert(property, { numRuns: 150 });
});

test.run();
