import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkStorage, type StorageCheck } from '../../src/bridge/storage-check.ts';
import { beginVisit, type RunMark } from '../../src/bridge/visit.ts';
import type { Laptop } from '../../src/bridge/laptop.ts';
import { memoryPort, type MemoryPort } from '../../src/store/memory-port.ts';
import { StoreFailure } from '../../src/store/problems.ts';
import { countedIds, laptop } from '../store/laptop.ts';
import { fakeLocks } from './fake-holds.ts';

const test = suite('the storage check');

/** A computer with one browser: what it keeps, and what it forgets as it is closed. */
function computer() {
  const newId = countedIds();
  const page = new Map<string, string>();
  const locks = fakeLocks();
  let port: MemoryPort = memoryPort();
  let run: string | null = null;
  let open: { close(): void }[] = [];
  const mark: RunMark = { read: () => run, write: (text) => (run = text) };
  return {
    page,
    run: () => run,
    forgetRun: () => (run = null),
    forgetWork: () => (port = memoryPort()),
    /** A page in a tab, and how it opens the laptop. */
    async tab() {
      const tab = locks.tab();
      open.push(tab);
      const visit = beginVisit({ holds: tab.holds, mark, newId });
      return {
        visit: await visit,
        close: tab.close,
        unlock: async (home: Partial<Laptop['home']> = {}, fails?: Error): Promise<StorageCheck> => {
          const { store } = await laptop({ port });
          const broken = { ...store.port, write: () => Promise.reject(fails) };
          return checkStorage(
            {
              store: fails === undefined ? store : { ...store, port: broken },
              entry: { keyring: 'k' } as Laptop['entry'],
              home: { isKept: true, ...home } as Laptop['home'],
            },
            { visit, marks: { read: (key) => page.get(key) ?? null, write: (key, text) => void page.set(key, text) } },
          );
        },
      };
    },
    /** Every window is closed. `bringsBack`: it opens with its pages and session as they were. */
    closeBrowser({ bringsBack = false } = {}) {
      for (const tab of open) tab.close();
      open = [];
      if (!bringsBack) run = null;
    },
  };
}

const toDo = (returned = false): StorageCheck => ({ kind: 'to-do', returned });

test('passes when the browser was closed and everything is still there, and says so once', async () => {
  const mine = computer();
  const first = await mine.tab();
  assert.equal(await first.unlock(), toDo());
  assert.equal(await first.unlock(), toDo(), 'locking and unlocking is no restart');
  mine.closeBrowser();
  const second = await mine.tab();
  assert.equal(await second.unlock(), { kind: 'kept', atMs: 1_750_000_000_000, justNow: true });
  assert.equal(await second.unlock(), { kind: 'kept', atMs: 1_750_000_000_000, justNow: false });
});

test('a second tab, and a tab closed and opened again, are no restart; of the latter it is told', async () => {
  const mine = computer();
  const first = await mine.tab();
  await first.unlock();
  const second = await mine.tab();
  assert.equal(await second.unlock(), toDo());
  first.close();
  second.close();
  assert.equal(await (await mine.tab()).unlock(), toDo(true));
});

test('a browser that brings its pages and session back is not taken for one that was closed', async () => {
  const mine = computer();
  await (await mine.tab()).unlock();
  mine.closeBrowser({ bringsBack: true });
  assert.equal(await (await mine.tab()).unlock(), toDo(true));
});

test('whoever deletes the mark of the run while a tab is open has not closed the browser', async () => {
  const mine = computer();
  await (await mine.tab()).unlock();
  mine.forgetRun();
  const other = await mine.tab();
  assert.is(other.visit.run, null);
  assert.equal(await other.unlock(), toDo());
});

test('a computer that deletes the work, or half of it, does not pass: it begins again', async () => {
  for (const forget of ['work', 'page'] as const) {
    const mine = computer();
    await (await mine.tab()).unlock();
    mine.closeBrowser();
    if (forget === 'work') mine.forgetWork();
    else mine.page.clear();
    assert.equal(await (await mine.tab()).unlock(), toDo(), forget);
    mine.closeBrowser();
    assert.is((await (await mine.tab()).unlock()).kind, 'kept', `${forget}, kept the second time`);
  }
});

test('where nothing is to be kept nothing is asked, and nothing is written', async () => {
  const mine = computer();
  assert.equal(await (await mine.tab()).unlock({ isKept: false }), { kind: 'not-needed' });
  assert.is(mine.page.size, 0);
  assert.is(mine.run(), null);
});

test('a disk that takes nothing leaves it to be done', async () => {
  const mine = computer();
  const full = new StoreFailure({ kind: 'disk-full' });
  assert.equal(await (await mine.tab()).unlock({}, full), toDo());
});

test.run();
