/**
 * Chance that can be had again: streams of numbers, each from a seed and a label, so that what one thing draws never moves
 * what another does. The generator is sfc32 (Chris Doty-Humphrey, PractRand, public domain), seeded from a hash.
 */
import { canonical } from '../canonical.ts';
import type { Hash } from '../chain.ts';

export interface Chance {
  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number;
  /** A number from 0 up to, not including, 1. */
  share(): number;
  happens(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(from: readonly T[]): T[];
  /** Shuffled so that an item of twice the weight is twice as likely to come first (Efraimidis and Spirakis, 2006). */
  weighted<T>(from: readonly T[], weightOf: (item: T) => number): T[];
}

/** The stream of a label. The same label gives the same stream from its beginning. */
export type ChanceOf = (label: string) => Chance;

export const chanceFrom =
  (hash: Hash, seed: string): ChanceOf =>
  (label) =>
    chanceOn(sfc32(hash(canonical(['plumbline.example.chance.1', seed, label]))));

function chanceOn(share: () => number): Chance {
  const weighted = <T>(from: readonly T[], weightOf: (item: T) => number): T[] =>
    from
      .map((item) => ({ item, at: -Math.log(1 - share()) / weightOf(item) }))
      .sort((x, y) => x.at - y.at)
      .map(({ item }) => item);
  const between = (least: number, most: number): number => least + Math.floor(share() * (most - least + 1));
  return {
    share,
    between,
    happens: (wanted) => share() < wanted,
    pick<T>(from: readonly T[]): T {
      if (from.length === 0) throw new Error('There is nothing to pick from');
      return from[between(0, from.length - 1)] as T;
    },
    shuffled: (from) => weighted(from, () => 1),
    weighted,
  };
}

function sfc32(hex: string): () => number {
  const word = (at: number): number => Number.parseInt(hex.slice(at * 8, at * 8 + 8), 16) | 0;
  let [a, b, c, counter] = [word(0), word(1), word(2), word(3)];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
}

/** The fraction of the golden ratio: its multiples, taken modulo 1, fill every stretch evenly. */
const golden = 0.618_033_988_749_895;

/** Numbers from 0 to 1 that look like chance and keep close to their shares from the first few on (Weyl's sequence). */
export function evenly(start: number): () => number {
  let last = start;
  return () => (last = (last + golden) % 1);
}
