/**
 * A change at which the server fails by its own fault, each time: found, and sent after all else, so that nothing waits for it
 * but what was done to its own audit; and a server that fails at everything, at which nothing changes. Nothing ever leaves the
 * queue or the screen.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId } from '../../../src/domain/ids.ts';
import type { Op } from '../../../src/domain/record.ts';
import { readQuarantine, readRecord, readSaveCounts } from '../../../src/store/view.ts';
import { runCycle } from '../../../workers/sync/cycle.ts';
import { newDoubt } from '../../../workers/sync/doubt.ts';
import { laptopStore } from '../../../workers/sync/laptop-store.ts';
import { newLine } from '../../../workers/sync/line.ts';
import { act, edit, hex, laptop, recordId, section, startAudit } from '../../store/laptop.ts';
import { fakeRemote, type FakeRemote } from './fake-remote.ts';
import { fakeTime } from './fake-time.ts';

const test = suite('a change at which the server fails');
const failed = { kind: 'server-error', reference: 'ab12' } as const;
const lost = { kind: 'timed-out' } as const;
const isPoison = ({ value }: Op): boolean => String(value['evidence']).includes('poison');

const devicesOf = ({ sent }: FakeRemote): ReadonlySet<DeviceId> => new Set(sent.map(({ device }) => device));

async function start(audits: number) {
  const remote = fakeRemote();
  const { push } = remote;
  const at = { failing: (ops: readonly Op[]): boolean => ops.some(isPoison), losing: false, pushes: 0 };
  remote.push = async (signal, device, ops, ...rest) => {
    at.pushes += 1;
    if (at.failing(ops)) return { ok: false, problem: failed };
    const reply = await push(signal, device, ops, ...rest);
    return at.losing ? { ok: false, problem: lost } : reply;
  };
  const { store } = await laptop();
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
  const audit = (n: number) => recordId(n);
  for (let n = 1; n <= audits; n += 1) await startAudit(store, audit(n));
  assert.ok((await cycle()).provedEqualMs);
  const grade = (n: number, evidence: string, id = 's1') =>
    act(store, edit(audit(n), `section:${id}`, section(evidence)));
  const cycles = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) await cycle();
  };
  const arrived = (n: number, id = 's1') => remote.stored.get(audit(n))?.units[`section:${id}`]?.value['evidence'];
  const onScreen = async (n: number, id = 's1') =>
    (await readRecord(store, audit(n)))?.units[`section:${id}`]?.value['evidence'];
  const unsent = async () => {
    assert.equal(await readQuarantine(store), [], 'nothing leaves the queue');
    return (await readSaveCounts(store)).unsent;
  };
  return { store, remote, at, session, cycle, cycles, grade, arrived, onScreen, unsent };
}

/** One op after the other, each number once, whatever was sent twice. */
function assertOneChain({ sent }: FakeRemote): void {
  const bySeq = new Map(sent.map((op) => [op.seq, op.leaf]));
  assert.equal(
    [...bySeq.keys()].sort((a, b) => a - b),
    Array.from(bySeq, (_, i) => i + 1),
  );
  assert.ok(
    sent.every(({ seq, leaf }) => bySeq.get(seq) === leaf),
    'no number stands for two changes',
  );
}

test('among a hundred the one is found, the others arrive, and it stays in the queue and on the screen', async () => {
  const { remote, cycle, cycles, grade, arrived, onScreen, unsent } = await start(100);
  for (let n = 1; n <= 100; n += 1) await grade(n, n === 37 ? 'poison' : `evidence ${n}`);
  await cycles(2);
  assert.is(arrived(38), undefined, 'a failure or two say nothing about a change');
  assert.equal((await cycle()).problem, failed);
  assert.is(arrived(37), undefined);
  assert.is(arrived(38), 'evidence 38');
  assert.is(arrived(100), 'evidence 100');
  assert.is(await unsent(), 1);
  assert.is(await onScreen(37), 'poison');
  assertOneChain(remote);
});

test('once it is known nothing waits for it, and a server that has been mended takes it with the next contact', async () => {
  const { remote, at, cycle, cycles, grade, arrived, unsent } = await start(4);
  await grade(1, 'poison');
  await grade(2, 'evidence 2');
  await cycles(3);
  await grade(3, 'evidence 3');
  await cycles(1);
  assert.is(arrived(3), 'evidence 3');
  assert.is(await unsent(), 1);
  at.failing = () => false;
  assert.ok((await cycle()).provedEqualMs);
  assert.is(arrived(1), 'poison');
  assertOneChain(remote);
});

test('what was done to the same audit after it waits with it, in its order; other audits do not', async () => {
  const { at, cycle, cycles, grade, arrived, onScreen, unsent, remote } = await start(2);
  await grade(1, 'before');
  await grade(1, 'poison', 's2');
  await grade(1, 'after', 's3');
  await grade(1, 'after', 's1');
  await grade(2, 'of another audit');
  await cycles(4);
  assert.equal([arrived(1), arrived(1, 's2'), arrived(1, 's3')], ['before', undefined, undefined]);
  assert.is(arrived(2), 'of another audit');
  assert.is(await unsent(), 3);
  assert.equal([await onScreen(1), await onScreen(1, 's2'), await onScreen(1, 's3')], ['after', 'poison', 'after']);
  at.failing = () => false;
  assert.ok((await cycle()).provedEqualMs);
  const own = remote.sent.filter(({ record, unit }) => record === recordId(1) && unit.startsWith('section'));
  assert.equal(
    [...new Map(own.map((op) => [op.seq, op.value['evidence']])).values()],
    ['before', 'poison', 'after', 'after'],
  );
  assertOneChain(remote);
});

test('an audit whose beginning the server fails at arrives whole when it does not any more', async () => {
  const { store, at, cycle, cycles, grade, arrived, unsent, remote } = await start(1);
  at.failing = (ops) => ops.some(({ record }) => record === recordId(7));
  await startAudit(store, recordId(7));
  await grade(7, 'evidence 7');
  await grade(1, 'evidence 1');
  await cycles(6);
  assert.equal([arrived(1), arrived(7)], ['evidence 1', undefined]);
  assert.ok((await unsent()) >= 2);
  at.failing = () => false;
  assert.ok((await cycle()).provedEqualMs);
  assert.is(arrived(7), 'evidence 7');
  assertOneChain(remote);
});

test('several in a row go last together, and each is taken when the server has been mended', async () => {
  const { at, cycles, cycle, grade, arrived, unsent } = await start(10);
  for (let n = 1; n <= 10; n += 1) await grade(n, n >= 4 && n <= 7 ? `poison ${n}` : `evidence ${n}`);
  await cycles(3);
  assert.is(arrived(10), 'evidence 10');
  assert.is(await unsent(), 4);
  at.failing = (ops) => ops.some(({ value }) => value['evidence'] === 'poison 4');
  await cycles(5);
  assert.equal([arrived(4), arrived(5), arrived(6), arrived(7)], [undefined, 'poison 5', 'poison 6', 'poison 7']);
  at.failing = () => false;
  assert.ok((await cycle()).provedEqualMs);
});

test('a server that fails at everything is asked ever less, changes nothing, and gets everything once it is well', async () => {
  const { remote, at, cycle, cycles, grade, arrived, onScreen, unsent } = await start(30);
  for (let n = 1; n <= 30; n += 1) await grade(n, `evidence ${n}`);
  at.failing = () => true;
  for (let n = 0; n < 100; n += 1) {
    assert.equal((await cycle()).problem, failed);
    assert.is(await unsent(), 30);
    assert.is(await onScreen(1), 'evidence 1');
  }
  const before = at.pushes;
  await cycles(100);
  assert.ok(at.pushes - before < 100 * 2, `${at.pushes - before} pushes in 100 cycles`);
  at.failing = () => false;
  await cycles(1);
  assert.is(await unsent(), 0);
  for (let n = 1; n <= 30; n += 1) assert.is(arrived(n), `evidence ${n}`);
  assertOneChain(remote);
});

test('with a queue of few groups, too, a server that fails at everything is asked ever less', async () => {
  const { at, cycles, grade, unsent } = await start(3);
  for (let n = 1; n <= 3; n += 1) await grade(n, `evidence ${n}`);
  at.failing = () => true;
  await cycles(100);
  const before = at.pushes;
  await cycles(100);
  assert.ok(at.pushes - before < 100 * 2, `${at.pushes - before} pushes in 100 cycles`);
  assert.is(await unsent(), 3);
});

test('what others did still arrives while the server fails at the only change that waits', async () => {
  const { remote, cycle, cycles, grade, unsent } = await start(1);
  await grade(1, 'poison');
  await cycles(10);
  const pulls = () => remote.calls.filter((call) => call === 'pull').length;
  const before = pulls();
  assert.equal((await cycle()).problem, failed);
  assert.is(pulls(), before + 1);
  assert.is(await unsent(), 1);
});

test('what was sent behind it and not answered may be there: it keeps its number, and nothing is there twice', async () => {
  const { remote, at, cycle, cycles, grade, arrived, unsent } = await start(3);
  await grade(2, 'poison');
  await grade(3, 'evidence 3');
  await cycles(2);
  at.losing = true;
  await cycles(1);
  assert.is(arrived(3), 'evidence 3', 'the server has taken it, and its answer was lost');
  at.losing = false;
  await cycles(3);
  at.failing = () => false;
  assert.ok((await cycle()).provedEqualMs);
  assert.is(arrived(2), 'poison');
  assert.is(devicesOf(remote).size, 1, 'nothing had to be sent again by another device');
  assert.is(await unsent(), 0);
  assertOneChain(remote);
});

test('a change that was taken, though its answer was lost, keeps its number when the server fails at everything', async () => {
  const { remote, at, cycle, cycles, grade, unsent } = await start(3);
  await grade(2, 'evidence 2');
  at.losing = true;
  await cycles(1);
  at.losing = false;
  await grade(3, 'evidence 3');
  at.failing = () => true;
  await cycles(20);
  at.failing = () => false;
  assert.ok((await cycle()).provedEqualMs);
  assert.is(devicesOf(remote).size, 1);
  assert.is(await unsent(), 0);
  assertOneChain(remote);
});

test('a worker that dies over the search leaves all of it in the queue', async () => {
  const { remote, at, cycle, grade, arrived, onScreen, session, unsent } = await start(2);
  await grade(1, 'evidence 1');
  await grade(2, 'evidence 2');
  const dies = session();
  const own = dies.store.unseal;
  at.failing = () => true;
  Object.assign(dies.store, {
    unseal: async (group: readonly Op[]) => {
      await own(group);
      return new Promise<never>(() => undefined);
    },
  });
  for (let n = 0; n < 3; n += 1) await Promise.race([cycle(dies), new Promise((resolve) => setTimeout(resolve, 200))]);
  assert.equal([await unsent(), await onScreen(1), await onScreen(2)], [2, 'evidence 1', 'evidence 2']);
  at.failing = () => false;
  Object.assign(dies.store, { unseal: own });
  assert.ok((await cycle(session())).provedEqualMs);
  assert.equal([arrived(1), arrived(2)], ['evidence 1', 'evidence 2']);
  assertOneChain(remote);
});

test.run();
