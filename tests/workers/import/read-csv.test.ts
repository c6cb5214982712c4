import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ImportNotice } from '../../../src/protocol/import.ts';
import { writeFile } from './csv-writer.ts';
import { allRows, fileOf, inspected, problemOf } from './reading.ts';

const test = suite('reading a file');

const layouts: readonly (readonly [string, readonly string[], string, number])[] = [
  ['commas', ['Date,Team,Grade', '2026-03-09,North,Good'], ',', 1],
  ['semicolons, with commas in a cell', ['Date;Team;Notes', '2026-03-09;North, made up;a, b'], ';', 1],
  [
    'tabs, with a comma in every name',
    ['Date\tAuditor\tGrade', '2026-03-09\tDoe, J\tGood', '2026-03-10\tRoe, J\tRI'],
    '\t',
    1,
  ],
  ['pipes', ['Date|Team|Grade', '2026-03-09|North|Good'], '|', 1],
  ['a list with semicolons in a cell', ['Team,Themes,Grade', 'North,a;b;c;d,Good', 'South,a;b;c;d,RI'], ',', 1],
  ['quoted semicolons', ['"Date";"Team"', '"2026-03-09";"North, made up"'], ';', 1],
  [
    'rows shorter than the headings',
    ['Date,Team,Voice,Overall', '2026-03-09,North,Good', '2026-03-10,South,RI'],
    ',',
    1,
  ],
  [
    'short rows that hold a list of two',
    ['Date,Team,Themes,Overall', '2026-03-09,North,a;b', '2026-03-10,South,c;d,RI', '2026-03-11,South,e;f'],
    ',',
    1,
  ],
  [
    'a title with commas above names with commas',
    [
      'Audits, made up, North, all',
      'For the board, all, none, some',
      'Date\tAuditor\tGrade',
      ...Array<string>(40).fill('2026-03-09\tDoe, J\tGood'),
    ],
    '\t',
    3,
  ],
  ['two columns, one with as many commas in each row', ['When;Where', '1;a, b, c, d', '2;e, f, g, h'], ';', 1],
  [
    'rows longer than its headings',
    ['Date,Team,Grade', '2026-03-09,North,Good,x;y', '2026-03-10,South,RI', '2026-03-10,South,RI,y;z'],
    ',',
    1,
  ],
  ['a name and a value above a table of two columns', ['Produced by:,QA', 'Team,Grade', 'North,Good'], ',', 2],
  [
    'many names and values above',
    ['Area,Made up', 'Lead,Made up', 'Cycle,March', 'Tool,Generic', 'Date,Team,Voice,Plan,Risk,Overall', '1,2,3,4,5,6'],
    ',',
    5,
  ],
  ['a title and a blank line above', ['Case audits, made up', '', 'Date,Team,Grade', '2026-03-09,North,Good'], ',', 3],
  ['a padded title above', ['Case audits,,', ',,', 'Date,Team,Grade', '2026-03-09,North,Good'], ',', 3],
  [
    'names and values above',
    ['Produced by:,QA,', 'Period,01/04/2025,31/03/2026', 'Date,Team,Grade', '2026-03-09,North,Good'],
    ',',
    3,
  ],
  [
    'groups of headings above',
    ['Section A,,,Section B,,', 'Date,Team,Voice,Plan,Risk,Overall', '2026-03-09,North,Good,Good,RI,Good'],
    ',',
    2,
  ],
  [
    'headings that are missing for some columns',
    ['Date,Team,Voice,,', '2026-03-09,North,Good,Good,RI', '2026-03-10,South,Good,RI,RI'],
    ',',
    1,
  ],
  ['grades in every row', ['Case,Overall', 'Good,Good', 'RI,Outstanding'], ',', 1],
];
for (const [name, lines, delimiter, headerRow] of layouts) {
  test(`finds the table of a file of ${name}`, async () => {
    const { layout } = await inspected(fileOf(...lines));
    assert.equal(layout, { encoding: 'utf-8', delimiter, headerRow });
  });
}

test('a person may choose another delimiter and another row of headings', async () => {
  const file = fileOf('Date;Team,Grade', '2026-03-09;North,Good', '2026-03-10;South,RI');
  assert.is((await inspected(file, { delimiter: ';' })).layout.delimiter, ';');
  const moved = await inspected(file, { delimiter: ',', headerRow: 2 });
  assert.is(moved.layout.headerRow, 2);
  assert.is(moved.rowCount, 1);
  assert.equal(moved.above, [{ row: 1, cells: ['Date;Team', 'Grade'] }]);
  assert.equal(await problemOf(file, { headerRow: 9 }), { kind: 'no-rows' });
  assert.equal(await problemOf(file, { delimiter: '|' }), { kind: 'one-column', firstLine: 'Date;Team,Grade' });
});

test('says the encoding: what the mark says, else UTF-8 if the whole file is, else windows-1252', async () => {
  const table = [
    ['Team', 'Café'],
    ['North', '€ “made up”'],
  ];
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const) {
    const { layout, columns } = await inspected(writeFile(table, { encoding }));
    assert.is(layout.encoding, encoding);
    assert.equal(columns[1]?.values, [{ value: '€ “made up”', count: 1 }]);
  }
  assert.is((await inspected(writeFile(table, { encoding: 'utf-8-bom' }))).layout.encoding, 'utf-8');
  const late = new Blob(['Team,Notes\n', 'North,made up é\n'.repeat(40_000), 'South,', Uint8Array.of(0xe9), 'x\n']);
  const { layout, columns } = await inspected(late);
  assert.is(layout.encoding, 'windows-1252');
  assert.is(columns[0]?.filled, 40_001);
});

test('offers columns that have a heading or a value, under the letters a spreadsheet gives them', async () => {
  const { columns } = await inspected(
    fileOf(',Date,,"Voice of', 'the   child",Empty,,', ',2026-03-09,,Good,,,x', ',2026-03-10,, RI ,,,', ',,,,,,', ''),
  );
  assert.equal(
    columns.map(({ index, letter, heading, filled, blank }) => [index, letter, heading, filled, blank]),
    [
      [1, 'B', 'Date', 2, 0],
      [3, 'D', 'Voice of the child', 2, 0],
      [4, 'E', 'Empty', 0, 2],
      [6, 'G', '', 1, 1],
    ],
  );
});

test('a column says what it holds: spellings of a label together, samples, dates and their order', async () => {
  const { columns } = await inspected(
    fileOf(
      'Date,Grade',
      '25/03/2026,Good',
      '03/04/2026,GOOD',
      '46090,good ',
      'TBC,Requires\u00a0improvement',
      '2026-01-01,',
    ),
  );
  assert.equal(columns[0]?.dates, { dates: 3, serials: 1, order: 'day-first' });
  assert.equal(columns[0]?.samples, ['25/03/2026', '03/04/2026', '46090', 'TBC', '2026-01-01']);
  assert.equal(columns[1]?.values, [
    { value: 'Good', count: 3 },
    { value: 'Requires\u00a0improvement', count: 1 },
  ]);
});

test('dates say their order from every row, also from those whose values are not kept', async () => {
  const day = (n: number): string => `${1 + (n % 12)}/${1 + (Math.floor(n / 12) % 12)}/${2000 + (n % 97)}`;
  const lines = Array.from({ length: 2_000 }, (_, n) => `${day(n)},x`);
  const { columns } = await inspected(fileOf('Date,Team', ...lines));
  assert.is(columns[0]?.dates.order, 'ambiguous');
  const settled = await inspected(fileOf('Date,Team', ...lines, '13/12/2026,x'));
  assert.equal(settled.columns[0]?.dates, { dates: 2_001, serials: 0, order: 'day-first' });
});

test('empty columns between tabs keep their places, also beside a quotation mark', async () => {
  const empty = '\t'.repeat(200);
  const file = fileOf(`First\tSecond${empty}Last`, `"a"\t"b"${empty}c`);
  const { columns, layout } = await inspected(file);
  assert.equal(
    columns.map(({ index }) => index),
    [0, 1, 201],
  );
  assert.is((await allRows(file, layout))[0]?.cells[201], 'c');
});

test('shows the rows above the headings and the first below, with a spreadsheet’s numbers, long cells shortened', async () => {
  const { above, firstRows, rowCount } = await inspected(
    fileOf('Title', '', 'Team,Notes', '', `North,${'x'.repeat(500)}`, '"a', 'b",c', ...Array<string>(20).fill('d,e')),
  );
  assert.equal(above, [{ row: 1, cells: ['Title'] }]);
  assert.is(rowCount, 22);
  assert.is(firstRows.length, 10);
  assert.equal(firstRows[0], { row: 5, cells: ['North', 'x'.repeat(120)] });
  assert.equal(firstRows[1], { row: 6, cells: ['a\nb', 'c'] });
  assert.equal(firstRows[2], { row: 7, cells: ['d', 'e'] });
});

const noticed: readonly (readonly [string, readonly (string | Uint8Array<ArrayBuffer>)[], readonly ImportNotice[]])[] =
  [
    ['nothing', ['Date,Team\n2026-03-09,North\n,\n\n'], []],
    [
      'duplicate headings, which stay apart',
      ['Team,Grade,team ,Grade\nNorth,Good,1,RI\n'],
      [
        { kind: 'duplicate-headings', heading: 'Team', letters: ['A', 'C'] },
        { kind: 'duplicate-headings', heading: 'Grade', letters: ['B', 'D'] },
      ],
    ],
    [
      'control characters, taken out',
      ['Team,Grade\nNor\u0007th,Go\u001bod\nSouth\u0085,\ufeffRI\n'],
      [{ kind: 'control-characters', count: 4 }],
    ],
    [
      'bytes that are lost in a file marked as UTF-8',
      ['\ufeffTeam,Grade\nNor', Uint8Array.of(0xe9), 'th,Good\n'],
      [{ kind: 'broken-characters', count: 1 }],
    ],
    ['characters that were lost before', ['Team,Grade\nCaf\ufffd,Good\n'], [{ kind: 'broken-characters', count: 1 }]],
    [
      'rows of another length',
      ['a,b,c,\n1,2,3\n1,2,3,,,\n1,2\n1,2,3,4,5\n1,2,3\n1\n'],
      [{ kind: 'uneven-rows', shorter: 2, longer: 1, firstRow: 4 }],
    ],
    ['text after a closing quotation mark', ['a,b\n"x" y",2\n1,2\n'], [{ kind: 'stray-quotes', rows: 1, firstRow: 2 }]],
    ['a quotation mark that is never closed', ['a,b\n1,2\n3,"4\n5,6\n'], [{ kind: 'unclosed-quote', row: 3 }]],
    [
      'headings that look like values',
      ['2026-03-09,North,Good\n2026-03-10,South,RI\n'],
      [{ kind: 'headings-look-like-values' }],
    ],
    [
      'a second scale in a column of grades',
      ['Team,Grade\nNorth,Good\nNorth,RI\nSouth,Met\nSouth,nan\n'],
      [{ kind: 'second-scale', letter: 'B', heading: 'Grade', scale: 'met', known: 2, other: 1 }],
    ],
  ];
for (const [name, parts, notices] of noticed) {
  test(`notices ${name}`, async () => {
    const inspection = await inspected(new Blob([...parts]));
    assert.equal(inspection.notices, notices);
  });
}

test('duplicate headings are two columns with their own values', async () => {
  const { columns } = await inspected(fileOf('Team,Grade,Team', 'North,Good,1'));
  assert.equal(
    columns.map(({ letter, heading, values }) => [letter, heading, values[0]?.value]),
    [
      ['A', 'Team', 'North'],
      ['B', 'Grade', 'Good'],
      ['C', 'Team', '1'],
    ],
  );
});

test('a quote that is never closed takes in the rest of the file, and the row before it is whole', async () => {
  const file = fileOf('a,b', '1,2', '3,"4', '5,6');
  const { layout } = await inspected(file);
  assert.equal(await allRows(file, layout), [
    { row: 2, cells: ['1', '2'] },
    { row: 3, cells: ['3', '4\n5,6'] },
  ]);
});

test.run();
