import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compareStamps } from '../../src/domain/stamp.ts';
import { memoryPort } from '../../src/store/memory-port.ts';
import { recordEdits, recordGroups, type DoneBefore } from '../../src/store/record.ts';
import { sealBatch } from '../../src/store/outbox.ts';
import { readRecord } from '../../src/store/view.ts';
import {
  act,
  allocation,
  caseValue,
  edit,
  event,
  laptop,
  recordId,
  section,
  startAudit,
  type,
  type Laptop,
} from './laptop.ts';

const test = suite<Laptop>('recording many actions at once');
const everything = { maxBytes: 10_000_000, hotMs: 0, longestMs: 0 };
const march = 1_740_900_000_000;
const dayMs = 86_400_000;

test.before.each(async (context) => {
  Object.assign(context, await laptop());
});

/** An audit as somebody did it day by day: allocated, graded, graded again, submitted. */
const oldAudit = (number: number): readonly DoneBefore[] => {
  const id = recordId(number);
  const reference = { reference: `CASE-${number}`, initials: null, ageBand: null, header: {} };
  return [
    { doneMs: march, edits: [edit(id, 'case', reference), edit(id, 'allocation', allocation())] },
    { doneMs: march + dayMs, edits: [edit(id, 'section:risk', section('first', 'inadequate'))] },
    { doneMs: march + 2 * dayMs, edits: [edit(id, 'section:risk', section('then', 'good'))] },
    { doneMs: march + 3 * dayMs, edits: [edit(id, 'submitted', { ...event(), at: march + 3 * dayMs })] },
  ];
};

test('every action is a group of its own, in its order, and claims the time at which it was done', async ({
  store,
  port,
  clock,
}) => {
  const saved = await recordGroups(store, oldAudit(1));
  assert.equal(saved, { ok: true, value: { lastN: 5 } });
  const rows = port.dump().pending;
  assert.equal(
    rows.map(({ n, unit, groupSize, claimed }) => [n, unit, groupSize, claimed.ms]),
    [
      [1, 'case', 2, march],
      [2, 'allocation', 2, march],
      [3, 'section:risk', 1, march + dayMs],
      [4, 'section:risk', 1, march + 2 * dayMs],
      [5, 'submitted', 1, march + 3 * dayMs],
    ],
  );
  assert.is(new Set(rows.map(({ group }) => group)).size, 4);
  assert.ok(
    rows.every(({ startedMs, editedMs }) => startedMs === clock.ms && editedMs === clock.ms),
    'how long a change has waited is counted from when it came here',
  );
});

test('the trail is kept: a grade given and changed later is two changes, and the later one shows', async ({
  store,
}) => {
  await recordGroups(store, oldAudit(1));
  const shown = await readRecord(store, recordId(1));
  assert.is(shown?.units['section:risk']?.value['grade'], 'good');
  const ops = await sealBatch(store, everything);
  assert.equal(
    ops.filter(({ unit }) => unit === 'section:risk').map(({ value }) => value['grade']),
    ['inadequate', 'good'],
  );
});

test('old times do not move the clock back, and a time that has not come counts as now', async ({
  store,
  port,
  clock,
}) => {
  await startAudit(store, recordId(2));
  const [before] = port.dump().pending;
  await recordGroups(store, oldAudit(1));
  const tomorrow = [edit(recordId(3), 'case', caseValue('CASE-3')), edit(recordId(3), 'allocation', allocation())];
  await recordGroups(store, [{ doneMs: clock.ms + dayMs, edits: tomorrow }]);
  assert.is(port.dump().pending.at(-1)?.claimed.ms, clock.ms);
  await act(store, edit(recordId(2), 'section:risk', section('after')));
  const after = port.dump().pending.at(-1);
  assert.ok(before && after && compareStamps(after.claimed, before.claimed) > 0);
});

test('each record keeps its own times, whatever the order in which the file has them', async ({ store, port }) => {
  const made = (number: number, doneMs: number): DoneBefore => {
    const id = recordId(number);
    return { doneMs, edits: [edit(id, 'case', caseValue(`CASE-${number}`)), edit(id, 'allocation', allocation())] };
  };
  await recordGroups(store, [made(1, march), made(2, march - 400 * dayMs), made(3, march + dayMs)]);
  assert.equal(
    port.dump().pending.map(({ claimed }) => claimed),
    [march, march - 400 * dayMs, march + dayMs].flatMap((ms) => [
      { ms, count: 0 },
      { ms, count: 1 },
    ]),
  );
});

test('what is typed after many actions were recorded at once is typed over them, not beneath', async ({
  store,
  port,
}) => {
  await startAudit(store, recordId(1));
  await type(store, edit(recordId(1), 'section:risk', section('typed before', null)));
  await recordGroups(store, [
    { edits: [edit(recordId(1), 'section:risk', section('brought in'))] },
    { edits: [edit(recordId(1), 'section:plan', section('brought in'))] },
  ]);
  await type(store, edit(recordId(1), 'section:risk', section('typed after')));
  const shown = await readRecord(store, recordId(1));
  assert.is(shown?.units['section:risk']?.value['evidence'], 'typed after');
  const risk = port.dump().pending.filter(({ unit }) => unit === 'section:risk');
  assert.equal(
    risk.map(({ typing }) => typing),
    [false, false, true],
  );
});

test('an audit that many actions have closed is closed for the next change', async ({ store }) => {
  await startAudit(store, recordId(1));
  await recordGroups(store, [
    { edits: [edit(recordId(1), 'section:risk', section('graded'))] },
    { edits: [edit(recordId(1), 'submitted', event())] },
  ]);
  const late = await recordEdits(store, [edit(recordId(1), 'section:risk', section('too late'))], 'act');
  assert.equal(late, {
    ok: false,
    problem: { kind: 'invalid-value', field: 'section:risk', why: 'already-submitted' },
  });
});

test('all of them or none: one value that is not acceptable keeps every other away', async ({ store, port }) => {
  const bad = { edits: [edit(recordId(9), 'section:risk', { ...section('x'), grade: 'Not A Grade' })] };
  const saved = await recordGroups(store, [...oldAudit(1), bad]);
  assert.is(saved.ok, false);
  assert.equal(port.dump().pending, []);
});

test('a change after the event that closes its audit is refused, with everything beside it', async ({
  store,
  port,
}) => {
  const late = { edits: [edit(recordId(1), 'section:risk', section('too late'))] };
  const saved = await recordGroups(store, [...oldAudit(1), late]);
  assert.is(saved.ok, false);
  assert.equal(port.dump().pending, []);
});

test('a disk that fills up half-way keeps none of it; the same call saves everything once there is room', async () => {
  let full = true;
  const port = memoryPort({
    onRequest: ({ action, count }) => {
      if (full && action === 'put' && count > 8) throw new DOMException('no room', 'QuotaExceededError');
    },
  });
  const { store } = await laptop({ port });
  assert.equal(await recordGroups(store, oldAudit(1)), { ok: false, problem: { kind: 'disk-full' } });
  assert.equal(port.dump().pending, []);
  full = false;
  assert.is((await recordGroups(store, oldAudit(1))).ok, true);
  assert.is(port.dump().pending.length, 5);
});

test.run();
