/** A server that has lost a recovery secret gets it back at the next contact, long before anybody forgets a passphrase. */
import { signal } from '@preact/signals';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watchDeposit } from '../../src/bridge/deposit-watch.ts';
import type { SyncProblem } from '../../src/protocol/problem.ts';
import { depositMark } from '../../src/protocol/session.ts';
import type { SyncState } from '../../src/protocol/threads.ts';
import type { KeyringEntry } from '../../src/store/keyring-entry.ts';
import { hash, hex } from '../store/laptop.ts';
import { fakeTime } from '../workers/sync/fake-time.ts';

const test = suite('the deposit watch');
const secret = hex(7).repeat(2);
const hours = 3_600_000;

function watching(kept: string | null = secret) {
  const time = fakeTime();
  const at = (phase: SyncState['phase']): SyncState => ({
    phase,
    provedEqualMs: null,
    problem: null,
    clockOffsetMs: null,
    receiving: null,
  });
  const server = {
    kept,
    log: [] as string[],
    /** What the keyring was told that the server holds, and what it answers to that. */
    held: [] as string[],
    isLast: true,
    fails: null as SyncProblem | null,
    state: signal(at('connecting')),
    go: (phase: SyncState['phase']) => void (server.state.value = at(phase)),
  };
  const answer = <T>(what: string, value: () => T) => {
    server.log.push(what);
    return server.fails === null
      ? ({ ok: true, value: value() } as const)
      : ({ ok: false, problem: server.fails } as const);
  };
  const stop = watchDeposit({
    entry: { keyring: hex(1), device: hex(2), person: hex(3) } as unknown as KeyringEntry,
    key: {} as CryptoKey,
    keyrings: {
      serverSecret: async () => (kept === null ? null : secret),
      serverHolds: async (_entry, _key, held) => {
        server.held.push(held);
        return server.isLast;
      },
    },
    account: {
      deposited: async (_keyring, mark) =>
        answer('asked', () => server.kept !== null && depositMark(hash, server.kept) === mark),
      deposit: async ({ keyring, device, person }, given) =>
        answer(`deposited ${keyring === hex(1) && device === hex(2) && person === hex(3)}`, () => {
          server.kept = given;
          return null;
        }),
    },
    sync: { state: server.state },
    hash,
    timers: time.timers,
  });
  return { server, time, stop };
}

test('asks at the first contact and not before, and deposits nothing that is there', async () => {
  const { server, time } = watching();
  await time.pass(1_000);
  assert.equal(server.log, []);
  server.go('idle');
  await time.pass(1_000);
  server.go('syncing');
  server.go('idle');
  await time.pass(1_000);
  assert.equal(server.log, ['asked']);
});

test('deposits again what a server has lost, or holds another of', async () => {
  for (const lost of ['', hex(9).repeat(2)]) {
    const { server, time } = watching();
    server.kept = lost;
    server.go('idle');
    await time.pass(1_000);
    assert.equal(server.log, ['asked', 'deposited true']);
    assert.is(server.kept, secret);
  }
});

test('looks again after hours, for as long as it is open', async () => {
  const { server, time, stop } = watching();
  server.go('idle');
  await time.pass(7 * hours);
  assert.is(server.log.length, 2);
  stop();
  await time.pass(24 * hours);
  server.go('syncing');
  server.go('idle');
  assert.is(server.log.length, 2);
});

test('that a server did not answer is no answer: asks again in ten minutes', async () => {
  const { server, time } = watching();
  server.kept = '';
  server.fails = { kind: 'unreachable' };
  server.go('idle');
  await time.pass(1_000);
  server.fails = null;
  await time.pass(hours / 4);
  assert.equal(server.log, ['asked', 'asked', 'deposited true']);
});

test('tells the keyring what the server holds once it has answered so, and not before', async () => {
  for (const kept of [secret, hex(9).repeat(2)]) {
    const { server, time } = watching();
    server.kept = kept;
    server.fails = { kind: 'unreachable' };
    server.go('idle');
    await time.pass(1_000);
    assert.equal(server.held, []);
    server.fails = null;
    await time.pass(hours / 4);
    assert.equal(server.held, [secret]);
    assert.is(server.kept, secret);
  }
});

test('a secret that another tab has replaced meanwhile is no end of it: asks again in ten minutes', async () => {
  const { server, time } = watching();
  server.isLast = false;
  server.go('idle');
  await time.pass(1_000);
  server.isLast = true;
  await time.pass(hours);
  assert.equal(server.log, ['asked', 'asked']);
});

test('asks nothing where the secret is on paper alone', async () => {
  const { server, time } = watching(null);
  server.go('idle');
  await time.pass(1_000);
  assert.equal(server.log, []);
});

test.run();
