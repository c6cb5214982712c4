import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { forceCloseDatabase } from 'fake-indexeddb';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ConnectionOptions } from '../../src/store/connection.ts';
import { openDexiePort } from '../../src/store/dexie-port.ts';
import { memoryPort } from '../../src/store/memory-port.ts';
import type { Port } from '../../src/store/port.ts';
import { problemOf } from '../../src/store/problems.ts';
import { schemaVersion, schemaVersions } from '../../src/store/schema.ts';
import type { StoreProblem } from '../../src/protocol/problem.ts';
import { pendingRow, portConformance } from './port-conformance.ts';

portConformance('memory', async () => {
  const port = memoryPort();
  return { port, reopen: async () => port };
});

let made = 0;
const freshName = () => `conformance-${(made += 1)}`;

async function opened(name: string, options: ConnectionOptions = {}): Promise<Port> {
  const result = await openDexiePort(name, options);
  if (!result.ok) throw new Error(`The port did not open: ${result.problem.kind}`);
  return result.value;
}

portConformance('Dexie', async () => {
  const name = freshName();
  const port = await opened(name);
  return {
    port,
    async reopen() {
      await port.close();
      return opened(name);
    },
  };
});

const memory = suite('the memory port');
const put = (port: Port, durability: 'strict' | 'relaxed', n: number) =>
  port.write(['pending'], durability, (tx) => tx.put('pending', pendingRow(n)));
const numbers = (port: Port) => port.read(['pending'], async (tx) => (await tx.all('pending')).map(({ n }) => n));

memory('a power cut takes back relaxed writes since the last strict one, and no others', async () => {
  const port = memoryPort();
  await put(port, 'relaxed', 1);
  await put(port, 'strict', 2);
  await put(port, 'relaxed', 3);
  assert.equal(await numbers(port), [1, 2, 3]);
  port.crash();
  assert.equal(await numbers(port), [1, 2]);
});

memory('a power cut ends what is running: it has written nothing, and says so', async () => {
  const port = memoryPort();
  const running = port.write(['pending'], 'strict', async (tx) => {
    await tx.count('pending');
    port.crash();
    await tx.put('pending', pendingRow(1));
  });
  assert.is(await running.catch((error: unknown) => problemOf(error)?.kind), 'storage-failed');
  assert.equal(await numbers(port), []);
});

memory('the hook can make any request fail; the write it belongs to has then not happened', async () => {
  for (let failing = 1; failing <= 4; failing += 1) {
    const port = memoryPort({
      onRequest: ({ count }) => {
        if (count === failing) throw new DOMException('full', 'QuotaExceededError');
      },
    });
    const work = port.write(['pending'], 'strict', async (tx) => {
      await tx.count('pending');
      await tx.putMany('pending', [pendingRow(1), pendingRow(2)]);
    });
    assert.is(await work.catch((error: unknown) => problemOf(error)?.kind), 'disk-full');
    assert.equal(port.dump().pending, []);
  }
});

memory.run();

const dexie = suite('the Dexie port');

dexie('a foreign await inside a transaction fails loudly and saves nothing', async () => {
  const port = await opened(freshName());
  const body = port.write(['pending', 'meta'], 'strict', async (tx) => {
    await tx.get('meta', 'x');
    await tx.put('pending', pendingRow(1));
    await crypto.subtle.digest('SHA-256', new Uint8Array(100_000));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await tx.put('pending', pendingRow(2));
  });
  assert.is(
    await body.then(
      () => 'saved',
      () => 'failed',
    ),
    'failed',
  );
  assert.is(await port.read(['pending'], (tx) => tx.count('pending')), 0);
  await port.close();
});

dexie('another tab hears of a write; a message of another shape is ignored', async () => {
  const name = freshName();
  const [here, there] = [await opened(name), await opened(name)];
  const told: unknown[] = [];
  const heard = new Promise<void>((resolve) => {
    there.onWrite((tables) => {
      told.push(tables);
      resolve();
    });
  });
  const stranger = new BroadcastChannel(name);
  for (const message of [null, 'wrote', { wrote: 'meta' }, { wrote: ['passwords'] }, { wrote: [1] }])
    stranger.postMessage(message);
  await here.write(['meta'], 'strict', (tx) => tx.put('meta', { name: 'x', value: 1 }));
  await heard;
  assert.equal(told, [['meta']]);
  stranger.close();
  await Promise.all([here.close(), there.close()]);
});

dexie('an upgrade by a newer build closes the port, says so, and shuts this build out', async () => {
  const name = freshName();
  const problems: StoreProblem[] = [];
  const port = await opened(name);
  port.onClosed((problem) => problems.push(problem));
  const newer = new Dexie(name);
  for (const { version, tables } of schemaVersions) newer.version(version).stores(tables);
  newer.version(schemaVersion + 1).stores({ confirmed: 'id, kind, auditor, version' });
  await newer.open();
  assert.equal(await numbers(port).catch((error: unknown) => problemOf(error)?.kind), 'build-too-old');
  assert.equal(problems, [{ kind: 'build-too-old' }]);
  const failed = await port.read(['meta'], (tx) => tx.count('meta')).catch((error: unknown) => problemOf(error)?.kind);
  assert.is(failed, 'build-too-old');
  newer.close();
  const again = await openDexiePort(name);
  assert.equal(again, { ok: false, problem: { kind: 'build-too-old' } });
});

dexie('a database of the first version gets the new tables and keeps every row', async () => {
  const name = freshName();
  const older = new Dexie(name);
  for (const { version, tables } of schemaVersions.slice(0, 1)) older.version(version).stores(tables);
  await older.open();
  await older.table('meta').put({ name: 'x', value: 1 });
  older.close();
  const port = await opened(name);
  assert.equal(await port.read(['meta', 'retained'], (tx) => tx.get('meta', 'x')), { name: 'x', value: 1 });
  assert.is(await port.read(['retained'], (tx) => tx.count('retained')), 0);
  await port.close();
});

dexie('what is unsaved is saved before the port is closed for a newer build', async () => {
  const name = freshName();
  const port = await opened(name);
  port.onUpgrade(() => put(port, 'strict', 1));
  port.onUpgrade(() => Promise.reject(new Error('not saved')));
  const newer = new Dexie(name);
  for (const { version, tables } of schemaVersions) newer.version(version).stores(tables);
  newer.version(schemaVersion + 1).stores({ confirmed: 'id, kind, auditor, version' });
  await newer.open();
  assert.equal(await newer.table('pending').toCollection().primaryKeys(), [1]);
  newer.close();
});

dexie('deleting the database closes the port as storage-lost', async () => {
  const name = freshName();
  const problems: StoreProblem[] = [];
  const port = await opened(name);
  port.onClosed((problem) => problems.push(problem));
  await Dexie.delete(name);
  assert.equal(problems, [{ kind: 'storage-lost' }]);
  const failed = await port
    .write(['meta'], 'strict', (tx) => tx.put('meta', { name: 'x', value: 1 }))
    .catch((error: unknown) => problemOf(error)?.kind);
  assert.is(failed, 'storage-lost');
});

dexie('closing on purpose is not reported', async () => {
  const problems: StoreProblem[] = [];
  const port = await opened(freshName());
  port.onClosed((problem) => problems.push(problem));
  await port.close();
  assert.equal(problems, []);
});

/** Opens a database without Dexie, as a window does that listens to nothing. */
function openRaw(name: string, version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('not opened'));
  });
}

dexie('an open that another window blocks answers within its deadline', async () => {
  const name = freshName();
  await openRaw(name, 1);
  assert.equal(await openDexiePort(name, { deadlineMs: 50 }), { ok: false, problem: { kind: 'blocked' } });
});

dexie('an open that is blocked says so and goes on by itself when the other window is gone', async () => {
  const name = freshName();
  const other = await openRaw(name, 1);
  const told: boolean[] = [];
  const port = await opened(name, {
    deadlineMs: 50,
    onBlocked(isBlocked) {
      told.push(isBlocked);
      if (isBlocked) other.close();
    },
  });
  assert.equal(told, [true, false]);
  await put(port, 'strict', 1);
  await port.close();
});

dexie('a database that is not there is not made where it must be there', async () => {
  const name = freshName();
  const missing = await openDexiePort(name, { mayCreate: false });
  assert.equal(missing, { ok: false, problem: { kind: 'storage-lost' } });
  assert.not.ok((await indexedDB.databases()).some((one) => one.name === name && (one.version ?? 0) > 1));
  const port = await opened(name);
  await put(port, 'strict', 1);
  await port.close();
  const again = await opened(name, { mayCreate: false });
  assert.equal(await numbers(again), [1]);
  await again.close();
});

interface Opening {
  /** Closes every connection made since, as a browser does. */
  close(how: 'silently' | 'with an event'): void;
  /** What opening does next instead. */
  fails: (() => void)[];
  restore(): void;
}

/** Watches the factory that the port opens with. */
function watchOpening(): Opening {
  const { open } = IDBFactory.prototype;
  const made: IDBDatabase[] = [];
  const opening: Opening = {
    fails: [],
    close(how) {
      for (const db of made.splice(0)) {
        if (how === 'with an event') forceCloseDatabase(db as never);
        else db.close();
      }
    },
    restore: () => void (IDBFactory.prototype.open = open),
  };
  IDBFactory.prototype.open = function (...args) {
    const fail = opening.fails.shift();
    if (fail !== undefined) {
      fail();
      throw new DOMException('Internal error opening backing store', 'DataError');
    }
    const request = open.apply(this, args);
    request.addEventListener('success', () => made.push(request.result));
    return request;
  };
  return opening;
}

const quick = { againMs: [1, 1, 1] };

for (const how of ['silently', 'with an event'] as const) {
  dexie(`a connection that the browser closes ${how} is opened again, and saves land in their order`, async () => {
    const opening = watchOpening();
    try {
      const port = await opened(freshName(), quick);
      const problems: StoreProblem[] = [];
      port.onClosed((problem) => problems.push(problem));
      await put(port, 'strict', 1);
      opening.fails = [() => undefined, () => undefined];
      opening.close(how);
      await Promise.all(
        [2, 3, 4].map((n) => port.write(['pending'], 'strict', (tx) => tx.put('pending', pendingRow(n)))),
      );
      assert.equal(await numbers(port), [1, 2, 3, 4]);
      assert.equal([problems, opening.fails], [[], []]);
      await port.close();
    } finally {
      opening.restore();
    }
  });
}

dexie('a connection that does not open again after three tries asks for the page to be loaded again', async () => {
  const opening = watchOpening();
  try {
    const port = await opened(freshName(), quick);
    const problems: StoreProblem[] = [];
    port.onClosed((problem) => problems.push(problem));
    opening.fails = Array.from({ length: 3 }, () => () => undefined);
    opening.close('silently');
    const kind = (error: unknown) => problemOf(error)?.kind;
    assert.is(await put(port, 'strict', 1).catch(kind), 'storage-closed');
    assert.is(await numbers(port).catch(kind), 'storage-closed');
    assert.equal(problems, [{ kind: 'storage-closed' }]);
  } finally {
    opening.restore();
  }
});

dexie('a database that was cleared is not made anew by opening it again', async () => {
  const opening = watchOpening();
  const name = freshName();
  try {
    const port = await opened(name, quick);
    const problems: StoreProblem[] = [];
    port.onClosed((problem) => problems.push(problem));
    await put(port, 'strict', 1);
    opening.close('silently');
    await new Promise<void>((resolve) => {
      indexedDB.deleteDatabase(name).onsuccess = () => resolve();
    });
    assert.is(await put(port, 'strict', 2).catch((error: unknown) => problemOf(error)?.kind), 'storage-lost');
    assert.equal(problems, [{ kind: 'storage-lost' }]);
    const there = await openRaw(name);
    assert.is(there.objectStoreNames.length, 0, 'nothing was made in its place');
    there.close();
  } finally {
    opening.restore();
  }
});

dexie.run();
