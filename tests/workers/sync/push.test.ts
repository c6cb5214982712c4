/** A change the server cannot read: found, put aside with the server's word, and nothing else waits or goes with it. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId } from '../../../src/domain/ids.ts';
import type { Op } from '../../../src/domain/record.ts';
import type { SyncProblem } from '../../../src/protocol/problem.ts';
import { readQuarantine, readSaveCounts } from '../../../src/store/view.ts';
import { runCycle } from '../../../workers/sync/cycle.ts';
import { laptopStore } from '../../../workers/sync/laptop-store.ts';
import { newLine } from '../../../workers/sync/line.ts';
import { newDoubt } from '../../../workers/sync/doubt.ts';
import { act, edit, hex, laptop, recordId, section, startAudit } from '../../store/laptop.ts';
import { fakeRemote } from './fake-remote.ts';
import { fakeTime } from './fake-time.ts';

const test = suite('pushing what the server cannot read');
const audit = recordId(1);
const isPoison = ({ value }: Op): boolean => value['evidence'] === 'poison';

async function start(unread: (ops: readonly Op[]) => SyncProblem | null) {
  const remote = fakeRemote();
  const { push } = remote;
  let pushes = 0;
  remote.push = async (signal, device, ops, cursor, unsent) => {
    pushes += 1;
    const problem = unread(ops);
    return problem === null ? push(signal, device, ops, cursor, unsent) : { ok: false, problem };
  };
  const { store, port } = await laptop();
  const overlapping = { ...laptopStore(store) };
  const deps = { store: overlapping, remote, timers: fakeTime().timers, newDevice: () => hex(5) as DeviceId };
  const watch = {
    progress: () => undefined,
    contact: () => undefined,
    received: () => undefined,
    unproved: () => undefined,
  };
  const line = newLine();
  const doubt = newDoubt();
  const cycle = () => runCycle({ ...deps, line, doubt }, new AbortController().signal, 'full', watch);
  await startAudit(store, audit);
  const grade = (n: number, evidence: string) => act(store, edit(audit, `section:s${n}`, section(evidence)));
  return { store, port, remote, cycle, grade, overlapping, pushes: () => pushes };
}

const unreadable = { kind: 'bad-request', why: 'ops.7.value: not understood' } as const;

test('one poison among 500: the others are all handed in within one cycle, and it is put aside with the reason', async () => {
  const { store, cycle, grade, remote, pushes } = await start((ops) => (ops.some(isPoison) ? unreadable : null));
  for (let n = 1; n <= 500; n++) await grade(n, n === 237 ? 'poison' : `evidence ${n}`);
  assert.ok((await cycle()).provedEqualMs);
  assert.equal(
    (await readQuarantine(store)).map(({ row, value }) => [row.code, row.why, row.link, value['evidence']]),
    [['invalid', unreadable.why, null, 'poison']],
  );
  assert.is((await readSaveCounts(store)).unsent, 0);
  const evidence = new Set(remote.sent.map(({ value }) => value['evidence']));
  for (let n = 1; n <= 500; n++) assert.is(evidence.has(`evidence ${n}`), n !== 237, `evidence ${n}`);
  assert.equal(
    remote.sent.map(({ seq }) => seq),
    remote.sent.map((_, i) => i + 1),
    'each once, without a gap',
  );
  assert.ok(pushes() < 30, `${pushes()} pushes`);
});

test('several poisons are each found, and what the person did after them keeps its order', async () => {
  const { store, cycle, grade, remote } = await start((ops) => (ops.some(isPoison) ? unreadable : null));
  for (let n = 1; n <= 40; n++) await grade(n, n % 10 === 3 ? 'poison' : `evidence ${n}`);
  assert.ok((await cycle()).provedEqualMs);
  assert.is((await readQuarantine(store)).length, 4);
  const sent = remote.sent.map(({ unit }) => unit).filter((unit) => unit.startsWith('section:'));
  assert.equal(
    sent,
    [...sent].sort((a, b) => Number(a.slice(9)) - Number(b.slice(9))),
  );
});

test('a group of several units goes aside whole', async () => {
  const { store, cycle } = await start((ops) => (ops.some(isPoison) ? unreadable : null));
  const [good, bad] = [edit(audit, 'section:one', section('beside it')), edit(audit, 'section:two', section('poison'))];
  await act(store, good, bad);
  assert.ok((await cycle()).provedEqualMs);
  assert.is((await readQuarantine(store)).length, 2);
});

test('a 400 that our server did not mark puts nothing aside', async () => {
  const { store, port, cycle, grade } = await start(() => ({ kind: 'not-our-server' }));
  for (let n = 1; n <= 5; n++) await grade(n, 'poison');
  assert.equal((await cycle()).problem, { kind: 'not-our-server' });
  assert.is(port.dump().quarantine.length, 0);
  assert.is((await readSaveCounts(store)).unsent, 7);
});

test('a server that reads nothing of what this laptop says puts nothing aside', async () => {
  const { store, port, cycle, remote, grade } = await start(() => unreadable);
  remote.pull = async () => ({ ok: false, problem: unreadable });
  for (let n = 1; n <= 5; n++) await grade(n, 'fine');
  assert.equal((await cycle()).problem, unreadable);
  assert.is(port.dump().quarantine.length, 0);
  assert.is((await readSaveCounts(store)).unsent, 7);
});

test('a server that reads no change at all is a problem that is shown, before many are put aside', async () => {
  const { port, cycle, grade } = await start(() => unreadable);
  for (let n = 1; n <= 30; n++) await grade(n, 'fine');
  assert.equal((await cycle()).problem, unreadable);
  assert.ok(port.dump().quarantine.length <= 6);
  assert.ok(port.dump().pending.length >= 26);
});

test('what was accepted is settled, whatever fails to be sealed behind it', async () => {
  const { store, cycle, grade, overlapping } = await start(() => null);
  for (let n = 1; n <= 300; n++) await grade(n, `evidence ${n} ${'word '.repeat(200)}`);
  const { unsent } = await readSaveCounts(store);
  let sealed = 0;
  const { sealBatch } = overlapping;
  overlapping.sealBatch = (ask) => {
    sealed += 1;
    return sealed === 2 ? Promise.reject(new Error('a box that does not open')) : sealBatch(ask);
  };
  await cycle().then(
    () => assert.unreachable('the cycle went on'),
    (error: unknown) => assert.match(String(error), 'a box that does not open'),
  );
  const left = (await readSaveCounts(store)).unsent;
  assert.ok(left < unsent, `${left} of ${unsent}`);
});

test.run();
