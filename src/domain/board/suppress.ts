/**
 * Which numbers of a table may be told to somebody who must not learn a small one. A row counts audits by class; a number from
 * 1 to 4 is small. Rows are parts of wholes (a service of the authority, a team of a service), and differences are told with
 * every row that is: whoever knows the whole and all parts but one knows that one.
 *
 * A row is told to a depth: nothing, its base, that split into good or better and the rest, or every class. Promises:
 *
 *  - a row is told to a depth only where each of its numbers there is 0 or at least `smallestTold`, and its whole is told so deep
 *  - what is left of a whole when its told parts are taken away is at least two parts, fit to be told as one row would be: else
 *    more parts are held back, the smallest that helps first
 *  - parts of which the number alone would say that each is 1 are not told by their whole
 *
 * So what is told is no more than the counts of disjoint sets of audits, none of them small: whatever can be worked out by adding and
 * taking away is 0 or at least `smallestTold`. A part with no audit is no secret and is told as none. Not promised: that nobody who asks
 * in which tables these rules would have told the same can work out a number of a rare one (docs/decisions/0024).
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
  const shown = parts.filter((part) => (told.get(part) ?? 0) === depth - 1 && mayTell(part, depth)).sort(largestFirst);
  const kept = parts.filter((part) => !shown.includes(part));
  while (kept.length > 0 && !mayBeLeft(kept, depth)) kept.push(...takeSmallestThatHelps(shown, kept, depth));
  for (const part of shown) tellWithin(part, depth, told);
  for (const part of whole.parts) if (!isSome(part)) tellNone(part, told);
}

function tellNone(none: Whole, told: Map<Whole, Depth>): void {
  told.set(none, 3);
  for (const part of none.parts) tellNone(part, told);
}

/** Also when every part of it has to be kept back. */
function mayTell(whole: Whole, depth: Depth): boolean {
  if (!isFit(whole.counts, depth)) return false;
  const [only, ...more] = whole.parts.filter(isSome);
  if (only === undefined) return true;
  return more.length === 0 ? mayTell(only, depth) : mayBeLeft([only, ...more], depth);
}

/** Whether these parts may be kept back while the sum of them can be worked out: no number of it says that each has one. */
function mayBeLeft(kept: readonly Whole[], depth: Depth): boolean {
  const numbers = numbersAt(sumOf(kept), depth);
  return kept.length > 1 && numbers.every((n) => !isSmall(n) && (n === 0 || n > kept.length));
}

function takeSmallestThatHelps(shown: Whole[], kept: readonly Whole[], depth: Depth): readonly Whole[] {
  const left = numbersAt(sumOf(kept), depth);
  const helps = ({ counts }: Whole): boolean => numbersAt(counts, depth).some((n, i) => n > 0 && isSmall(left[i] ?? 0));
  const at = shown.findLastIndex(helps);
  const taken = shown.splice(at < 0 ? shown.length - 1 : at, 1);
  if (taken.length === 0) throw new Error('A whole was told of which no part can be kept back');
  return taken;
}

/** The numbers that a row tells at a depth. */
function numbersAt(counts: Counts, depth: Depth): readonly number[] {
  const [good = 0, ...others] = counts;
  const base = baseOf(counts);
  return depth === 1 ? [base] : depth === 2 ? [good, base - good] : [good, ...others];
}

const isFit = (counts: Counts, depth: Depth): boolean => !numbersAt(counts, depth).some(isSmall);
/** Whether a number says something about so few that it is not told. */
export const isSmall = (n: number): boolean => n > 0 && n < smallestTold;

export const baseOf = (counts: Counts): number => counts.reduce((sum, n) => sum + n, 0);
const isSome = ({ counts }: Whole): boolean => baseOf(counts) > 0;
const largestFirst = (a: Whole, b: Whole): number => baseOf(b.counts) - baseOf(a.counts);

const sumOf = (rows: readonly Whole[]): Counts =>
  rows.reduce<Counts>((sum, { counts }) => counts.map((n, i) => n + (sum[i] ?? 0)), []);
