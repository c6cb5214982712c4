import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { builtInTools } from '../../../src/domain/tools/built-in.ts';
import { readListed } from '../../../src/store/view.ts';
import { auditLine, auditsRows } from '../../../src/ui/export/audits-rows.ts';
import { blankQuestion } from '../../../src/ui/percentages/question.ts';
import {
  act,
  allocation,
  caseValue,
  edit,
  event,
  laptop,
  me,
  recordId,
  section,
  service,
  team,
} from '../../store/laptop.ts';
import { organisationOf } from './organisation.ts';

const test = suite('the file of audits');

const [tool, otherTool] = builtInTools;
if (tool === undefined || otherTool === undefined) throw new Error('There are fewer than two built-in tools');
const [first, second] = tool.sections;
if (first === undefined || second === undefined) throw new Error('The tool has fewer than two sections');

const organisation = organisationOf({
  services: { [service]: 'North Service' },
  teams: { [team]: 'Team 1' },
  people: { [me]: 'Ada Example' },
});

/** Two audits: one graded, submitted and extended, one of another tool not begun. */
async function written(withAuditors = false) {
  const { store } = await laptop();
  const [graded, fresh] = [recordId(1), recordId(2)];
  await act(
    store,
    edit(graded, 'allocation', allocation({ tool: tool?.id ?? '', due: '2025-06-01', extendedTo: '2025-06-30' })),
    edit(graded, 'case', caseValue('CASE-1')),
    edit(graded, `section:${first?.id}`, section('SENTINEL evidence', 'inadequate')),
    edit(graded, `section:${second?.id}`, {
      ...section('', null),
      notApplicable: true,
      notApplicableReason: 'SENTINEL',
    }),
    edit(graded, 'overall', { suggested: 'inadequate', chosen: 'inadequate', rule: 'median', reason: 'SENTINEL' }),
    edit(graded, 'submitted', event()),
  );
  await act(
    store,
    edit(fresh, 'allocation', allocation({ tool: otherTool?.id ?? '', due: '2025-07-01' })),
    edit(fresh, 'case', caseValue('CASE-2')),
  );
  const records = await readListed(store, [graded, fresh]);
  const asked = {
    question: blankQuestion,
    organisation,
    authorityName: 'Testshire',
    countedMs: Date.UTC(2026, 2, 20, 14, 2),
    withAuditors,
    missing: [],
  };
  const lines = records.map((record) => auditLine(record, organisation, withAuditors));
  const rows = auditsRows(asked, ['Audits behind', 'Everything counted, All'], lines);
  const blank = rows.findIndex((row) => row.length === 0);
  const [headings = [], ...table] = rows.slice(blank + 1);
  return { rows, headings, table: table.map((row) => Object.fromEntries(row.map((cell, at) => [headings[at], cell]))) };
}

test('an audit is a row of where it stands, its grades and its dates', async () => {
  const { rows, table } = await written();
  assert.equal(rows[0], ['OFFICIAL-SENSITIVE']);
  assert.equal(rows[2], ['Audits behind', 'Everything counted, All']);
  const [row] = table;
  assert.is(row?.['Case'], 'CASE-1');
  assert.is(row?.['Service'], 'North Service');
  assert.is(row?.['Team'], 'Team 1');
  assert.is(row?.['Tool'], tool.name);
  assert.is(row?.['Month'], '2025-06');
  assert.is(row?.['State'], 'Submitted');
  assert.is(row?.['How cases were picked'], 'Random sample');
  assert.is(row?.['Overall grade'], 'Inadequate');
  assert.is(row?.['Due'], '2025-06-30');
  assert.is(row?.['Submitted'], '2025-06-15');
});

test('every section of any of the audits has a column, empty for the audits whose tool has no such section', async () => {
  const { headings, table } = await written();
  const sections = headings.filter((heading) => String(heading).startsWith('Section: '));
  assert.is(sections.length, tool.sections.length + otherTool.sections.length);
  const [graded, fresh] = table;
  assert.is(graded?.[`Section: ${first.title}`], 'Inadequate');
  assert.is(graded?.[`Section: ${second.title}`], 'Not applicable');
  assert.is(fresh?.[`Section: ${first.title}`], null);
  assert.is(Object.values(graded ?? {}).filter((cell) => cell === 'Not graded').length, tool.sections.length - 2);
  assert.is(fresh?.['State'], 'Not started');
  assert.is(fresh?.['Submitted'], null);
});

test('nothing that was written is in the file, and no auditor unless asked for', async () => {
  const { rows } = await written();
  assert.not.match(JSON.stringify(rows), 'SENTINEL');
  assert.not.match(JSON.stringify(rows), 'Ada Example');
  const { table } = await written(true);
  assert.is(table[0]?.['Auditor'], 'Ada Example');
});

test('an imported audit has the day of its file, and not the moment it came in', async () => {
  const { store } = await laptop();
  const id = recordId(1);
  await act(
    store,
    edit(id, 'allocation', allocation({ auditor: null, due: null })),
    edit(id, 'imported', { import: recordId(9), row: 'a'.repeat(64), line: 7, day: '2024-02-29' }),
    edit(id, 'submitted', event()),
  );
  const [record] = await readListed(store, [id]);
  assert.ok(record);
  const { before, after } = auditLine(record, organisation, true);
  assert.equal(after, [null, null, '2024-02-29']);
  assert.ok(before.includes('2024-02'), 'the month it is counted in');
  assert.not.ok(before.includes('Nobody yet'));
});

test('an audit that is exempt says so, as the lists do', async () => {
  const { store } = await laptop();
  await act(store, edit(recordId(1), 'allocation', allocation({ exempt: true })));
  const [record] = await readListed(store, [recordId(1)]);
  assert.ok(record);
  assert.ok(auditLine(record, organisation, false).before.includes('Exempt'));
});

test.run();
