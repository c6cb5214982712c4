import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../src/domain/canonical.ts';
import { fieldClasses, joinValue, splitValue } from '../../src/domain/fields.ts';
import { unitFamilies } from '../../src/domain/unit-names.ts';
import { anyJson, anyText, sure } from './any.ts';

const test = suite('field classes');

const anyPlace = fc.constantFrom(
  ...Object.entries(fieldClasses).flatMap(([kind, families]) =>
    Object.entries(families).map(([family, fields]) => ({
      kind,
      unit: family.replace('*', 'child-seen'),
      fields: Object.keys(fields),
    })),
  ),
  { kind: 'audit', unit: 'later-unit', fields: [] },
  { kind: 'later-kind', unit: 'profile', fields: [] },
);

test('split and join give the value back, whatever fields it has', () => {
  const oddNames = fc.constantFrom('toString', 'valueOf', 'hasOwnProperty', '__proto__', 'constructor');
  fc.assert(
    fc.property(
      anyPlace,
      fc.array(fc.tuple(fc.oneof(anyText, oddNames, fc.nat({ max: 20 })), anyJson)),
      (place, pairs) => {
        const named = pairs.map(([name, content]) => [
          typeof name === 'number' ? (place.fields[name] ?? 'x') : name,
          content,
        ]);
        const value = Object.fromEntries(named) as JsonObject;
        const { plain, list, text } = splitValue(place.kind, place.unit, value);
        const joined = joinValue(plain, list, text);
        assert.equal(new Map(Object.entries(joined)), new Map(Object.entries(value)));
        assert.is(Object.getPrototypeOf(joined), Object.prototype);
      },
    ),
    { numRuns: 300 },
  );
});

test('a field that is not listed is text, also one named like something every object has', () => {
  for (const field of ['newer', 'toString', 'valueOf', '__proto__']) {
    const value = JSON.parse(`{"${field}":1,"grade":"good"}`) as JsonObject;
    const { plain, list, text } = splitValue('audit', 'section:child-seen', value);
    assert.equal([Object.keys(plain), Object.keys(list), Object.keys(text)], [['grade'], [], [field]]);
  }
});

test('everything of an unknown unit or kind is text', () => {
  const value = { grade: 'good', by: 'x' };
  const places: [kind: string, unit: string][] = [
    ['audit', 'sections:x'],
    ['audit', 'section:'],
    ['thing', 'profile'],
    ['toString', 'case'],
  ];
  for (const [kind, unit] of places) {
    assert.equal(splitValue(kind, unit, value), { plain: {}, list: {}, text: value });
  }
});

test('every known unit family has its classes', () => {
  for (const [kind, families] of Object.entries(unitFamilies)) {
    assert.equal(Object.keys(sure((fieldClasses as Record<string, object>)[kind])), [...families]);
  }
});

// What may lie in clear on a laptop is a promise to the data protection officer: a change here is a decision.
test('no words of a person are plain: what auditors write about a family is always sealed', () => {
  const { plain, list } = splitValue('audit', 'section:child-seen', {
    grade: 'good',
    notApplicable: false,
    notApplicableReason: 'r',
    evidence: 'e',
    rationale: 'r',
  });
  assert.equal({ ...plain, ...list }, { grade: 'good', notApplicable: false });
  assert.equal(splitValue('audit', 'voice:child', { obtained: true, words: 'w', because: 'b' }).plain, {
    obtained: true,
  });
  assert.equal(splitValue('audit', 'concern', { raised: true, told: 't', toldAt: null, how: 'h' }).plain, {});
  assert.equal(splitValue('audit', 'case', { reference: 'A1', initials: 'AB', ageBand: '0-4', header: {} }).plain, {});
  assert.equal(splitValue('audit', 'submitted', { by: 'p', at: 1, reason: 'r' }).text, { reason: 'r' });
});

test.run();
