import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditState, illegalBecause, type AuditState, type Illegal } from '../../src/domain/audit.ts';
import { person } from './any.ts';

const test = suite('the life of an audit');

const has = (...units: string[]): Record<string, unknown> => Object.fromEntries(units.map((name) => [name, {}]));

const states: [units: string[], moderated: boolean, state: AuditState][] = [
  [[], false, 'allocated'],
  [['case', 'allocation'], false, 'allocated'],
  [['allocation', 'section:a'], false, 'in progress'],
  [['allocation', 'checks:a'], true, 'in progress'],
  [['allocation', 'voice:child'], false, 'in progress'],
  [['allocation', 'overall'], false, 'in progress'],
  [['allocation', 'concern'], false, 'in progress'],
  [['allocation', 'section:a', 'submitted'], false, 'final'],
  [['allocation', 'submitted'], false, 'final'],
  [['allocation', 'section:a', 'submitted'], true, 'awaiting moderation'],
  [['allocation', 'section:a', 'submitted', 'agreed'], true, 'final'],
  [['allocation', 'voided'], false, 'voided'],
  [['allocation', 'section:a', 'submitted', 'voided'], true, 'voided'],
  [['allocation', 'section:a', 'submitted', 'agreed', 'voided'], true, 'voided'],
];
for (const [units, moderated, state] of states) {
  test(`${units.join(' + ') || 'nothing'}${moderated ? ', moderated,' : ''} is ${state}`, () => {
    assert.is(auditState(has(...units), { moderator: moderated ? person(1) : null }), state);
    assert.is(auditState(has(...units.reverse()), { moderator: moderated ? person(1) : null }), state);
  });
}

test('an audit without an allocation is not waiting for a moderator', () => {
  assert.is(auditState(has('section:a', 'submitted'), undefined), 'final');
});

const legal: [units: string[], unit: string, because: Illegal | null][] = [
  [[], 'allocation', null],
  [[], 'case', null],
  [[], 'section:a', 'not-allocated'],
  [[], 'submitted', 'not-allocated'],
  [[], 'voided', null],
  [['allocation'], 'section:a', null],
  [['allocation'], 'submitted', null],
  [['allocation', 'submitted'], 'section:a', 'already-submitted'],
  [['allocation', 'submitted'], 'checks:a', 'already-submitted'],
  [['allocation', 'submitted'], 'overall', 'already-submitted'],
  [['allocation', 'submitted'], 'voice:child', 'already-submitted'],
  [['allocation', 'submitted'], 'case', 'already-submitted'],
  [['allocation', 'submitted'], 'submitted', 'already-submitted'],
  [['allocation', 'submitted'], 'allocation', null],
  [['allocation', 'submitted'], 'voided', null],
  [['allocation', 'voided'], 'section:a', 'already-voided'],
  [['allocation', 'voided'], 'allocation', 'already-voided'],
  [['allocation', 'voided'], 'voided', 'already-voided'],
];
for (const [units, unit, because] of legal) {
  test(`${unit} on ${units.join(' + ') || 'nothing'} is ${because ?? 'allowed'}`, () =>
    assert.is(illegalBecause(has(...units), unit), because));
}

test.run();
