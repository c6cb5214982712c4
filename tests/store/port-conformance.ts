/**
 * What every store port must do, as one suite that runs on each implementation. `open` gives a fresh, empty port;
 * `reopen` closes it and opens the same data again.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { GroupId, RecordId } from '../../src/domain/ids.ts';
import type { Port } from '../../src/store/port.ts';
import { problemOf } from '../../src/store/problems.ts';
import type { PendingRow, TableName } from '../../src/store/rows.ts';

export interface PortUnderTest {
  readonly port: Port;
  reopen(): Promise<Port>;
}

export const id = (digits: string): RecordId => digits.padStart(32, '0') as RecordId;

export function pendingRow(n: number, record: RecordId = id('a')): PendingRow {
  return {
    n,
    group: id(`${n}`) as string as GroupId,
    groupSize: 1,
    record,
    kind: 'audit',
    unit: 'concern',
    plain: { grade: 'good' },
    sealed: { iv: new Uint8Array([1, 2, 3]), data: new Uint8Array([4, 5]) },
    claimed: { ms: n, count: 0 },
    base: null,
    settles: [],
    typing: false,
    startedMs: n,
    editedMs: n,
    change: n,
    link: null,
    serverVersion: 0,
  };
}

const change = (record: RecordId, number: number) => ({ record, kind: 'audit' as const, change: number });

async function rejection(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('It should have been rejected');
}

export function portConformance(name: string, open: () => Promise<PortUnderTest>): void {
  const test = suite<PortUnderTest>(`port conformance: ${name}`);

  test.before.each(async (context) => {
    Object.assign(context, await open());
  });
  test.after.each(async ({ port }) => port.close());

  test('a row comes back as it was put, bytes and nulls included', async ({ port }) => {
    await port.write(['pending'], 'strict', (tx) => tx.put('pending', pendingRow(1)));
    assert.equal(await port.read(['pending'], (tx) => tx.get('pending', 1)), pendingRow(1));
    assert.is(await port.read(['pending'], (tx) => tx.get('pending', 2)), undefined);
  });

  test('changing a row that was read changes nothing stored', async ({ port }) => {
    await port.write(['meta'], 'strict', (tx) => tx.put('meta', { name: 'x', value: { list: [1] } }));
    const row = await port.read(['meta'], (tx) => tx.get('meta', 'x'));
    assert.ok(row);
    try {
      (row.value as { list: number[] }).list.push(2);
    } catch (refused) {
      assert.instance(refused, TypeError, 'what is frozen cannot be changed either');
    }
    assert.equal((await port.read(['meta'], (tx) => tx.get('meta', 'x')))?.value, { list: [1] });
  });

  test('changing a row after it was written changes nothing stored', async ({ port }) => {
    const value = { list: [1] };
    await port.write(['meta'], 'strict', (tx) => tx.put('meta', { name: 'x', value }));
    value.list.push(2);
    assert.equal((await port.read(['meta'], (tx) => tx.get('meta', 'x')))?.value, { list: [1] });
  });

  test('getMany answers in the order asked, with gaps', async ({ port }) => {
    await port.write(['pending'], 'strict', (tx) => tx.putMany('pending', [pendingRow(1), pendingRow(3)]));
    const rows = await port.read(['pending'], (tx) => tx.getMany('pending', [3, 2, 1]));
    assert.equal(
      rows.map((row) => row?.n),
      [3, undefined, 1],
    );
  });

  test('all answers in order of key, from a key on, and at most so many', async ({ port }) => {
    await port.write(['pending'], 'strict', (tx) =>
      tx.putMany(
        'pending',
        [10, 9, 100, 2].map((n) => pendingRow(n)),
      ),
    );
    const numbers = async (options?: { from?: number; limit?: number }) =>
      (await port.read(['pending'], (tx) => tx.all('pending', options))).map(({ n }) => n);
    assert.equal(await numbers(), [2, 9, 10, 100]);
    assert.equal(await numbers({ from: 9 }), [9, 10, 100]);
    assert.equal(await numbers({ from: 3, limit: 2 }), [9, 10]);
  });

  test('whereEqual finds rows by an index, in order of key', async ({ port }) => {
    const rows = [pendingRow(3, id('b')), pendingRow(1, id('a')), pendingRow(2, id('b'))];
    await port.write(['pending'], 'strict', (tx) => tx.putMany('pending', rows));
    const found = await port.read(['pending'], (tx) => tx.whereEqual('pending', 'record', id('b')));
    assert.equal(
      found.map(({ n }) => n),
      [2, 3],
    );
    const first = await port.read(['pending'], (tx) => tx.whereEqual('pending', 'record', id('b'), { limit: 1 }));
    assert.equal(
      first.map(({ n }) => n),
      [2],
    );
  });

  test('rows are found by their keys, also by neighbouring ones of which some are missing', async ({ port }) => {
    await port.write(['pending'], 'strict', (tx) =>
      tx.putMany(
        'pending',
        [2, 3, 5, 6].map((n) => pendingRow(n)),
      ),
    );
    const found = (...keys: number[]) => port.read(['pending'], (tx) => tx.getMany('pending', keys));
    for (const keys of [[], [3], [4], [1, 2, 3, 4, 5], [4, 5], [7, 8], [3, 2], [5, 5], [2, 5]]) {
      const rows = await found(...keys);
      const there = keys.map((key) => ([2, 3, 5, 6].includes(key) ? key : undefined));
      assert.equal(
        rows.map((row) => row?.n),
        there,
        keys.join(' '),
      );
    }
  });

  test('whereAbove finds rows above a value, in order of the index', async ({ port }) => {
    const rows = [change(id('a'), 3), change(id('b'), 1), change(id('c'), 2)];
    await port.write(['changes'], 'strict', (tx) => tx.putMany('changes', rows));
    const found = async (options: { readonly limit?: number; readonly upTo?: number }) =>
      (await port.read(['changes'], (tx) => tx.whereAbove('changes', 'change', 1, options))).map(
        ({ change: number }) => number,
      );
    assert.equal(await found({}), [2, 3]);
    assert.equal(await found({ limit: 1 }), [2]);
    assert.equal(await found({ upTo: 2 }), [2]);
    assert.equal(await found({ upTo: 1 }), [], 'nothing is above 1 and not above 1');
  });

  test('an index leaves out rows that have nothing there, and reaches into plain columns', async ({ port }) => {
    const rows = [
      { ...pendingRow(1), plain: { auditor: 'me' } },
      { ...pendingRow(2), plain: { auditor: null } },
      { ...pendingRow(3), serverVersion: 7 },
    ];
    await port.write(['pending'], 'strict', (tx) => tx.putMany('pending', rows));
    const [mine, accepted] = await port.read(['pending'], (tx) =>
      Promise.all([tx.whereEqual('pending', 'plain.auditor', 'me'), tx.whereAbove('pending', 'serverVersion', 0)]),
    );
    assert.equal(
      [mine, accepted].map((found) => found.map(({ n }) => n)),
      [[1], [3]],
    );
  });

  test('a put over a row moves it in the index', async ({ port }) => {
    await port.write(['changes'], 'strict', (tx) => tx.put('changes', change(id('a'), 1)));
    await port.write(['changes'], 'strict', (tx) => tx.put('changes', change(id('a'), 5)));
    const found = await port.read(['changes'], (tx) => tx.whereAbove('changes', 'change', 0));
    assert.equal(found, [change(id('a'), 5)]);
  });

  test('of many deletions in a row none goes further than it was asked to', async ({ port }) => {
    const numbers = Array.from({ length: 12 }, (_, at) => at + 1);
    await port.write(['pending', 'quarantine'], 'strict', (tx) =>
      tx.putMany(
        'pending',
        numbers.map((n) => pendingRow(n)),
      ),
    );
    await port.write(['pending', 'meta'], 'strict', async (tx) => {
      await tx.deleteMany('pending', [2, 3, 4, 6, 7, 7, 10]);
      await tx.put('pending', pendingRow(6));
      await tx.deleteMany('pending', [11, 1]);
    });
    const left = await port.read(['pending'], (tx) => tx.all('pending'));
    assert.equal(
      left.map(({ n }) => n),
      [5, 6, 8, 9, 12],
    );
  });

  test('delete and count', async ({ port }) => {
    await port.write(['pending'], 'strict', (tx) =>
      tx.putMany(
        'pending',
        [1, 2, 3, 4].map((n) => pendingRow(n)),
      ),
    );
    await port.write(['pending'], 'strict', async (tx) => {
      await tx.delete('pending', 1);
      await tx.deleteMany('pending', [3, 4, 99]);
    });
    assert.is(await port.read(['pending'], (tx) => tx.count('pending')), 1);
  });

  test('count of the rows whose indexed field has a value', async ({ port }) => {
    await port.write(['pending'], 'strict', (tx) =>
      tx.putMany('pending', [
        pendingRow(1),
        { ...pendingRow(2), kind: 'import' },
        { ...pendingRow(3), kind: 'import' },
      ]),
    );
    const count = (equals: string) => port.read(['pending'], (tx) => tx.count('pending', { index: 'kind', equals }));
    assert.equal([await count('import'), await count('audit'), await count('team')], [2, 1, 0]);
  });

  test('a body that throws has written nothing, and its error comes out unchanged', async ({ port }) => {
    const error = new Error('Something else went wrong');
    const rejected = await rejection(
      port.write(['pending', 'meta'], 'strict', async (tx) => {
        await tx.put('pending', pendingRow(1));
        await tx.get('meta', 'x').catch(() => undefined);
        throw error;
      }),
    );
    assert.is(rejected, error);
    assert.is(await port.read(['pending'], (tx) => tx.count('pending')), 0);
  });

  test('a row that cannot be cloned saves nothing of its transaction, even when the body swallows it', async ({
    port,
  }) => {
    const rejected = await rejection(
      port.write(['pending', 'meta'], 'strict', async (tx) => {
        await tx.put('pending', pendingRow(1));
        await tx.put('meta', { name: 'x', value: () => 1 }).catch(() => undefined);
      }),
    );
    assert.is(problemOf(rejected)?.kind, 'storage-failed');
    assert.is(await port.read(['pending'], (tx) => tx.count('pending')), 0);
  });

  test('a read after a write in one transaction is refused', async ({ port }) => {
    const rejected = await rejection(
      port.write(['meta'], 'strict', async (tx) => {
        await tx.put('meta', { name: 'x', value: 1 });
        await tx.get('meta', 'x');
      }),
    );
    assert.match(String(rejected), 'read first');
    assert.is(await port.read(['meta'], (tx) => tx.count('meta')), 0);
  });

  test('a table that the transaction was not opened on is refused', async ({ port }) => {
    const rejected = await rejection(port.write(['meta'], 'strict', (tx) => tx.put('pending', pendingRow(1))));
    assert.match(String(rejected), 'not opened on the table pending');
    const other = await rejection(port.read(['meta'], (tx) => tx.count('pending')));
    assert.match(String(other), 'not opened on the table pending');
  });

  test('write transactions never interleave: two that read and add count every addition', async ({ port }) => {
    const add = () =>
      port.write(['meta'], 'strict', async (tx) => {
        const row = await tx.get('meta', 'sum');
        await tx.get('meta', 'other');
        await tx.put('meta', { name: 'sum', value: Number(row?.value ?? 0) + 1 });
      });
    await Promise.all(Array.from({ length: 20 }, add));
    assert.is((await port.read(['meta'], (tx) => tx.get('meta', 'sum')))?.value, 20);
  });

  test('a guarded write makes all of its changes when the row holds, and none when it does not', async ({ port }) => {
    const told: unknown[] = [];
    port.onWrite((tables) => told.push(tables));
    const add = (expected: number | undefined, value: number) =>
      port.writeIf({ table: 'meta', key: 'sum', holds: (row) => row?.value === expected }, 'strict', [
        { action: 'put', table: 'meta', row: { name: 'sum', value } },
        { action: 'put', table: 'pending', row: pendingRow(value) },
        { action: 'delete', table: 'pending', key: value - 1 },
      ]);
    assert.is(await add(undefined, 1), true);
    assert.is(await add(undefined, 5), false);
    assert.is(await add(1, 2), true);
    await Promise.resolve();
    assert.equal(told, [
      ['meta', 'pending'],
      ['meta', 'pending'],
    ]);
    const rows = await port.read(['pending', 'meta'], (tx) => Promise.all([tx.all('pending'), tx.get('meta', 'sum')]));
    assert.equal([rows[0].map(({ n }) => n), rows[1]?.value], [[2], 2]);
  });

  test('of guarded writes that rest on the same row, one is made', async ({ port }) => {
    const claim = (value: number) =>
      port.writeIf({ table: 'meta', key: 'claim', holds: (row) => row === undefined }, 'strict', [
        { action: 'put', table: 'meta', row: { name: 'claim', value } },
      ]);
    const made = await Promise.all([1, 2, 3, 4].map(claim));
    assert.is(made.filter((done) => done).length, 1);
  });

  test('a guarded write of a row that cannot be cloned saves nothing', async ({ port }) => {
    const rejected = await rejection(
      port.writeIf({ table: 'meta', key: 'x', holds: () => true }, 'strict', [
        { action: 'put', table: 'pending', row: pendingRow(1) },
        { action: 'put', table: 'meta', row: { name: 'x', value: () => 1 } },
      ]),
    );
    assert.is(problemOf(rejected)?.kind, 'storage-failed');
    assert.is(await port.read(['pending'], (tx) => tx.count('pending')), 0);
  });

  test('a read sees all of a write or nothing of it', async ({ port }) => {
    const both = (value: number) => (tx: Parameters<Parameters<Port['write']>[2]>[0]) =>
      tx.putMany('meta', [
        { name: 'a', value },
        { name: 'b', value },
      ]);
    await port.write(['meta'], 'strict', both(0));
    const reads: Promise<void>[] = [];
    const writes: Promise<void>[] = [];
    for (let value = 1; value <= 10; value += 1) {
      writes.push(port.write(['meta'], 'relaxed', both(value)));
      reads.push(
        port.read(['meta'], async (tx) => {
          const a = await tx.get('meta', 'a');
          const b = await tx.get('meta', 'b');
          assert.is(a?.value, b?.value);
        }),
      );
    }
    await Promise.all([...writes, ...reads]);
  });

  test('a read that begins after a write has been asked for sees it', async ({ port }) => {
    const wrote = port.write(['meta'], 'strict', (tx) => tx.put('meta', { name: 'x', value: 1 }));
    const row = await port.read(['meta'], (tx) => tx.get('meta', 'x'));
    await wrote;
    assert.is(row?.value, 1);
  });

  test('listeners are told of the written tables, after the write and only when it happened', async ({ port }) => {
    const told: (readonly TableName[])[] = [];
    const stop = port.onWrite((tables) => told.push([...tables].sort()));
    await port.read(['meta'], (tx) => tx.count('meta'));
    await rejection(
      port.write(['meta'], 'strict', async () => {
        throw new Error('no');
      }),
    );
    await port.write(['meta'], 'strict', async () => undefined);
    await port.write(['meta', 'pending', 'changes'], 'strict', async (tx) => {
      await tx.put('pending', pendingRow(1));
      await tx.put('meta', { name: 'x', value: 1 });
    });
    await Promise.resolve();
    assert.equal(told, [['meta', 'pending']]);
    stop();
    await port.write(['meta'], 'strict', (tx) => tx.put('meta', { name: 'x', value: 2 }));
    await Promise.resolve();
    assert.is(told.length, 1);
  });

  test('what was written is there after closing and opening again', async (context) => {
    await context.port.write(['pending'], 'strict', (tx) => tx.put('pending', pendingRow(7)));
    context = Object.assign(context, { port: await context.reopen() });
    assert.equal(await context.port.read(['pending'], (tx) => tx.get('pending', 7)), pendingRow(7));
  });

  test('a closed port fails as storage-lost', async ({ port }) => {
    await port.close();
    const read = await rejection(port.read(['meta'], (tx) => tx.count('meta')));
    assert.is(problemOf(read)?.kind, 'storage-lost');
    const write = await rejection(port.write(['meta'], 'strict', (tx) => tx.put('meta', { name: 'x', value: 1 })));
    assert.is(problemOf(write)?.kind, 'storage-lost');
  });

  test.run();
}
