import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openLosses, type Losses } from '../../src/bridge/losses.ts';
import { notesOn } from '../../src/bridge/page-notes.ts';
import type { Copy } from '../../src/store/keyring-entry.ts';
import { memoryPort } from '../../src/store/memory-port.ts';
import type { Store } from '../../src/store/open.ts';
import { countedIds, edit, event, hex, laptop, recordId, section, startAudit, act } from '../store/laptop.ts';
import { recordOrKeep } from '../../src/store/record.ts';
import { sealBatch, settle as settleOps } from '../../src/store/outbox.ts';
import { fakeServer } from '../store/server.ts';
import { copy } from './copy.ts';
import { fakeNotes } from './fake-doors.ts';

const test = suite('the loss detector');
const audit = recordId(1);

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
const open = (notes = fakeNotes(), nowMs = 9_000): Losses => openLosses({ notes, now: () => nowMs });

/** Opens a store as a tab does, and keeps its mark up. */
async function letIn(losses: Losses, store: Store, whose = copy): Promise<() => void> {
  await losses.look(whose, store);
  const stop = losses.follow(whose, store);
  await settle();
  return stop;
}

async function withWork() {
  const notes = fakeNotes();
  const port = memoryPort();
  const { store } = await laptop({ port });
  const stop = await letIn(open(notes), store);
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('seen')));
  await settle();
  stop();
  return { notes, port };
}

test('what is there again as it was is no loss', async () => {
  const { notes, port } = await withWork();
  const losses = open(notes);
  (await letIn(losses, (await laptop({ port })).store))();
  assert.equal(losses.known.value, []);
});

test('what was refused here and never sent counts among what nobody else has', async () => {
  const notes = fakeNotes();
  const { store } = await laptop();
  const stop = await letIn(open(notes), store);
  await startAudit(store, audit);
  await act(store, edit(audit, 'submitted', event()));
  const kept = await recordOrKeep(store, edit(audit, 'section:risk', section('typed in another tab')), 'act');
  assert.ok(kept.ok);
  const server = fakeServer();
  const ops = await sealBatch(store, { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 });
  await settleOps(store, server.push(ops));
  await settle();
  stop();
  const losses = open(notes);
  (await letIn(losses, (await laptop({ newId: countedIds(0x9000) })).store))();
  assert.is(losses.known.value[0]?.loss.unsent, 1);
});

test('a new database in place of one with work is a loss that names it, once', async () => {
  const { notes } = await withWork();
  const { store } = await laptop({ newId: countedIds(0x9000) });
  const losses = open(notes);
  (await letIn(losses, store))();
  const [lost] = losses.known.value;
  assert.equal([lost?.label, lost?.loss.cause], ['alex@example.org', 'all']);
  assert.equal([lost?.loss.from, lost?.loss.to, lost?.loss.unsent], [1, 3, 3]);
  assert.equal([lost?.loss.sinceMs, lost?.loss.foundMs], [1_000, 9_000]);
  const again = open(notes);
  (await letIn(again, store))();
  assert.equal(again.known.value, [lost], 'kept until it was read, and not found twice');
});

test('an older state of the database is a loss of what was newest', async () => {
  const notes = fakeNotes();
  const port = memoryPort();
  const { store } = await laptop({ port });
  await startAudit(store, audit);
  const older = port.dump();
  const stop = await letIn(open(notes), store);
  await act(store, edit(audit, 'section:risk', section('seen')));
  await settle();
  stop();
  const damaged = memoryPort();
  await damaged.write(['meta', 'pending'], 'strict', async (tx) => {
    await tx.putMany('meta', older.meta);
    await tx.putMany('pending', older.pending);
  });
  const losses = open(notes);
  (await letIn(losses, (await laptop({ port: damaged })).store))();
  const [lost] = losses.known.value;
  assert.equal([lost?.loss.cause, lost?.loss.from, lost?.loss.to, lost?.loss.unsent], ['newest', 3, 3, 1]);
});

test('a row gone out of the middle is a loss', async () => {
  const { notes, port } = await withWork();
  await port.write(['pending'], 'strict', (tx) => tx.delete('pending', 2));
  const losses = open(notes);
  (await letIn(losses, (await laptop({ port })).store))();
  assert.equal(
    losses.known.value.map(({ loss }) => [loss.cause, loss.unsent]),
    [['some', 1]],
  );
});

test('a copy that is not among the keyrings any more is a loss; one that is removed on purpose is not', async () => {
  const { notes } = await withWork();
  const here = open(notes);
  here.compare(here.marks(), new Set([copy.keyring]));
  assert.equal(here.known.value, []);
  const losses = open(notes);
  losses.compare(losses.marks(), new Set());
  assert.equal(
    losses.known.value.map(({ loss }) => [loss.cause, loss.to]),
    [['all', 3]],
  );
  assert.equal(losses.of({ ...copy, keyring: hex(8) }).value.length, 1, 'their next copy tells the server of it');

  const removed = await withWork();
  const other = open(removed.notes);
  other.forget(copy);
  other.compare(other.marks(), new Set());
  assert.equal(other.known.value, []);
});

test('a tab that follows makes no mark again for a copy that was removed', async () => {
  const { notes, port } = await withWork();
  const { store } = await laptop({ port });
  const losses = open(notes);
  const stop = await letIn(losses, store);
  open(notes).forget(copy);
  await act(store, edit(audit, 'section:risk', section('later')));
  await settle();
  stop();
  assert.equal(losses.marks(), []);
});

test('a tab that read earlier does not write over the later mark of another tab', async () => {
  const { notes, port } = await withWork();
  const losses = open(notes);
  const [before] = losses.marks();
  const { store } = await laptop({ port });
  const stop = await letIn(losses, store);
  const later = { ...before, ledger: { ...before?.ledger, writes: 99 } };
  notes.write(`plumbline-mark:${copy.keyring}`, JSON.stringify(later));
  await act(store, edit(audit, 'section:risk', section('again')));
  await settle();
  stop();
  assert.is(losses.marks()[0]?.ledger.writes, 99);
});

test('the database going away under the open app is a loss of all of it', async () => {
  const { notes } = await withWork();
  const losses = open(notes);
  losses.lostNow(copy);
  losses.lostNow(copy);
  assert.equal(
    losses.known.value.map(({ loss }) => [loss.cause, loss.from, loss.to, loss.unsent]),
    [['all', 1, 3, 3]],
  );
});

test('a loss goes once the person has read of it and the server was told, in either order', async () => {
  for (const order of [
    ['seen', 'told'],
    ['told', 'seen'],
  ] as const) {
    const { notes } = await withWork();
    const losses = open(notes);
    losses.lostNow(copy);
    const [lost] = losses.known.value;
    if (lost === undefined) throw new Error('Nothing was found missing');
    losses[order[0]](lost);
    assert.is(open(notes).of(copy).value.length, 1);
    losses[order[1]](lost);
    assert.equal(open(notes).of(copy).value, []);
    assert.equal(notes.names(), []);
  }
});

test('a loss that joins one while that is told, or read of, is still to be told and read of, with it', async () => {
  const { notes } = await withWork();
  const losses = open(notes);
  const [mark] = losses.marks();
  losses.lostNow(copy);
  const [first] = losses.of(copy).value;
  if (first === undefined || mark === undefined) throw new Error('Nothing was found missing');
  losses.compare([mark], new Set());
  losses.told(first);
  losses.seen(first);
  const [both] = losses.of(copy).value;
  assert.equal([both?.told, both?.seen, both?.loss.unsent], [false, false, 6]);
  if (both === undefined) return;
  losses.told(both);
  losses.seen(both);
  assert.equal(notes.names(), []);
});

test('on a laptop of one person alone nobody is told, and reading is enough', async () => {
  const notes = fakeNotes();
  const alone: Copy = { ...copy, home: 'laptop' };
  const { store } = await laptop();
  const stop = await letIn(open(notes), store, alone);
  await startAudit(store, audit);
  await settle();
  stop();
  const losses = open(notes);
  losses.lostNow(alone);
  const [lost] = losses.known.value;
  if (lost === undefined) throw new Error('Nothing was found missing');
  losses.seen(lost);
  assert.equal(notes.names(), []);
});

test('the example leaves no mark, and somebody else’s text under our names is nothing', async () => {
  const notes = fakeNotes();
  (await letIn(open(notes), (await laptop()).store, { ...copy, home: 'example' }))();
  assert.equal(notes.names(), []);
  for (const text of ['', '{', '[]', '{"keyring":"x"}']) notes.write(`plumbline-mark:${copy.keyring}`, text);
  notes.write(`plumbline-loss:${copy.keyring}`, '7');
  assert.equal([open(notes).marks(), open(notes).known.value], [[], []]);
});

test('a browser that lets nothing be kept outside its databases has no detector and no trouble', async () => {
  const notes = notesOn(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  const losses = openLosses({ notes, now: () => 0 });
  (await letIn(losses, (await laptop()).store))();
  losses.lostNow(copy);
  losses.compare(losses.marks(), new Set());
  assert.equal(losses.known.value, []);
});

test.run();
