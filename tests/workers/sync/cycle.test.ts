/** A cycle over a real store and a server in memory: what is sent, what is kept when it fails, what proves equal. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId, RecordId } from '../../../src/domain/ids.ts';
import { settingsId } from '../../../src/domain/unit-names.ts';
import type { RoleName } from '../../../src/domain/values.ts';
import type { SyncProblem } from '../../../src/protocol/problem.ts';
import { heldAskLimit } from '../../../src/protocol/held.ts';
import { batchLimitBytes } from '../../../src/protocol/op.ts';
import { cubeKey, readCube } from '../../../src/store/board.ts';
import { discard } from '../../../src/store/held.ts';
import { dropConfirmed, repair } from '../../../src/store/inbox.ts';
import { localTotal } from '../../../src/store/totals.ts';
import { memoryPort, type MemoryPort } from '../../../src/store/memory-port.ts';
import type { Store } from '../../../src/store/open.ts';
import { readCompared, readProvedEqual, writeClockOffset } from '../../../src/store/sync-meta.ts';
import { readQuarantine, readSaveCounts } from '../../../src/store/view.ts';
import { runCycle } from '../../../workers/sync/cycle.ts';
import { newLine } from '../../../workers/sync/line.ts';
import { newDoubt } from '../../../workers/sync/doubt.ts';
import { laptopStore } from '../../../workers/sync/laptop-store.ts';
import { act, device, edit, hex, laptop, me, recordId, section, startAudit, type } from '../../store/laptop.ts';
import { fakeRemote, type Call, type FakeRemote } from './fake-remote.ts';
import { fakeTime, type FakeTime } from './fake-time.ts';

const test = suite('a cycle');

async function start(port: MemoryPort = memoryPort(), remote: FakeRemote = fakeRemote()) {
  const time: FakeTime = fakeTime();
  const { store, clock } = await laptop({ port });
  let devices = 0x500;
  const received: (number | null)[] = [];
  let unproved = 0;
  const line = newLine();
  const doubt = newDoubt();
  const cycle = (mode: 'full' | 'drain' = 'full', signal = new AbortController().signal) =>
    runCycle(
      {
        store: laptopStore(store),
        remote,
        timers: time.timers,
        newDevice: () => hex(devices++) as DeviceId,
        line,
        doubt,
      },
      signal,
      mode,
      {
        progress: () => undefined,
        contact: () => undefined,
        received: (count) => received.push(count),
        unproved: () => (unproved += 1),
      },
    );
  const seqs = () => remote.sent.map((op) => op.seq);
  return { store, clock, port, remote, cycle, time, received, seqs, unproved: () => unproved };
}

const audit = recordId(1);
const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

test('pushes, then pulls, and proves equal by the time of the server', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  assert.equal(await cycle(), { problem: null, provedEqualMs: remote.nowMs });
  assert.equal(await readSaveCounts(store), { unsent: 0, sent: 0, quarantined: 0, keptOut: 0, oldestUnsentMs: null });
  assert.equal(remote.calls, ['push', 'pull']);
  assert.is((await localTotal(store)).count, 1);
});

test('a board viewer is told the cube, which is kept sealed until they are none, or sign out', async () => {
  const { store, port, remote, cycle } = await start();
  const cube = { grades: ['inadequate'], years: [] };
  const told = { madeMs: 5, cube, unheard: { laptops: 2, sinceMs: 3, atMs: 5 } };
  remote.toldCube = { role: 'board-viewer', ...told, laptopDays: 30 };
  assert.is((await cycle()).problem, null);
  assert.equal(await readCube(store), told);
  const row = await port.read(['meta'], (tx) => tx.get('meta', cubeKey));
  assert.not.match(JSON.stringify(row), 'inadequate');
  remote.toldCube = { ...remote.toldCube, madeMs: 6 };
  await cycle();
  assert.is((await readCube(store))?.madeMs, 6);
  await dropConfirmed(store);
  assert.is(await readCube(store), null);
  await cycle();
  remote.toldCube = null;
  await cycle();
  assert.is(await readCube(store), null);
});

test('whoever has a record that does not say board viewer does not ask, and keeps no cube', async () => {
  const { store, remote, cycle } = await start();
  const grant = { services: [], teams: [], from: '2020-01-01', to: null };
  const give = (role: RoleName): Promise<number> =>
    act(store, edit(me as string as RecordId, 'roles', { grants: [{ ...grant, role }] }, { kind: 'person' }));
  remote.toldCube = { role: 'board-viewer', madeMs: 5, cube: { grades: [], years: [] } };
  await give('board-viewer');
  await cycle();
  assert.is((await readCube(store))?.madeMs, 5);
  await give('auditor');
  await cycle();
  assert.is(await readCube(store), null);
});

for (const cubeFails of [{ kind: 'server-error', reference: 'r' }, { kind: 'timed-out' }] satisfies SyncProblem[])
  test(`a cube that is not answered (${cubeFails.kind}) is no problem of the rest, and the older one stays`, async () => {
    const { store, remote, cycle } = await start();
    remote.toldCube = { role: 'board-viewer', madeMs: 5, cube: { grades: [], years: [] } };
    await cycle();
    remote.cubeFails = cubeFails;
    remote.nowMs += 1_000;
    assert.equal(await cycle(), { problem: null, provedEqualMs: remote.nowMs });
    assert.is(await readProvedEqual(store), remote.nowMs);
    assert.is((await readCube(store))?.madeMs, 5);
  });

test('a cube that is not answered hides no other problem', async () => {
  const { store, remote, cycle } = await start();
  const problem: SyncProblem = { kind: 'server-error', reference: 'push' };
  remote.cubeFails = { kind: 'timed-out' };
  await startAudit(store, audit);
  remote.faults = (call) => (call === 'push' ? { fail: problem } : undefined);
  assert.equal((await cycle()).problem, problem);
});

async function keepFor30Days(store: Store): Promise<void> {
  const rule = { months: null, cycles: [], laptopDays: 30 };
  await act(store, edit(settingsId as RecordId, 'retention', rule, { kind: 'settings' }));
}

test('what was not compared for as long as the council allows goes, also with nothing to send', async () => {
  const { store, clock, remote, cycle, unproved } = await start();
  await keepFor30Days(store);
  await startAudit(store, audit);
  await cycle();
  remote.faults = () => ({ fail: { kind: 'unreachable' } });
  clock.ms += 29 * dayMs;
  await cycle();
  assert.is((await localTotal(store)).count, 2);
  const before = unproved();
  clock.ms += 2 * dayMs;
  assert.equal((await cycle()).problem, { kind: 'unreachable' });
  assert.is((await localTotal(store)).count, 0);
  assert.ok(unproved() > before);
});

const notComparing: readonly SyncProblem[] = [
  { kind: 'signed-out' },
  { kind: 'wrong-person' },
  { kind: 'protocol', serverVersion: 2 },
  { kind: 'server-error', reference: 'r' },
];

for (const problem of notComparing)
  test(`where the server is there and answers ${problem.kind}, it goes a day later: whoever signs in at once downloads nothing again`, async () => {
    const { store, clock, remote, cycle } = await start();
    await keepFor30Days(store);
    await startAudit(store, audit);
    await cycle();
    remote.faults = () => ({ fail: problem });
    clock.ms += 30 * dayMs + 23 * hourMs;
    await cycle();
    assert.is((await localTotal(store)).count, 2);
    clock.ms += 2 * hourMs;
    assert.equal((await cycle()).problem, problem);
    assert.is((await localTotal(store)).count, 0);
  });

test('a copy is as old as its last comparison, also when a change was taken after it and the line broke before the next', async () => {
  const { store, clock, remote, cycle } = await start();
  await keepFor30Days(store);
  await startAudit(store, audit);
  await cycle();
  const compared = remote.nowMs;
  await act(store, edit(audit, 'section:risk', section('the last thing before the lid was closed')));
  remote.faults = (call) => (call === 'pull' ? { fail: { kind: 'unreachable' } } : undefined);
  await cycle();
  assert.is((await readSaveCounts(store)).sent, 1);
  assert.is(await readProvedEqual(store), null);
  assert.is(await readCompared(store), compared);
  remote.faults = () => ({ fail: { kind: 'unreachable' } });
  clock.ms += 31 * dayMs;
  await cycle();
  assert.is((await localTotal(store)).count, 0);
  assert.is(await readCompared(store), null);
  assert.is((await readSaveCounts(store)).sent, 1, 'what no pull has brought stays');
});

test('a copy that was compared yesterday stays, though something has waited since before and nothing could be proved', async () => {
  const { store, clock, remote, cycle } = await start();
  await keepFor30Days(store);
  await startAudit(store, audit);
  await cycle();
  await act(store, edit(audit, 'section:risk', section('at which the server fails')));
  remote.faults = (call) => (call === 'push' ? { fail: { kind: 'server-error', reference: 'r' } } : undefined);
  for (const days of [20, 20]) {
    clock.ms += days * dayMs;
    remote.nowMs += days * dayMs;
    assert.is((await cycle()).provedEqualMs, null);
  }
  assert.is(await readCompared(store), remote.nowMs);
  remote.faults = () => ({ fail: { kind: 'unreachable' } });
  clock.ms += dayMs;
  await cycle();
  assert.is((await localTotal(store)).count, 2);
});

test('a clock that was far behind and is put right without a server makes no copy old', async () => {
  const { store, clock, remote, cycle } = await start();
  await keepFor30Days(store);
  await startAudit(store, audit);
  remote.nowMs = clock.ms + 60 * dayMs;
  await writeClockOffset(store, 60 * dayMs);
  await cycle();
  remote.faults = () => ({ fail: { kind: 'unreachable' } });
  clock.ms += 61 * dayMs;
  await cycle();
  assert.is((await localTotal(store)).count, 2);
});

for (const [laptopDays, isHere] of [
  [30, false],
  [null, true],
  [undefined, true],
] as const)
  test(`a cube, told with ${laptopDays} days: likewise, though its laptop has no settings`, async () => {
    const { store, clock, remote, cycle } = await start();
    const days = laptopDays === undefined ? {} : { laptopDays };
    remote.toldCube = { role: 'board-viewer', madeMs: 5, cube: { grades: [], years: [] }, ...days };
    await cycle();
    remote.faults = () => ({ fail: { kind: 'unreachable' } });
    clock.ms += 29 * dayMs;
    await cycle();
    assert.is((await readCube(store))?.madeMs, 5);
    clock.ms += 2 * dayMs;
    await cycle();
    assert.is((await readCube(store)) !== null, isHere);
    remote.faults = () => undefined;
    await cycle();
    assert.is((await readCube(store))?.madeMs, 5);
  });

test('an earlier proof does not speak for a change that was accepted after it', async () => {
  const { store, remote, cycle, unproved } = await start();
  await startAudit(store, audit);
  await startAudit(store, recordId(2));
  await cycle();
  assert.is(await readProvedEqual(store), remote.nowMs);
  const before = unproved();
  await act(store, edit(audit, 'section:risk', section('after the proof')));
  // A row that went missing makes the comparison differ; the line is lost before it can be mended.
  await repair(store, { put: [], drop: [recordId(2)] });
  remote.faults = (call) => (call === 'buckets' ? { fail: { kind: 'unreachable' } } : undefined);
  assert.equal((await cycle()).problem, { kind: 'unreachable' });
  assert.equal(await readSaveCounts(store), { unsent: 0, sent: 0, quarantined: 0, keptOut: 0, oldestUnsentMs: null });
  assert.is(await readProvedEqual(store), null);
  assert.ok(unproved() > before);
  remote.faults = () => undefined;
  assert.ok((await cycle()).provedEqualMs);
});

const notConnected: readonly SyncProblem[] = [
  { kind: 'unreachable' },
  { kind: 'timed-out' },
  { kind: 'not-our-server' },
  { kind: 'signed-out' },
  { kind: 'wrong-person' },
  { kind: 'wrong-authority' },
  { kind: 'protocol', serverVersion: 2 },
];

for (const problem of notConnected) {
  test(`${problem.kind} in answer to a push leaves the queue as it was, and nothing is pulled`, async () => {
    const { store, port, remote, cycle, seqs } = await start();
    await startAudit(store, audit);
    remote.faults = () => ({ fail: problem });
    assert.equal(await cycle(), { problem, provedEqualMs: null });
    assert.is(port.dump().pending.length, 2);
    assert.not.ok(remote.calls.includes('pull'));
    remote.faults = () => undefined;
    assert.is((await cycle()).problem, null);
    assert.equal(seqs(), [1, 2]);
  });
}

test('a server that has had too much for now is sent the same ops later, and what others wrote comes meanwhile', async () => {
  const { store, port, remote, cycle, seqs } = await start();
  await startAudit(store, audit);
  assert.is((await cycle()).problem, null);
  await act(store, edit(audit, 'section:risk', section('more')));
  const later: SyncProblem = { kind: 'too-many-tries', retryAfterSeconds: 43 };
  remote.faults = (call) => (call === 'push' ? { fail: later } : undefined);
  const other = remote.stored.get(audit);
  if (other !== undefined) remote.stored.set(recordId(9), { ...other, id: recordId(9), version: 99 });
  for (let i = 0; i < 3; i += 1) assert.equal(await cycle(), { problem: later, provedEqualMs: null });
  assert.is(port.dump().pending.length, 1);
  assert.is((await readSaveCounts(store)).unsent, 1);
  assert.is((await localTotal(store)).count, 2, 'the other’s audit');
  remote.faults = () => undefined;
  assert.is((await cycle()).problem, null);
  assert.equal(seqs(), [1, 2, 3]);
});

test('a reply that was lost is asked for again with the same ops, and each is stored once', async () => {
  const { store, remote, cycle, seqs } = await start();
  await startAudit(store, audit);
  remote.faults = (_call, n) => (n === 0 ? { lose: { kind: 'unreachable' } } : undefined);
  assert.equal((await cycle()).problem, { kind: 'unreachable' });
  await act(store, edit(audit, 'section:risk', section('more')));
  assert.is((await cycle()).problem, null);
  assert.equal(seqs(), [1, 2, 1, 2, 3]);
  assert.equal(remote.sent.slice(0, 2), remote.sent.slice(2, 4));
  assert.is((await readSaveCounts(store)).unsent, 0);
});

test('a power cut between sending and settling sends the same ops after the restart', async () => {
  const first = await start();
  await startAudit(first.store, audit);
  first.remote.faults = (_call, n) => (n === 0 ? { lose: { kind: 'unreachable' } } : undefined);
  await first.cycle();
  first.port.crash();
  const second = await start(first.port, first.remote);
  assert.is((await second.cycle()).problem, null);
  assert.equal(second.seqs(), [1, 2, 1, 2]);
  assert.equal(second.remote.sent.slice(0, 2), second.remote.sent.slice(2));
});

for (const black of ['push', 'pull', 'buckets', 'bucket', 'records'] as const satisfies readonly Call[]) {
  test(`a cycle called off while the server swallows a ${black} loses nothing, and the next one completes`, async () => {
    const { store, remote, cycle, time } = await start();
    await startAudit(store, audit);
    await startAudit(store, recordId(2));
    assert.is((await cycle()).problem, null);
    await act(store, edit(audit, 'section:risk', section('late')));
    await repair(store, { put: [], drop: [recordId(2)] });
    remote.faults = (call) => (call === black ? 'hang' : undefined);
    const abort = new AbortController();
    const ended = cycle('full', abort.signal).catch((error: unknown) => String(error));
    await time.settle();
    await time.settle();
    abort.abort();
    assert.match(String(await ended), 'called off');
    remote.faults = () => undefined;
    assert.ok((await cycle()).provedEqualMs);
    assert.is((await localTotal(store)).count, 2);
  });
}

test('a row that went missing here is noticed and fetched again in the same cycle', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  await cycle();
  await repair(store, { put: [], drop: [audit] });
  remote.calls.length = 0;
  assert.ok((await cycle()).provedEqualMs);
  assert.equal(remote.calls, ['pull', 'buckets', 'bucket', 'records', 'pull']);
  assert.is((await localTotal(store)).count, 1);
});

test('a repair asks again for what one answer had no room for, and once only for what never comes', async () => {
  const { store, remote, cycle } = await start();
  for (const id of [1, 2, 3, 4, 5]) await startAudit(store, recordId(id));
  await cycle();
  await repair(store, { put: [], drop: [1, 2, 3, 4, 5].map(recordId) });
  remote.pageSize = 2;
  remote.calls.length = 0;
  assert.ok((await cycle()).provedEqualMs);
  assert.equal(remote.calls, ['pull', 'buckets', 'bucket', 'records', 'records', 'records', 'pull']);
  await repair(store, { put: [], drop: [recordId(1)] });
  remote.pageSize = 0;
  remote.calls.length = 0;
  assert.equal((await cycle()).problem, { kind: 'not-equal' });
  assert.is(remote.calls.filter((call) => call === 'records').length, 3, 'one in each round');
});

test('a record the server no longer sends this person goes, and their unsent work on it stays', async () => {
  const { store, port, remote, cycle } = await start();
  await startAudit(store, audit);
  await startAudit(store, recordId(2));
  await cycle();
  remote.stored.delete(audit);
  await type(store, edit(audit, 'section:risk', section('still typing')));
  assert.is((await cycle()).problem, null);
  assert.equal(
    port.dump().confirmed.map(({ id }) => id),
    [recordId(2)],
  );
  assert.is((await readSaveCounts(store)).unsent, 1);
});

test('what stays unequal after three rounds is a problem', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  await cycle();
  const { pull } = remote;
  remote.pull = async (...args) => {
    const answer = await pull(...args);
    if (!answer.ok) return answer;
    const { value } = answer.value;
    return { ok: true, value: { ...answer.value, value: { ...value, total: { count: 9, digest: '9'.repeat(32) } } } };
  };
  remote.calls.length = 0;
  assert.equal(await cycle(), { problem: { kind: 'not-equal' }, provedEqualMs: null });
  assert.is(remote.calls.filter((call) => call === 'buckets').length, 3);
});

test('a proof that turned out not to hold is not told after a restart either, until there is another', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  await cycle();
  assert.ok(await readProvedEqual(store));
  const { pageSize } = remote;
  remote.pageSize = 0;
  await repair(store, { put: [], drop: [audit] });
  assert.equal((await cycle()).problem, { kind: 'not-equal' });
  assert.is(await readProvedEqual(store), null);
  remote.pageSize = pageSize;
  const { provedEqualMs } = await cycle();
  assert.ok(provedEqualMs);
  assert.is(await readProvedEqual(store), provedEqualMs);
});

test('another history is received from the start, and nothing pending is lost', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  await cycle();
  remote.epoch = 'f'.repeat(32);
  await act(store, edit(audit, 'section:risk', section('meanwhile')));
  assert.equal(
    await cycle(),
    { problem: null, provedEqualMs: null },
    'what the old history took is offered again first',
  );
  assert.ok((await cycle()).provedEqualMs);
  assert.is((await localTotal(store)).count, 1);
});

test('pages are received one by one, counted, and go on where they were cut', async () => {
  const { remote, cycle, received, port } = await start();
  const other = await start(memoryPort(), remote);
  for (let n = 1; n <= 7; n++) await startAudit(other.store, recordId(n));
  await other.cycle();
  remote.pageSize = 2;
  remote.calls.length = 0;
  // The page that was cut is asked for once more, for less of it.
  remote.faults = (_call, n) => (n === 2 || n === 3 ? { fail: { kind: 'unreachable' } } : undefined);
  assert.equal((await cycle()).problem, { kind: 'unreachable' });
  assert.is(port.dump().confirmed.length, 4);
  assert.ok((await cycle()).provedEqualMs);
  assert.equal(received, [2, 4, 2, null]);
  assert.is(remote.calls.length, 6);
});

test('a cursor that moves while pages are on their way throws away all that was asked for with it', async () => {
  const { store, remote, cycle, port } = await start();
  const other = await start(memoryPort(), remote);
  for (let n = 1; n <= 7; n++) await startAudit(other.store, recordId(n));
  await other.cycle();
  remote.pageSize = 2;
  remote.calls.length = 0;
  const moving: Promise<void>[] = [];
  remote.faults = (_call, n) => {
    if (n === 2) moving.push(store.port.write(['meta'], 'relaxed', (tx) => tx.delete('meta', 'cursor')));
    return undefined;
  };
  assert.ok((await cycle()).provedEqualMs);
  assert.is(moving.length, 1);
  assert.is(port.dump().confirmed.length, 7);
  assert.ok(remote.calls.length > 4, 'begun again');
});

test('rows that were lost from the disk are missed at the first comparison of the next session, and fetched', async () => {
  const { store, remote, cycle, port, time } = await start();
  for (const id of [1, 2, 3]) await startAudit(store, recordId(id));
  await cycle();
  await store.port.write(['confirmed'], 'relaxed', (tx) => tx.delete('confirmed', recordId(2)));
  const next = {
    store: laptopStore(store),
    remote,
    timers: time.timers,
    newDevice: () => device,
    line: newLine(),
    doubt: newDoubt(),
  };
  const silent = { progress: () => {}, contact: () => {}, received: () => {}, unproved: () => {} };
  remote.calls.length = 0;
  assert.ok((await runCycle(next, new AbortController().signal, 'full', silent)).provedEqualMs);
  assert.equal(remote.calls, ['pull', 'buckets', 'bucket', 'records', 'pull']);
  assert.is(port.dump().confirmed.length, 3);
});

test('a held op goes to quarantine and nothing behind it waits', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  remote.refuses = ({ record }) => record === recordId(2);
  await startAudit(store, recordId(2));
  await startAudit(store, recordId(3));
  assert.ok((await cycle()).provedEqualMs);
  assert.equal(await readSaveCounts(store), { unsent: 0, sent: 0, quarantined: 2, keptOut: 0, oldestUnsentMs: null });
});

test('a copied store takes a new device id and goes on', async () => {
  const { store, remote, cycle } = await start();
  const copy = await start(memoryPort(), remote);
  await startAudit(copy.store, recordId(9));
  await copy.cycle();
  await startAudit(store, audit);
  assert.ok((await cycle()).provedEqualMs);
  assert.equal(new Set(remote.sent.slice(-2).map((op) => op.device)), new Set([hex(0x500)]));
  assert.is((await localTotal(store)).count, 2);
});

test('a server that has lost ops is reported, still pulled from, and nothing leaves the queue', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  await cycle();
  remote.rewind(device, 1);
  await act(store, edit(audit, 'section:risk', section('after')));
  const end = await cycle();
  assert.is(end.problem?.kind, 'chain');
  assert.is(end.provedEqualMs, null);
  assert.is(remote.calls.at(-1), 'pull');
  assert.is((await readSaveCounts(store)).unsent, 1);
});

test('a batch that is too large, or that timed out, is tried in smaller pieces', async () => {
  for (const kind of ['too-large', 'timed-out'] as const) {
    const { store, remote, cycle } = await start();
    await startAudit(store, audit);
    for (let n = 1; n <= 20; n++) await act(store, edit(audit, `section:s${n}`, section('x'.repeat(15_000))));
    const sizes: number[] = [];
    const { push } = remote;
    remote.push = (signal, from, ops, cursor, unsent) => {
      const size = JSON.stringify(ops).length;
      sizes.push(size);
      return size > 100_000
        ? Promise.resolve({ ok: false, problem: { kind } })
        : push(signal, from, ops, cursor, unsent);
    };
    assert.ok((await cycle()).provedEqualMs, kind);
    assert.ok((sizes[0] ?? 0) < batchLimitBytes);
    assert.ok(sizes.length > 4);
  }
});

test('a reply whose head is not ours settles nothing', async () => {
  const { store, remote, cycle, port } = await start();
  await startAudit(store, audit);
  const { push } = remote;
  remote.push = async (...args) => {
    const answer = await push(...args);
    return answer.ok
      ? { ok: true, value: { ...answer.value, value: { ...answer.value.value, head: '0'.repeat(64) } } }
      : answer;
  };
  assert.equal((await cycle()).problem, { kind: 'not-our-server' });
  assert.ok(port.dump().pending.every((row) => row.serverVersion === 0));
});

test('a pull that neither ends nor moves on is not asked for ever', async () => {
  const { remote, cycle } = await start();
  remote.pull = async () => ({
    ok: true,
    value: {
      serverMs: 1,
      value: {
        records: [],
        last: false,
        total: null,
        cursor: { epoch: remote.epoch, version: 0, head: '0'.repeat(64), rights: '0'.repeat(64) },
      },
    },
  });
  assert.equal((await cycle()).problem, { kind: 'not-our-server' });
});

test('text that is being typed waits; draining does not', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  await type(store, edit(audit, 'section:risk', section('half a sen')));
  const end = await cycle();
  assert.equal(end, { problem: null, provedEqualMs: null });
  assert.is(remote.sent.length, 2);
  await cycle('drain');
  assert.is(remote.sent.length, 3);
  assert.is(remote.calls.at(-1), 'push');
});

test('a laptop with something held asks about it in each cycle, and hears what a lead decided', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  remote.refuses = ({ unit }) => unit === 'section:risk';
  await act(store, edit(audit, 'section:risk', section('held')));
  await cycle();
  assert.equal(remote.calls, ['push', 'held', 'pull']);
  const [held] = await readQuarantine(store);
  remote.decisions.set(held?.row.group ?? '', { what: 'accepted', by: me, why: 'It counts', atMs: 1 });
  assert.ok((await cycle()).provedEqualMs);
  assert.equal(await readQuarantine(store), []);
  remote.calls.length = 0;
  await cycle();
  assert.equal(remote.calls, ['pull'], 'and asks nothing once nothing is held');
});

test('a discard is told until it is heard, and told once after that', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  remote.refuses = ({ unit }) => unit === 'section:risk';
  await act(store, edit(audit, 'section:risk', section('held')));
  await cycle();
  const rows = (await readQuarantine(store)).map(({ row }) => row);
  await discard(store, rows, 'a slip');
  remote.faults = (call) => (call === 'held' ? { fail: { kind: 'unreachable' } } : undefined);
  assert.equal((await cycle()).problem, { kind: 'unreachable' });
  assert.is((await readSaveCounts(store)).unsent, 1);
  remote.faults = (call) => (call === 'held' ? { lose: { kind: 'timed-out' } } : undefined);
  await cycle();
  remote.faults = () => undefined;
  assert.is((await cycle()).problem, null);
  assert.equal(remote.told, [rows[0]?.group, rows[0]?.group]);
  assert.is((await readSaveCounts(store)).unsent, 0);
  await cycle();
  assert.is(remote.told.length, 2);
});

test('an answer that leaves out what was told is not believed, and nothing goes', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  remote.refuses = ({ unit }) => unit === 'section:risk';
  await act(store, edit(audit, 'section:risk', section('held')));
  await cycle();
  await discard(
    store,
    (await readQuarantine(store)).map(({ row }) => row),
    'a slip',
  );
  const { held } = remote;
  remote.held = async (...asked) => {
    const reply = await held(...asked);
    return reply.ok ? { ok: true, value: { ...reply.value, value: { groups: [] } } } : reply;
  };
  assert.equal((await cycle()).problem, { kind: 'not-our-server' });
  assert.is((await readSaveCounts(store)).unsent, 1);
});

test('a server that will not talk about held changes does not keep the rest from arriving', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  remote.refuses = ({ unit }) => unit === 'section:risk';
  await act(store, edit(audit, 'section:risk', section('held')));
  remote.faults = (call) => (call === 'held' ? { fail: { kind: 'bad-request', why: 'x' } } : undefined);
  const end = await cycle();
  assert.equal(end, { problem: { kind: 'bad-request', why: 'x' }, provedEqualMs: null });
  assert.is((await localTotal(store)).count, 1);
});

test('a content that the server cannot read does not keep it from hearing of the discard', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  remote.refuses = ({ unit }) => unit === 'section:risk';
  for (const text of ['readable', 'unreadable']) await act(store, edit(audit, 'section:risk', section(text)));
  await cycle();
  for (const { row } of await readQuarantine(store)) await discard(store, [row], 'a slip');
  const { held } = remote;
  const sent: unknown[] = [];
  remote.held = async (signal, device, asked) => {
    const texts = asked.told.flatMap(({ content }) => content.map(({ value }) => value['evidence']));
    if (texts.includes('unreadable')) return { ok: false, problem: { kind: 'bad-request', why: 'x' } };
    sent.push(texts);
    return held(signal, device, asked);
  };
  assert.is((await cycle()).problem, null);
  assert.equal(sent, [['readable'], []]);
  assert.is((await readSaveCounts(store)).unsent, 0);
});

test('a discard that the server has no room for stays and is told again; the rest is told, asked and received', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  remote.refuses = ({ unit }) => unit === 'section:risk';
  for (const text of ['fits', 'kept here', 'open']) await act(store, edit(audit, 'section:risk', section(text)));
  await cycle();
  const [fits, over, open] = (await readQuarantine(store)).map(({ row }) => row);
  for (const row of [fits, over]) if (row) await discard(store, [row], 'a slip');
  const { held } = remote;
  const full = { kind: 'too-much-discarded' } as const;
  let isFull = true;
  remote.held = async (signal, device, asked) =>
    isFull && asked.told.some(({ group }) => group === over?.group)
      ? { ok: false, problem: full }
      : held(signal, device, asked);
  remote.decisions.set(open?.group ?? '', { what: 'accepted', by: me, why: 'It counts', atMs: 1 });
  remote.calls.length = 0;
  assert.equal((await cycle()).problem, full);
  assert.equal(remote.told, [fits?.group], 'what fits is told');
  assert.equal(await readQuarantine(store), [], 'what a lead has decided is heard');
  assert.ok(remote.calls.includes('pull'));
  assert.is((await readSaveCounts(store)).unsent, 1, 'and what does not fit is still here');
  isFull = false;
  assert.is((await cycle()).problem, null);
  assert.equal(remote.told, [fits?.group, over?.group]);
  assert.is((await readSaveCounts(store)).unsent, 0);
});

test('more held groups than fit one question are asked about in several', async () => {
  const { store, remote, cycle } = await start();
  await startAudit(store, audit);
  remote.refuses = ({ unit }) => unit === 'section:risk';
  for (let i = 0; i < heldAskLimit + 1; i += 1) await act(store, edit(audit, 'section:risk', section(`held ${i}`)));
  await cycle();
  assert.is(remote.calls.filter((call) => call === 'held').length, 2);
});

test.run();
