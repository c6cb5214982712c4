/** No small number of a cube is told, and none can be worked out from what is: by adding, taking away, or trying everything. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { smallestTold, suppress, type Counts, type Depth, type Whole } from '../../../src/domain/board/suppress.ts';
import { workedOut, type Cell } from './reader.ts';

const test = suite('what a board is not told');

const leaf = (...counts: number[]): Whole => ({ counts, parts: [] });
const sum = (rows: readonly Whole[]): Counts =>
  [0, 1, 2].map((at) => rows.reduce((n, { counts }) => n + (counts[at] ?? 0), 0));
const whole = (...parts: Whole[]): Whole => ({ counts: sum(parts), parts });
const depthsOf = (tree: Whole): (Depth | 0)[] => {
  const told = suppress([tree]);
  return [tree, ...tree.parts].map((row) => told.get(row) ?? 0);
};

test('what has no small number is told whole', () => {
  assert.equal(depthsOf(whole(leaf(9, 5, 5), leaf(12, 0, 6), leaf(0, 0, 0))), [3, 3, 3, 3]);
});

test('a small row takes another with it, the smallest that helps', () => {
  assert.equal(depthsOf(whole(leaf(30, 20, 10), leaf(2, 1, 0), leaf(8, 6, 7))), [3, 3, 0, 0]);
});

test('where only a grade is small, good or better is told, or the base alone', () => {
  assert.equal(depthsOf(whole(leaf(40, 20, 3))), [2, 2], 'inadequate 3, with the rest 23');
  assert.equal(depthsOf(whole(leaf(4, 20, 10))), [1, 1], 'good or better 4');
  assert.equal(depthsOf(whole(leaf(2, 1, 1))), [0, 0], '4 in all');
});

test('five audits of five teams are not told: each would be one', () => {
  assert.equal(depthsOf(whole(...[1, 2, 3, 4, 5].map(() => leaf(1, 0, 0)))), [0, 0, 0, 0, 0, 0]);
});

test('five that were not good or better, of five teams of five, are not told: each would have one', () => {
  const teams = [1, 2, 3, 4, 5].map(() => leaf(4, 1, 0));
  assert.equal(depthsOf(whole(...teams)), [1, 1, 1, 1, 1, 1]);
});

test('nor by what is left of the authority', () => {
  const five = whole(...[1, 2, 3, 4, 5].map(() => leaf(1, 0, 0)));
  assert.equal(depthsOf(whole(five, leaf(20, 10, 10), leaf(8, 8, 8))), [3, 0, 3, 0]);
});

test('an authority is told no deeper by place than by time', () => {
  const byPlace = whole(leaf(20, 10, 10), leaf(20, 10, 10));
  const byTime = whole(...[1, 2, 3, 4, 5].map(() => leaf(8, 4, 4)));
  assert.is(suppress([byPlace, byTime]).get(byTime), 3);
  const few = { counts: [5, 0, 0], parts: [1, 2, 3, 4, 5].map(() => leaf(1, 0, 0)) };
  const same = { counts: [5, 0, 0], parts: [leaf(5, 0, 0)] };
  assert.is(suppress([same, few]).get(same), undefined);
});

/** Numbers as small as those that are held back, more often than not. */
const few = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 14 }), fc.constant(0));
const team = fc.tuple(few, few, few).map((counts) => leaf(...counts));

/** Every number of a row and its parts: its base and each class, good or better against the rest besides. */
function cellsOf(
  row: Whole,
  name: string,
  atomsOf: (row: Whole, at: number) => number[],
  told: ReadonlyMap<Whole, Depth>,
): Cell[] {
  const depth = told.get(row) ?? 0;
  const cell = (of: string, classes: readonly number[], from: Depth, some = false): Cell => ({
    name: `${name} ${of}`,
    atoms: classes.flatMap((at) => atomsOf(row, at)),
    told: depth >= from,
    some,
  });
  return [
    // A row of no audit is told as that.
    cell(
      'base',
      [0, 1, 2],
      1,
      sum([row]).some((n) => n > 0),
    ),
    cell('good', [0], 2),
    cell('less', [1, 2], 2),
    cell('middle', [1], 3),
    cell('worst', [2], 3),
    ...row.parts.flatMap((part, at) => cellsOf(part, `${name}.${at}`, atomsOf, told)),
  ];
}

const leavesOf = (row: Whole): Whole[] => (row.parts.length === 0 ? [row] : row.parts.flatMap(leavesOf));

/** What is left of a number when the same number of every part that tells it is taken away. */
function leftOf(row: Whole, told: ReadonlyMap<Whole, Depth>): number[] {
  const numbers = ({ counts: [good = 0, ...rest] }: Whole, depth: Depth): number[] => {
    const less = rest.reduce((n, each) => n + each, 0);
    return [
      depth >= 1 ? good + less : 0,
      ...(depth >= 2 ? [good, less] : [0, 0]),
      ...rest.map((n) => (depth >= 3 ? n : 0)),
    ];
  };
  const depth = told.get(row) ?? 0;
  const parts = row.parts.map((part) => numbers(part, Math.min(told.get(part) ?? 0, depth) as Depth));
  const left = numbers(row, depth).map((n, at) => n - parts.reduce((taken, part) => taken + (part[at] ?? 0), 0));
  return [...(row.parts.length > 0 ? left : []), ...row.parts.flatMap((part) => leftOf(part, told))];
}

const isSmallHere = (n: number): boolean => n > 0 && n < smallestTold;

/** Nothing that is told is small, and nothing that is not can be only one thing. */
function assertKept(truth: readonly number[], cells: readonly Cell[]): void {
  for (const { told, atoms, name } of cells) {
    const value = atoms.reduce((n, atom) => n + (truth[atom] ?? 0), 0);
    assert.not(told && isSmallHere(value), name);
  }
  assert.equal(workedOut(truth, cells), []);
}

test('nothing that is held back can be worked out: services and teams', () => {
  const service = fc.array(team, { minLength: 1, maxLength: 3 }).map((teams) => whole(...teams));
  const authority = fc.array(service, { minLength: 1, maxLength: 3 }).map((services) => whole(...services));
  fc.assert(
    fc.property(authority, (tree) => {
      const leaves = leavesOf(tree);
      const atomsOf = (row: Whole, at: number) => leavesOf(row).map((each) => leaves.indexOf(each) * 3 + at);
      const told = suppress([tree]);
      assert.equal(leftOf(tree, told).filter(isSmallHere), []);
      const truth = leaves.flatMap(({ counts }) => counts);
      assertKept(truth, cellsOf(tree, 'all', atomsOf, told));
    }),
    { numRuns: 300 },
  );
});

test('nor across quarters and places, which cut the same audits', () => {
  const grid = fc.array(fc.array(team, { minLength: 2, maxLength: 2 }), { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(grid, (cells) => {
      const places = cells.map((row) => leaf(...sum(row)));
      const quarters = [0, 1].map((at) => leaf(...sum(cells.map((row) => row[at] ?? leaf()))));
      const [byPlace, byTime] = [whole(...places), whole(...quarters)];
      const told = suppress([byPlace, byTime]);
      assert.equal([byPlace, byTime].flatMap((row) => leftOf(row, told)).filter(isSmallHere), []);
      const atom = (place: number, quarter: number, at: number) => (place * 2 + quarter) * 3 + at;
      const ofPlaces = (row: Whole, at: number) =>
        places.flatMap((place, p) => (row === byPlace || row === place ? [atom(p, 0, at), atom(p, 1, at)] : []));
      const ofQuarters = (row: Whole, at: number) =>
        quarters.flatMap((quarter, q) => (row === byTime || row === quarter ? [atom(0, q, at), atom(1, q, at)] : []));
      assertKept(
        cells.flat().flatMap(({ counts }) => counts),
        [...cellsOf(byPlace, 'place', ofPlaces, told), ...cellsOf(byTime, 'quarter', ofQuarters, told)],
      );
    }),
    { numRuns: 300 },
  );
});

test.run();
