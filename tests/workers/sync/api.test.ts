/** What the sync worker offers the page: one session at a time, problems as data, and nothing left after a stop. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import type { SyncState, SyncTicket } from '../../../src/protocol/threads.ts';
import type { StoreProblem } from '../../../src/protocol/problem.ts';
import { syncApi } from '../../../workers/sync/api.ts';
import type { Transport } from '../../../workers/sync/transport.ts';
import { authority, device, hex, laptop, me, recordId, somebody } from '../../store/laptop.ts';
import { fakeTime } from './fake-time.ts';

const test = suite('the sync worker');
const ticket: SyncTicket = { database: 'plumbline-x', authority, person: me, device, keyring: 'x' };
const session = { authority, authorityName: 'Testshire', person: me, name: 'Alex', email: 'alex@example.org' };

async function start(storeProblem: StoreProblem | null = null) {
  const time = fakeTime();
  const log: string[] = [];
  const states: SyncState[] = [];
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const proofs = new Map<string, string | null>();
  let proof = (): string | null => null;
  const transport: Transport = {
    post: async (_signal, path) => {
      log.push(path);
      proofs.set(path, proof());
      return { ok: false, problem: { kind: 'signed-out' } };
    },
    listen: () => () => undefined,
  };
  const worker = syncApi({
    openLaptop: async () => {
      if (storeProblem !== null) return { ok: false, problem: storeProblem };
      const { store, port } = await laptop();
      const close = port.close.bind(port);
      Object.assign(port, { close: () => (log.push('closed'), close()) });
      return { ok: true, value: store };
    },
    openTransport: (watch) => {
      proof = watch.proof;
      return transport;
    },
    openChannel: () => ({
      post: () => undefined,
      listen: () => undefined,
      close: () => void log.push('channel closed'),
    }),
    proofOf: async () => 'ab'.repeat(32),
    locks: { request: (_name, _options, work) => work() },
    timers: time.timers,
    now: time.now,
    random: () => 0.5,
    newId: () => hex(7),
  });
  const begin = async () => {
    await worker.api.start(ticket, key, (state) => states.push(state));
    await time.settle();
  };
  return { time, log, proofs, states, worker, begin };
}

test('starting again ends the session before', async () => {
  const { begin, log } = await start();
  await begin();
  await begin();
  assert.equal(log, ['/api/sync/pull', 'channel closed', 'closed', '/api/sync/pull']);
});

test('a store that does not open is a state, not a silence', async () => {
  const { begin, states } = await start({ kind: 'build-too-old' });
  await begin();
  assert.equal(
    states.map(({ phase, problem }) => [phase, problem]),
    [['paused', { kind: 'laptop-failed', why: 'build-too-old' }]],
  );
});

test('a sign-in of this person resumes; of another it does not', async () => {
  const { begin, log, worker, time } = await start();
  await begin();
  worker.signedIn({ ...session, person: somebody });
  await time.settle();
  assert.is(log.length, 1);
  worker.signedIn(session);
  await time.settle();
  assert.is(log.length, 2);
});

test('what is asked while it starts is answered once it has started', async () => {
  const { begin, worker } = await start();
  const begun = begin();
  const [opened, told] = await Promise.all([
    worker.api.openRecord(recordId(1)),
    worker.api.heldList(10),
    worker.api.syncNow(),
    begun,
  ]);
  assert.equal(opened, { ok: false, problem: { kind: 'signed-out' } });
  assert.equal(told, { ok: false, problem: { kind: 'signed-out' } });
});

test('what an account is asked while a laptop starts goes out once it can show that the copy is unlocked', async () => {
  const { begin, worker, proofs } = await start();
  const begun = begin();
  const asked = worker.accountTransport.post(new AbortController().signal, '/api/laptops', {}, v.object({}));
  await Promise.all([asked, begun]);
  assert.equal(proofs.get('/api/laptops'), 'ab'.repeat(32));
});

test('after a stop nothing is asked, no timer is left, and opening a record says so', async () => {
  const { begin, log, worker, time } = await start();
  await begin();
  await worker.api.stop(10_000);
  await worker.api.syncNow();
  await worker.api.nudge();
  await time.pass(600_000);
  assert.equal(log, ['/api/sync/pull', 'channel closed', 'closed']);
  assert.is(time.waiting(), 0);
  assert.equal(await worker.api.openRecord(recordId(1)), {
    ok: false,
    problem: { kind: 'laptop-failed', why: 'not started' },
  });
  assert.is(await worker.api.ping(), true);
});

test.run();
