/**
 * What somebody works out who knows the rule by which small numbers are held back, not only the numbers that are told: every table of
 * a few rows is made, and those that are told alike are all that such a reader can tell apart. Each small number that is held
 * back is at least two things among them.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { smallestTold, suppress, type Counts, type Whole } from '../../../src/domain/board/suppress.ts';

const test = suite('what the rule itself does not tell');

/** Every way to lie for so many audits in so many cells. */
function* ways(audits: number, cells: number): Generator<readonly number[]> {
  if (cells === 1) yield [audits];
  else for (let n = 0; n <= audits; n += 1) for (const rest of ways(audits - n, cells - 1)) yield [n, ...rest];
}

/** Rows of each service, and how many classes. */
interface Shape {
  readonly teams: readonly number[];
  readonly classes: number;
  readonly audits: number;
}

const add = (rows: readonly Whole[]): Counts =>
  rows.reduce<Counts>((sum, { counts }) => counts.map((n, at) => n + (sum[at] ?? 0)), []);

function tableOf(cells: readonly number[], { teams, classes }: Shape): readonly Whole[] {
  let at = 0;
  const leaf = (): Whole => ({ counts: cells.slice(at, (at += classes)), parts: [] });
  const services = teams.map((n) => {
    const parts = Array.from({ length: n }, leaf);
    return { counts: add(parts), parts };
  });
  const whole = { counts: add(services), parts: services };
  return [whole, ...services.flatMap((service) => [service, ...service.parts])];
}

/** Base, good or better, the rest, and each class of the rest: from which depth each is told. */
const numbersOf = ({ counts: [good = 0, ...rest] }: Whole): readonly number[] => {
  const less = rest.reduce((sum, n) => sum + n, 0);
  return [good + less, good, less, ...rest];
};
const toldFrom = (at: number): number => (at === 0 ? 1 : at < 3 ? 2 : 3);

/** The small numbers that only one table of those told alike would have: what is told, and which number. */
function workedOut(shape: Shape): string[] {
  const alike = new Map<string, Set<number>[]>();
  for (const cells of ways(shape.audits, shape.classes * shape.teams.reduce((sum, n) => sum + n, 0))) {
    const rows = tableOf(cells, shape);
    const depths = suppress(rows.slice(0, 1));
    if ((depths.get(rows[0] as Whole) ?? 0) === 0) continue;
    const numbers = rows.map(numbersOf);
    const told = rows.map((row, of) =>
      numbers[of]?.map((n, at) => ((depths.get(row) ?? 0) >= toldFrom(at) ? n : '-')).join(' '),
    );
    const seen = alike.get(told.join(', ')) ?? numbers.flat().map(() => new Set<number>());
    alike.set(told.join(', '), seen);
    for (const [at, n] of numbers.flat().entries()) seen[at]?.add(n);
  }
  return [...alike].flatMap(([told, seen]) =>
    seen.flatMap((values, at) => {
      const [only = 0] = values;
      return values.size === 1 && only > 0 && only < smallestTold ? [`${told}: number ${at} is ${only}`] : [];
    }),
  );
}

const shapes: readonly (readonly [teams: readonly number[], classes: number, from: number, to: number])[] = [
  [[1, 1, 1], 1, 5, 26],
  [[1, 1, 1, 1], 1, 5, 22],
  [[2, 2], 1, 5, 22],
  [[2, 1, 1], 1, 5, 20],
  [[3, 1, 1], 1, 12, 16],
  [[1, 1], 2, 5, 24],
  [[2, 1], 2, 10, 14],
  [[1, 1], 3, 14, 15],
];

test('every table of a few rows: no small number is one thing only', () => {
  for (const [teams, classes, from, to] of shapes)
    for (let audits = from; audits <= to; audits += 1)
      assert.equal(workedOut({ teams, classes, audits }), [], `${teams.join('+')} rows, ${classes} classes, ${audits}`);
});

test('by good or better, with bases that are told: two numbers at least for each row', () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }));
  const rows = fc
    .array(row, { minLength: 3, maxLength: 3 })
    .map((each) => each.filter(([a, b]) => a + b >= smallestTold));
  const told = (counts: readonly (readonly [number, number])[]): string => {
    const parts = counts.map((each): Whole => ({ counts: each, parts: [] }));
    const whole = { counts: add(parts), parts };
    const depths = suppress([whole]);
    return [whole, ...parts]
      .map((part) => ((depths.get(part) ?? 0) >= 2 ? part.counts.join('+') : `${depths.get(part) ?? 0}`))
      .join(' ');
  };
  fc.assert(
    fc.property(rows, (counts) => {
      fc.pre(counts.length === 3);
      const as = told(counts);
      if (!as.split(' ')[0]?.includes('+')) return;
      const bases = counts.map(([good, less]) => good + less);
      const all = counts.reduce((sum, [good]) => sum + good, 0);
      const possible = counts.map(() => new Set<number>());
      const [first = 0, second = 0, third = 0] = bases;
      for (let a = 0; a <= first; a += 1)
        for (let b = Math.max(0, all - a - third); b <= Math.min(second, all - a); b += 1) {
          const goods = [a, b, all - a - b];
          if (told(goods.map((good, at) => [good, (bases[at] ?? 0) - good])) !== as) continue;
          for (const [at, good] of goods.entries()) possible[at]?.add(good);
        }
      for (const [at, values] of possible.entries()) {
        const [only = 0] = values;
        const isHeld = !as.split(' ')[at + 1]?.includes('+');
        const isSmall = [only, (bases[at] ?? 0) - only].some((n) => n > 0 && n < smallestTold);
        assert.not(isHeld && values.size === 1 && isSmall, `${as}: good or better of ${at} is ${only}`);
      }
    }),
    { numRuns: 150 },
  );
});

test.run();
