/** Fills the slots of a sentence: `{child}` with a fact, `{a|b}` with one of several, `{2-5}` with a number. */
import type { Chance } from './chance.ts';
import type { Facts } from './lexicon.ts';

/** A slot with no other inside it. */
const slot = /\{([^{}]+)\}/g;
const sentenceStart = /(^|[.?!]”? )(\p{Ll})/gu;

/** The sentence with every slot filled and its beginnings in capitals. Throws when a slot names no fact. */
export function expand(sentence: string, facts: Facts, chance: Chance): string {
  let text = sentence;
  // The inner slots first: an alternative may hold a number.
  while (text.includes('{')) text = text.replace(slot, (_, inside: string) => fill(inside, facts, chance));
  return text.replace(sentenceStart, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function fill(inside: string, facts: Facts, chance: Chance): string {
  if (inside.includes('|')) return chance.pick(inside.split('|'));
  const [, least, most] = /^(\d+)-(\d+)$/.exec(inside) ?? [];
  if (least !== undefined && most !== undefined) return numberText(chance.between(Number(least), Number(most)));
  const known = facts[inside];
  if (known === undefined) throw new Error(`No fact is called ${inside}`);
  return chance.pick(known);
}

const smallNumbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const numberText = (n: number): string => smallNumbers[n] ?? String(n);

export const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;
