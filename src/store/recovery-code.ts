/**
 * A recovery secret as a person copies it by hand: eight groups of five, Crockford's base 32 (no I, L, O or U to mistake).
 * A group carries 20 bits in four symbols; the fifth is its check, so that a slip is found in the group where it was made.
 *
 * The check is a weighted sum over the field of 32 elements (x^5 + x^2 + 1), the group's place included. It finds every
 * single wrong symbol, every two symbols exchanged within a group, and groups written in another order.
 */
import type { Result } from '../protocol/problem.ts';

/** The secret behind a code: 160 bits. */
export const codeSecretBytes = 20;

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 8;
const groupSymbols = 5;
const groupHexDigits = 5;

/** Symbols in a whole code. */
export const codeSymbols = groups * groupSymbols;

/** What may be wrong with a code as typed, before anything is opened with it. */
export type CodeProblem =
  /** Not the last two groups of the code that was just shown. */
  | { readonly kind: 'code-end' }
  | { readonly kind: 'code-length'; readonly typed: number }
  /** Counted from 1: groups that cannot be what was printed. */
  | { readonly kind: 'code-slip'; readonly groups: readonly number[] };

/** The groups of the code for a secret of 40 hex digits. */
export function codeOf(secret: string): readonly string[] {
  if (!/^[0-9a-f]{40}$/.test(secret)) throw new Error('A recovery code is made from 40 hex digits');
  return Array.from({ length: groups }, (_, at) => {
    const bits = parseInt(secret.slice(at * groupHexDigits, (at + 1) * groupHexDigits), 16);
    const symbols = [15, 10, 5, 0].map((shift) => (bits >> shift) & 31);
    return [...symbols, checkOf(at, symbols)].map((symbol) => alphabet[symbol]).join('');
  });
}

/** The secret behind a code as somebody typed it: in either case, with or without spaces and hyphens, O for 0, I or L for 1. */
export function readCode(typed: string): Result<string, CodeProblem> {
  const symbols = [...normalised(typed)];
  if (symbols.length !== codeSymbols) return { ok: false, problem: { kind: 'code-length', typed: symbols.length } };
  const read = Array.from({ length: groups }, (_, at) =>
    readGroup(at, symbols.slice(at * groupSymbols, (at + 1) * groupSymbols)),
  );
  const slips = read.flatMap((digits, at) => (digits === null ? [at + 1] : []));
  return slips.length > 0
    ? { ok: false, problem: { kind: 'code-slip', groups: slips } }
    : { ok: true, value: read.join('') };
}

/** Whether `typed` is the last two groups of a code, typed with the same tolerance. */
export const isEndOfCode = (typed: string, code: readonly string[]): boolean =>
  normalised(typed) === code.slice(-2).join('');

const normalised = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[\s\p{Pd}.]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

/** The five hex digits of a group, or null when its check does not hold. */
function readGroup(place: number, symbols: readonly string[]): string | null {
  const values = symbols.map((symbol) => alphabet.indexOf(symbol));
  const data = values.slice(0, -1);
  if (values.includes(-1) || checkOf(place, data) !== values.at(-1)) return null;
  const bits = data.reduce((sum, value) => sum * 32 + value, 0);
  return bits.toString(16).padStart(groupHexDigits, '0');
}

const checkOf = (place: number, symbols: readonly number[]): number =>
  doubled(symbols.reduce((sum, symbol) => doubled(sum) ^ symbol, place));

/** Times x in the field of 32 elements. */
const doubled = (value: number): number => (value & 16 ? (value << 1) ^ 0b100101 : value << 1);
