import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RecordId } from '../../src/domain/ids.ts';
import { readImportedRows } from '../../src/store/imported.ts';
import { applyPage, readCursor } from '../../src/store/inbox.ts';
import { sealBatch, settle } from '../../src/store/outbox.ts';
import { recordGroups } from '../../src/store/record.ts';
import { act, allocation, caseValue, edit, event, laptop, realCipher, recordId, type Laptop } from './laptop.ts';
import { fakeServer, type FakeServer } from './server.ts';

interface Context extends Laptop {
  server: FakeServer;
}

const test = suite<Context>('rows of files that are here already');
const everything = { maxBytes: 100_000_000, hotMs: 0, longestMs: 0 };
const [first, second] = [recordId(0xf1), recordId(0xf2)];
const key = (number: number): string => number.toString(16).padStart(64, '0');

test.before.each(async (context) => {
  Object.assign(context, await laptop({ cipher: await realCipher() }), { server: fakeServer() });
});

async function comesIn({ store }: Context, from: RecordId, ...rows: readonly number[]): Promise<void> {
  await recordGroups(
    store,
    rows.map((row) => {
      const id = recordId(0x1000 + row);
      const imported = { import: from, row: key(row), line: row, day: null };
      return {
        edits: [
          edit(id, 'case', caseValue(`R-${row}`)),
          edit(id, 'allocation', allocation()),
          edit(id, 'imported', imported),
        ],
      };
    }),
  );
}

async function sync({ store, server }: Context): Promise<void> {
  for (let ops = await sealBatch(store, everything); ops.length > 0; ops = await sealBatch(store, everything)) {
    await settle(store, server.push(ops));
  }
  for (let last = false; !last;) {
    const asked = await readCursor(store);
    const page = server.pull(asked, 200);
    await applyPage(store, page, asked);
    ({ last } = page);
  }
}

test('are known by their keys, each with its import, sent or not', async (context) => {
  const many = Array.from({ length: 700 }, (_, at) => at + 1);
  await comesIn(context, first, ...many);
  await sync(context);
  await comesIn(context, second, 1001, 1002);
  const rows = await readImportedRows(context.store);
  assert.is(rows.size, 702);
  assert.equal([rows.get(key(700)), rows.get(key(1002)), rows.get(key(9999))], [first, second, undefined]);
});

test('are not here any more once their import is undone, whether the server knows or not', async (context) => {
  const { store } = context;
  await comesIn(context, first, 1, 2);
  await comesIn(context, second, 3);
  await act(store, edit(first, 'undone', event(), { kind: 'import' }));
  assert.equal([...(await readImportedRows(store)).keys()], [key(3)]);
  await sync(context);
  assert.equal([...(await readImportedRows(store)).keys()], [key(3)]);
});

test('an audit made here is no row of any file', async (context) => {
  await act(context.store, edit(recordId(1), 'allocation', allocation()));
  assert.is((await readImportedRows(context.store)).size, 0);
});

test.run();
