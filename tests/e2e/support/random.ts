/** Chance that can be had again: a flow prints its seed, and runs the same when it is given in PLUMBLINE_SEED. */

export interface Chance {
  readonly seed: number;
  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  /** Letters, for made-up text. */
  letters(count: number): string;
}

export function chance(name: string): Chance {
  const given = process.env['PLUMBLINE_SEED'];
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  console.log(`${name}: PLUMBLINE_SEED=${seed}`);
  return chanceFrom(seed);
}

/** The chance of a seed that somebody else prints. */
export function chanceFrom(seed: number): Chance {
  const next = mulberry32(seed);
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[between(0, from.length - 1)];
    if (picked === undefined) throw new Error('There is nothing to pick from.');
    return picked;
  };
  const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];
  return {
    seed,
    between,
    pick,
    letters: (count) => Array.from({ length: count }, () => pick(alphabet)).join(''),
  };
}

/** mulberry32, by Tommy Ettinger, in the public domain. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
