import fc from 'fast-check';
import Papa from 'papaparse';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { csvText } from '../../../src/ui/export/csv-text.ts';

const test = suite('CSV text');

const bom = '\ufeff';

test('is UTF-8 with a mark, CRLF, and quotes where a cell needs them', () => {
  const text = csvText([
    ['Team', 'Audits', 'Percent'],
    ['North, “A”', 20, '25%'],
    ['say "no"', null, 'two\nlines'],
  ]);
  assert.is(text, `${bom}Team,Audits,Percent\r\n"North, “A”",20,25%\r\n"say ""no""",,"two\nlines"`);
});

const guarded = [
  '=1+1',
  '+44 1642',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\0=1',
  '\tplain',
  ' \tplain',
  ' =1+1',
  '\u00a0=1+1',
  '\n=1',
  '\u200b=1',
  '\ufeff=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '-',
  '--1',
  '-3.5.1',
  '-3.5-1',
  ' -3.5',
  "=cmd|'/c calc'!A1",
];
for (const cell of guarded) {
  test(`${JSON.stringify(cell)} is guarded`, () => {
    const [[read] = []] = Papa.parse<string[]>(csvText([[cell]]).slice(1), { newline: '\r\n' }).data;
    assert.is(read, `'${cell}`);
  });
}

for (const cell of ['-3.5', '-3', '3.5', 'plain', "'=1", 'a=b', '25%', '', 'e-mail@example.org', '11% to 47%']) {
  test(`${JSON.stringify(cell)} stays as it is`, () => assert.is(csvText([[cell]]), bom + cell));
}

test('a number stays a number', () => assert.is(csvText([[-3.5, 0, 20]]), `${bom}-3.5,0,20`));

test('whatever is written, no cell read back is a formula, and nothing else has changed', () => {
  const sign = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '\0',
    ' ',
    '\u00a0',
    '\n',
    '"',
    ',',
    ';',
    "'",
    '＝',
    '－',
    '3',
    '.',
  );
  const cell = fc.oneof(fc.string({ unit: sign, maxLength: 8 }), fc.string({ unit: 'grapheme', maxLength: 8 }));
  const table = fc
    .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([width, height]) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
    );
  fc.assert(
    fc.property(table, (rows) => {
      const read = Papa.parse<string[]>(csvText(rows).slice(1), { delimiter: ',', newline: '\r\n' }).data;
      assert.is(read.length, rows.length);
      read.flat().forEach((text, i) => {
        const written = rows.flat()[i] ?? '';
        assert.ok(text === written || text === `'${written}`);
        assert.ok(
          /^-\d+(\.\d+)?$/.test(text) || !/^[=+\-@\t\r\0＝＋－＠]/.test(text.replace(/^[ \n\u00a0]+/, '')),
          text,
        );
      });
    }),
    { numRuns: 2_000 },
  );
});

test.run();
