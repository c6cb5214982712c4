import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  idsHere,
  mayMake,
  optionsFor,
  suggestionFor,
  type Choice,
  type Choices,
  type Named,
} from '../../../src/domain/bring-in/choices.ts';
import { standingOf, type Standing } from '../../../src/domain/rights.ts';
import { assessmentService } from '../../../src/domain/tools/assessment-service.ts';
import type { ToolId } from '../../../src/domain/ids.ts';
import type { Tool } from '../../../src/domain/tool.ts';
import type { RoleName } from '../../../src/domain/values.ts';
import { person } from '../any.ts';

const test = suite('what the names of a file are here');

const id = (letter: string): string => letter.repeat(32);
const service = (letter: string, name: string): Named => ({ what: 'service', id: id(letter), name });
const team = (letter: string, name: string, of: string): Named => ({
  what: 'team',
  id: id(letter),
  name,
  service: id(of),
});
const somebody = (letter: string, name: string, email: string): Named => ({
  what: 'person',
  id: id(letter),
  name,
  email,
});
const ours: readonly Named[] = [
  service('a', 'Assessment Service'),
  service('b', 'Early Help'),
  team('c', 'Team North', 'a'),
  team('d', 'Team North', 'b'),
  somebody('e', 'Sam Made-up', 'sam@council.example'),
  somebody('f', 'Jo Made-up', 'jo@council.example'),
];
const none: Choices = new Map();
const as = (...roles: RoleName[]): Standing =>
  standingOf(
    person(1),
    roles.map((role) => ({ role, services: [], teams: [], from: '2026-01-01', to: null })),
    '2026-03-15',
    new Map(),
  );
const same = (letter: string): Choice => ({ kind: 'same', id: id(letter) });

test('a name that matches exactly one here suggests itself, whatever its spaces and capitals', () => {
  assert.equal(suggestionFor(service('1', ' assessment  SERVICE '), ours, none), same('a'));
  assert.is(suggestionFor(service('1', 'Assessment'), ours, none), null);
  assert.is(
    suggestionFor(service('1', 'Assessment Service'), [...ours, service('9', 'Assessment service')], none),
    null,
  );
});

test('a record that is here already is itself, whatever it is called by now', () => {
  assert.equal(suggestionFor(service('b', 'Assessment Service'), ours, none), same('b'));
});

test('a person is found by email first; the same name with another email is only suggested where it is the only one', () => {
  assert.equal(suggestionFor(somebody('1', 'J. Made-up', 'JO@council.example'), ours, none), same('f'));
  assert.equal(suggestionFor(somebody('1', 'Sam Made-up', 'sam@home.example'), ours, none), same('e'));
});

test('a team may be one of the service that its own service is, and no other', () => {
  const theirs = team('2', 'Team North', '1');
  const asked = (choice: Choice | null) => {
    const choices = new Map(choice === null ? [] : [[id('1'), choice]]);
    return [optionsFor(theirs, ours, choices).map((one) => one.id), suggestionFor(theirs, ours, choices)];
  };
  assert.equal(asked(same('a')), [[id('c')], same('c')]);
  assert.equal(asked(same('b')), [[id('d')], same('d')]);
  assert.equal(asked({ kind: 'make' }), [[], null]);
  assert.equal(asked({ kind: 'leave' }), [[], null]);
  assert.equal(asked(null), [[], null]);
});

const tool = (letter: string, changes: Partial<Tool> = {}): Named => ({
  what: 'tool',
  id: id(letter),
  name: 'Own tool',
  tool: { ...assessmentService, id: id(letter) as ToolId, name: 'Own tool', ...changes },
});

test('a tool may be one in which every answer has its place, and no other', () => {
  const fewer = tool('7', { sections: assessmentService.sections.slice(1) });
  const scale = { ...assessmentService.scale, grades: assessmentService.scale.grades.slice(1) };
  assert.equal(
    optionsFor(tool('1'), [tool('8'), fewer, tool('9', { scale })], none).map((one) => one.id),
    [id('8')],
  );
  assert.equal(
    optionsFor(fewer, [tool('8')], none).map((one) => one.id),
    [id('8')],
  );
  assert.equal(optionsFor(tool('1'), [tool('8', { overall: null })], none), []);
  const checks = assessmentService.sections.map((section) => ({ ...section, checks: [] }));
  assert.equal(optionsFor(tool('1'), [tool('8', { sections: checks })], none), []);
});

test('who may not act for the authority makes nothing here', () => {
  const choices = new Map([[id('1'), same('a')]]);
  for (const theirs of [service('1', 'x'), team('2', 'x', '1'), tool('3'), somebody('4', 'x', 'x@y.example')]) {
    assert.is(mayMake(theirs, ours, choices, as('auditor', 'team-lead')), false);
    assert.is(mayMake(theirs, ours, choices, as('qa-lead')), true);
  }
});

test('a team is made only where its service is', () => {
  const make = (choice: Choice) => mayMake(team('2', 'x', '1'), ours, new Map([[id('1'), choice]]), as('qa-lead'));
  assert.equal([make(same('a')), make({ kind: 'make' }), make({ kind: 'leave' })], [true, true, false]);
  assert.is(mayMake(team('2', 'x', '1'), ours, none, as('qa-lead')), false);
});

test('nobody is made twice under one email', () => {
  assert.is(mayMake(somebody('1', 'Sam', 'SAM@council.example'), ours, none, as('qa-lead')), false);
});

test('no record takes the place of a built-in tool', () => {
  assert.is(mayMake({ ...tool('1'), id: 'assessment@1.0.0' }, ours, none, as('qa-lead')), false);
});

test('an id is here what was chosen for it; I am myself, a built-in tool is itself, and what was left out is nobody', () => {
  const choices: Choices = new Map([
    [id('1'), same('a')],
    [id('2'), { kind: 'make' }],
    [id('3'), { kind: 'leave' }],
  ]);
  const [they, me] = [person(1), person(2)];
  const here = idsHere({ choices, isBuiltIn: (one) => one === 'assessment@1.0.0', they, me });
  assert.is(here('service', id('1')), id('a'));
  assert.is(here('service', id('2')), id('2'));
  assert.is(here('service', id('3')), null);
  assert.is(here('service', id('4')), null);
  assert.is(here('person', they), me);
  assert.is(here('person', me), null);
  assert.is(here('tool', 'assessment@1.0.0'), 'assessment@1.0.0');
  assert.is(here('tool', 'assessment@9.0.0'), null);
});

test.run();
