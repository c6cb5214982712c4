import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  checksUnit,
  correctionUnit,
  familyOf,
  isEvent,
  sectionUnit,
  unitSubject,
  voiceUnit,
} from '../../src/domain/unit-names.ts';

const test = suite('unit names');

const families: [kind: string, unit: string, family: string | undefined][] = [
  ['audit', 'case', 'case'],
  ['audit', sectionUnit('child-seen'), 'section:*'],
  ['audit', checksUnit('child_seen2'), 'checks:*'],
  ['audit', voiceUnit('parent'), 'voice:*'],
  ['audit', `section:${'a'.repeat(64)}`, 'section:*'],
  ['audit', `section:${'a'.repeat(65)}`, undefined],
  ['audit', correctionUnit('1f'), 'correction:*'],
  ['audit', 'correction:', undefined],
  ['audit', 'section', undefined],
  ['audit', 'section:', undefined],
  ['audit', 'section:*', undefined],
  ['audit', 'section:-a', undefined],
  ['audit', 'section:Child', undefined],
  ['audit', 'section:a:b', undefined],
  ['audit', 'section:__proto__', undefined],
  ['audit', 'case:a', undefined],
  ['audit', 'profile', undefined],
  ['audit', '', undefined],
  ['audit', ':', undefined],
  ['person', 'roles', 'roles'],
  ['settings', 'authority', 'authority'],
  ['cycle', 'profile', undefined],
  ['toString', 'profile', undefined],
  ['__proto__', 'profile', undefined],
];
for (const [kind, unit, family] of families) {
  test(`“${unit.slice(0, 30)}” of ${kind} ${family === undefined ? 'is no unit' : `is of the family ${family}`}`, () =>
    assert.is(familyOf(kind, unit), family));
}

test('the subject of a unit is what follows the colon', () => {
  assert.is(unitSubject('section:child-seen'), 'child-seen');
  assert.is(unitSubject('voice:child'), 'child');
});

test('events are the units written once', () => {
  assert.equal(['submitted', 'voided', 'case', 'allocation', 'section:a', 'correction:a'].filter(isEvent), [
    'submitted',
    'voided',
    'correction:a',
  ]);
});

test.run();
