import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../src/domain/canonical.ts';
import { missingToSubmit } from '../../src/domain/completeness.ts';
import { overlay, type ShownUnits } from '../../src/domain/fold.ts';
import { assessmentService } from '../../src/domain/tools/assessment-service.ts';

const test = suite('what is missing before an audit may be submitted');

const tool = assessmentService;
const section = (grade: string | null, more: JsonObject = {}): JsonObject => ({
  grade,
  notApplicable: false,
  notApplicableReason: '',
  evidence: '',
  rationale: 'Because.',
  ...more,
});
const complete: Readonly<Record<string, JsonObject>> = {
  case: { reference: 'A1', initials: null, ageBand: null, header: {} },
  ...Object.fromEntries(tool.sections.map(({ id }) => [`section:${id}`, section('good')])),
  'section:section-47': section(null, { notApplicable: true, notApplicableReason: 'No enquiry.', rationale: '' }),
  overall: { suggested: 'good', chosen: 'good', rule: 'median', reason: '' },
  'voice:practitioner': { obtained: true, words: '', because: '' },
  'voice:child': { obtained: false, words: '', because: 'Too young.' },
  'voice:parent': { obtained: true, words: 'Kind.', because: '' },
};
const shown = (units: Readonly<Record<string, JsonObject>>): ShownUnits =>
  overlay(
    {},
    Object.entries(units).map(([unit, value]) => ({ unit, value, base: null, settles: [] })),
  );
const missing = (changed: Record<string, JsonObject | null>): string[] => {
  const units = Object.entries({ ...complete, ...changed }).filter(([, value]) => value !== null);
  return missingToSubmit(tool, shown(Object.fromEntries(units) as Record<string, JsonObject>)).map(
    ({ unit, what }) => `${unit} ${what}`,
  );
};

test('is nothing when every section, the overall grade and the voices are answered', () => {
  assert.equal(missing({}), []);
});

test('is everything of an empty audit, in the order of the form; the overall grade waits for its sections', () => {
  const all = missingToSubmit(tool, {}).map(({ unit, what }) => `${unit} ${what}`);
  assert.equal(all, [
    'case case-reference',
    ...tool.sections.flatMap(({ id }) => [`section:${id} grade`, `section:${id} rationale`]),
    'voice:practitioner voice',
    'voice:child voice',
    'voice:parent voice',
  ]);
});

const inadequate = { ...section('inadequate') };
const cases: [name: string, changed: Record<string, JsonObject | null>, missing: string[]][] = [
  ['a blank case reference', { case: { reference: '  ' } }, ['case case-reference']],
  ['a grade', { 'section:child-seen': section(null) }, ['section:child-seen grade']],
  ['a grade of the scale', { 'section:child-seen': section('excellent') }, ['section:child-seen grade']],
  ['a rationale', { 'section:child-seen': section('good', { rationale: ' \n' }) }, ['section:child-seen rationale']],
  [
    'a reason why a section is not applicable',
    { 'section:section-47': section(null, { notApplicable: true, notApplicableReason: ' ' }) },
    ['section:section-47 not-applicable-reason'],
  ],
  [
    'a section that must apply',
    { 'section:child-seen': section(null, { notApplicable: true, notApplicableReason: 'No.' }) },
    ['section:child-seen must-apply'],
  ],
  ['the overall grade', { overall: null }, ['overall overall']],
  ['an overall grade of the scale', { overall: { chosen: 'excellent', reason: '' } }, ['overall overall']],
  ['why the overall grade is another', { overall: { chosen: 'outstanding', reason: '' } }, ['overall overall-reason']],
  ['nothing when the other grade has its reason', { overall: { chosen: 'outstanding', reason: 'Why.' } }, []],
  [
    'an overall grade within a hard limit',
    { 'section:child-seen': inadequate, overall: { chosen: 'good', reason: 'Why.' } },
    ['overall overall-above-limit'],
  ],
  [
    'nothing when the hard limit is kept',
    { 'section:child-seen': inadequate, overall: { chosen: 'inadequate', reason: '' } },
    [],
  ],
  ['an answer on a voice', { 'voice:child': { obtained: null, words: '', because: '' } }, ['voice:child voice']],
  [
    'why a voice was not obtained',
    { 'voice:child': { obtained: false, words: '', because: ' ' } },
    ['voice:child voice-because'],
  ],
];
for (const [name, changed, expected] of cases) {
  test(`is ${name}`, () => assert.equal(missing(changed), expected));
}

test('asks for no overall grade where the tool has none, and for no voice it does not hear', () => {
  const without = { ...tool, overall: null, voices: [] };
  const units = Object.entries(complete).filter(([unit]) => unit !== 'overall' && !unit.startsWith('voice:'));
  assert.equal(missingToSubmit(without, shown(Object.fromEntries(units))), []);
});

test('asks for a given overall grade whatever the sections are, and for no reason', () => {
  const given = { ...tool, overall: 'given' as const, sections: [], voices: [] };
  const reference = { case: { reference: 'A1', initials: null, ageBand: null, header: {} } };
  assert.equal(missingToSubmit(given, shown(reference)), [{ unit: 'overall', what: 'overall' }]);
  const chosen = { overall: { suggested: null, chosen: 'good', rule: '', reason: '' } };
  assert.equal(missingToSubmit(given, shown({ ...reference, ...chosen })), []);
});

test('asks for no overall grade where no section is graded', () => {
  const sections = tool.sections.map((each) => ({ ...each, mayBeNotApplicable: true }));
  const none = section(null, { notApplicable: true, notApplicableReason: 'Closed.' });
  const units = { ...complete, ...Object.fromEntries(sections.map(({ id }) => [`section:${id}`, none])) };
  const { overall: _, ...withoutOverall } = units as typeof complete & { overall: JsonObject };
  assert.equal(missingToSubmit({ ...tool, sections }, shown(withoutOverall)), []);
});

test.run();
