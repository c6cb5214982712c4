/** Properties of the reader against its own writer, and against bytes that nobody wrote. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ofstedScale } from '../../../src/domain/grade.ts';
import { delimiters, type ImportProblem } from '../../../src/protocol/import.ts';
import { inspect, rows } from '../../../workers/import/read-csv.ts';
import { characters1252, writeFile, type Writing } from './csv-writer.ts';
import { allRows, inspected, never } from './reading.ts';

const test = suite('files read back');

const headings = ['Audit date', 'Team', 'Voice of\nthe child', 'Café', 'Notes', 'Größe'];
// Characters that mean something to a reader, and some of each length in UTF-8.
const telling = fc.constantFrom(',', ';', '\t', '|', '"', '\n', '\r\n', ' ', '\u00a0', "'", 'a', 'é', '€', '1', 'Good');
const cell1252 = fc
  .array(fc.oneof(telling, fc.constantFrom(...characters1252)), { maxLength: 6 })
  .map((s) => s.join(''));
const cell = fc
  .oneof(cell1252, fc.string({ unit: 'grapheme', maxLength: 8 }))
  .filter((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\ufffd]/.test(text));

const anyWriting = fc.record({
  delimiter: fc.constantFrom(...delimiters),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'),
  quoteAll: fc.boolean(),
  preamble: fc.array(fc.constantFrom('Case audits (made up)', '', 'Produced 3 March 2026; for QA, by a | b'), {
    maxLength: 3,
  }),
  padPreamble: fc.boolean(),
  lineEnds: fc.nat({ max: 3 }),
}) satisfies fc.Arbitrary<Writing>;

const anyTable = (cells: fc.Arbitrary<string>) =>
  fc.integer({ min: 2, max: headings.length }).chain((width) =>
    fc.array(fc.array(cells, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }).map((body) => {
      // Something to be read, and a byte that is not UTF-8 where the file is windows-1252.
      const [first = [], ...others] = body;
      return [headings.slice(0, width - 1).concat('é here'), ['é x', ...first.slice(1)], ...others];
    }),
  );

/** A row as the reader is to give it. */
function expected(cells: readonly string[]): string[] {
  const lines = cells.map((text) => text.replace(/\r\n?/g, '\n'));
  return lines.slice(0, lines.findLastIndex((text) => text.trim() !== '') + 1);
}

const anyFile = anyWriting.chain((writing) =>
  fc.tuple(fc.constant(writing), anyTable(writing.encoding === 'windows-1252' ? cell1252 : cell)),
);

test('whatever a table is written with, inspecting finds how, and the rows have its cells and numbers', async () => {
  await fc.assert(
    fc.asyncProperty(anyFile, async ([writing, table]) => {
      const file = writeFile(table, writing);
      const { layout, columns, rowCount } = await inspected(file);
      const headerRow = writing.preamble.length + 1;
      const encoding = writing.encoding === 'utf-8-bom' ? 'utf-8' : writing.encoding;
      assert.equal(layout, { encoding, delimiter: writing.delimiter, headerRow });
      const body = table.slice(1).map((cells, i) => ({ row: headerRow + 1 + i, cells: expected(cells) }));
      const read = body.filter(({ cells }) => cells.length > 0);
      assert.equal(await allRows(file, layout), read);
      assert.is(rowCount, read.length);
      assert.equal(
        columns.map(({ heading }) => heading),
        table[0]?.map((heading) => heading.replace('\n', ' ')),
      );
      for (const { index, filled, blank } of columns) {
        assert.is(filled, read.filter(({ cells }) => (cells[index] ?? '').trim() !== '').length);
        assert.is(filled + blank, rowCount);
      }
    }),
    { numRuns: 600 },
  );
});

test('no character, line end or quote is lost where a file is cut into pieces', async () => {
  const sign = '€ "é" 𝄞\r\n';
  const table = [['Team', 'Notes'], ...Array.from({ length: 700 }, (_, n) => [`${n}`, sign.repeat(30)])];
  // Each shift moves every edge between two pieces by one byte.
  for (const encoding of ['utf-8', 'utf-16le'] as const) {
    for (let shift = 0; shift < new TextEncoder().encode(sign).length; shift++) {
      const file = writeFile(table, { encoding, newline: '\r\n', preamble: ['x'.repeat(shift)] });
      const { layout } = await inspected(file);
      const read = await allRows(file, layout);
      assert.is(read.length, 700);
      for (const [n, { cells }] of read.entries()) {
        if (cells[0] !== `${n}` || cells[1] !== sign.replaceAll('\r\n', '\n').repeat(30)) {
          assert.unreachable(`row ${n} at shift ${shift} in ${encoding}: ${JSON.stringify(cells)}`);
        }
      }
    }
  }
});

const listed: Readonly<Record<ImportProblem['kind'], true>> = {
  'not-text': true,
  'too-big': true,
  'one-column': true,
  'too-many-columns': true,
  'row-too-long': true,
  'no-rows': true,
  'too-many-rows': true,
  unreadable: true,
  cancelled: true,
};

const wild = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .array(fc.constantFrom(...'",;\t|\r\nab1=€é \u0001\ufeff'), { maxLength: 300 })
    .map((signs) => new TextEncoder().encode(signs.join(''))),
  fc
    .tuple(fc.constantFrom([0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf], [0x50, 0x4b, 3, 4]), fc.uint8Array())
    .map(([mark, bytes]) => Uint8Array.from([...mark, ...bytes])),
);

test('bytes that nobody wrote give a table or a listed problem, and nothing is ever thrown', async () => {
  await fc.assert(
    fc.asyncProperty(wild, async (bytes) => {
      const file = new Blob([bytes]);
      const answer = await inspect(never, file, { scale: ofstedScale });
      if (!answer.ok) return assert.ok(listed[answer.problem.kind]);
      const { layout, rowCount } = answer.value;
      let count = 0;
      for await (const page of rows(never, file, layout)) {
        assert.ok(page.ok);
        for (const { row, cells } of page.value.rows) {
          count++;
          assert.ok(row > layout.headerRow);
          assert.not.match(cells.join(''), /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/);
        }
      }
      assert.is(count, rowCount);
    }),
    { numRuns: 2_000 },
  );
});

test.run();
