import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ofstedScale } from '../../../src/domain/grade.ts';
import { columnLetter } from '../../../src/domain/import/column.ts';
import { headingRank, type ColumnRole } from '../../../src/domain/import/headings.ts';
import { suggestMapping } from '../../../src/domain/import/mapping.ts';
import { columnsOf } from './any-column.ts';

const test = suite('mapping');

const suggest = (table: Parameters<typeof columnsOf>[0]) => suggestMapping(columnsOf(table), ofstedScale);

const isoDays = ['2026-03-09', '2026-03-10', '2026-03-11'];
const grades = ['Good', 'RI', 'Outstanding'];

const headings: readonly (readonly [ColumnRole, string, boolean])[] = [
  ['date', 'inspection_start', true],
  ['date', 'Date of audit', true],
  ['date', 'Date of\naudit', true],
  ['date', 'Audit date (dd/mm/yyyy)', true],
  ['date', 'AUDIT DATE:', true],
  ['date', 'Date', true],
  ['date', 'Date of birth', false],
  ['date', 'Due date', false],
  ['date', 'inspection_end', false],
  ['service', 'service', true],
  ['service', 'Service area', true],
  ['service', 'region_code', true],
  ['service', 'Service user', false],
  ['team', 'Team', true],
  ['team', 'local_authority', true],
  ['team', 'Team manager', false],
  ['reference', 'Case ref', true],
  ['reference', 'Case ref.', true],
  ['reference', 'inspection_id', true],
  ['reference', 'Child’s name', false],
  ['auditor', 'Auditor', true],
  ['auditor', 'Auditor’s comments', false],
  ['overall', 'overall', true],
  ['overall', 'Overall grade', true],
  ['overall', 'Overall comments', false],
];
for (const [role, heading, fits] of headings) {
  test(`${JSON.stringify(heading)} ${fits ? 'says' : 'does not say'} that a column is the ${role}`, () => {
    assert.is(headingRank(role, heading) !== undefined, fits);
  });
}

test('proposes by headings and contents, with a title and the plain labels of each graded column', () => {
  const draft = suggest([
    ['Case ref', ['a1', 'a2', 'a3']],
    ['Date of\naudit', isoDays],
    ['Service', ['Early Help', 'Early Help', 'Assessment']],
    ['Team', ['North', 'South', 'North']],
    ['Auditor', ['Ash (made up)', 'Lee (made up)', 'Ash (made up)']],
    ['voice_of_the_child', ['Good', 'nan', 'requires improvement']],
    ['Overall grade', grades],
    ['Comments', ['Good to see', 'Late', 'Clear']],
  ]);
  assert.equal(draft, {
    dates: [{ column: 1, order: null }],
    undated: 'leave-out',
    service: { column: 2 },
    team: { column: 3 },
    reference: 0,
    auditor: 4,
    graded: [
      {
        column: 5,
        title: 'Voice of the child',
        labels: [
          { label: 'Good', choice: { kind: 'grade', grade: 'good' } },
          { label: 'requires improvement', choice: { kind: 'grade', grade: 'requires-improvement' } },
        ],
      },
      {
        column: 6,
        title: 'Overall grade',
        labels: [
          { label: 'Good', choice: { kind: 'grade', grade: 'good' } },
          { label: 'RI', choice: { kind: 'grade', grade: 'requires-improvement' } },
          { label: 'Outstanding', choice: { kind: 'grade', grade: 'outstanding' } },
        ],
      },
    ],
    overall: 6,
  });
});

test('leaves undefined what nothing says', () => {
  assert.equal(suggest([]), { graded: [], dates: [] });
  assert.equal(
    suggest([
      ['A thing', ['x', 'y', 'z']],
      ['Child’s name', ['made up', 'made up', 'made up']],
    ]),
    { graded: [], dates: [] },
  );
});

test('does not choose between two columns that fit alike', () => {
  const draft = suggest([
    ['Team', ['North', 'South', 'East']],
    ['team ', ['1', '2', '3']],
    ['Overall', grades],
    ['Overall', grades],
  ]);
  assert.is(draft.team, undefined);
  assert.is(draft.overall, undefined);
  assert.is(draft.graded.length, 2);
});

test('prefers the plainer heading: a team to a local authority, an inspection’s start to its plain date', () => {
  const draft = suggest([
    ['local_authority', ['a', 'b', 'c']],
    ['Team', ['North', 'South', 'East']],
    ['date', isoDays],
    ['inspection_start', isoDays],
    ['inspection_end', isoDays],
    ['published', isoDays],
  ]);
  assert.equal(draft.team, { column: 1 });
  assert.equal(draft.dates, [{ column: 3, order: null }]);
});

test('a heading is not believed against the contents', () => {
  assert.equal(suggest([['Date of audit', ['TBC', 'soon', '2026-03-09']]]).dates, []);
  assert.is(suggest([['Team', ['', ' ', '']]]).team, undefined);
  assert.is(suggest([['Service', grades]]).service, undefined);
});

test('takes the one column of dates without a telling heading, but no numbers and no other date', () => {
  assert.equal(suggest([['When', isoDays]]).dates, [{ column: 0, order: null }]);
  assert.equal(suggest([['Number', ['46090', '46091', '46092']]]).dates, []);
  assert.equal(suggest([['Audit date', ['46090', '46091', '46092']]]).dates, [{ column: 0, order: null }]);
  assert.equal(suggest([['Date of birth', isoDays]]).dates, []);
  assert.equal(
    suggest([
      ['When', isoDays],
      ['Then', isoDays],
    ]).dates,
    [],
  );
});

test('an order of day and month that no cell settles is left to a person', () => {
  const orderOf = (cells: readonly string[]) => suggest([['Audit date', cells]]).dates;
  assert.equal(orderOf(['03/04/2026', '05/06/2026']), [{ column: 0 }]);
  assert.equal(orderOf(['03/04/2026', '25/06/2026']), [{ column: 0, order: 'day-first' }]);
  assert.equal(orderOf(['03/04/2026', '06/25/2026']), [{ column: 0, order: 'month-first' }]);
  assert.equal(orderOf(['13/04/2026', '06/25/2026']), [{ column: 0 }]);
});

test('what to do with rows without a date is left to a person where there are any', () => {
  assert.is(suggest([['Audit date', [...isoDays, '']]]).undated, undefined);
  assert.is(suggest([['Audit date', isoDays]]).undated, 'leave-out');
});

test('a graded column without a heading is called by its letter', () => {
  assert.equal(
    suggest([
      ['x', ['1', '2', '3']],
      ['', grades],
    ]).graded.map(({ title }) => title),
    ['B'],
  );
});

test('columns have the letters of a spreadsheet', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [51, 'AZ'],
    [52, 'BA'],
    [499, 'SF'],
    [701, 'ZZ'],
    [702, 'AAA'],
    [16_383, 'XFD'],
  ];
  for (const [index, letter] of cases) assert.is(columnLetter(index), letter);
});

test.run();
