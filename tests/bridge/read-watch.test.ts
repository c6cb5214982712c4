import { signal } from '@preact/signals';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watchReads } from '../../src/bridge/read-watch.ts';
import type { ShownSync } from '../../src/bridge/sync-bridge.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import { recordId } from '../store/laptop.ts';
import { fakeNotes } from './fake-doors.ts';

const test = suite('telling whose audits were read here');
const keyring = 'a'.repeat(32);
const [first, second, third] = [recordId(1), recordId(2), recordId(3)];
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A laptop of which the server is told, and what it answers. */
function laptop(phase: ShownSync['phase'], notes = fakeNotes(), home: 'server' | 'laptop' = 'server') {
  const told: RecordId[] = [];
  const all = {
    notes,
    told,
    fails: new Set<RecordId>(),
    state: signal<ShownSync>({ phase, provedEqualMs: null, problem: null, clockOffsetMs: null, receiving: null }),
    is: (next: ShownSync['phase']) => void (all.state.value = { ...all.state.value, phase: next }),
  };
  const openRecord = async (record: RecordId): Promise<Result<boolean, SyncProblem>> => {
    told.push(record);
    await settle();
    return all.fails.has(record) ? { ok: false, problem: { kind: 'unreachable' } } : { ok: true, value: true };
  };
  const watch = watchReads({ notes, entry: { home, keyring }, sync: { state: all.state, openRecord } });
  return { ...all, watch };
}

test('an audit that is read while the server can be reached is told at once, and nothing is left noted', async () => {
  const { watch, told, notes } = laptop('idle');
  watch.noteRead(first);
  assert.equal(told, [first]);
  await settle();
  await settle();
  assert.equal(notes.names(), []);
  watch.noteRead(first);
  assert.equal(told, [first, first]);
});

test('audits that were read offline are told once the server is back, each once, also after a restart', async () => {
  const offline = laptop('offline');
  for (const record of [first, second, first]) offline.watch.noteRead(record);
  assert.equal(offline.told, []);
  offline.watch.stop();
  const again = laptop('offline', offline.notes);
  again.is('connecting');
  assert.equal(again.told, []);
  again.is('syncing');
  for (let i = 0; i < 6; i += 1) await settle();
  assert.equal(again.told, [second, first]);
  assert.equal(again.notes.names(), []);
});

test('one that cannot be told keeps no other back, and is told again only once the state of syncing has changed', async () => {
  const { watch, told, fails, is, notes } = laptop('idle');
  fails.add(first);
  watch.noteRead(first);
  watch.noteRead(second);
  for (let i = 0; i < 6; i += 1) await settle();
  assert.equal(told, [first, second]);
  fails.clear();
  is('syncing');
  for (let i = 0; i < 4; i += 1) await settle();
  assert.equal(told, [first, second, first]);
  assert.equal(notes.names(), []);
});

test('all that cannot be told are tried once in each state, and one of them at once when it is read again', async () => {
  const { watch, told, fails, is } = laptop('offline');
  for (const record of [first, second, third]) {
    fails.add(record);
    watch.noteRead(record);
  }
  is('idle');
  for (let i = 0; i < 8; i += 1) await settle();
  assert.equal(told, [third, second, first]);
  watch.noteRead(second);
  for (let i = 0; i < 4; i += 1) await settle();
  assert.equal(told, [third, second, first, second]);
});

test('the audit on the screen does not wait behind what was read before it', async () => {
  const { watch, told, is } = laptop('offline');
  for (const record of [first, second]) watch.noteRead(record);
  is('idle');
  watch.noteRead(third);
  for (let i = 0; i < 6; i += 1) await settle();
  assert.equal(told, [second, third, first]);
});

test('one that is read again while it is being told is told again, so that the last time is right', async () => {
  const { watch, told, notes } = laptop('idle');
  watch.noteRead(first);
  watch.noteRead(first);
  for (let i = 0; i < 4; i += 1) await settle();
  assert.equal(told, [first, first]);
  assert.equal(notes.names(), []);
});

test('another copy’s readings are not told by this one, and a laptop without a server notes nothing', () => {
  const notes = fakeNotes();
  notes.write(`plumbline-read:${first}:${'b'.repeat(32)}`, '');
  assert.equal(laptop('idle', notes).told, []);
  const alone = laptop('laptop-only', fakeNotes(), 'laptop');
  alone.watch.noteRead(first);
  assert.equal(alone.notes.names(), []);
});

test.run();
