/**
 * Counts distinct texts within a bound: the first `most` values that are not longer than `longest` are kept with their
 * exact counts, the cells of all others are counted together. Whatever a file holds, memory stays bounded.
 */

export interface Counted {
  readonly value: string;
  readonly count: number;
}

export class DistinctTexts {
  readonly #most: number;
  readonly #longest: number;
  readonly #kept = new Map<string, { readonly value: string; count: number }>();
  #rest = 0;

  constructor(most: number, longest: number) {
    this.#most = most;
    this.#longest = longest;
  }

  /** Counts a text with those of the same key, under the first spelling. False when it is not among those kept. */
  add(text: string, key = text, count = 1): boolean {
    const same = this.#kept.get(key);
    if (same !== undefined) {
      same.count += count;
      return true;
    }
    if (this.#kept.size >= this.#most || text.length > this.#longest) {
      this.#rest += count;
      return false;
    }
    const value = ownText(text);
    this.#kept.set(key === text ? value : ownText(key), { value, count });
    return true;
  }

  /** The kept values with their counts, in the order they were first seen. */
  values(): Counted[] {
    return [...this.#kept.values()].map(({ value, count }) => ({ value, count }));
  }

  /** How many texts were counted and not kept. */
  get rest(): number {
    return this.#rest;
  }
}

/** A copy that stands alone: a piece cut from a longer text may keep all of that text in memory. */
export const ownText = (text: string): string => [...text].join('');
