/** What the form that corrects a closed audit asks, refuses and records. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { basisOf, overlay } from '../../../src/domain/fold.ts';
import type { DeviceId, OpId, PersonId } from '../../../src/domain/ids.ts';
import type { UnitState } from '../../../src/domain/record.ts';
import { checkValue } from '../../../src/protocol/values.ts';
import {
  askedOf,
  correctionEdits,
  correctionErrors,
  type CaseSeen,
  type CorrectionAsked,
} from '../../../src/ui/audit-form/correction.ts';

const test = suite('the correction of a closed case');

const me = 'a'.repeat(32) as PersonId;
const [here, elsewhere] = ['c'.repeat(32) as DeviceId, 'd'.repeat(32)];
const record = 'e'.repeat(32) as never;
const was = { reference: 'WRONG', initials: 'AB', ageBand: '5-9', header: { note: 'kept' }, ofLater: 1 };

function seen(...others: object[]): CaseSeen {
  const version = (value: object, n: number) => ({
    op: `${elsewhere}:${n}` as OpId,
    value: value as UnitState['value'],
    author: me,
    stamp: { ms: n, count: 0 },
  });
  const state: UnitState = { ...version(was, 9), others: others.map((value, i) => version(value, i + 1)) };
  const shown = overlay({ case: state }, [])['case'];
  if (shown === undefined) throw new Error('nothing shows');
  return { shown, device: here };
}

const right: CorrectionAsked = { reference: ' RIGHT ', initials: '', ageBand: '', reason: ' the wrong\nchild \n' };
const edits = (asked: CorrectionAsked, of: CaseSeen) =>
  correctionEdits(asked, { record, seen: of, by: me, at: 5, id: 'f'.repeat(32) });

test('it begins with what stands there and no reason', () => {
  assert.equal(askedOf(seen()), { reference: 'WRONG', initials: 'AB', ageBand: '5-9', reason: '' });
});

const wrong: [what: string, asked: Partial<CorrectionAsked>, fields: string[]][] = [
  ['nothing', {}, []],
  ['no reason', { reason: '' }, ['reason']],
  ['a blank reason', { reason: ' \n ' }, ['reason']],
  ['a reason that is too long', { reason: 'x'.repeat(2_001) }, ['reason']],
  ['no reference', { reference: ' ' }, ['reference']],
  ['initials that are a name', { initials: 'Alexander' }, ['initials']],
  ['nothing that differs', { reference: 'WRONG', initials: 'AB', ageBand: '5-9' }, ['reference']],
];
for (const [what, asked, fields] of wrong) {
  test(`${what} is wrong with it: ${fields.join(', ') || 'it is recorded'}`, () => {
    const errors = correctionErrors({ ...right, ...asked }, seen());
    assert.equal(
      errors.map(({ id }) => id),
      fields.map((field) => `correct-${field}`),
    );
  });
}

test('it is one correction with its reason and the case, on top of what was seen, and what else the case holds stays', () => {
  const of = seen();
  const [correction, theCase] = edits(right, of);
  assert.equal(correction?.value, { unit: 'case', by: me, at: 5, reason: 'the wrong\nchild' });
  assert.is(correction?.base, null);
  assert.equal(theCase?.value, { ...was, reference: 'RIGHT', initials: null, ageBand: null });
  assert.is(theCase?.base, basisOf(of.shown).base);
  for (const edit of edits(right, of)) assert.is(checkValue('audit', edit.unit, edit.value), null);
});

test('of two versions the correction settles the other, also by leaving what shows as it is', () => {
  const of = seen({ ...was, reference: 'OTHER' });
  const asked = { ...askedOf(of), reason: 'looked at both' };
  assert.equal(correctionErrors(asked, of), []);
  const [, theCase] = edits(asked, of);
  assert.equal(theCase?.value, was);
  assert.equal(theCase?.settles, [`${elsewhere}:1`]);
});

test.run();
