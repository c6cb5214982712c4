import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sumDigests } from '../../src/domain/digest.ts';
import type { DeviceId, RecordId } from '../../src/domain/ids.ts';
import { newBrought, type Brought } from '../../src/store/brought.ts';
import { applyPage, dropConfirmed, putOpened, readCursor, repair, sealPage, writePage } from '../../src/store/inbox.ts';
import type { MemoryPort } from '../../src/store/memory-port.ts';
import type { ConfirmedRow } from '../../src/store/rows.ts';
import { keptTotal } from '../../src/store/totals.ts';
import { allocation, caseValue, hex, laptop, recordId, somebody, type Laptop } from './laptop.ts';
import { fakeServer, otherDevice, type FakeServer } from './server.ts';

const test = suite('what a session has brought');
const size = 8;

/** A server with an audit for each of `size` ids, two of which share their last digits, and how to change them. */
function authority() {
  const server = fakeServer();
  let device = 0xee;
  const newPen = () => otherDevice(server, somebody, hex((device += 1)) as DeviceId);
  let pen = newPen();
  const ids = Array.from({ length: size }, (_, n) => (n === 0 ? (hex(0x7000001) as RecordId) : recordId(n)));
  const idOf = (n: number): RecordId => ids[n % size] ?? recordId(1);
  let times = 0;
  const change = (n: number): void => {
    const base = null;
    const record = idOf(n);
    if (server.record(record) === undefined)
      pen({ record, kind: 'audit', unit: 'allocation', value: allocation(), base });
    else pen({ record, kind: 'audit', unit: 'case', value: caseValue(`C-${(times += 1)}`), base });
  };
  const backup = () => {
    const goBack = server.backup();
    // The device went on where the server did not: it is another one afterwards.
    return (): void => (goBack(), void (pen = newPen()));
  };
  return { server, idOf, change, backup };
}

/** A page, written by a session that goes by what it has brought. */
async function pull({ store }: Laptop, server: FakeServer, brought: Brought, limit: number): Promise<boolean> {
  const asked = await readCursor(store);
  const page = server.pull(asked, limit);
  assert.is(await writePage(store, await sealPage(store, page), asked, brought), 'applied');
  return page.last;
}

/** How many confirmed rows are asked for by their ids. */
function countAsked(port: MemoryPort): { readonly port: MemoryPort; asked(): number } {
  let asked = 0;
  const counting: MemoryPort = {
    ...port,
    write: (tables, durability, body) =>
      port.write(tables, durability, (tx) =>
        body({
          ...tx,
          getMany: (table, keys) => {
            if (table === 'confirmed') asked += keys.length;
            return tx.getMany(table, keys);
          },
        }),
      ),
  };
  return { port: counting, asked: () => asked };
}

test('a first download asks the disk for none of the rows it brings, and later for those that it may hold alone', async () => {
  const { server, change } = authority();
  const { port } = await laptop();
  const counted = countAsked(port);
  const own = await laptop({ port: counted.port });
  const brought = newBrought();
  for (let n = 1; n < size; n += 1) change(n);
  while (!(await pull(own, server, brought, 2)));
  assert.is(counted.asked(), 0);
  change(3);
  await pull(own, server, brought, 2);
  assert.is(counted.asked(), 1);
});

test('where another tab has written rows meanwhile, every row may be there', async () => {
  const { server, idOf, change } = authority();
  const own = await laptop();
  const brought = newBrought();
  for (let n = 1; n < 5; n += 1) change(n);
  await pull(own, server, brought, 2);
  const held = server.record(idOf(4));
  assert.ok(held);
  await putOpened(own.store, held);
  while (!(await pull(own, server, brought, 2)));
  assert.equal(await keptTotal(own.store), await recount(own));
});

type Step =
  | { readonly kind: 'change' | 'open' | 'drop'; readonly n: number }
  | { readonly kind: 'pull'; readonly tab: 0 | 1; readonly limit: number }
  | { readonly kind: 'begin again'; readonly tab: 0 | 1 }
  | { readonly kind: 'sign out' | 'backup' | 'restore' };

const tab = fc.constantFrom(0 as const, 1 as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('change' as const), n: fc.nat(size) }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('pull' as const), tab, limit: fc.integer({ min: 1, max: 3 }) }),
  },
  fc.record({ kind: fc.constantFrom('open' as const, 'drop' as const), n: fc.nat(size) }),
  fc.record({ kind: fc.constant('begin again' as const), tab }),
  fc.record({ kind: fc.constantFrom('sign out' as const, 'backup' as const, 'restore' as const) }),
);

const rowsOf = ({ port }: Laptop): Promise<ConfirmedRow[]> => port.read(['confirmed'], (tx) => tx.all('confirmed'));
const shape = (rows: readonly ConfirmedRow[]): unknown =>
  rows.map(({ id, epoch, version, digest }) => [id, epoch, version, digest]);
const recount = async (own: Laptop) => {
  const digests = (await rowsOf(own)).map(({ digest }) => digest);
  return { count: digests.length, digest: sumDigests(digests) };
};

test('whatever two tabs, repairs and restores do meanwhile, the rows and their total are those of a laptop that asks for every row', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const { server, idOf, change, backup } = authority();
      const [own, asking] = [await laptop(), await laptop()];
      const brought: [Brought, Brought] = [newBrought(), newBrought()];
      let goBack = backup();
      for (const each of steps) {
        if (each.kind === 'change') change(each.n);
        if (each.kind === 'backup') goBack = backup();
        if (each.kind === 'restore') goBack();
        if (each.kind === 'begin again') brought[each.tab] = newBrought();
        if (each.kind === 'pull') {
          await pull(own, server, brought[each.tab], each.limit);
          const asked = await readCursor(asking.store);
          assert.is(await applyPage(asking.store, server.pull(asked, each.limit), asked), 'applied');
        }
        for (const { store } of [own, asking]) {
          if (each.kind === 'sign out') await dropConfirmed(store);
          if (each.kind === 'drop') await repair(store, { put: [], drop: [idOf(each.n)] });
          const opened = each.kind === 'open' ? server.record(idOf(each.n)) : undefined;
          if (opened !== undefined) await putOpened(store, opened);
        }
        assert.equal(shape(await rowsOf(own)), shape(await rowsOf(asking)));
        assert.equal(await keptTotal(own.store), await recount(own));
      }
    }),
    { numRuns: 60 },
  );
});

test.run();
