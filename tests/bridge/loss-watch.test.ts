import { signal } from '@preact/signals';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watchLosses } from '../../src/bridge/loss-watch.ts';
import { openLosses } from '../../src/bridge/losses.ts';
import type { SyncBridge } from '../../src/bridge/sync-bridge.ts';
import type { Loss } from '../../src/protocol/loss.ts';
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import { act, edit, laptop, recordId, section, startAudit } from '../store/laptop.ts';
import { copy } from './copy.ts';
import { fakeNotes } from './fake-doors.ts';

type Told = Result<unknown, SyncProblem>;

const test = suite('telling the server of a loss');

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

/** A laptop with work, a loss detector over it, and a line on which each telling waits for its answer. */
async function watched() {
  const { store } = await laptop();
  const losses = openLosses({ notes: fakeNotes(), now: () => 9_000 });
  await startAudit(store, recordId(1));
  await act(store, edit(recordId(1), 'section:risk', section('seen')));
  await losses.look(copy, store);
  const [mark] = losses.marks();
  if (mark === undefined) throw new Error('There is no mark');
  const state = signal({ phase: 'idle' });
  const tellings: { readonly loss: Loss; readonly answer: (told: Told) => void }[] = [];
  const sync = {
    state,
    tellLoss: (loss: Loss) => new Promise<Told>((answer) => void tellings.push({ loss, answer })),
  } as unknown as SyncBridge;
  const watch = watchLosses({ losses, entry: copy, store, sync, isClosing: () => false });
  return { losses, state, tellings, watch, lose: () => losses.compare([mark], new Set()) };
}

const done: Told = { ok: true, value: null };
const away: Told = { ok: false, problem: { kind: 'unreachable' } };

test('a loss is told once, and again only after a failure and the next sign of the server', async () => {
  const { losses, state, tellings, watch, lose } = await watched();
  lose();
  assert.is(tellings.length, 1);
  tellings[0]?.answer(away);
  await settled();
  assert.is(tellings.length, 1);
  state.value = { phase: 'offline' };
  assert.is(tellings.length, 1);
  state.value = { phase: 'syncing' };
  assert.is(tellings.length, 2);
  tellings[1]?.answer(done);
  await settled();
  state.value = { phase: 'idle' };
  assert.is(tellings.length, 2);
  assert.is(losses.of(copy).value[0]?.told, true);
  watch.stop();
});

test('a loss that is found while another is told is told after it', async () => {
  const { losses, tellings, watch, lose } = await watched();
  lose();
  lose();
  assert.is(tellings.length, 1);
  tellings[0]?.answer(done);
  await settled();
  assert.equal(
    tellings.map(({ loss }) => loss.unsent),
    [3, 6],
  );
  tellings[1]?.answer(done);
  await settled();
  assert.is(losses.of(copy).value[0]?.told, true);
  assert.is(tellings.length, 2);
  watch.stop();
});

test.run();
