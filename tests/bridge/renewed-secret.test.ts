/**
 * A recovery secret is replaced after each recovery, by a real keyring and the deposit watch together: whatever is cut off
 * between two steps, what the server holds opens the copy, and so does the passphrase.
 */
import 'fake-indexeddb/auto';
import { signal } from '@preact/signals';
import Dexie from 'dexie';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watchDeposit } from '../../src/bridge/deposit-watch.ts';
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import { depositMark, type Session } from '../../src/protocol/session.ts';
import type { SyncState } from '../../src/protocol/threads.ts';
import { openKeyrings, type Keyrings } from '../../src/store/keyring.ts';
import type { KeyringRow } from '../../src/store/keyring-entry.ts';
import { openByRecovery } from '../../src/store/recovery-secret.ts';
import { authority, countedIds, hash, me, randomBytes } from '../store/laptop.ts';

const test = suite('a recovery secret that is renewed');
const session: Session = {
  authority,
  authorityName: 'Ambridge',
  person: me,
  name: 'A. Person',
  email: 'a@ambridge.example',
};
const idle: SyncState = {
  phase: 'idle',
  provedEqualMs: null,
  problem: null,
  clockOffsetMs: null,
  receiving: null,
};
const lost: Result<never, SyncProblem> = { ok: false, problem: { kind: 'unreachable' } };

/** What may happen to a laptop after a recovery. */
type Step = 'contact' | 'the deposit is lost' | 'its answer is lost' | 'the laptop dies on it' | 'recovered again';
const steps: readonly Step[] = [
  'contact',
  'the deposit is lost',
  'its answer is lost',
  'the laptop dies on it',
  'recovered again',
];

const keyrings = openKeyrings({ randomBytes, newId: countedIds(), now: () => 1, iterations: 1 });

async function recovered() {
  const made = await keyrings.create({ home: 'server', session, passphrase: 'the one forgotten' });
  if (!made.ok) throw new Error(made.problem.kind);
  const { entry, key, recoverySecret: first } = made.value;
  const server = { held: first };
  let passphrase = '';

  async function recover(): Promise<void> {
    passphrase = `${passphrase} teapot`;
    const opened = await keyrings.unlockWithRecovery(entry, server.held, passphrase);
    assert.ok(opened.ok, 'what the server gave out opens the copy');
  }

  /** One look of the watch; in how many milliseconds the next one is. */
  const contact = (step: Step): Promise<number> =>
    new Promise((resolve) => {
      const dying: Pick<Keyrings, 'serverSecret' | 'serverHolds'> = {
        serverSecret: (...asked) => keyrings.serverSecret(...asked),
        serverHolds: (...told) =>
          step === 'the laptop dies on it' ? Promise.reject(new Error('dead')) : keyrings.serverHolds(...told),
      };
      const stop = watchDeposit({
        ...{ entry, key, hash, keyrings: dying, sync: { state: signal(idle) } },
        account: {
          deposited: async (_keyring, mark) => ({ ok: true, value: depositMark(hash, server.held) === mark }),
          deposit: async (_of, secret) => {
            if (step === 'the deposit is lost') return lost;
            server.held = secret;
            return step === 'its answer is lost' ? lost : { ok: true, value: null };
          },
        },
        timers: {
          after(ms) {
            queueMicrotask(() => stop());
            resolve(ms);
            return () => undefined;
          },
        },
      });
    });

  async function row(): Promise<KeyringRow> {
    const db = await new Dexie('plumbline-keyring').open();
    const found = (await db.table('keyrings').get(entry.keyring)) as KeyringRow;
    db.close();
    return found;
  }

  await recover();
  return {
    ...{ server, first, row },
    go: (step: Step) => (step === 'recovered again' ? recover() : contact(step)),
    opensBy: async (secret: string) => (await openByRecovery(await row(), secret)) !== null,
    opensByPassphrase: async () => (await keyrings.unlock(entry, passphrase)).ok,
  };
}

test('whatever is cut off, what the server holds opens the copy, and so does the passphrase', async () => {
  for (const a of steps)
    for (const b of steps)
      for (const c of steps) {
        const laptop = await recovered();
        const done: Step[] = [];
        for (const step of [a, b, c]) {
          await laptop.go(step);
          done.push(step);
          assert.ok(await laptop.opensBy(laptop.server.held), `by the server, after ${done.join(', ')}`);
          assert.ok(await laptop.opensByPassphrase(), `by the passphrase, after ${done.join(', ')}`);
        }
        await laptop.go('contact');
        assert.is((await laptop.row()).renewal, undefined);
        assert.ok(await laptop.opensBy(laptop.server.held));
        assert.not.ok(await laptop.opensBy(laptop.first), `the first is still good after ${done.join(', ')}`);
      }
});

test('a server that was put back, and holds the one before, has the new one after the next contact', async () => {
  const laptop = await recovered();
  await laptop.go('contact');
  laptop.server.held = laptop.first;
  assert.not.ok(await laptop.opensBy(laptop.first));
  assert.ok(await laptop.opensByPassphrase());
  await laptop.go('contact');
  assert.is.not(laptop.server.held, laptop.first);
  assert.ok(await laptop.opensBy(laptop.server.held));
});

test.run();
