import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { overlay } from '../../../src/domain/fold.ts';
import type { OpId, PersonId } from '../../../src/domain/ids.ts';
import type { Projection } from '../../../src/domain/projection.ts';
import type { UnitState } from '../../../src/domain/record.ts';
import { standingOf } from '../../../src/domain/rights.ts';
import type { RoleName } from '../../../src/domain/values.ts';
import type { ShownRecord } from '../../../src/store/view.ts';
import { mayCorrectCase } from '../../../src/ui/audit-form/audit-access.ts';

const test = suite('who may correct a case');

const me = 'a'.repeat(32) as PersonId;
const somebody = 'b'.repeat(32) as PersonId;

const unit = (value: object, n: number): UnitState => ({
  op: `${'c'.repeat(32)}:${n}` as OpId,
  value: value as UnitState['value'],
  author: somebody,
  stamp: { ms: n, count: 0 },
  others: [],
});

function audit(projection: Projection | null, more: Record<string, UnitState> = {}): ShownRecord {
  const allocation = unit({ auditor: somebody, moderator: null, service: null, team: null }, 1);
  const units = overlay({ allocation, case: unit({ reference: 'A1' }, 2), ...more }, []);
  return {
    id: 'd'.repeat(32) as ShownRecord['id'],
    kind: 'audit',
    units,
    projection,
    unsent: 0,
    sent: 0,
    quarantined: 0,
  };
}

const standing = (role: RoleName) =>
  standingOf(me, [{ role, services: [], teams: [], from: '2026-01-01', to: null }], '2026-06-15', new Map());

test('a QA lead may as they type until it is submitted or voided, then with a reason; nobody else whose audit it is not', () => {
  assert.is(mayCorrectCase(audit('full'), standing('qa-lead')), 'open');
  // What is on this laptop alone is here in full.
  assert.is(mayCorrectCase(audit(null), standing('qa-lead')), 'open');
  for (const role of ['auditor', 'moderator', 'team-lead', 'head-of-service', 'administrator'] as const)
    assert.is(mayCorrectCase(audit('full'), standing(role)), null, role);
  for (const event of ['submitted', 'voided']) {
    const closed = audit('full', { [event]: unit({ by: somebody }, 3) });
    assert.is(mayCorrectCase(closed, standing('qa-lead')), 'closed', event);
    assert.is(mayCorrectCase(closed, standing('auditor')), null, event);
    const erased = audit('full', { [event]: unit({ by: somebody }, 3), erased: unit({ by: somebody }, 4) });
    assert.is(mayCorrectCase(erased, standing('qa-lead')), null, event);
  }
});

test('not one of which only a part has been sent, since the rest of the case would be lost', () => {
  assert.is(mayCorrectCase(audit('columns'), standing('qa-lead')), null);
  assert.is(mayCorrectCase(audit('blind'), standing('qa-lead')), null);
});

test.run();
