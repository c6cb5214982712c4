/** A count with its noun, as a person would say it. Every other count in `words` is written with these. */

/** Digits in threes: `1,234`. */
export const number = (count: number): string => count.toLocaleString('en-GB');

/** `1 change`, `3 changes`; give `many` where an s is not enough. */
export const plural = (count: number, one: string, many: string = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;
