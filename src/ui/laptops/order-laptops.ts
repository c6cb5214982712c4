/** Which laptops need looking at, which a search finds, and in which order they are shown. */
import type { LaptopShown } from '../../protocol/laptops.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Two weeks of leave are no reason to worry. */
export const longSilenceMs = 15 * dayMs;

export type Concern = 'unsent' | 'silent' | 'asked' | 'gave' | 'gone' | null;

/** What there is to say of a laptop first. What is to be removed and has work that was not sent is unsent work above all. */
export function concernOf({ unsent, lastMs, revoked, gaveMs, gone }: LaptopShown, nowMs: number): Concern {
  if (gone !== null) return 'gone';
  if (unsent !== null && unsent.count > 0) return 'unsent';
  if (revoked !== null) return gaveMs === null ? 'asked' : 'gave';
  return nowMs - lastMs >= longSilenceMs ? 'silent' : null;
}

const rank: Readonly<Record<NonNullable<Concern> | 'none', number>> = {
  unsent: 0,
  asked: 1,
  silent: 2,
  gave: 3,
  none: 4,
  gone: 5,
};

/** Work that was not sent first, then what is to be removed, then long silence; in each, the longest silent first. */
export function inOrder(laptops: readonly LaptopShown[], nowMs: number): LaptopShown[] {
  const rankOf = (laptop: LaptopShown): number => rank[concernOf(laptop, nowMs) ?? 'none'];
  return [...laptops].sort(
    (a, b) => rankOf(a) - rankOf(b) || a.lastMs - b.lastMs || (a.device < b.device ? -1 : a.device > b.device ? 1 : 0),
  );
}

/** Whether every word of a search is somewhere in these texts. */
export function isFound(search: string, texts: readonly string[]): boolean {
  const all = texts.join(' ').toLocaleLowerCase('en-GB');
  return search
    .toLocaleLowerCase('en-GB')
    .split(/\s/)
    .every((word) => all.includes(word));
}
