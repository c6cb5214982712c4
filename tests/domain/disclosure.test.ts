/** Every field of an audit is said to be about the child alone, or marked for whoever answers a request (S31). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { reviewOf } from '../../src/domain/disclosure.ts';
import { fieldClasses } from '../../src/domain/fields.ts';

const test = suite('what is marked for review');

const all = Object.entries(fieldClasses.audit).flatMap(([family, fields]) =>
  Object.entries(fields).map(([field, held]) => ({ unit: family.replace('*', 'x'), field, held })),
);

test('everything that is written freely is marked, but for what says who the child is', () => {
  const own = new Set([
    'case.reference',
    'case.initials',
    'case.ageBand',
    'concern.raised',
    'concern.toldAt',
    'imported.row',
  ]);
  const unmarked = all.filter(
    ({ unit, field, held }) => held !== 'plain' && reviewOf(unit, field) === null && !own.has(`${unit}.${field}`),
  );
  assert.equal(unmarked, []);
});

test('whoever did something is marked as somebody else', () => {
  const who = all.filter(({ field }) => ['by', 'auditor', 'moderator'].includes(field) || field.endsWith('Approver'));
  assert.ok(who.length >= 7);
  assert.ok(who.every(({ unit, field }) => reviewOf(unit, field) === 'people'));
});

test('what a parent or practitioner said is theirs, what the child said is the child’s; the unknown is looked at', () => {
  assert.is(reviewOf('voice:parent', 'words'), 'people');
  assert.is(reviewOf('voice:practitioner', 'because'), 'people');
  assert.is(reviewOf('voice:child', 'words'), 'text');
  assert.is(reviewOf('later-unit', 'field'), 'text');
  assert.is(reviewOf('section:risk', 'toString'), 'text');
  assert.is(reviewOf('section:risk', 'grade'), null);
});

test.run();
