/**
 * Whether a new password or passphrase is one that guessers try first. By the NCSC's advice: a length and a list of what is
 * refused, no rule of what it must be composed of. The laptop asks it, to answer at once and offline, and the server again.
 *
 * Refused: too short; one pattern (a run of the keyboard or the alphabet, few characters, a short piece repeated); nothing but
 * very common words, whatever digits and signs stand before, between or after them or in the place of letters; the same with
 * the person's or council's own name.
 */
import { commonWords, joiningWords, knownSecrets } from './common-words.ts';

/** Shortest password and passphrase, in characters as a person counts them. */
export const secretMinimum = 12;
export const secretMaximum = 200;

export const weaknesses = ['short', 'pattern', 'common', 'personal'] as const;
export type Weakness = (typeof weaknesses)[number];

/** Why a new secret is refused, or null. `about`: names and addresses of its person and of their council. */
export function weaknessOf(secret: string, about: readonly string[] = []): Weakness | null {
  const text = secret.normalize('NFKC').toLowerCase();
  if ([...text].length < secretMinimum) return 'short';
  const bare = text.replace(/\s/g, '');
  if (isPattern(bare)) return 'pattern';
  const own = new Set(
    about.flatMap(
      (each) =>
        each
          .normalize('NFKC')
          .toLowerCase()
          .match(/\p{L}{3,}/gu) ?? [],
    ),
  );
  for (const letters of readings(bare)) {
    if (knownSecrets.has(letters)) return 'common';
    const made = madeOf(letters, own);
    if (made !== null) return made;
  }
  return null;
}

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];
const runs = new Set(
  rows
    .flatMap((row) => [row, [...row].reverse().join('')])
    .flatMap((row) => [...row].slice(1).map((to, at) => `${row[at]}${to}`)),
);
const fewCharacters = 4;
const shortestRun = 4;
/** So many characters beside runs do not make them anything else. */
const besideRuns = 3;
const longestPiece = 8;

function isPattern(text: string): boolean {
  const characters = [...text];
  if (new Set(characters).size <= fewCharacters) return true;
  for (let size = 1; size <= longestPiece && size * 2 <= characters.length; size += 1) {
    if (characters.every((character, at) => character === characters[at % size])) return true;
  }
  return characters.length - inRuns(characters) <= besideRuns;
}

/** How many characters stand in runs: of a keyboard or the alphabet, or of one character. */
function inRuns(characters: readonly string[]): number {
  let counted = 0;
  let length = 1;
  for (let at = 1; at <= characters.length; at += 1) {
    const [from, to] = [characters[at - 1], characters[at]];
    if (to !== undefined && (from === to || runs.has(`${from}${to}`))) {
      length += 1;
      continue;
    }
    if (length >= shortestRun) counted += length;
    length = 1;
  }
  return counted;
}

const stands: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const standsWithL = { ...stands, 1: 'l', '!': 'l' };

/** The letters of a text: without its digits and signs, and with those that stand for letters read as such. */
function readings(text: string): readonly string[] {
  const middle = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const read = (as: Readonly<Record<string, string>>): string => [...middle].map((one) => as[one] ?? one).join('');
  const lettersOf = (one: string): string => one.replace(/[^\p{L}]/gu, '');
  return [...new Set([middle, read(stands), read(standsWithL)].map(lettersOf))].filter((letters) => letters !== '');
}

/**
 * Whether letters are words of the lists from beginning to end, with at least one that is more than a joining word; `personal`
 * when it takes the person's own words. Each place is reached once: linear in the length, whatever is typed.
 */
function madeOf(letters: string, own: ReadonlySet<string>): 'common' | 'personal' | null {
  // By place: 0 not reached, 1 by joining words alone, 2 by common words, 3 with own words.
  const reached = [1, ...Array<number>(letters.length).fill(0)];
  const longest = Math.max(longestWord, ...[...own].map((word) => word.length));
  for (let from = 0; from < letters.length; from += 1) {
    const sofar = reached[from] ?? 0;
    if (sofar === 0) continue;
    for (let to = from + 1; to <= Math.min(letters.length, from + longest); to += 1) {
      const word = letters.slice(from, to);
      const adds = commonWords.has(word) ? 2 : own.has(word) ? 3 : joiningWords.has(word) ? 1 : 0;
      if (adds > 0) reached[to] = better(reached[to] ?? 0, Math.max(sofar, adds));
    }
  }
  const end = reached[letters.length] ?? 0;
  if (end < 2) return null;
  return end === 2 ? 'common' : 'personal';
}

/** Of two ways to a place: one with a common word says more than one with own words, which says more than joining words. */
const better = (one: number, other: number): number => {
  const worth = [0, 1, 3, 2];
  return (worth[one] ?? 0) >= (worth[other] ?? 0) ? one : other;
};

const longestWord = Math.max(...[...commonWords, ...joiningWords].map((word) => word.length));
