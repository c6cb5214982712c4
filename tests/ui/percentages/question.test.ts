import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ServiceId, TeamId } from '../../../src/domain/ids.ts';
import { dimensions } from '../../../src/domain/summary.ts';
import { selectionMethods } from '../../../src/domain/values.ts';
import {
  addressOf,
  blankQuestion,
  figureAddress,
  figureFrom,
  filtersOn,
  queryOf,
  questionFrom,
  type Question,
} from '../../../src/ui/percentages/question.ts';

const team: TeamId | '' = 'a'.repeat(32) as TeamId;
const service: ServiceId | '' = 'b'.repeat(32) as ServiceId;
const read = (address: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(address.slice(address.indexOf('?') + 1)));

const test = suite('question');

test('a plain address asks for the overall grades by service, headed by the worst', () => {
  assert.equal(questionFrom({}), blankQuestion);
  assert.is(addressOf(blankQuestion), '');
  assert.is(blankQuestion.headline, 'inadequate');
});

test('a question survives its address', () => {
  const month = fc.constantFrom('', '2025-01', '2026-12');
  const asked: fc.Arbitrary<Question> = fc.record(
    {
      measure: fc.constantFrom<Question['measure']>('overall', 'sections'),
      by: fc.constantFrom(...dimensions),
      headline: fc.constantFrom('outstanding', 'inadequate', 'good-or-better'),
      service: fc.constantFrom<ServiceId | ''>(service, ''),
      team: fc.constantFrom<TeamId | ''>(team, ''),
      section: fc.constantFrom('risk-analysis', ''),
      auditor: fc.constant<Question['auditor']>(''),
      tool: fc.constantFrom<Question['tool']>('early-help@1.0.0' as Question['tool'], ''),
      selection: fc.constantFrom<Question['selection']>(...selectionMethods, ''),
      from: month,
      to: month,
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(asked, (question) => {
      const once = questionFrom(read(addressOf(question)));
      assert.equal(questionFrom(read(addressOf(once))), once);
      const needsSections = question.by === 'section' || question.section !== '';
      assert.equal(once, needsSections ? { ...question, measure: 'sections' } : question);
    }),
  );
});

test('nonsense in an address is left out', () => {
  const asked = { by: 'constructor', grade: 'splendid', team: '<script>', from: '2026-13', selection: 'luck' };
  assert.equal(questionFrom(asked), blankQuestion);
});

test('filters combine, and "drawn at random" takes every way of drawing at random', () => {
  const question: Question = { ...blankQuestion, service, team, selection: 'random', from: '2026-01' };
  assert.equal(filtersOn(question), ['service', 'team', 'selection', 'from']);
  assert.equal(queryOf(question).filter, {
    services: [service],
    teams: [team],
    selections: ['random', 'stratified'],
    fromMonth: '2026-01',
  });
});

test('a figure survives its address, with its group, the group that names none, and the total', () => {
  const figures = [
    { what: { kind: 'base' } },
    { group: team, what: { kind: 'grade', grade: 'good' } },
    { group: null, what: { kind: 'beside', which: 'awaitingModeration' } },
    { group: '2026-03', what: { kind: 'good-or-better' } },
  ] as const;
  for (const figure of figures) assert.equal(figureFrom(read(figureAddress(blankQuestion, figure))), figure);
});

test('an address of no known figure shows everything counted', () => {
  for (const figure of ['', 'grade:splendid', 'beside:nowhere', 'toString']) {
    assert.equal(figureFrom({ figure }), { what: { kind: 'base' } });
  }
});

test.run();
