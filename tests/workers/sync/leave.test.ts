/**
 * Handing everything over, with each request failing before or after it is done, and with what a server cannot read: whenever it
 * says that the copy may be forgotten, the server has all that was here.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId, RecordId } from '../../../src/domain/ids.ts';
import type { SyncProblem } from '../../../src/protocol/problem.ts';
import { keepOut } from '../../../src/store/backup/kept-out.ts';
import { leftHere, leftTables } from '../../../src/store/hand-over.ts';
import { leave } from '../../../workers/sync/leave.ts';
import { laptopStore } from '../../../workers/sync/laptop-store.ts';
import { newDoubt } from '../../../workers/sync/doubt.ts';
import { newLine } from '../../../workers/sync/line.ts';
import { act, edit, hex, laptop, recordId, section, startAudit } from '../../store/laptop.ts';
import { fakeRemote, type Fault } from './fake-remote.ts';
import { fakeTime } from './fake-time.ts';

type Leave = typeof leave;

const test = suite('handing everything over');
const audit = recordId(1);
const watch = {
  progress: () => undefined,
  contact: () => undefined,
  received: () => undefined,
  unproved: () => undefined,
};

/** A laptop with three changes that were not sent, one of them a text that is still being typed. */
async function start() {
  const remote = fakeRemote();
  const { store } = await laptop();
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('words of the day')));
  const deps = {
    store: laptopStore(store),
    remote,
    timers: fakeTime().timers,
    newDevice: () => hex(5) as DeviceId,
    line: newLine(),
    doubt: newDoubt(),
  };
  const run = (how: Leave = leave): Promise<SyncProblem | null> =>
    how(deps, new AbortController().signal, watch, 'taken away');
  return { remote, store, run, deps };
}

const evidenceAt = (remote: ReturnType<typeof fakeRemote>, id: RecordId): unknown =>
  remote.stored.get(id)?.units['section:risk']?.value['evidence'];

/** Whether work is lost when the copy is forgotten as soon as `how` says so, with the n-th request failing in this way. */
async function isLost(how: Leave, n: number, fault: Fault): Promise<boolean> {
  const { remote, run } = await start();
  remote.faults = (_call, at) => (at === n ? fault : undefined);
  for (let tries = 0; tries < 5; tries += 1)
    if ((await run(how)) === null) return evidenceAt(remote, audit) !== 'words of the day';
  throw new Error('It never came to an end');
}

const faults: readonly Fault[] = [
  undefined,
  { fail: { kind: 'unreachable' } },
  { lose: { kind: 'timed-out' } },
  { fail: { kind: 'server-error', reference: 'r' } },
];

for (const fault of faults)
  test(`nothing is lost, whichever request meets ${JSON.stringify(fault) ?? 'no trouble'}`, async () => {
    for (let n = 0; n < 8; n += 1) assert.not.ok(await isLost(leave, n, fault), `request ${n}`);
  });

test('a build that forgets before it has offered is found out', async () => {
  const forgetsFirst: Leave = async ({ store, remote }, signal) => {
    const left = await remote.leave(signal, await store.device(), await store.cursor(), await store.acknowledged());
    return left.ok ? null : left.problem;
  };
  assert.ok(await isLost(forgetsFirst, 0, undefined));
});

test('what the server cannot read arrives as thrown away, with what is in it', async () => {
  const { remote, run, store } = await start();
  await act(store, edit(audit, 'section:plan', section('poison')));
  const { push, held } = remote;
  const told: string[] = [];
  remote.push = async (signal, device, ops, cursor, unsent) =>
    ops.some(({ value }) => value['evidence'] === 'poison')
      ? { ok: false, problem: { kind: 'bad-request', why: 'ops are not as they should be' } }
      : push(signal, device, ops, cursor, unsent);
  // A revoked laptop is told so when it asks for records: then the server reads what it says.
  remote.pull = async () => ({ ok: false, problem: { kind: 'revoked', form: 'lost', atMs: 1 } });
  remote.held = async (signal, device, asked) => {
    told.push(
      ...asked.told.map(({ what, why, content }) => `${what}, ${why}: ${String(content[0]?.value['evidence'])}`),
    );
    return held(signal, device, asked);
  };
  assert.is(await run(), null);
  assert.equal(told, ['discarded, taken away: poison']);
  assert.is(evidenceAt(remote, audit), 'words of the day');
});

/** The server fails at every push that has these words in it. Answers what it is told as thrown away. */
function failAt(remote: ReturnType<typeof fakeRemote>, words: string): readonly string[] {
  const { push, held } = remote;
  const told: string[] = [];
  remote.push = async (signal, device, ops, ...rest) =>
    ops.some(({ value }) => value['evidence'] === words)
      ? { ok: false, problem: { kind: 'server-error', reference: 'ab12' } }
      : push(signal, device, ops, ...rest);
  remote.held = async (signal, device, asked) => {
    told.push(...asked.told.map(({ what, content }) => `${what}: ${String(content[0]?.value['evidence'])}`));
    return held(signal, device, asked);
  };
  return told;
}

test('a change at which the server fails keeps the copy from being forgotten, until the server takes it', async () => {
  const { remote, run, store } = await start();
  await act(store, edit(audit, 'section:risk', section('poison')));
  const { push } = remote;
  const told = failAt(remote, 'poison');
  for (let tries = 0; tries < 10; tries += 1) assert.is((await run())?.kind, 'server-error');
  assert.not.ok(remote.calls.includes('leave'));
  assert.is((await store.port.read(leftTables, leftHere))?.unsent, 1);
  remote.push = push;
  assert.is(await run(), null);
  assert.equal(told, []);
  assert.is(evidenceAt(remote, audit), 'poison');
});

test('what a file had brought and did not come in arrives as thrown away, with what is in it', async () => {
  const { remote, run, store } = await start();
  const change = {
    unit: 'section:risk',
    value: section('only in the file'),
    group: hex(0x77),
    claimed: { ms: 1, count: 0 },
    base: null,
    settles: [],
    held: null,
  };
  await keepOut(
    store,
    [{ id: recordId(2), kind: 'audit', keptOut: [{ change, why: 'not-allowed', isKept: false }] }],
    [],
  );
  remote.pull = async () => ({ ok: false, problem: { kind: 'revoked', form: 'lost', atMs: 1 } });
  const { held } = remote;
  const told: string[] = [];
  remote.held = async (signal, device, asked) => {
    told.push(...asked.told.map(({ what, content }) => `${what}: ${String(content[0]?.value['evidence'])}`));
    return held(signal, device, asked);
  };
  assert.is((await store.port.read(leftTables, leftHere))?.unsent, 4);
  assert.is(await run(), null);
  assert.equal(told, ['discarded: only in the file']);
  assert.is((await store.port.read(leftTables, leftHere))?.unsent, 0);
});

test('what the server cannot read even so keeps the copy from being forgotten', async () => {
  const { remote, run, store } = await start();
  await act(store, edit(audit, 'section:plan', section('poison')));
  const unreadable: SyncProblem = { kind: 'bad-request', why: 'not as it should be' };
  remote.push = async () => ({ ok: false, problem: unreadable });
  remote.held = async () => ({ ok: false, problem: unreadable });
  remote.pull = async () => ({ ok: false, problem: { kind: 'revoked', form: 'lost', atMs: 1 } });
  assert.equal(await run(), unreadable);
  assert.not.ok(remote.calls.includes('leave'));
});

test('a change that comes in between is handed over too', async () => {
  const { remote, run, store } = await start();
  const { held } = remote;
  let isFirst = true;
  remote.push = ((push) => async (signal, device, ops, cursor, unsent) => {
    const reply = await push(signal, device, ops, cursor, unsent);
    if (isFirst) {
      isFirst = false;
      await act(store, edit(audit, 'section:risk', section('at the last moment')));
    }
    return reply;
  })(remote.push);
  remote.held = held;
  assert.is(await run(), null);
  assert.is(evidenceAt(remote, audit), 'at the last moment');
});

test('a server that was put back asks for more, and is given it', async () => {
  const { remote, run, deps } = await start();
  assert.is(await run(), null);
  const device = await deps.store.device();
  remote.rewind(device, 0);
  remote.stored.clear();
  let isFirst = true;
  remote.leave = (
    (left) =>
    async (...asked) => {
      if (!isFirst) return left(...asked);
      isFirst = false;
      return { ok: false, problem: { kind: 'epoch' } };
    }
  )(remote.leave);
  assert.is(await run(), null);
  assert.ok(remote.calls.includes('known'));
});

test.run();
