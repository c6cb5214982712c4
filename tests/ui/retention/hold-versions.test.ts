/** Two people who speak of a legal hold unseen by each other: both are shown, it stands while either says so, and one act settles both. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fold, overlay, type Change, type ShownUnit } from '../../../src/domain/fold.ts';
import { holdOf } from '../../../src/domain/retention.ts';
import { holdVersionsOf } from '../../../src/ui/retention/hold-versions.ts';

const test = suite('versions of a hold');

const op = (device: string, seq: number) => `${device.repeat(32)}:${seq}` as Change['op'];
const said = (device: string, seq: number, on: boolean, more: Partial<Change> = {}): Change => ({
  op: op(device, seq),
  value: { on, wholeCase: false, by: device.repeat(32), at: seq, why: `${device}${seq}` },
  author: device.repeat(32) as never,
  stamp: { ms: seq, count: 0 },
  base: null,
  settles: [],
  ...more,
});
const shown = (changes: readonly Change[], own: readonly Change[] = []): ShownUnit | undefined => {
  const [first, ...rest] = changes;
  const unit = first && rest.reduce(fold, fold(undefined, first));
  return overlay(
    unit === undefined ? {} : { hold: unit },
    own.map((change) => ({ ...change, unit: 'hold' })),
  )['hold'];
};
const whys = (unit: ShownUnit | undefined) => holdVersionsOf(unit).versions.map(({ why }) => why);

test('nobody has spoken of one', () => {
  assert.equal(holdVersionsOf(undefined), { versions: [], stands: null, basis: { base: null, settles: [] } });
});

test('one that is on beneath one that is off and shows is told of, and stands', () => {
  const unit = shown([said('a', 1, true), said('b', 2, false)]);
  assert.equal(whys(unit), ['b2', 'a1']);
  assert.equal(holdVersionsOf(unit).stands, { wholeCase: false });
  assert.equal(holdVersionsOf(unit).basis, { base: op('b', 2), settles: [op('a', 1)] });
});

test('whoever has seen both and lifts it has lifted it', () => {
  const two = [said('a', 1, true), said('b', 2, true)];
  const { basis } = holdVersionsOf(shown(two));
  const unit = [...two.slice(1), said('c', 3, false, basis)].reduce(fold, fold(undefined, two[0] as Change));
  assert.is(holdOf({ hold: unit }), null);
  assert.equal(whys(shown([...two, said('c', 3, false, basis)])), ['c3']);
});

test('an own act that is not sent yet shows over what it settles, and not over what it has not seen', () => {
  const own = said('a', 2, false, { base: op('b', 1) });
  assert.equal(whys(shown([said('b', 1, true)], [own])), ['a2']);
  assert.equal(whys(shown([said('b', 1, true), said('c', 5, true)], [own])), ['a2', 'c5']);
});

test.run();
