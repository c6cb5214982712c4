import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditRow } from '../../../src/domain/audit-row.ts';
import { ofstedScale } from '../../../src/domain/grade.ts';
import type { RecordId } from '../../../src/domain/ids.ts';
import type { AuditRow } from '../../../src/domain/summary.ts';
import { summarise } from '../../../src/domain/tally.ts';
import type { ImportPlan, ImportStop, ImportWritten } from '../../../src/protocol/import-job.ts';
import type { Result } from '../../../src/protocol/problem.ts';
import { readChanged } from '../../../src/store/columns.ts';
import { memoryPort } from '../../../src/store/memory-port.ts';
import type { Store } from '../../../src/store/open.ts';
import { readKind, readRecord } from '../../../src/store/view.ts';
import { writeImport } from '../../../workers/import/write.ts';
import { act, edit, event, hex, laptop, type Laptop } from '../../store/laptop.ts';
import { anyRows, checked, never, planFor, quiet, tool, trackerOf } from './an-import.ts';

const test = suite<Laptop>('writing an import');

test.before.each(async (context) => {
  Object.assign(context, await laptop());
});

const write = (store: Store, file: File, plan: ImportPlan): Promise<Result<ImportWritten, ImportStop>> =>
  writeImport(never, file, plan, { store, onProgress: quiet });

async function auditsOf({ port }: Pick<Laptop, 'port'>): Promise<readonly AuditRow[]> {
  const { records } = await readChanged(port, 0, 1_000_000);
  return records.filter(({ kind }) => kind === 'audit').map(({ id, units }) => auditRow(id, units, () => []));
}

const query = {
  measure: 'overall',
  by: 'team',
  filter: {},
  grades: ofstedScale.grades.map(({ id }) => id),
  goodOrBetter: ofstedScale.goodOrBetter,
} as const;

test('the import’s own record comes first, what has to be made next, the audits then, and at the end that it is done', async ({
  store,
  port,
}) => {
  const file = trackerOf(anyRows(3));
  const plan = planFor(await checked(store, file));
  assert.equal(await write(store, file, plan), { ok: true, value: { outcome: 'finished', written: 3 } });
  const kinds = port.dump().pending.map(({ kind, unit }) => `${kind} ${unit}`);
  assert.equal(kinds.slice(0, 4), ['import source', 'tool definition', 'service profile', 'team profile']);
  assert.is(kinds.at(-1), 'import finished');
  assert.is(kinds.filter((kind) => kind === 'audit imported').length, 3);
  const groups = new Map(port.dump().pending.map(({ group, record }) => [group, record]));
  assert.is(new Set(groups.values()).size, groups.size - 1, 'a group is one record, and only the import has two');
  const source = (await readRecord(store, plan.record))?.units['source']?.value;
  assert.equal(
    [source?.['file'], source?.['rows'], source?.['tool'], source?.['mapping']],
    ['tracker.csv', 3, tool.id, 'Date: column A'],
  );
});

test('its audits count at once, under the grades of the file', async ({ store, port }) => {
  const file = trackerOf(anyRows(7));
  await write(store, file, planFor(await checked(store, file)));
  const { total, groups } = summarise(await auditsOf({ port }), query, 0);
  assert.equal([total.base, total.grades.map(({ count }) => count), groups.length], [7, [0, 4, 0, 3], 1]);
});

test('the same file again adds nothing; a longer one only its new rows, with the tool and the teams there are', async ({
  store,
  port,
}) => {
  const file = trackerOf(anyRows(5));
  await write(store, file, planFor(await checked(store, file)));
  const again = await write(
    store,
    file,
    planFor(await checked(store, file), { record: hex(0x61) as RecordId, rows: 1 }),
  );
  assert.equal(again, { ok: true, value: { outcome: 'finished', written: 0 } });
  const longer = trackerOf(anyRows(8));
  const check = await checked(store, longer);
  const more = await write(store, longer, planFor(check, { record: hex(0x62) as RecordId }));
  assert.equal(more, { ok: true, value: { outcome: 'finished', written: 3 } });
  assert.is((await auditsOf({ port })).length, 8);
  const made = await Promise.all((['tool', 'service', 'team'] as const).map((kind) => readKind(store, kind)));
  assert.equal(
    made.map(({ length }) => length),
    [1, 1, 1],
  );
});

test('two equal rows are two audits, and stay two', async ({ store, port }) => {
  const [row = ''] = anyRows(1);
  const file = trackerOf([row, row]);
  await write(store, file, planFor(await checked(store, file)));
  await write(store, file, planFor(await checked(store, file), { rows: 2 }));
  assert.is((await auditsOf({ port })).length, 2);
});

test('called off it stops between two audits; the same plan goes on and ends with every row once', async ({
  store,
  port,
}) => {
  const file = trackerOf(anyRows(1_300));
  const plan = planFor(await checked(store, file));
  const stop = new AbortController();
  const first = await writeImport(stop.signal, file, plan, { store, onProgress: () => stop.abort() });
  assert.ok(first.ok && first.value.outcome === 'stopped');
  const written = first.ok ? first.value.written : 0;
  assert.ok(written > 0 && written < 200);
  assert.is((await auditsOf({ port })).length, written);
  assert.ok(
    (await auditsOf({ port })).every(({ state }) => state === 'final'),
    'none is half an audit',
  );
  assert.is((await readRecord(store, plan.record))?.units['finished'], undefined);

  const rest = await write(store, file, plan);
  assert.equal(rest, { ok: true, value: { outcome: 'finished', written: 1_300 - written } });
  assert.is((await auditsOf({ port })).length, 1_300);
  assert.is((await readKind(store, 'import')).length, 1);
});

test('a disk that fills up says so; what was written is whole, and the same plan adds the rest once there is room', async () => {
  let full = false;
  const port = memoryPort({
    onRequest: ({ action }) => {
      if (full && action === 'put') throw new DOMException('no room', 'QuotaExceededError');
    },
  });
  const { store } = await laptop({ port });
  const file = trackerOf(anyRows(300));
  const plan = planFor(await checked(store, file));
  const answer = await writeImport(never, file, plan, { store, onProgress: () => (full = true) });
  assert.equal(answer, { ok: false, problem: { kind: 'disk-full' } });
  full = false;
  assert.ok((await auditsOf({ port })).every(({ state }) => state === 'final'));
  await write(store, file, plan);
  assert.is((await auditsOf({ port })).length, 300);
});

test('after an undo the same file comes in again, as another import', async ({ store, port }) => {
  const file = trackerOf(anyRows(4));
  const plan = planFor(await checked(store, file));
  await write(store, file, plan);
  await act(store, edit(plan.record, 'undone', event(), { kind: 'import' }));
  const check = await checked(store, file);
  assert.is(check.fresh.audits, 4);
  await write(store, file, planFor(check, { record: hex(0x61) as RecordId }));
  const counted = (await auditsOf({ port })).filter((row) => row.import !== plan.record);
  assert.equal([counted.length, (await auditsOf({ port })).length], [4, 8]);
});

test('names that nobody has decided about are asked for again, and their rows not written', async ({ store, port }) => {
  const decided = await checked(store, trackerOf(anyRows(2)));
  const other = trackerOf([...anyRows(2), '2026-05-01,Fostering,North,CASE-9,Good,Good,Good']);
  assert.equal(await write(store, other, planFor(decided)), { ok: false, problem: { kind: 'look-again' } });
  assert.ok((await auditsOf({ port })).length < 3);
});

test('whatever the order and the repeats of files that grow, each row counts as often as the longest has it', async () => {
  const row = fc.constantFrom('A', 'B', 'C').map((name) => `2026-03-01,Assessment,East,${name},Good,Good,Good`);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(row, { maxLength: 5 }), { minLength: 1, maxLength: 4 }), async (files) => {
      const { store, port } = await laptop();
      for (const [at, lines] of files.entries()) {
        const file = trackerOf(lines);
        const check = await checked(store, file);
        const plan = planFor(check, { record: hex(0x200 + at) as RecordId, rows: Math.max(1, check.fresh.audits) });
        assert.ok((await write(store, file, plan)).ok);
      }
      const count = (lines: readonly string[], one: string): number => lines.filter((line) => line === one).length;
      const expected = ['A', 'B', 'C'].map((name) => {
        const one = `2026-03-01,Assessment,East,${name},Good,Good,Good`;
        return Math.max(...files.map((lines) => count(lines, one)));
      });
      const references = await Promise.all(
        (await auditsOf({ port })).map(
          async ({ id }) => (await readRecord(store, id))?.units['case']?.value['reference'],
        ),
      );
      assert.equal(
        ['A', 'B', 'C'].map((name) => references.filter((reference) => reference === name).length),
        expected,
      );
    }),
    { numRuns: 40 },
  );
});

test.run();
