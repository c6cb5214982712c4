import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditRow } from '../../../src/domain/audit-row.ts';
import { splitValue } from '../../../src/domain/fields.ts';
import { ofstedScale } from '../../../src/domain/grade.ts';
import type { PersonId, RecordId, ServiceId, TeamId, ToolId } from '../../../src/domain/ids.ts';
import type { ImportedAudit } from '../../../src/domain/import/apply.ts';
import { auditUnits } from '../../../src/domain/import/audit-units.ts';
import { importedTool } from '../../../src/domain/import/imported-tool.ts';
import { checkValue } from '../../../src/protocol/values.ts';

const test = suite('the audit that a row becomes');
const hex = (digit: string): string => digit.repeat(32);
const columns = ['Risk', 'Plan', 'Voice', 'Review', 'Closing'].map((title) => ({ heading: title, title }));
const common = {
  import: hex('1') as RecordId,
  tool: importedTool(hex('2') as ToolId, { name: 'T', scale: ofstedScale, columns, hasOverall: true }, new Set()),
  columns: [3, 4, 5, 6, 7],
  selection: 'other',
  by: hex('3') as PersonId,
  atMs: Date.UTC(2026, 4, 4),
  rowReference: 'Row',
  notApplicableReason: 'n.a. in the file',
} as const;
const place = { service: hex('4') as ServiceId, team: hex('5') as TeamId, auditor: null };
const audit: ImportedAudit = {
  day: '2025-07-10',
  dayFrom: 0,
  service: 'Assessment',
  team: 'East',
  reference: '104772',
  auditor: null,
  grades: {
    3: { kind: 'grade', grade: 'good', label: 'Good' },
    4: { kind: 'not-applicable', label: 'n/a' },
    5: { kind: 'not-graded', label: 'Not judged' },
    6: { kind: 'unknown', label: 'met' },
    7: { kind: 'blank' },
  },
  overall: { kind: 'grade', grade: 'inadequate', label: 'inadequate' },
};
const units = (changes: Partial<ImportedAudit> = {}) =>
  auditUnits(common, { row: 12, key: 'e'.repeat(64), audit: { ...audit, ...changes }, place });
const valueOf = (name: string, changes: Partial<ImportedAudit> = {}) =>
  units(changes).find(({ unit }) => unit === name)?.value;

test('is written whole, in an order that is legal, and as the schemas have it', () => {
  assert.equal(
    units().map(({ unit }) => unit),
    [
      ...['case', 'allocation', 'imported'],
      ...['section:risk', 'section:plan', 'section:voice', 'section:review', 'section:closing'],
      ...['overall', 'submitted'],
    ],
  );
  for (const { unit, value } of units()) assert.is(checkValue('audit', unit, value), null, unit);
});

test('counts as final under its grades, and what is no grade counts as none', () => {
  const plain = Object.fromEntries(units().map(({ unit, value }) => [unit, splitValue('audit', unit, value).plain]));
  const row = auditRow(hex('9') as RecordId, plain, () => []);
  assert.equal([row.state, row.overall, row.month, row.import], ['final', 'inadequate', '2025-07', hex('1')]);
  assert.equal(row.sections, { risk: 'good', plan: 'na', voice: null, review: null, closing: null });
});

test('was submitted at noon of its day, in London; without a day, when it came in, and counts in no month', () => {
  assert.is(valueOf('submitted')?.['at'], Date.UTC(2025, 6, 10, 11));
  assert.is(valueOf('submitted', { day: null })?.['at'], common.atMs);
  assert.is(valueOf('imported', { day: null })?.['day'], null);
});

test('is named by its row where it has no reference', () => {
  assert.is(valueOf('case', { reference: null })?.['reference'], 'Row 12');
});

test('says why a section does not apply, and invents no word besides', () => {
  assert.equal(valueOf('section:plan'), {
    ...{ grade: null, notApplicable: true, notApplicableReason: 'n.a. in the file', evidence: '', rationale: '' },
  });
  assert.equal(valueOf('section:closing'), {
    ...{ grade: null, notApplicable: false, notApplicableReason: '', evidence: '', rationale: '' },
  });
});

test('has an overall grade only where a column is one, suggested by nothing', () => {
  assert.equal(valueOf('overall'), { suggested: null, chosen: 'inadequate', rule: 'as-imported', reason: '' });
  assert.is(valueOf('overall', { overall: null }), undefined);
  assert.is(valueOf('overall', { overall: { kind: 'unknown', label: 'nan' } })?.['chosen'], null);
});

test.run();
