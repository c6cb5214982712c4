/**
 * Files as they are met, mapped as a person would: made here in the shapes and messes of real ones, and the two real
 * tables published by Ofsted (Open Government Licence v3.0), read where they lie beside the project, with the counts
 * that their publisher's table gives.
 */
import { existsSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ofstedScale } from '../../../src/domain/grade.ts';
import { auditReader, type ImportedAudit, type ImportedGrade } from '../../../src/domain/import/apply.ts';
import { suggestMapping, type ImportMapping } from '../../../src/domain/import/mapping.ts';
import { ReportTally, type ImportReport } from '../../../src/domain/import/report.ts';
import { rowKeys } from '../../../src/domain/import/row-key.ts';
import type { Inspection } from '../../../src/protocol/import.ts';
import { sha256, sure } from '../../domain/any.ts';
import { writeFile } from './csv-writer.ts';
import { allRows, inspected } from './reading.ts';

const test = suite('graded records from a file');

interface Imported {
  readonly inspection: Inspection;
  readonly report: ImportReport;
  readonly audits: readonly ImportedAudit[];
  readonly keys: readonly string[];
}

/** Reads a file under what is suggested and what a person chooses beside it. */
async function importFile(file: Blob, choices: Partial<ImportMapping> = {}): Promise<Imported> {
  const inspection = await inspected(file);
  const { dates, undated, service, team, ...draft } = suggestMapping(inspection.columns, ofstedScale);
  const mapping: ImportMapping = {
    dates: dates.map(({ column, order }) => ({ column, order: order ?? null })),
    reference: null,
    auditor: null,
    overall: null,
    ...draft,
    undated: choices.undated ?? sure(undated),
    service: choices.service ?? sure(service),
    team: choices.team ?? sure(team),
    ...choices,
  };
  const read = auditReader(mapping);
  const tally = new ReportTally(mapping, 50);
  const keyOf = rowKeys(sha256);
  const audits: ImportedAudit[] = [];
  const keys: string[] = [];
  for (const { row, cells } of await allRows(file, inspection.layout)) {
    const applied = read(cells);
    tally.add(row, applied);
    keys.push(keyOf(cells));
    if (applied.ok) audits.push(applied.audit);
  }
  return { inspection, report: tally.answer(), audits, keys };
}

/** Outstanding, good, requires improvement, inadequate, and what is no grade. */
function counts(grades: readonly (ImportedGrade | null | undefined)[]): number[] {
  const ids = ofstedScale.grades.map(({ id }) => id);
  const found = grades.map((grade) => (grade?.kind === 'grade' ? ids.indexOf(grade.grade) : ids.length));
  return [...ids, ''].map((_, place) => found.filter((at) => at === place).length);
}

const columnNamed = ({ columns }: Inspection, heading: string): number =>
  sure(columns.find((column) => column.heading === heading)).index;

const sectionCounts = ({ inspection, audits }: Imported, heading: string): number[] =>
  counts(audits.map(({ grades }) => grades[columnNamed(inspection, heading)]));

const overallCounts = (audits: readonly ImportedAudit[]): number[] => counts(audits.map(({ overall }) => overall));

const messy = [
  ['Audit\ndate', 'Service', 'Team', 'Case ref', 'Auditor', '', 'Voice of the\nchild', 'Plan', 'Overall grade', ''],
  ['25/03/2026', 'Early Help', 'North ', 'c-1', 'Ash (made up)', '', 'GOOD', 'Good', 'Good', ''],
  ['03/04/2026', 'Early Help', 'North', 'c-2', 'Ash (made up)', '', 'ri', 'Met', 'Requires improvement', ''],
  [
    '2026-04-05',
    'Assessment',
    'South',
    'c-3',
    'Lee (made up)',
    '',
    'Requires improvement to be good',
    'Not met',
    'RI',
    '',
  ],
  ['46120', 'Assessment', 'South', 'c-4', 'Lee (made up)', '', '1 - Outstanding', 'Outstanding', 'outstanding ', ''],
  ['31/02/2026', 'Assessment', 'South', 'c-5', 'Lee (made up)', '', 'Good', 'Good', 'Good', ''],
  ['26/03/2026', 'Assessment', 'South', 'c-6', 'Lee (made up)', '', 'n/a', '', 'Inadequate.', ''],
  ['26/03/2026', 'Assessment', 'South', 'c-6', 'Lee (made up)', '', 'n/a', '', 'Inadequate.', ''],
  ['', '', '', '', '', '', '', '', '', ''],
];

test('a spreadsheet’s messes are read, mapped where they are plain, and counted where they are not', async () => {
  for (const delimiter of [';', '\t'] as const) {
    const file = writeFile(messy, {
      delimiter,
      encoding: 'windows-1252',
      newline: '\r\n',
      preamble: ['Case audits – made up', ''],
      padPreamble: true,
      lineEnds: 3,
    });
    const { inspection, report, audits } = await importFile(file);
    assert.equal(inspection.layout, { encoding: 'windows-1252', delimiter, headerRow: 3 });
    assert.equal(inspection.notices, [
      { kind: 'second-scale', letter: 'H', heading: 'Plan', scale: 'met', known: 3, other: 2 },
    ]);
    assert.is(report.rows, 7);
    assert.equal(
      audits.map(({ day, team }) => `${day} ${team}`),
      [
        '2026-03-25 North',
        '2026-04-03 North',
        '2026-04-05 South',
        '2026-04-08 South',
        '2026-03-26 South',
        '2026-03-26 South',
      ],
    );
    assert.equal(overallCounts(audits), [1, 1, 2, 2, 0]);
    assert.equal(report.unreadableDates.values, [{ value: '31/02/2026', count: 1 }]);
    assert.equal(report.refused['unreadable-date'], { count: 1, first: [8] });
    assert.equal(
      report.columns.map(({ column, unknownLabels }) => [column, unknownLabels.values]),
      [
        [6, [{ value: 'n/a', count: 2 }]],
        [
          7,
          [
            { value: 'Met', count: 1 },
            { value: 'Not met', count: 1 },
          ],
        ],
        [8, []],
      ],
    );
    assert.is(report.columns[1]?.blank, 2);
  }
});

test('the same file in another encoding, delimiter and quoting is the same rows, and a row more is one more', async () => {
  const [first, second, longer] = await Promise.all([
    importFile(writeFile(messy)),
    importFile(writeFile(messy, { delimiter: ';', encoding: 'utf-16le', quoteAll: true, newline: '\r\n' })),
    importFile(writeFile([...messy, ['26/03/2026', 'Assessment', 'South', 'c-7', '', '', '', '', 'Good', '']])),
  ]);
  assert.equal(second.keys, first.keys);
  assert.is(new Set(first.keys).size, 7);
  assert.is(longer.keys.filter((key) => !first.keys.includes(key)).length, 1);
});

const folder = new URL('../../../../shared/data/', import.meta.url);
const realFile = (name: string): Blob => new Blob([readFileSync(new URL(name, folder))]);

if (!existsSync(folder)) {
  console.log('SKIPPED: the real records (shared/data) are not beside this checkout.');
} else {
  test('the current inspections of 153 authorities have the published counts', async () => {
    const imported = await importFile(realFile('ilacs.csv'), { undated: 'take' });
    const { inspection, report, audits, keys } = imported;
    assert.equal(inspection.notices, []);
    assert.is(report.audits, 153);
    assert.is(report.undated.count, 2);
    assert.equal(overallCounts(audits), [46, 63, 29, 13, 2]);
    assert.equal(sectionCounts(imported, 'impact_of_leaders'), [55, 58, 31, 9, 0]);
    assert.equal(sectionCounts(imported, 'help_and_protection'), [28, 72, 44, 9, 0]);
    assert.equal(sectionCounts(imported, 'in_care'), [52, 64, 31, 6, 0]);
    assert.equal(sectionCounts(imported, 'care_leavers'), [42, 62, 34, 8, 7]);
    const unknown = report.columns.flatMap(({ unknownLabels }) => unknownLabels.values);
    assert.equal(unknown, [
      { value: 'nan', count: 2 },
      { value: 'inspection_pre_dates_judgement', count: 7 },
    ]);
    assert.is(new Set(audits.map(({ service }) => service)).size, 10);
    assert.is(new Set(audits.map(({ team }) => team)).size, 153);
    assert.is(new Set(keys).size, 153);
  });

  test('an inspection without a start has the day it was published where a person says so', async () => {
    const file = realFile('ilacs.csv');
    const { columns } = await inspected(file);
    const dates = ['inspection_start', 'published'].map((heading) => ({
      column: sure(columns.find((column) => column.heading === heading)).index,
      order: null,
    }));
    const { report, audits } = await importFile(file, { dates, undated: 'leave-out' });
    assert.equal(report.datedBy, [151, 2]);
    assert.equal(overallCounts(audits), [46, 63, 29, 13, 2]);
  });

  test('the inspections of the North East’s providers have the published counts, in all and by each filter', async () => {
    const imported = await importFile(realFile('ofsted-childrens-social-care-north-east.csv'));
    const { report, audits } = imported;
    assert.is(report.audits, 1_433);
    assert.equal(overallCounts(audits), [236, 988, 196, 13, 0]);
    assert.equal(sectionCounts(imported, 'help_and_protection'), [179, 982, 258, 14, 0]);
    assert.equal(sectionCounts(imported, 'leaders_and_managers'), [293, 771, 320, 49, 0]);
    const home = audits.filter(({ service }) => service === "Children's home");
    assert.equal(overallCounts(home), [198, 886, 180, 9, 0]);
    const middlesbrough = audits.filter(({ team }) => team === 'Middlesbrough');
    assert.equal(overallCounts(middlesbrough), [10, 63, 22, 1, 0]);
  });
}

test.run();
