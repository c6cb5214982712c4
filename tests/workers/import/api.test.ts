import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ImportPlan } from '../../../src/protocol/import-job.ts';
import { importApi } from '../../../workers/import/api.ts';
import { laptop, type Laptop } from '../../store/laptop.ts';
import { access, anyRows, checked, depsFor, planFor, quiet, reading, trackerOf } from './an-import.ts';

const test = suite<Laptop>('what the page may ask of the import worker');

test.before.each(async (context) => {
  Object.assign(context, await laptop());
});

test('a file is looked at, checked and written, and the store is closed after each', async ({ store }) => {
  let open = 0;
  const api = importApi(
    depsFor(store, {
      openLaptop: async () => {
        open += 1;
        return { ok: true, value: { ...store, port: { ...store.port, close: async () => void (open -= 1) } } };
      },
    }),
  );
  const file = trackerOf(anyRows(4));
  const inspected = await api.inspect(file, {}, quiet);
  assert.ok(inspected.ok && inspected.value.rowCount === 4);
  const check = await api.check(access(), file, reading, quiet);
  assert.ok(check.ok && check.value.fresh.audits === 4);
  if (check.ok) assert.ok((await api.write(access(), file, planFor(check.value), quiet)).ok);
  assert.is(open, 0);
});

test('stop answers when the job has ended, between two audits', async ({ store }) => {
  const api = importApi(depsFor(store));
  const file = trackerOf(anyRows(1_000));
  const plan: ImportPlan = planFor(await checked(store, file));
  let begun = (): void => undefined;
  const begins = new Promise<void>((resolve) => (begun = resolve));
  const writing = api.write(access(), file, plan, () => begun());
  await begins;
  await api.stop();
  const ended = await Promise.race([writing, Promise.resolve('still running')]);
  assert.not.equal(ended, 'still running');
  const answer = await writing;
  assert.ok(answer.ok && answer.value.outcome === 'stopped');
});

test('a new job ends the one before', async ({ store }) => {
  const api = importApi(depsFor(store));
  const file = trackerOf(anyRows(2_000));
  const first = api.check(access(), file, reading, quiet);
  const second = await api.inspect(trackerOf(anyRows(1)), {}, quiet);
  assert.equal(await first, { ok: false, problem: { kind: 'cancelled' } });
  assert.ok(second.ok);
});

test('two of them never write at once', async ({ store }) => {
  const api = importApi(depsFor(store, { alone: async () => null }));
  const file = trackerOf(anyRows(2));
  const plan = planFor(await checked(store, file));
  const answer = await api.write(access(), file, plan, quiet);
  assert.equal(answer, { ok: false, problem: { kind: 'one-at-a-time' } });
});

test('a store that does not open is said, and so is a file that is none', async ({ store }) => {
  const locked = { ok: false, problem: { kind: 'build-too-old' } } as const;
  const api = importApi(depsFor(store, { openLaptop: async () => locked }));
  assert.equal(await api.check(access(), trackerOf(anyRows(1)), reading, quiet), locked);
  const zip = new File([new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])], 'tracker.csv');
  assert.equal(await api.inspect(zip, {}, quiet), { ok: false, problem: { kind: 'not-text', found: 'zip' } });
});

test.run();
