/**
 * Which numbers of a table may be told to somebody who must not learn a small one. A row counts audits by class; a number from
 * 1 to 4 is small. Rows are parts of wholes (a service of the authority, a team of a service), and differences are told with
 * every row that is: whoever knows the whole and all parts but one knows that one.
 *
 * A row is told to a depth: nothing, its base, that split into good or better and the rest, or every class. Promises:
 *
 *  - a row is told to a depth only where each of its numbers there is 0 or at least `smallestTold`, and its whole is told so deep
 *  - where a part is held back at a depth for a number of its own, another that need not be goes with it, chosen by what is known of
 *    it anyway: for its base the last in the order given (which must not come from numbers), for its good or better the one of the
 *    largest base, if that leaves each of them two ways to lie; else, and for its grades, all parts of the whole
 *  - each number of all parts that are held back in a whole is 0, or more than `smallestTold` above the number of them (of the rows
 *    below them): else more go with them, the last first. Where a whole does not come to so much it is not told itself
 *
 * So what is told is no more than the counts of disjoint sets of audits, none of them small, and whoever knows this rule too
 * finds at least two values possible for each small number that is held back: `tests/domain/board/rule.test.ts` tries every table of
 * a few rows. That is shown by trying, not proved, and for one telling: two that follow each other can be compared (decision 24).
 * A part with no audit is no secret and is told as none.
 */
import { smallestBase } from '../proportion.ts';

/** Numbers from 1 to one less than this are small: the base below which nothing has a percentage either. */
export const smallestTold = smallestBase;

/** Audits of one row by class: good or better first, then each other grade, best first. */
export type Counts = readonly number[];

export interface Whole {
  readonly counts: Counts;
  readonly parts: readonly Whole[];
}

/** How deep a row is told: 0 not at all, 1 its base, 2 good or better besides, 3 every class. */
export type Depth = 0 | 1 | 2 | 3;
const depths = [1, 2, 3] as const;

/**
 * The depth of every row of these wholes, which are the same audits cut in different ways (by place, by time): the first
 * of each is told as deep as the rest of them allows.
 */
export function suppress(cuts: readonly Whole[]): ReadonlyMap<Whole, Depth> {
  const told = new Map<Whole, Depth>();
  for (const depth of depths) {
    if (!cuts.every((whole) => (told.get(whole) ?? 0) === depth - 1 && mayTell(whole, depth))) break;
    for (const whole of cuts) tellWithin(whole, depth, told);
  }
  return told;
}

function tellWithin(whole: Whole, depth: Depth, told: Map<Whole, Depth>): void {
  told.set(whole, depth);
  const parts = whole.parts.filter(isSome);
  const isNext = (part: Whole): boolean => (told.get(part) ?? 0) === depth - 1;
  const shown = parts.filter((part) => isNext(part) && mayTell(part, depth));
  const kept = parts.filter((part) => !shown.includes(part));
  if (kept.some(isNext)) kept.push(...takeCover(shown, kept.filter(isNext), depth));
  while (kept.length > 0 && shown.length > 0 && !mayBeLeft(kept, depth)) kept.push(...shown.splice(-1));
  for (const part of shown) tellWithin(part, depth, told);
  for (const part of whole.parts) if (!isSome(part)) tellNone(part, told);
}

function tellNone(none: Whole, told: Map<Whole, Depth>): void {
  told.set(none, 3);
  for (const part of none.parts) tellNone(part, told);
}

/** Also when every part of it has to be kept back. */
const mayTell = (whole: Whole, depth: Depth): boolean =>
  numbersAt(whole.counts, depth).every((n) => n === 0 || n >= leastOf(whole, depth));

/** The least number that is told of a row: of one with parts, what may be left of all of them. */
function leastOf({ parts }: Whole, depth: Depth): number {
  const [only, ...more] = parts.filter(isSome);
  if (only === undefined) return smallestTold;
  return more.length === 0 ? leastOf(only, depth) : fewestIn([only, ...more], depth) + smallestTold;
}

/** Takes out of `shown` what goes with those that are not told at this depth for a number of their own. */
function takeCover(shown: Whole[], unfit: readonly Whole[], depth: Depth): readonly Whole[] {
  if (depth === 1) return shown.splice(-1);
  // The bases are told, and bound what each can be: the largest leaves most room. Of three numbers or more no room is worked out.
  const largest = shown.reduce((most, { counts }) => Math.max(most, baseOf(counts)), 0);
  const at = shown.findLastIndex(({ counts }) => baseOf(counts) === largest);
  const cover = shown[at];
  if (depth === 2 && cover !== undefined && leavesRoom(unfit, cover)) return shown.splice(at, 1);
  return shown.splice(0);
}

/** Whether each of them can be good or better in two ways at least, by the bases, who of them is unfit, and their sum. */
function leavesRoom(unfit: readonly Whole[], cover: Whole): boolean {
  const sum = [...unfit, cover].reduce((n, { counts: [good = 0] }) => n + good, 0);
  const ways = [...unfit.map((row) => goodOf(row, false)), goodOf(cover, true)];
  return ways.every((mine, at) => {
    const others = ways
      .filter((_, i) => i !== at)
      .reduce((sums, each) => new Set([...sums].flatMap((n) => each.map((m) => n + m))), new Set([0]));
    return mine.filter((n) => others.has(sum - n)).length > 1;
  });
}

/** How many of a row of this base could be good or better, as it may be told or may not. */
function goodOf(row: Whole, isTold: boolean): readonly number[] {
  const base = baseOf(row.counts);
  return Array.from({ length: base + 1 }, (_, good) => good).filter(
    (good) => mayTell({ counts: [good, base - good], parts: row.parts }, 2) === isTold,
  );
}

/** Whether these parts may be kept back while the sum of them can be worked out. */
function mayBeLeft(kept: readonly Whole[], depth: Depth): boolean {
  const sum = numbersAt(sumOf(kept), depth);
  return kept.length > 1 && sum.every((n) => n === 0 || n > fewestIn(kept, depth) + smallestTold);
}

/** So many audits there are at least, since a row that is there has one; of good ones there may be none, and one each is reckoned. */
const fewestIn = (parts: readonly Whole[], depth: Depth): number =>
  depth === 1 ? parts.reduce((n, part) => n + Math.max(1, fewestIn(part.parts.filter(isSome), 1)), 0) : parts.length;

/** The numbers that a row tells at a depth. */
function numbersAt(counts: Counts, depth: Depth): readonly number[] {
  const [good = 0, ...others] = counts;
  const base = baseOf(counts);
  return depth === 1 ? [base] : depth === 2 ? [good, base - good] : [good, ...others];
}

/** Whether a number says something about so few that it is not told. */
export const isSmall = (n: number): boolean => n > 0 && n < smallestTold;

export const baseOf = (counts: Counts): number => counts.reduce((sum, n) => sum + n, 0);
const isSome = ({ counts }: Whole): boolean => baseOf(counts) > 0;
const sumOf = (rows: readonly Whole[]): Counts =>
  rows.reduce<Counts>((sum, { counts }) => counts.map((n, i) => n + (sum[i] ?? 0)), []);
