import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { memoryPort } from '../../src/store/memory-port.ts';
import type { Store } from '../../src/store/open.ts';
import { recordEdits, recordOrKeep } from '../../src/store/record.ts';
import { writerVersion, type LaptopState } from '../../src/store/state.ts';
import { sealBatch } from '../../src/store/outbox.ts';
import { writeClockOffset } from '../../src/store/sync-meta.ts';
import { readQuarantine, readRecord, readSaveCounts } from '../../src/store/view.ts';
import {
  act,
  allocation,
  countedIds,
  edit,
  event,
  laptop,
  realCipher,
  recordId,
  section,
  startAudit,
  type,
  type Laptop,
} from './laptop.ts';

const test = suite<Laptop>('recording');
const audit = recordId(1);
const none = { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 };

test.before.each(async (context) => {
  Object.assign(context, await laptop());
});

test('an act of several units is one group of rows, numbered and stamped in order', async ({ store, port }) => {
  await startAudit(store, audit);
  const [first, second] = port.dump().pending;
  assert.equal([first?.n, second?.n], [1, 2]);
  assert.is(first?.group, second?.group);
  assert.is(first?.groupSize, 2);
  assert.equal(
    [first?.claimed, second?.claimed],
    [
      { ms: 1_750_000_000_000, count: 0 },
      { ms: 1_750_000_000_000, count: 1 },
    ],
  );
});

test('what was recorded shows at once', async ({ store }) => {
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('seen')));
  const shown = await readRecord(store, audit);
  assert.equal(shown?.units['section:risk']?.value, section('seen'));
  assert.equal(shown?.units['section:risk']?.pending, { base: null, seen: [] });
  assert.is(shown?.projection, null);
  assert.is(shown?.unsent, 3);
});

test('keystrokes in one unit go into one row that keeps its number and base; its stamp moves on', async ({
  store,
  port,
  clock,
}) => {
  await startAudit(store, audit);
  const n = await type(store, edit(audit, 'section:risk', section('a')));
  clock.ms += 500;
  assert.is(await type(store, edit(audit, 'section:risk', section('ab'), { base: 'x:1' as never })), n);
  const row = port.dump().pending.at(-1);
  assert.is(port.dump().pending.length, 3);
  assert.equal([row?.n, row?.base, row?.typing, row?.claimed.ms], [n, null, true, clock.ms]);
  assert.equal([row?.startedMs, row?.editedMs], [clock.ms - 500, clock.ms]);
  assert.equal((await readRecord(store, audit))?.units['section:risk']?.value, section('ab'));
});

test('keystrokes in two units go into two rows', async ({ store, port }) => {
  await startAudit(store, audit);
  const risk = await type(store, edit(audit, 'section:risk', section('a')));
  const plan = await type(store, edit(audit, 'section:plan', section('b')));
  assert.is(await type(store, edit(audit, 'section:risk', section('aa'))), risk);
  assert.is.not(risk, plan);
  assert.is(port.dump().pending.length, 4);
});

test('an act closes the typing row of its unit: the trail shows both, and typing starts a new row', async ({
  store,
  port,
}) => {
  await startAudit(store, audit);
  const typed = await type(store, edit(audit, 'section:risk', section('a', 'inadequate')));
  const acted = await act(store, edit(audit, 'section:risk', section('a', 'good')));
  const typedAgain = await type(store, edit(audit, 'section:risk', section('ab', 'good')));
  assert.equal([acted - typed, typedAgain - acted], [1, 1]);
  assert.equal(
    port
      .dump()
      .pending.slice(2)
      .map(({ typing }) => typing),
    [false, false, true],
  );
});

test('typing never goes into a row that has been sealed', async ({ store }) => {
  await startAudit(store, audit);
  const n = await type(store, edit(audit, 'section:risk', section('a')));
  await sealBatch(store, none);
  assert.is(await type(store, edit(audit, 'section:risk', section('ab'))), n + 1);
  assert.is(await type(store, edit(audit, 'section:risk', section('abc'))), n + 1);
});

test('two tabs number their rows apart', async ({ store, port }) => {
  const other = await laptop({ port });
  await startAudit(store, audit);
  const saved = await Promise.all([
    ...Array.from({ length: 5 }, () => act(store, edit(audit, 'section:risk', section('mine')))),
    ...Array.from({ length: 5 }, () => act(other.store, edit(audit, 'section:plan', section('theirs')))),
  ]);
  assert.is(new Set(saved).size, 10);
});

test('what one tab has typed is not typed over by another tab: both stay in the trail, in their order', async ({
  store,
  port,
}) => {
  const other = await laptop({ port });
  await startAudit(store, audit);
  const n = await type(store, edit(audit, 'section:risk', section('in the first tab')));
  assert.is(await type(other.store, edit(audit, 'section:risk', section('in'))), n + 1);
  assert.is(await type(other.store, edit(audit, 'section:risk', section('in the second'))), n + 1);
  assert.is(await type(store, edit(audit, 'section:risk', section('in the first again'))), n + 2);
  const ops = await sealBatch(store, { maxBytes: 100_000, hotMs: 0, longestMs: 0 });
  assert.equal(
    ops.slice(2).map(({ value }) => value['evidence']),
    ['in the first tab', 'in the second', 'in the first again'],
  );
  assert.is((await readRecord(store, audit))?.units['section:risk']?.value['evidence'], 'in the first again');
});

test('saves of one tab land in the order in which they were asked for', async ({ store }) => {
  await startAudit(store, audit);
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => type(store, edit(audit, 'section:risk', section('x'.repeat(i))))),
  );
  assert.equal((await readRecord(store, audit))?.units['section:risk']?.value, section('x'.repeat(19)));
});

test('a unit of an audit that nobody has allocated is refused, and allocated in the same group it is taken', async ({
  store,
  port,
}) => {
  const refused = await recordEdits(store, [edit(audit, 'section:risk', section('a'))], 'act');
  assert.equal(refused, { ok: false, problem: { kind: 'invalid-value', field: 'section:risk', why: 'not-allocated' } });
  assert.equal(port.dump().pending, []);
  await act(store, edit(audit, 'allocation', allocation()), edit(audit, 'section:risk', section('a')));
});

test('nothing is recorded on an audit that another tab has submitted', async ({ store, port }) => {
  const other = await laptop({ port });
  await startAudit(store, audit);
  await act(other.store, edit(audit, 'submitted', event()));
  const refused = await recordEdits(store, [edit(audit, 'section:risk', section('a'))], 'typing');
  assert.equal(refused.ok || refused.problem, {
    kind: 'invalid-value',
    field: 'section:risk',
    why: 'already-submitted',
  });
  assert.is(port.dump().pending.length, 3);
});

test('the case of a closed audit is recorded with a correction that says why, and never alone', async ({
  store,
  port,
}) => {
  await startAudit(store, audit);
  await act(store, edit(audit, 'submitted', event()));
  const theCase = edit(audit, 'case', { reference: 'RIGHT', initials: null, ageBand: null, header: {} });
  const correction = edit(audit, 'correction:1', { ...event(), unit: 'case', reason: 'another case was meant' });
  const refused: readonly (readonly [string, Parameters<typeof recordEdits>[1]])[] = [
    ['already-submitted', [theCase]],
    ['nothing-corrected', [correction]],
    ['already-submitted', [correction, theCase, edit(audit, 'section:risk', section('a'))]],
  ];
  for (const [why, edits] of refused) {
    const answer = await recordEdits(store, edits, 'act');
    assert.is(!answer.ok && 'why' in answer.problem && answer.problem.why, why);
  }
  assert.is(port.dump().pending.length, 3);
  await act(store, correction, theCase);
  const shown = await readRecord(store, audit);
  assert.is(shown?.units['case']?.value['reference'], 'RIGHT');
  assert.is(shown?.units['correction:1']?.value['reason'], 'another case was meant');
});

const closings: [name: string, close: (other: Store) => Promise<unknown>, code: string, why: string][] = [
  [
    'is submitted in another tab',
    (other) => act(other, edit(audit, 'submitted', event())),
    'closed',
    'already-submitted',
  ],
  ['is voided', (other) => act(other, edit(audit, 'voided', event())), 'closed', 'already-voided'],
  [
    'is taken from the laptop',
    ({ port }) => port.write(['pending'], 'strict', (tx) => tx.deleteMany('pending', [1, 2])),
    'not-allowed',
    'not-allocated',
  ],
];
for (const [name, close, code, why] of closings) {
  test(`what is typed while an audit ${name} is kept, sealed, with the reason`, async ({ port }) => {
    const { store } = await laptop({ port, cipher: await realCipher() });
    const other = await laptop({ port });
    await startAudit(other.store, audit);
    await close(other.store);
    const left = port.dump().pending.length;
    const kept = await recordOrKeep(store, edit(audit, 'section:risk', section('the last words')), 'typing');
    assert.is(kept.ok, true);
    assert.is(port.dump().pending.length, left, 'nothing of it is sent');
    assert.not.match(JSON.stringify(port.dump().quarantine), 'the last words');
    const [held] = await readQuarantine(store);
    assert.equal([held?.row.code, held?.row.why, held?.value['evidence']], [code, why, 'the last words']);
    assert.is((await readSaveCounts(store)).quarantined, 1);
    await startAudit(store, recordId(2));
    assert.ok(
      port.dump().pending.every(({ n }) => n !== held?.row.n),
      'its number is its own',
    );
  });
}

test('a value that cannot be kept at all is not put among those either', async ({ store, port }) => {
  await startAudit(store, audit);
  const refused = await recordOrKeep(store, edit(audit, 'section:risk', { ...section('a'), grade: 7 }), 'act');
  assert.is(refused.ok, false);
  assert.equal(port.dump().quarantine, []);
});

test('a value that the schema refuses is named by its field and not saved', async ({ store, port }) => {
  const refused = await recordEdits(store, [edit(audit, 'allocation', allocation({ due: 'soon' }))], 'act');
  assert.is(!refused.ok && refused.problem.kind === 'invalid-value' && refused.problem.field, 'due');
  assert.equal(port.dump().pending, []);
});

test('an unknown field that cannot be encoded is refused with its path, and nothing is saved', async ({
  store,
  port,
}) => {
  await startAudit(store, audit);
  for (const bad of [NaN, -0, () => 1, new Date(0), undefined, '\ud800', JSON.parse('{"__proto__": 1}')]) {
    const refused = await recordEdits(
      store,
      [edit(audit, 'section:risk', { ...section('a'), newer: bad as never })],
      'act',
    );
    assert.is(!refused.ok && refused.problem.kind, 'invalid-value');
  }
  assert.is(port.dump().pending.length, 2);
});

test('a group past its limit is too much text; each unit alone is taken', async ({ store }) => {
  await startAudit(store, audit);
  const long = section('é'.repeat(20_000));
  const edits = [edit(audit, 'section:risk', long), edit(audit, 'section:plan', long)];
  const refused = await recordEdits(store, edits, 'act');
  assert.equal(refused, { ok: false, problem: { kind: 'too-much-text' } });
  for (const one of edits) await act(store, one);
});

test('stamps follow the laptop’s clock corrected by the measured offset, and never go back when the clock does', async ({
  store,
  port,
  clock,
}) => {
  await writeClockOffset(store, 3_600_000);
  await startAudit(store, audit);
  const before = port.dump().pending.at(-1)?.claimed;
  assert.is(before?.ms, clock.ms + 3_600_000);
  clock.ms -= 5 * 365 * 86_400_000;
  await act(store, edit(audit, 'section:risk', section('a')));
  assert.equal(port.dump().pending.at(-1)?.claimed, { ms: before?.ms, count: (before?.count ?? 0) + 1 });
});

test('a save that fails at any request leaves rows, clock and counters as they were, and works when tried again', async () => {
  for (let failing = 1; failing <= 12; failing += 1) {
    let armed = false;
    let seen = 0;
    const port = memoryPort({
      onRequest: () => {
        if (armed && (seen += 1) === failing) throw new DOMException('full', 'QuotaExceededError');
      },
    });
    const { store } = await laptop({ port });
    await startAudit(store, audit);
    await type(store, edit(audit, 'section:risk', section('a')));
    const before = port.dump();
    armed = true;
    const saved = await recordEdits(store, [edit(audit, 'section:risk', section('b'))], 'act');
    armed = false;
    if (saved.ok) {
      assert.ok(failing > 5, 'a save makes some requests');
      continue;
    }
    assert.equal(saved.problem, { kind: 'disk-full' });
    assert.equal(port.dump(), before);
    await act(store, edit(audit, 'section:risk', section('b')));
    assert.equal((await readRecord(store, audit))?.units['section:risk']?.value, section('b'));
  }
});

test('a database that was emptied under the open app takes nothing: storage-lost', async ({ store, port }) => {
  await startAudit(store, audit);
  await port.write(['meta', 'pending', 'changes'], 'strict', async (tx) => {
    const [meta, pending, changes] = [await tx.all('meta'), await tx.all('pending'), await tx.all('changes')];
    await tx.deleteMany(
      'meta',
      meta.map(({ name }) => name),
    );
    await tx.deleteMany(
      'pending',
      pending.map(({ n }) => n),
    );
    await tx.deleteMany(
      'changes',
      changes.map(({ record }) => record),
    );
  });
  const saved = await recordEdits(store, [edit(audit, 'section:risk', section('a'))], 'act');
  assert.equal(saved, { ok: false, problem: { kind: 'storage-lost' } });
  assert.equal(port.dump().pending, []);
  await laptop({ port, newId: countedIds(0x9000) });
  const later = await recordEdits(store, [edit(audit, 'allocation', allocation())], 'act');
  assert.equal(later, { ok: false, problem: { kind: 'storage-lost' } });
});

test('a build that a newer one shuts out writes nothing', async ({ store, port }) => {
  await port.write(['meta'], 'strict', async (tx) => {
    const row = await tx.get('meta', 'laptop');
    await tx.put('meta', { name: 'laptop', value: { ...(row?.value as object), minWriter: 99 } });
  });
  const saved = await recordEdits(store, [edit(audit, 'allocation', allocation())], 'act');
  assert.equal(saved, { ok: false, problem: { kind: 'build-too-old' } });
});

test('a newer build shuts older ones out of a database as it opens it', async ({ store, port }) => {
  await startAudit(store, audit);
  const minWriter = (value: number) => ({
    name: 'laptop',
    value: { ...(port.dump().meta[0]?.value as object), minWriter: value },
  });
  const row = minWriter(writerVersion - 1);
  await port.write(['meta'], 'strict', (tx) => tx.put('meta', row));
  await laptop({ port });
  assert.is((port.dump().meta[0]?.value as LaptopState | undefined)?.minWriter, writerVersion);
});

test('the counts say how much is only here, and since when', async ({ store, clock }) => {
  assert.equal(await readSaveCounts(store), { unsent: 0, sent: 0, quarantined: 0, keptOut: 0, oldestUnsentMs: null });
  await startAudit(store, audit);
  const startedMs = clock.ms;
  clock.ms += 1000;
  await type(store, edit(audit, 'section:risk', section('a')));
  assert.equal(await readSaveCounts(store), {
    unsent: 3,
    sent: 0,
    quarantined: 0,
    keptOut: 0,
    oldestUnsentMs: startedMs,
  });
});

test.run();
