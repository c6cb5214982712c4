import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PersonId, RecordId, ServiceId, TeamId, ToolId } from '../../../src/domain/ids.ts';
import { checkValue } from '../../../src/protocol/values.ts';
import {
  allocationEdits,
  allocationErrors,
  emptyAllocation,
  nextAllocation,
  type AllocationForm,
} from '../../../src/ui/data/allocation-form.ts';

const test = suite('the allocation form');
const today = '2026-06-15';
const filled: AllocationForm = {
  reference: ' NB-1204 ',
  initials: '',
  ageBand: '',
  tool: 'early-help@1.0.0' as ToolId,
  service: '1'.repeat(32) as ServiceId,
  team: '2'.repeat(32) as TeamId,
  auditor: '3'.repeat(32) as PersonId,
  due: '2026-07-01',
  dueTyped: 'complete',
  selection: 'random',
};

test('a filled form has no errors and becomes two units that the schemas accept', () => {
  assert.equal(allocationErrors(filled, today), []);
  const edits = allocationEdits('a'.repeat(32) as RecordId, filled);
  for (const { kind, unit, value } of edits) assert.is(checkValue(kind, unit, value), null);
  assert.equal(
    edits.map(({ unit }) => unit),
    ['case', 'allocation'],
  );
  assert.is(edits[0]?.value['reference'], 'NB-1204');
  assert.is(edits[0]?.value['initials'], null);
});

test('an empty form names every field it needs, once', () => {
  assert.equal(
    allocationErrors(emptyAllocation, today).map(({ id }) => id),
    ['reference', 'tool', 'service', 'auditor', 'due', 'selection'],
  );
});

test('a due date may be today and not before', () => {
  assert.equal(allocationErrors({ ...filled, due: today }, today), []);
  assert.equal(
    allocationErrors({ ...filled, due: '2026-06-14' }, today).map(({ id }) => id),
    ['due'],
  );
});

test('after saving, only what tells one case from another is emptied', () => {
  assert.equal(nextAllocation({ ...filled, initials: 'AB', ageBand: '0-4' }), { ...filled, reference: '' });
});

test.run();
