/**
 * A proportion is always a count, a base, a percentage and an interval, made here and nowhere else. Below a base of five
 * it has no percentage and no interval: counts only (DOMAIN 7.1).
 */

/** A proportion ready to show. `share`, `lower` and `upper` are between 0 and 1. */
export interface Proportion {
  readonly count: number;
  readonly base: number;
  /** null below `smallestBase`. */
  readonly share: number | null;
  readonly interval: Interval | null;
}

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** The smallest base for which a percentage is shown. */
export const smallestBase = 5;

/** z of a two-sided 95% interval. */
export const z95 = 1.959963984540054;

export function proportion(count: number, base: number): Proportion {
  const shown = base >= smallestBase;
  return { count, base, share: shown ? count / base : null, interval: shown ? wilson(count, base) : null };
}

/**
 * Wilson score interval of `count` successes in `base` trials, clamped to 0..1; null when `base` is 0.
 * Source: Wilson 1927; Newcombe 1998, method 3; checked against the vectors of both and of OHID's PHEindicatormethods.
 */
export function wilson(count: number, base: number, z: number = z95): Interval | null {
  if (base === 0) return null;
  const p = count / base;
  const centre = (count + (z * z) / 2) / (base + z * z);
  const half = (z * Math.sqrt(base * p * (1 - p) + (z * z) / 4)) / (base + z * z);
  return {
    lower: count === 0 ? 0 : Math.max(0, centre - half),
    upper: count === base ? 1 : Math.min(1, centre + half),
  };
}
