/** What `checkValue` refuses, and that its reason can be kept in clear: it quotes nothing of what was written. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkValue } from '../../src/protocol/values.ts';
import { allocation, caseValue, event, me, section } from '../store/laptop.ts';

const test = suite('the check of a value');
const secret = 'SENTINEL';

const refused: [name: string, unit: string, value: object][] = [
  ['a case reference of two lines', 'case', caseValue(`first\n${secret}`)],
  ['a case reference that is too long', 'case', caseValue(secret.repeat(10))],
  ['a name where an id belongs', 'allocation', allocation({ auditor: secret })],
  ['a sentence where a day belongs', 'allocation', allocation({ due: secret })],
  ['a word that is no way of selecting', 'allocation', allocation({ selection: secret })],
  ['a sentence where a grade belongs', 'section:risk', section('', `${secret} words`)],
  ['text where yes or no belongs', 'section:risk', { ...section(''), notApplicable: secret }],
  ['text with a character that cannot be kept', 'section:risk', section(`${secret}\u0000`)],
  ['an answer that is none', 'checks:risk', { answers: { seen: secret } }],
  ['a time that is none', 'submitted', { ...event(me), at: secret }],
];

for (const [name, unit, value] of refused) {
  test(`refuses ${name}, and its reason does not repeat it`, () => {
    const bad = checkValue('audit', unit, value);
    assert.ok(bad);
    assert.not.match(JSON.stringify(bad), secret);
    assert.not.match(JSON.stringify(bad), ' received');
  });
}

test('refuses a time that no calendar can show', () => {
  assert.is(checkValue('audit', 'submitted', { ...event(me), at: 8.64e15 }), null);
  assert.is(checkValue('audit', 'submitted', { ...event(me), at: 8.64e15 + 1 })?.field, 'at');
  assert.is(checkValue('audit', 'submitted', { ...event(me), at: 1e300 })?.field, 'at');
});

test('refuses a list where texts by key belong', () => {
  for (const list of [[], ['yes']]) {
    assert.is(checkValue('audit', 'case', { ...caseValue('A1'), header: list })?.field, 'header');
    assert.is(checkValue('audit', 'checks:risk', { answers: list })?.field, 'answers');
  }
  assert.is(checkValue('audit', 'checks:risk', { answers: {} }), null);
});

test.run();
