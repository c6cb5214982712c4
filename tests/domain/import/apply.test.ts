import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditReader, fieldLimits, type Applied } from '../../../src/domain/import/apply.ts';
import type { ImportMapping } from '../../../src/domain/import/mapping.ts';
import { ReportTally } from '../../../src/domain/import/report.ts';
import { checkValue } from '../../../src/protocol/values.ts';

const test = suite('a row under a mapping');

const labels = [
  { label: 'good', choice: { kind: 'grade', grade: 'good' } },
  { label: 'RI', choice: { kind: 'grade', grade: 'requires-improvement' } },
  { label: 'N/A', choice: { kind: 'not-applicable' } },
  { label: 'nan', choice: { kind: 'not-graded' } },
] as const;

/** A: date, B: service, C: team, D: case, E: auditor, F: a section, G: overall, H: another date. */
const mapping: ImportMapping = {
  dates: [{ column: 0, order: 'day-first' }],
  undated: 'leave-out',
  service: { column: 1 },
  team: { column: 2 },
  reference: 3,
  auditor: 4,
  graded: [
    { column: 5, title: 'Voice', labels },
    { column: 6, title: 'Overall', labels },
  ],
  overall: 6,
};

const read = (cells: readonly string[], changes: Partial<ImportMapping> = {}): Applied =>
  auditReader({ ...mapping, ...changes })(cells);

test('is the audit it says, with the labels as they are written', () => {
  assert.equal(read(['03/04/2026', ' Early  Help', 'North\u00a0', 'c-1', 'Ash (made up)', 'Good', 'ri ']), {
    ok: true,
    audit: {
      day: '2026-04-03',
      dayFrom: 0,
      service: 'Early Help',
      team: 'North',
      reference: 'c-1',
      auditor: 'Ash (made up)',
      grades: { 5: { kind: 'grade', grade: 'good', label: 'Good' } },
      overall: { kind: 'grade', grade: 'requires-improvement', label: 'ri' },
    },
  });
});

const cells: readonly (readonly [string, object])[] = [
  ['GOOD', { kind: 'grade', grade: 'good', label: 'GOOD' }],
  [' good. ', { kind: 'grade', grade: 'good', label: 'good.' }],
  ['n/a', { kind: 'not-applicable', label: 'n/a' }],
  ['NaN', { kind: 'not-graded', label: 'NaN' }],
  ['Outstanding', { kind: 'unknown', label: 'Outstanding' }],
  ['constructor', { kind: 'unknown', label: 'constructor' }],
  ['', { kind: 'blank' }],
  [' \u00a0', { kind: 'blank' }],
];
for (const [cell, grade] of cells) {
  test(`a graded cell ${JSON.stringify(cell)} is what was chosen for its label, and no more`, () => {
    const applied = read(['1/1/2026', 's', 't', '', '', cell]);
    assert.ok(applied.ok);
    assert.equal(applied.audit.grades, { 5: grade });
    assert.equal(applied.audit.overall, { kind: 'blank' });
  });
}

const refusals: readonly (readonly [string, readonly string[], Applied])[] = [
  ['without a date', ['', 's', 't'], { ok: false, why: { kind: 'no-date' } }],
  ['without anything', [], { ok: false, why: { kind: 'no-date' } }],
  ['with no date', ['TBC', 's', 't'], { ok: false, why: { kind: 'unreadable-date', text: 'TBC' } }],
  [
    'with a date that is none',
    ['31/02/2026', 's', 't'],
    { ok: false, why: { kind: 'unreadable-date', text: '31/02/2026' } },
  ],
  ['of the other order', ['02/13/2026', 's', 't'], { ok: false, why: { kind: 'unreadable-date', text: '02/13/2026' } }],
  ['without a service', ['1/1/2026', ' ', 't'], { ok: false, why: { kind: 'no-service' } }],
  ['without a team', ['1/1/2026', 's'], { ok: false, why: { kind: 'no-team' } }],
  [
    'with a team of 121 characters',
    ['1/1/2026', 's', 't'.repeat(121)],
    { ok: false, why: { kind: 'too-long', field: 'team', limit: 120 } },
  ],
  [
    'with a reference of 61 characters',
    ['1/1/2026', 's', 't', 'r'.repeat(61)],
    { ok: false, why: { kind: 'too-long', field: 'reference', limit: 60 } },
  ],
];
for (const [name, row, refused] of refusals) test(`a row ${name} is refused`, () => assert.equal(read(row), refused));

test('a constant stands for a column that is not there, and a column that is not mapped gives nothing', () => {
  const applied = read(['1/1/2026'], {
    service: { constant: ' Early Help ' },
    team: { constant: 'North' },
    reference: null,
    auditor: null,
    overall: null,
    graded: [],
  });
  assert.equal(applied, {
    ok: true,
    audit: {
      day: '2026-01-01',
      dayFrom: 0,
      service: 'Early Help',
      team: 'North',
      reference: null,
      auditor: null,
      grades: {},
      overall: null,
    },
  });
});

test('a row’s day is in the first date column that is not blank, and an unreadable one is not passed over', () => {
  const dates = [...mapping.dates, { column: 7, order: null }];
  const dayOf = (first: string, second: string, undated: 'leave-out' | 'take' = 'leave-out') => {
    const applied = read([first, 's', 't', '', '', '', '', second], { dates, undated });
    return applied.ok ? [applied.audit.day, applied.audit.dayFrom] : applied.why.kind;
  };
  assert.equal(dayOf('03/04/2026', '2026-05-06'), ['2026-04-03', 0]);
  assert.equal(dayOf(' ', '2026-05-06'), ['2026-05-06', 7]);
  assert.equal(dayOf('TBC', '2026-05-06', 'take'), 'unreadable-date');
  assert.equal(dayOf('', '', 'leave-out'), 'no-date');
  assert.equal(dayOf('', '', 'take'), [null, null]);
});

test('every field is let in as long as a record holds it, and not a character longer', () => {
  const unit = { service: 'service', team: 'team', reference: 'case', auditor: 'person' } as const;
  for (const [field, limit] of Object.entries(fieldLimits) as [keyof typeof unit, number][]) {
    const holds = (text: string): boolean => {
      const named = { name: text, from: '2026-01-01', to: null, was: [] };
      if (field === 'reference') {
        return checkValue('audit', 'case', { reference: text, initials: null, ageBand: null, header: {} }) === null;
      }
      if (field === 'auditor')
        return checkValue('person', 'profile', { name: text, email: 'made-up@example.org' }) === null;
      return (
        checkValue(unit[field], 'profile', { ...named, ...(field === 'team' && { service: '0'.repeat(32) }) }) === null
      );
    };
    assert.ok(holds('x'.repeat(limit)), field);
    assert.not(holds('x'.repeat(limit + 1)), field);
  }
});

test('a report counts what cannot be mapped, with the spelling and the rows it was first seen in', () => {
  const tally = new ReportTally(
    { ...mapping, dates: [...mapping.dates, { column: 7, order: null }], undated: 'take' },
    50,
  );
  const reader = auditReader({ ...mapping, dates: [...mapping.dates, { column: 7, order: null }], undated: 'take' });
  const rows: readonly (readonly string[])[] = [
    ['1/1/2026', 's', 't', 'c-1', 'a', 'Good', 'RI'],
    ['1/1/2026', 's', 't', 'c-2', '', 'Met', ''],
    ['1/1/2026', 's', 't', '', '', 'MET ', 'nan'],
    ['', 's', 't', 'c-4', 'a', 'N/A', 'Good', '2026-03-09'],
    ['', 's', 't', 'c-5', 'a', '', 'Good'],
    ['TBC', 's', 't'],
    ['31/02/2026', 's', 't'],
    ['TBC', 's', 't'],
    ['1/1/2026', '', 't'],
    ['1/1/2026', 's', ''],
    ['1/1/2026', 's', 'x'.repeat(121)],
  ];
  rows.forEach((row, i) => tally.add(i + 2, reader(row)));
  const none = { count: 0, first: [] };
  assert.equal(tally.answer(), {
    rows: 11,
    audits: 5,
    undated: { count: 1, first: [6] },
    datedBy: [3, 1],
    withoutGrade: { count: 2, first: [3, 4] },
    withoutReference: 1,
    withoutAuditor: 2,
    refused: {
      'no-date': none,
      'unreadable-date': { count: 3, first: [7, 8, 9] },
      'no-service': { count: 1, first: [10] },
      'no-team': { count: 1, first: [11] },
      'too-long': { count: 1, first: [12] },
    },
    unreadableDates: {
      values: [
        { value: 'TBC', count: 2 },
        { value: '31/02/2026', count: 1 },
      ],
      rest: 0,
    },
    columns: [
      {
        column: 5,
        graded: 1,
        grades: new Map([['good', 1]]),
        notApplicable: 1,
        notGraded: 0,
        blank: 1,
        unknown: 2,
        unknownLabels: { values: [{ value: 'Met', count: 2 }], rest: 0 },
      },
      {
        column: 6,
        graded: 3,
        grades: new Map([
          ['requires-improvement', 1],
          ['good', 2],
        ]),
        notApplicable: 0,
        notGraded: 1,
        blank: 1,
        unknown: 0,
        unknownLabels: { values: [], rest: 0 },
      },
    ],
  });
});

test('a report keeps so many distinct texts and row numbers, and counts the others', () => {
  const tally = new ReportTally(mapping, 3);
  const reader = auditReader(mapping);
  for (let row = 0; row < 100; row++) {
    tally.add(row, reader([`date ${row % 10}`, 's', 't']));
    tally.add(row, reader(['1/1/2026', 's', 't', '', '', `label ${row % 10}`]));
    tally.add(row, reader(['1/1/2026', 's', 't', '', '', 'x'.repeat(1_000)]));
  }
  const report = tally.answer();
  const kept = (word: string) => [0, 1, 2].map((n) => ({ value: `${word} ${n}`, count: 10 }));
  assert.equal(report.unreadableDates, { values: kept('date'), rest: 70 });
  assert.equal(report.refused['unreadable-date'], { count: 100, first: [0, 1, 2, 3, 4] });
  assert.equal(report.columns[0]?.unknownLabels, { values: kept('label'), rest: 170 });
  assert.is(report.columns[0]?.unknown, 200);
});

test.run();
