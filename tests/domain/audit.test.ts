import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditState, illegalBecause, illegalOnBehalf, type AuditState, type Illegal } from '../../src/domain/audit.ts';
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

const [open, submitted] = [
  ['allocation', 'case'],
  ['allocation', 'case', 'section:a', 'submitted'],
];
const voided = [...submitted, 'voided'];
const correcting = ['correction:a', 'case'];
const corrections: [units: string[], unit: string, together: string[], because: Illegal | null][] = [
  [submitted, 'case', correcting, null],
  [submitted, 'correction:a', correcting, null],
  [voided, 'case', correcting, null],
  [voided, 'correction:a', correcting, null],
  [open, 'case', correcting, null],
  [open, 'correction:a', correcting, null],
  [submitted, 'case', ['case'], 'already-submitted'],
  [voided, 'case', ['case'], 'already-voided'],
  [[...submitted, 'correction:a'], 'case', ['case'], 'already-submitted'],
  [submitted, 'correction:a', ['correction:a'], 'nothing-corrected'],
  [[...submitted, 'correction:a'], 'correction:a', correcting, 'already-corrected'],
  [[...submitted, 'correction:a'], 'correction:b', ['correction:b', 'case'], null],
  [[], 'correction:a', correcting, 'not-allocated'],
  [[...submitted, 'erased'], 'correction:a', correcting, 'already-erased'],
  [[...submitted, 'erased'], 'case', correcting, 'already-erased'],
];
for (const [units, unit, together, because] of corrections) {
  test(`${unit} on ${units.join(' + ') || 'nothing'}, written with ${together.join(' + ')}, is ${because ?? 'allowed'}`, () =>
    assert.is(illegalBecause(has(...units), unit, together), because));
}

test('nothing else of a closed audit changes with a correction, also for whoever accepts it on behalf', () => {
  for (const closed of [submitted, voided]) {
    for (const unit of ['section:a', 'checks:a', 'overall', 'voice:child', 'concern', 'submitted', 'imported']) {
      const together = [...correcting, unit];
      const why = illegalBecause(has(...closed), unit, together);
      assert.is(
        why,
        closed === voided ? 'already-voided' : unit === 'imported' ? 'already-begun' : 'already-submitted',
      );
      assert.is.not(illegalOnBehalf(has(...closed), unit, together, { moderator: null }), null, unit);
    }
  }
});

test.run();
