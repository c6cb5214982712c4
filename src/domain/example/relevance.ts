/**
 * What of the stock belongs to a section: sentences that share words with its title, prompts and checks come sooner. So the
 * words of a tool that is new to the stock still lead to what is near them.
 */
import type { Section } from '../tool.ts';

/** The weight of an item that shares no word with the section; a shared word that is rare among the items adds up to 1. */
const unrelated = 0.12;

/** How much each item belongs to a section, by the texts of the item. */
export function relevanceTo<T>(section: Section, items: readonly T[], textOf: (item: T) => string): Map<T, number> {
  const { title, prompts, checks } = section;
  const wanted = stemsOf([title, ...[...prompts, ...checks].map(({ text }) => text)].join(' '));
  const stems = items.map((item) => stemsOf(textOf(item)));
  const shared = [...wanted].map((stem) => [stem, stems.filter((own) => own.has(stem)).length] as const);
  return new Map(
    items.map((item, i) => {
      const found = shared.filter(([stem]) => stems[i]?.has(stem));
      return [item, found.reduce((sum, [, among]) => sum + 1 / among, unrelated)];
    }),
  );
}

const longEnough = /\p{L}{5,}/gu;
const stemLetters = 6;

/** The beginnings of the longer words of a text: enough to tell that "reviewed" and "reviews" are one. */
const stemsOf = (text: string): ReadonlySet<string> =>
  new Set((text.toLowerCase().match(longEnough) ?? []).map((word) => word.slice(0, stemLetters)));
