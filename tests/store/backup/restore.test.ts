import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { opId } from '../../../src/domain/ids.ts';
import { compareStamps } from '../../../src/domain/stamp.ts';
import { bringIn, countBringIn, type BringInReport } from '../../../src/store/backup/bring-in.ts';
import { readChanged } from '../../../src/store/columns.ts';
import type { MemoryPort } from '../../../src/store/memory-port.ts';
import type { Store } from '../../../src/store/open.ts';
import { recordEdits, recordGroups, type Edit } from '../../../src/store/record.ts';
import { readKeptOut, readRecords } from '../../../src/store/view.ts';
import {
  act,
  allocation,
  caseValue,
  countedIds,
  device,
  edit,
  event,
  hex,
  laptop,
  recordId,
  section,
  startAudit,
  type,
} from '../laptop.ts';
import { fileOf, fileOfLines, open, whoOf } from './files.ts';

const test = suite('a laptop from its backup file');
const signal = new AbortController().signal;
const silent = () => undefined;

async function restore(file: Blob, store: Store): Promise<BringInReport> {
  const backup = await open(file);
  const counted = await countBringIn(signal, store, backup, { kind: 'restore' }, silent);
  assert.ok(counted.ok, JSON.stringify(counted));
  const done = await bringIn(signal, store, backup, { kind: 'restore' }, silent);
  assert.ok(done.ok && !done.value.isPart, JSON.stringify(done));
  assert.equal(done.value.report.comes, counted.value.comes, 'what was counted is what came');
  return done.value.report;
}

/** Everything a screen or a percentage can see. */
async function seen({ store, port }: { readonly store: Store; readonly port: MemoryPort }) {
  const { records } = await readChanged(port, 0, 10_000);
  const ids = records.map(({ id }) => id).sort();
  const shown = await readRecords(store, ids);
  return {
    shown: shown.map(({ id, kind, units, unsent }) => [id, kind, unsent, Object.fromEntries(entries(units))]),
    counted: [...records]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, units }) => [id, Object.fromEntries(entries(units))]),
    // Words typed on for a while stand among the pending rows where they were begun, and claim when they were last typed.
    trail: ids.map((id) =>
      [...port.dump().pending]
        .filter(({ record }) => record === id)
        .sort((a, b) => compareStamps(a.claimed, b.claimed))
        .map(({ unit, plain, claimed }) => [unit, plain, claimed.ms]),
    ),
  };
}
const entries = (units: object) =>
  Object.entries(units as Record<string, { value?: unknown }>).sort(([a], [b]) => (a < b ? -1 : 1));

const words = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replace(/[\p{Cc}\p{Cs}]/gu, ''));
const anyEdit: fc.Arbitrary<Edit> = fc
  .record({
    audit: fc.integer({ min: 1, max: 3 }),
    section: fc.constantFrom('risk', 'plan'),
    grade: fc.constantFrom('good', 'inadequate', null),
    words,
  })
  .map(({ audit, section: id, grade, words: evidence }) =>
    edit(recordId(audit), `section:${id}`, section(evidence, grade)),
  );
const service: Edit = {
  record: recordId(0x50),
  kind: 'service',
  unit: 'profile',
  value: { name: 'Assessment', from: '2026-01-01', to: null, was: [] },
  base: null,
};

const anyDoing = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ how: fc.constantFrom('act' as const, 'typing' as const), edits: fc.tuple(anyEdit) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ how: fc.constant('act' as const), edits: fc.tuple(anyEdit, fc.constant(service)) }),
  },
  { weight: 1, arbitrary: fc.integer({ min: -5000, max: 5000 }) },
  { weight: 1, arbitrary: fc.constant('submit' as const) },
);

test('shows and counts exactly what the first laptop did, with the same changes at the same times', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyDoing, { maxLength: 40, size: 'max' }), async (doings) => {
      const first = await laptop();
      for (const number of [1, 2, 3]) await startAudit(first.store, recordId(number));
      for (const doing of doings) {
        first.clock.ms += 1000;
        if (typeof doing === 'number') first.clock.ms += doing;
        else if (doing === 'submit') await recordEdits(first.store, [edit(recordId(1), 'submitted', event())], 'act');
        else await recordEdits(first.store, doing.edits, doing.how); // what is refused changes nothing
      }
      const second = await laptop({
        device: hex(0xdd) as typeof device,
        newId: countedIds(0x9000),
        now: () => 2_000_000_000_000,
      });
      await restore(await fileOf(first.store), second.store);
      assert.equal(await seen(second), await seen(first));
    }),
    { numRuns: 60 },
  );
});

test('what the store did not take is in the file, with what another tab has saved in the unit meanwhile', async () => {
  const first = await laptop();
  await startAudit(first.store, recordId(1));
  await act(first.store, edit(recordId(1), 'section:risk', section('before')));
  first.clock.ms += 1000;
  await act(first.store, edit(recordId(1), 'section:risk', section('before', 'inadequate'), { changed: ['grade'] }));
  first.clock.ms += 1000;
  const unsaved = [
    edit(recordId(1), 'section:risk', section('before. And after.'), { changed: ['evidence'] }),
    edit(recordId(1), 'voice:child', { obtained: true, words: 'said last', because: '' }),
    edit(recordId(1), 'section:plan', { ...section('refused everywhere'), evidence: 7 }),
  ];
  const before = first.port.dump();
  const file = await fileOf(first.store, { unsaved });
  assert.equal(first.port.dump(), before, 'nothing is written here');
  const second = await laptop({ newId: countedIds(0x9000), now: () => first.clock.ms + 1000 });
  await restore(file, second.store);
  const [shown] = await readRecords(second.store, [recordId(1)]);
  const risk = shown?.units['section:risk']?.value;
  assert.equal([risk?.['evidence'], risk?.['grade']], ['before. And after.', 'inadequate']);
  assert.is(shown?.units['voice:child']?.value['words'], 'said last');
  assert.is(shown?.units['section:plan'], undefined);

  // Saved here after all, the file adds nothing any more.
  for (const one of unsaved.slice(0, 2)) await act(first.store, one);
  const again = await restore(file, first.store);
  assert.equal([...again.comes], []);
});

test('whatever the store did not take, the file opens: what is too much together or of a closed audit needs attention', async () => {
  const first = await laptop();
  await startAudit(first.store, recordId(1));
  const long = '€'.repeat(15_000);
  await act(first.store, edit(recordId(1), 'section:risk', { ...section(''), rationale: long }));
  await startAudit(first.store, recordId(2));
  await act(first.store, edit(recordId(2), 'submitted', event()));
  await startAudit(first.store, recordId(3));
  const settles = Array.from({ length: 60 }, (_, n) => opId(device, n + 1));
  const unsaved = [
    edit(recordId(1), 'section:risk', section(long), { changed: ['evidence'] }),
    edit(recordId(2), 'section:risk', section('too late')),
    edit(recordId(3), 'section:risk', section('settled much'), { settles }),
  ];
  const file = await fileOf(first.store, { unsaved });
  const second = await laptop({ newId: countedIds(0x9000), now: () => first.clock.ms + 1000 });
  await restore(file, second.store);
  const shown = await readRecords(second.store, [recordId(1), recordId(2), recordId(3)]);
  assert.equal(
    shown.map(({ units }) => units['section:risk']?.value['evidence']),
    ['', undefined, 'settled much'],
  );
  assert.equal(
    (await readKeptOut(second.store))
      .map(({ row, value }) => [row.record, String(value['evidence']).slice(0, 8)])
      .sort(),
    [
      [recordId(1), '€€€€€€€€'],
      [recordId(2), 'too late'],
    ],
  );
});

test('a file of that laptop then adds nothing, and a file of the first laptop adds what was done since', async () => {
  const first = await laptop();
  await startAudit(first.store, recordId(1));
  await act(first.store, edit(recordId(1), 'section:risk', section('first', 'inadequate')));
  const early = await fileOf(first.store);
  const second = await laptop({ newId: countedIds(0x9000) });
  await restore(early, second.store);
  const before = second.port.dump();
  const again = await restore(await fileOf(second.store), second.store);
  assert.equal([...again.comes], []);
  assert.equal([...again.here], [['audit', { records: 1, changes: 0 }]]);
  assert.equal(second.port.dump(), before);

  first.clock.ms += 5000;
  await act(first.store, edit(recordId(1), 'section:risk', section('second', 'good')));
  await startAudit(first.store, recordId(2));
  const later = await restore(await fileOf(first.store), second.store);
  assert.equal([...later.comes], [['audit', { records: 2, changes: 3 }]]);
  assert.equal((await seen(second)).shown, (await seen(first)).shown);
});

test('the order of two records does not change the time of either', async () => {
  const first = await laptop();
  const [march, may] = [1_740_900_000_000, 1_746_000_000_000];
  const audit = (number: number, doneMs: number) => ({
    doneMs,
    edits: [
      edit(recordId(number), 'case', caseValue(`C-${number}`)),
      edit(recordId(number), 'allocation', allocation()),
    ],
  });
  await recordGroups(first.store, [audit(1, may)]);
  await recordGroups(first.store, [audit(2, march)]);
  const second = await laptop();
  await restore(await fileOf(first.store), second.store);
  const ms = second.port.dump().pending.map(({ record, claimed }) => [record, claimed.ms]);
  assert.equal(Object.fromEntries(ms), { [recordId(1)]: may, [recordId(2)]: march });
});

test('words still being typed come as they were when the file was made', async () => {
  const first = await laptop();
  await startAudit(first.store, recordId(1));
  await type(first.store, edit(recordId(1), 'section:risk', section('half a sen')));
  const file = await fileOf(first.store);
  await type(first.store, edit(recordId(1), 'section:risk', section('half a sentence')));
  const second = await laptop();
  await restore(file, second.store);
  const [shown] = await readRecords(second.store, [recordId(1)]);
  assert.is(shown?.units['section:risk']?.value['evidence'], 'half a sen');
  const there = await restore(file, first.store);
  assert.equal([...there.comes], [], 'and take nothing back on the laptop that went on');
});

test('a disk that is full keeps none of a page, and the same file goes on from there', async () => {
  const first = await laptop();
  for (let number = 1; number <= 60; number += 1) await startAudit(first.store, recordId(number));
  const file = await fileOf(first.store);
  let full = false;
  const { memoryPort } = await import('../../../src/store/memory-port.ts');
  let puts = 0;
  const port = memoryPort({
    onRequest: ({ action }) => {
      if (action === 'put') puts += 1;
      if (full && action === 'put' && puts > 80) throw new DOMException('no room', 'QuotaExceededError');
    },
  });
  const second = await laptop({ port });
  full = true;
  const stopped = await bringIn(signal, second.store, await open(file), { kind: 'restore' }, silent);
  assert.equal(stopped, { ok: false, problem: { kind: 'disk-full' } });
  assert.is(port.dump().pending.length, 64);
  full = false;
  const report = await restore(file, second.store);
  assert.is(report.comes.get('audit')?.records, 28);
  assert.is(port.dump().pending.length, 120);
});

test('calling off stops between two pages, says so, and the same file goes on from there', async () => {
  const first = await laptop();
  for (let number = 1; number <= 60; number += 1) await startAudit(first.store, recordId(number));
  const file = await fileOf(first.store);
  const second = await laptop();
  const off = new AbortController();
  second.port.onWrite(() => off.abort());
  const part = await bringIn(off.signal, second.store, await open(file), { kind: 'restore' }, silent);
  assert.ok(part.ok && part.value.isPart);
  assert.is(second.port.dump().pending.length, 16);
  await restore(file, second.store);
  assert.is(second.port.dump().pending.length, 120);
});

test('counting can be called off too, and writes nothing', async () => {
  const first = await laptop();
  await startAudit(first.store, recordId(1));
  const second = await laptop();
  const before = second.port.dump();
  const off = new AbortController();
  off.abort();
  const backup = await open(await fileOf(first.store));
  assert.equal(await countBringIn(off.signal, second.store, backup, { kind: 'restore' }, silent), {
    ok: false,
    problem: { kind: 'cancelled' },
  });
  assert.equal(second.port.dump(), before);
});

test('a file that is bad at its end has written nothing of its beginning', async () => {
  const change = (number: number, value: object) => [
    JSON.stringify({ is: 'record', id: recordId(number), kind: 'audit' }),
    JSON.stringify({
      is: 'change',
      group: hex(number),
      unit: 'case',
      value,
      claimed: { ms: 1000, count: 0 },
      base: null,
      settles: [],
      held: null,
    }),
  ];
  const lines = Array.from({ length: 60 }, (_, i) => change(i + 1, caseValue(`C-${i}`))).flat();
  const file = await fileOfLines(JSON.stringify(whoOf()), ...lines, ...change(99, { reference: 7 }));
  const second = await laptop();
  const before = second.port.dump();
  const counted = await countBringIn(signal, second.store, await open(file), { kind: 'restore' }, silent);
  assert.equal(counted, { ok: false, problem: { kind: 'strange-content' } });
  assert.equal(second.port.dump(), before);
});

test('what the server had refused, or an earlier file left out, comes along as that, with its text', async () => {
  const first = await laptop();
  await startAudit(first.store, recordId(1));
  await act(first.store, edit(recordId(1), 'section:risk', section('refused words')));
  const row = first.port.dump().pending.at(-1);
  assert.ok(row);
  await first.port.write(['pending', 'quarantine'], 'strict', async (tx) => {
    await tx.delete('pending', row.n);
    await tx.put('quarantine', { ...row, code: 'not-allowed', why: '', heldMs: 1 });
  });
  const file = await fileOf(first.store);
  const second = await laptop();
  const report = await restore(file, second.store);
  assert.equal([...(report.out.get('refused') ?? [])], [['audit', { records: 1, changes: 1 }]]);
  const kept = await readKeptOut(second.store);
  assert.equal(
    kept.map(({ row: one, value }) => [one.code, one.why, value['evidence']]),
    [['not-brought-in', 'refused', 'refused words']],
  );
  await restore(file, second.store);
  assert.is(second.port.dump().quarantine.length, 1, 'and is kept once');
});

test.run();
