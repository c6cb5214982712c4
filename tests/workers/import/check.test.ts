import { createHash } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mostNames } from '../../../src/domain/import/found-names.ts';
import { checkFile } from '../../../workers/import/check.ts';
import { writeImport } from '../../../workers/import/write.ts';
import { laptop, type Laptop } from '../../store/laptop.ts';
import { anyRows, checked, heading, never, newFileHash, planFor, quiet, reading, trackerOf } from './an-import.ts';

const test = suite<Laptop>('the look at a file before it is imported');

test.before.each(async (context) => {
  Object.assign(context, await laptop());
});

const messy = trackerOf([
  '2026-03-01,Assessment,East,CASE-1,Good,good,n/a',
  '2026-04-30,assessment,EAST,CASE-2,nan,,Inadequate',
  ',Assessment,East,CASE-3,Good,Good,Good',
  '31/31/2026,Assessment,East,CASE-4,Good,Good,Good',
  '2026-03-09,Assessment,,CASE-5,Good,Good,Good',
]);

test('counts what would be written and what would not, and writes nothing', async ({ store, port }) => {
  const before = JSON.stringify(port.dump());
  const { report, fresh, names, days, perDay, here, digest } = await checked(store, messy);
  assert.equal([report.rows, report.audits, fresh.audits, here.size], [5, 2, 2, 0]);
  assert.equal(
    Object.entries(report.refused).map(([why, { count, first }]) => [why, count, ...first]),
    [
      ['no-date', 1, 4],
      ['unreadable-date', 1, 5],
      ['no-service', 0],
      ['no-team', 1, 6],
      ['too-long', 0],
    ],
  );
  assert.equal(
    report.columns.map((column) => [column.graded, column.notApplicable, column.blank, column.unknown]),
    [
      [1, 0, 0, 1],
      [1, 0, 1, 0],
      [1, 1, 0, 0],
    ],
  );
  assert.equal(names.services, [{ name: 'Assessment', count: 2 }]);
  assert.equal(days, { first: '2026-03-01', last: '2026-04-30' });
  assert.equal([...perDay].sort(), [
    ['2026-03-01', 1],
    ['2026-04-30', 1],
  ]);
  assert.is(
    digest,
    createHash('sha256')
      .update(await messy.text())
      .digest('hex'),
  );
  assert.is(JSON.stringify(port.dump()), before);
});

test('knows the rows that are here already, and asks only about the names of the rest', async ({ store }) => {
  const first = trackerOf(anyRows(3));
  await writeImport(never, first, planFor(await checked(store, first)), { store, onProgress: quiet });
  const longer = trackerOf([...anyRows(3), '2026-05-01,Fostering,North,CASE-9,Good,Good,Good']);
  const { report, fresh, here, names, days } = await checked(store, longer);
  assert.equal([report.audits, fresh.audits, [...here.values()]], [4, 1, [3]]);
  assert.equal(names.services, [{ name: 'Fostering', count: 1 }]);
  assert.is(days?.first, '2026-05-01');
});

test('says when a column holds more names than an authority has', async ({ store }) => {
  const rows = Array.from({ length: mostNames.service + 1 }, (_, at) => `2026-03-01,S${at},East,C,Good,Good,Good`);
  const answer = await checkFile(never, trackerOf(rows), reading, { store, newFileHash, onProgress: quiet });
  assert.equal(answer, { ok: false, problem: { kind: 'too-many-names', place: 'service', limit: mostNames.service } });
});

test('tells how far it is, and ends when it is called off', async ({ store }) => {
  const file = trackerOf(anyRows(1_200));
  const told: number[] = [];
  const stop = new AbortController();
  const onProgress = ({ doneBytes, totalBytes }: { doneBytes: number; totalBytes: number }): void => {
    told.push(doneBytes / totalBytes);
    stop.abort();
  };
  const answer = await checkFile(stop.signal, file, reading, { store, newFileHash, onProgress });
  assert.equal(answer, { ok: false, problem: { kind: 'cancelled' } });
  assert.is(told.length, 1);
});

test('a file without its headings’ rows has nothing to import', async ({ store }) => {
  const { report } = await checked(store, new File([`${heading}\n`], 'empty.csv'));
  assert.is(report.rows, 0);
});

test.run();
