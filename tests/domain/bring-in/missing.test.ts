import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { MadeChange } from '../../../src/domain/bring-in/made-change.ts';
import { missingOf, type UnitHere } from '../../../src/domain/bring-in/missing.ts';
import type { OpId } from '../../../src/domain/ids.ts';

const test = suite('what is missing of a unit');

const made = (word: string, ms: number): MadeChange => ({
  group: word,
  unit: 'section:risk',
  value: { word },
  claimed: { ms, count: 0 },
  base: null,
  settles: [],
});
const here = (word: string, ms: number, changes: Partial<UnitHere> = {}): UnitHere => ({
  value: { word },
  ms,
  isMine: true,
  base: null,
  ...changes,
});
const words = (changes: readonly MadeChange[]) => changes.map(({ value }) => value['word']);
const abc = [made('a', 10), made('b', 20), made('c', 30)];
const op = 'd:7' as OpId;

const cases: readonly {
  readonly name: string;
  readonly here: UnitHere | undefined;
  readonly comes: readonly string[];
  readonly overtaken?: readonly string[];
}[] = [
  { name: 'nothing is here: all of it', here: undefined, comes: ['a', 'b', 'c'] },
  { name: 'the last of it is here: nothing', here: here('c', 30), comes: [] },
  { name: 'the last of it is here, given again later: nothing', here: here('c', 99), comes: [] },
  { name: 'an earlier one is here: what came after', here: here('a', 10), comes: ['b', 'c'] },
  { name: 'something older is here: all of it, unseen by what is here', here: here('x', 5), comes: ['a', 'b', 'c'] },
  { name: 'something newer of my own is here: nothing', here: here('x', 40), comes: [] },
  {
    name: 'something newer of somebody else is here: it is overtaken',
    here: here('x', 40, { isMine: false }),
    comes: [],
    overtaken: ['a', 'b', 'c'],
  },
  {
    name: 'somebody else went back to an earlier one: what came after is overtaken',
    here: here('b', 40, { isMine: false }),
    comes: [],
    overtaken: ['c'],
  },
];
for (const { name, here: unit, comes, overtaken = [] } of cases) {
  test(name, () => {
    const found = missingOf(abc, unit, false);
    assert.equal(words(found.changes), comes);
    assert.equal(words(found.overtaken), overtaken);
  });
}

test('what goes on from something that is here stands on it; what does not stands on what it stood on', () => {
  assert.equal(
    missingOf(abc, here('a', 10, { base: op }), false).changes.map(({ base }) => base),
    [op, op],
  );
  assert.equal(
    missingOf(abc, here('x', 5, { base: op }), false).changes.map(({ base }) => base),
    [null, null, null],
  );
});

test('an event is written once: where there is one, none comes', () => {
  assert.equal(missingOf(abc, here('x', 5, { isMine: false }), true), { changes: [], overtaken: [] });
  assert.equal(words(missingOf(abc, undefined, true).changes), ['a', 'b', 'c']);
});

test('whatever came in, nothing of it is missing afterwards', () => {
  const change = fc.record({ word: fc.constantFrom('a', 'b', 'c'), ms: fc.nat({ max: 50 }) });
  const before = fc.option(
    fc.record({ word: fc.constantFrom('a', 'b', 'x'), ms: fc.nat({ max: 50 }), isMine: fc.boolean() }),
    {
      nil: undefined,
    },
  );
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), before, (all, unit) => {
      const changes = all.sort((a, b) => a.ms - b.ms).map(({ word, ms }) => made(word, ms));
      const last = missingOf(changes, unit && here(unit.word, unit.ms, unit), false).changes.at(-1);
      if (last === undefined) return;
      assert.equal(missingOf(changes, here(String(last.value['word']), last.claimed.ms), false).changes, []);
    }),
  );
});

test.run();
