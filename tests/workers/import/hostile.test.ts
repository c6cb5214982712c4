/** Files that would exhaust a laptop or are no tables: each a listed problem, soon, and in little memory. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ofstedScale } from '../../../src/domain/grade.ts';
import type { ImportProblem } from '../../../src/protocol/import.ts';
import type { FileLike } from '../../../workers/import/bytes.ts';
import { limits } from '../../../workers/import/limits.ts';
import { inspect, rows } from '../../../workers/import/read-csv.ts';
import { workOf } from '../../work.ts';
import { sparseFile, writeFile } from './csv-writer.ts';
import { fileOf, inspected, never, problemOf } from './reading.ts';

const test = suite('hostile files');

const mb = 1_000_000;
/** Some three times what the worst of them takes. */
const mostWork = 200;
const header = 'Date,Service,Team,Case ref,Auditor,Voice,Overall\n';
const row = '2026-03-09,Early Help,North,C-12345,"Ash Auditor, made up",Good,Requires improvement\n';

const bytes = (...start: readonly number[]): Blob => new Blob([Uint8Array.from(start), 'some,text\n1,2\n']);
const wide = (columns: number): string => Array.from({ length: columns }, (_, i) => `c${i}`).join(',');

const hostile: readonly (readonly [string, () => FileLike, ImportProblem])[] = [
  ['of 200 MB', () => sparseFile(200 * mb, header, row), { kind: 'too-big', bytes: 200 * mb, limit: 50 * mb }],
  [
    'one byte too big',
    () => sparseFile(50 * mb + 1, header, row),
    { kind: 'too-big', bytes: 50 * mb + 1, limit: 50 * mb },
  ],
  ['that is a zip named .csv', () => bytes(0x50, 0x4b, 3, 4), { kind: 'not-text', found: 'zip' }],
  ['that is an empty zip', () => bytes(0x50, 0x4b, 5, 6), { kind: 'not-text', found: 'zip' }],
  [
    'that is an old workbook',
    () => bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
    { kind: 'not-text', found: 'xls' },
  ],
  ['with a NUL far inside', () => new Blob([header, row.repeat(9_000), '\0']), { kind: 'not-text', found: 'nul' }],
  ['of one column', () => fileOf('Grade', 'Good', 'Good'), { kind: 'one-column', firstLine: 'Grade' }],
  [
    'of 40 MB in one column',
    () => sparseFile(40 * mb, 'Grade\n', 'Good\n'),
    { kind: 'one-column', firstLine: 'Grade' },
  ],
  [
    'of 5,000 columns',
    () => sparseFile(10 * mb, '', `${wide(5_000)}\n`),
    { kind: 'too-many-columns', row: 1, columns: 5_000, limit: 500 },
  ],
  [
    'with 501 columns in row 3',
    () => fileOf('a,b', '1,2', wide(501)),
    { kind: 'too-many-columns', row: 3, columns: 501, limit: 500 },
  ],
  ['of one row of 10 MB', () => sparseFile(10 * mb, '', 'x'), { kind: 'row-too-long', row: 1, limit: mb }],
  ['of one row of 10 MB of cells', () => sparseFile(10 * mb, '', 'x,'), { kind: 'row-too-long', row: 1, limit: mb }],
  ['with a row of 10 MB', () => sparseFile(10 * mb, header, 'x'), { kind: 'row-too-long', row: 2, limit: mb }],
  [
    'with a row of 10 MB in quotes',
    () => sparseFile(10 * mb, `${header}"`, 'x\n'),
    { kind: 'row-too-long', row: 2, limit: mb },
  ],
  [
    'with a row of 10 MB of quotes',
    () => sparseFile(10 * mb, header, '"a'),
    { kind: 'row-too-long', row: 2, limit: mb },
  ],
  [
    'with a row that ends soon after its limit',
    () => fileOf('a,b', `${'x'.repeat(mb)},y`, '1,2'),
    { kind: 'row-too-long', row: 2, limit: mb },
  ],
  [
    'with stray quotes before a long blank',
    () => sparseFile(10 * mb, header, `${'"a'.repeat(80_000)}${' '.repeat(160_000)}\n`),
    { kind: 'row-too-long', row: 2, limit: mb },
  ],
  ['that is empty', () => new Blob([]), { kind: 'no-rows' }],
  ['of a byte order mark alone', () => new Blob(['\ufeff']), { kind: 'no-rows' }],
  ['of blank lines', () => fileOf('', ' ', '', ',,,', ''), { kind: 'no-rows' }],
  ['of headings alone', () => fileOf('Date,Team', ''), { kind: 'no-rows' }],
  ['of headings and blank rows', () => fileOf('Date,Team', ',', ' , '), { kind: 'no-rows' }],
  ['of 200,001 rows', () => new Blob(['a,b\n', '1,2\n'.repeat(200_001)]), { kind: 'too-many-rows', limit: 200_000 }],
  [
    'of 50 MB of blank rows',
    () => sparseFile(50 * mb, 'a,b\n1,2\n', '\n'),
    { kind: 'too-many-rows', limit: 1_048_576 },
  ],
];
for (const [name, make, problem] of hostile) {
  test(`a file ${name} is ${problem.kind}, said with little work`, async () => {
    const file = make();
    const work = await workOf(async () => assert.equal(await problemOf(file), problem));
    assert.ok(work < mostWork, `${work}`);
  });
}

test('a file that is too big is not read at all', async () => {
  const file = sparseFile(200 * mb, header, row);
  await problemOf(file);
  assert.is(file.read.bytes, 0);
});

test('a row that is too long is read to its limit, not to its end', async () => {
  for (const head of ['', header]) {
    const file = sparseFile(10 * mb, head, 'x');
    await problemOf(file);
    assert.ok(file.read.bytes < 4 * mb);
  }
});

test('the most that is let in is let in', async () => {
  const widest = await inspected(fileOf(wide(500), wide(500)));
  assert.is(widest.columns.length, 500);
  const longest = await inspected(new Blob(['a,b\n', '1,2\n'.repeat(limits.rows)]));
  assert.is(longest.rowCount, 200_000);
  const cell = await inspected(fileOf('a,b', `1,${'x'.repeat(32_000)}`));
  assert.equal(cell.notices, []);
});

test('a file near the limit is read piece by piece, in a few dozen megabytes', async () => {
  const size = 190_000 * row.length + header.length;
  const file = sparseFile(size, header, row);
  const before = process.memoryUsage().rss;
  let most = before;
  const look = (): void => void (most = Math.max(most, process.memoryUsage().rss));
  const { layout, rowCount } = await inspected(file, { onProgress: look });
  assert.is(rowCount, 190_000);
  let count = 0;
  let doneBefore = 0;
  for await (const page of rows(never, file, layout)) {
    look();
    assert.ok(page.ok);
    assert.ok(page.value.rows.length <= 500);
    assert.ok(page.value.doneBytes >= doneBefore && page.value.totalBytes === size);
    doneBefore = page.value.doneBytes;
    count += page.value.rows.length;
  }
  assert.is(count, 190_000);
  assert.is(doneBefore, size);
  assert.ok(file.read.most <= 256 * 1024);
  assert.ok(most - before < 150 * mb, `${Math.round((most - before) / mb)} MB more`);
});

test('distinct values without end are counted, and only the first kept', async () => {
  const lines = Array.from({ length: 100_000 }, (_, n) => `${n},${'x'.repeat(100)}${n}`);
  const { columns } = await inspected(fileOf(['a,b', ...lines].join('\n')));
  for (const { values, rest, filled } of columns) {
    assert.is(values.length, 300);
    assert.is(rest, 99_700);
    assert.is(filled, 100_000);
  }
});

test('what has been cancelled before it began is not read', async () => {
  const file = sparseFile(mb, header, row);
  const answer = await inspect(AbortSignal.abort(), file, { scale: ofstedScale });
  assert.equal(answer, { ok: false, problem: { kind: 'cancelled' } });
  assert.is(file.read.bytes, 0);
});

test('a cancel ends an inspection and a reading within a piece, and says so', async () => {
  const size = 20 * mb;
  const abort = new AbortController();
  const file = sparseFile(size, header, row);
  const onProgress = (done: number): void => {
    if (done > mb) abort.abort();
  };
  const answer = await inspect(abort.signal, file, { scale: ofstedScale, onProgress });
  assert.equal(answer, { ok: false, problem: { kind: 'cancelled' } });
  assert.ok(file.read.bytes < 2 * mb);

  const again = new AbortController();
  const problems: unknown[] = [];
  let count = 0;
  for await (const page of rows(again.signal, file, { encoding: 'utf-8', delimiter: ',', headerRow: 1 })) {
    if (page.ok) count += page.value.rows.length;
    else problems.push(page.problem);
    if (count > 5_000) again.abort();
  }
  assert.equal(problems, [{ kind: 'cancelled' }]);
  assert.ok(count < 6_000);
});

test('a file that cannot be read any more is unreadable, with what the browser calls it', async () => {
  const gone = new DOMException('moved', 'NotReadableError');
  const failsAt = (from: number): FileLike => ({
    size: 3 * mb,
    slice: (start, end) => {
      if (end > from) return { arrayBuffer: () => Promise.reject(gone) };
      return sparseFile(3 * mb, header, row).slice(start, end);
    },
  });
  for (const from of [0, 2 * mb]) {
    assert.equal(await problemOf(failsAt(from)), { kind: 'unreadable', why: 'NotReadableError' });
  }
  const layout = { encoding: 'utf-8', delimiter: ',', headerRow: 1 } as const;
  const answers: unknown[] = [];
  for await (const page of rows(never, failsAt(mb), layout)) if (!page.ok) answers.push(page.problem);
  assert.equal(answers, [{ kind: 'unreadable', why: 'NotReadableError' }]);
});

test('cells of more than 32,000 characters are cut and counted, no character in half', async () => {
  const file = writeFile([
    ['a', 'b'],
    ['1', `${'x'.repeat(31_999)}𝄞`],
    ['2', 'y'.repeat(40_000)],
  ]);
  const { layout, notices } = await inspected(file);
  assert.equal(notices, [{ kind: 'long-cells', count: 2, limit: 32_000 }]);
  const lengths: number[] = [];
  for await (const page of rows(never, file, layout)) {
    if (page.ok) lengths.push(...page.value.rows.map(({ cells }) => cells[1]?.length ?? 0));
  }
  assert.equal(lengths, [31_999, 32_000]);
});

test.run();
