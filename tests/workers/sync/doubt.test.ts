/**
 * A change at which the server fails by its own fault, each time: found, put aside and offered again, and nothing else waits
 * for it; and a server that fails at everything, at which nothing is put aside.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId } from '../../../src/domain/ids.ts';
import type { Op } from '../../../src/domain/record.ts';
import { readQuarantine, readSaveCounts } from '../../../src/store/view.ts';
import { runCycle } from '../../../workers/sync/cycle.ts';
import { newDoubt } from '../../../workers/sync/doubt.ts';
import { laptopStore } from '../../../workers/sync/laptop-store.ts';
import { newLine } from '../../../workers/sync/line.ts';
import { act, edit, hex, laptop, recordId, section, startAudit } from '../../store/laptop.ts';
import { fakeRemote, type FakeRemote } from './fake-remote.ts';
import { fakeTime } from './fake-time.ts';

const test = suite('a change at which the server fails');
const audit = recordId(1);
const hourMs = 3_600_000;
const failed = { kind: 'server-error', reference: 'ab12' } as const;
const isPoison = ({ value }: Op): boolean => String(value['evidence']).includes('poison');

const devicesOf = ({ sent }: FakeRemote): ReadonlySet<DeviceId> => new Set(sent.map(({ device }) => device));

async function start() {
  const remote = fakeRemote();
  const { push } = remote;
  const at = { failing: (ops: readonly Op[]): boolean => ops.some(isPoison) };
  remote.push = async (signal, device, ops, ...rest) =>
    at.failing(ops) ? { ok: false, problem: failed } : push(signal, device, ops, ...rest);
  const { store, port, clock } = await laptop();
  const watch = {
    progress: () => undefined,
    contact: () => undefined,
    received: () => undefined,
    unproved: () => undefined,
  };
  const parts = { store: laptopStore(store), remote, timers: fakeTime().timers, newDevice: () => hex(5) as DeviceId };
  const session = () => ({ ...parts, line: newLine(), doubt: newDoubt() });
  const own = session();
  const cycle = (deps = own) => runCycle(deps, new AbortController().signal, 'full', watch);
  await startAudit(store, audit);
  const grade = (n: number, evidence: string) => act(store, edit(audit, `section:s${n}`, section(evidence)));
  const cycles = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) await cycle();
  };
  const aside = async () =>
    (await readQuarantine(store)).map(({ row, value }) => [row.code, row.why, value['evidence']]);
  const shown = (n: number) => remote.stored.get(audit)?.units[`section:s${n}`]?.value['evidence'];
  return { store, port, clock, remote, at, session, cycle, cycles, grade, aside, shown };
}

test('among a hundred the one is found, put aside with the server’s reference, and the others arrive', async () => {
  const { store, cycle, cycles, grade, aside, remote } = await start();
  for (let n = 1; n <= 100; n += 1) await grade(n, n === 37 ? 'poison' : `evidence ${n}`);
  await cycles(2);
  assert.equal(await aside(), [], 'a failure or two say nothing about a change');
  await cycles(1);
  assert.ok((await cycle()).provedEqualMs);
  assert.equal(await aside(), [['server-failed', 'ab12', 'poison']]);
  assert.is((await readSaveCounts(store)).unsent, 0);
  assert.equal(
    remote.sent.map(({ seq }) => seq),
    remote.sent.map((_, i) => i + 1),
    'each once, without a gap',
  );
});

test('a server that fails at everything puts nothing aside, and all arrives in its order once it is well', async () => {
  const { store, at, cycle, cycles, grade, aside, remote } = await start();
  for (let n = 1; n <= 30; n += 1) await grade(n, `evidence ${n}`);
  at.failing = () => true;
  for (let n = 0; n < 40; n += 1) {
    assert.equal((await cycle()).problem, failed);
    assert.equal(await aside(), []);
    assert.is((await readSaveCounts(store)).unsent, 32);
  }
  at.failing = () => false;
  await cycles(1);
  assert.is((await readSaveCounts(store)).unsent, 0);
  assert.equal(
    remote.sent.filter(({ unit }) => unit.startsWith('section')).map(({ unit }) => unit),
    Array.from({ length: 30 }, (_, n) => `section:s${n + 1}`),
  );
});

test('a server that falls ill in the middle of the search has nothing put aside', async () => {
  const { at, cycles, grade, aside } = await start();
  for (let n = 1; n <= 20; n += 1) await grade(n, n === 12 ? 'poison' : `evidence ${n}`);
  let pushes = 0;
  at.failing = (ops) => ops.some(isPoison) || ++pushes > 3;
  await cycles(10);
  assert.equal(await aside(), []);
});

test('several in a row are put aside together, once something behind them gets through', async () => {
  const { cycle, cycles, grade, aside, shown } = await start();
  for (let n = 1; n <= 10; n += 1) await grade(n, n >= 4 && n <= 7 ? `poison ${n}` : `evidence ${n}`);
  await cycles(3);
  assert.ok((await cycle()).provedEqualMs);
  assert.is((await aside()).length, 4);
  assert.is(shown(10), 'evidence 10');
});

test('the last of the queue keeps nothing from being sent and stays in it; what others did still arrives', async () => {
  const { store, cycle, cycles, grade, aside, remote } = await start();
  await grade(1, 'evidence 1');
  await cycles(1);
  await grade(2, 'poison');
  await cycles(10);
  assert.equal((await cycle()).problem, failed);
  assert.equal(await aside(), []);
  assert.is((await readSaveCounts(store)).unsent, 1);
  const before = remote.calls.filter((call) => call === 'pull').length;
  await cycles(1);
  assert.is(remote.calls.filter((call) => call === 'pull').length, before + 1);
  await grade(3, 'evidence 3');
  assert.ok((await cycle()).provedEqualMs);
  assert.is((await aside()).length, 1);
});

test('it is offered again every hour, and enters where it stood when the server has been mended', async () => {
  const { store, at, clock, cycle, cycles, grade, aside, shown, remote } = await start();
  await grade(1, 'poison');
  await grade(2, 'evidence 2');
  await cycles(4);
  assert.is((await aside()).length, 1);
  clock.ms += hourMs / 2;
  const sent = remote.sent.length;
  await cycles(1);
  assert.is(remote.sent.length, sent);
  clock.ms += hourMs;
  await cycles(1);
  assert.is((await aside()).length, 0, 'nothing else waits: it is in the queue again');
  await grade(3, 'evidence 3');
  assert.ok((await cycle()).provedEqualMs, 'known of old, it keeps the rest no longer');
  assert.is((await aside()).length, 1);
  at.failing = () => false;
  clock.ms += hourMs;
  assert.ok((await cycle()).provedEqualMs);
  assert.equal(await aside(), []);
  assert.is(shown(1), 'poison');
  assert.is((await readSaveCounts(store)).unsent, 0);
});

test('a change that its author has made since, and the server has taken, is not overtaken by it', async () => {
  const { at, clock, cycles, grade, aside, shown } = await start();
  await grade(1, 'poison');
  await grade(1, 'better');
  await cycles(4);
  assert.is(shown(1), 'better');
  at.failing = () => false;
  clock.ms += 2 * hourMs;
  await cycles(2);
  assert.is(shown(1), 'better');
  assert.equal(await aside(), [['server-failed', 'ab12', 'poison']], 'it waits for its author');
});

test('what was sent behind it and not answered may be there: it keeps its number, and nothing is there twice', async () => {
  const { store, clock, remote, at, cycle, cycles, grade, aside, shown } = await start();
  await grade(1, 'evidence 1');
  await cycles(1);
  await grade(2, 'poison');
  await grade(3, 'evidence 3');
  await cycles(2);
  const own = remote.push;
  remote.push = async (...asked) => {
    const reply = await own(...asked);
    return reply.ok ? { ok: false, problem: { kind: 'timed-out' } } : reply;
  };
  await cycles(1);
  assert.is(shown(3), 'evidence 3', 'the server has taken it, and its answer was lost');
  remote.push = own;
  at.failing = () => false;
  assert.ok((await cycle()).provedEqualMs);
  assert.equal(await aside(), [['server-failed', 'ab12', 'poison']]);
  clock.ms += 2 * hourMs;
  await cycles(2);
  assert.is(shown(2), 'poison');
  assert.is(devicesOf(remote).size, 1, 'nothing had to be sent again by another device');
  assert.is((await readSaveCounts(store)).unsent, 0);
});

test('a change that was taken, though its answer was lost, goes not aside when the server fails at everything', async () => {
  const { store, remote, at, cycle, cycles, grade, aside } = await start();
  await grade(1, 'evidence 1');
  await cycles(1);
  await grade(2, 'evidence 2');
  const own = remote.push;
  remote.push = async (...asked) => {
    await own(...asked);
    return { ok: false, problem: { kind: 'timed-out' } };
  };
  await cycles(1);
  remote.push = own;
  await grade(3, 'evidence 3');
  at.failing = () => true;
  await cycles(8);
  assert.equal(await aside(), []);
  at.failing = () => false;
  assert.ok((await cycle()).provedEqualMs);
  assert.is(devicesOf(remote).size, 1);
  assert.is((await readSaveCounts(store)).unsent, 0);
});

test('what was sent and not answered stays as it was sealed when the hour is over', async () => {
  const { at, clock, remote, cycle, cycles, grade, aside } = await start();
  await grade(1, 'poison');
  await grade(2, 'evidence 2');
  await cycles(4);
  assert.is((await aside()).length, 1);
  await grade(3, 'evidence 3');
  const own = remote.push;
  remote.push = async (...asked) => {
    await own(...asked);
    return { ok: false, problem: { kind: 'timed-out' } };
  };
  await cycles(1);
  remote.push = own;
  at.failing = () => false;
  clock.ms += 2 * hourMs;
  await cycle();
  assert.is(devicesOf(remote).size, 1, 'nothing had to be sent again by another device');
});

test('a worker that dies over the search leaves it aside, and the next one offers it again', async () => {
  const { store, at, clock, cycle, grade, aside, session, shown } = await start();
  await grade(1, 'evidence 1');
  await grade(2, 'evidence 2');
  const dies = session();
  const own = dies.store.sealBatch;
  at.failing = () => true;
  let isAside = false;
  Object.assign(dies.store, {
    sealBatch: async (options: Parameters<typeof own>[0]) => {
      isAside ||= (await aside()).length > 0;
      return isAside ? new Promise<never>(() => undefined) : own(options);
    },
  });
  for (let n = 0; n < 3; n += 1) await Promise.race([cycle(dies), new Promise((resolve) => setTimeout(resolve, 200))]);
  assert.is((await aside()).length, 2, 'the first group, whole');
  at.failing = () => false;
  Object.assign(dies.store, { sealBatch: own });
  clock.ms += hourMs;
  assert.ok((await cycle(session())).provedEqualMs);
  assert.equal(await aside(), []);
  assert.equal([shown(1), shown(2)], ['evidence 1', 'evidence 2']);
  assert.is((await readSaveCounts(store)).unsent, 0);
});

test.run();
