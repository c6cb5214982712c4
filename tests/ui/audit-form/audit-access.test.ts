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

test('a QA lead may while it is not submitted or voided, and nobody else whose audit it is not', () => {
  assert.ok(mayCorrectCase(audit('full'), standing('qa-lead')));
  assert.not(mayCorrectCase(audit('full'), standing('auditor')));
  assert.not(mayCorrectCase(audit('full'), standing('team-lead')));
  for (const event of ['submitted', 'voided']) {
    assert.not(mayCorrectCase(audit('full', { [event]: unit({ by: somebody }, 3) }), standing('qa-lead')), event);
  }
});

test('not one of which only a part has been sent, since the rest of the case would be lost', () => {
  assert.not(mayCorrectCase(audit('columns'), standing('qa-lead')));
  assert.not(mayCorrectCase(audit('blind'), standing('qa-lead')));
});

test.run();
