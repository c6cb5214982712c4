/**
 * The one canonical encoding of a JSON value, fixed from the first version: what is hashed is exactly this text.
 *
 * It is RFC 8785 (JSON Canonicalization Scheme) over the values Plumbline stores: object keys in UTF-16 code-unit order,
 * no white space, ECMAScript number and string forms. What JSON cannot carry is an error, never quietly dropped:
 * `undefined`, functions, NaN, infinities, -0, lone surrogates, holes in lists, symbols, class instances, nesting past
 * `deepest`, and the keys that could reach a prototype.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Keys refused everywhere: assigning one could change a prototype instead of a value (FAULTS S19). */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** How many lists and objects may lie inside each other; a value from the wire must not exhaust the stack. */
export const deepest = 64;

/** Encodes `value` as its canonical text. Throws a plain Error naming the path of the first thing that is not JSON. */
export function canonical(value: unknown): string {
  return encode(value, null, 0);
}

/** Where a value lies. Made into words only for an error: a push encodes a hundred thousand of them. */
interface Place {
  readonly within: Place | null;
  readonly key: string | number;
}

const pathOf = (place: Place | null): string => {
  if (place === null) return '$';
  const { within, key } = place;
  return `${pathOf(within)}${typeof key === 'number' ? `[${key}]` : `.${key}`}`;
};

function encode(value: unknown, place: Place | null, depth: number): string {
  if (typeof value === 'string') return encodeText(value, place);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return encodeNumber(value, place);
  if (depth >= deepest) throw new Error(`Cannot encode more than ${deepest} levels at ${pathOf(place)}`);
  if (Array.isArray(value)) return encodeList(value, place, depth + 1);
  if (typeof value === 'object') return encodeObject(value as Record<string, unknown>, place, depth + 1);
  throw new Error(`Cannot encode ${typeof value} at ${pathOf(place)}`);
}

// By index, so that a hole is visited as undefined.
function encodeList(list: readonly unknown[], within: Place | null, depth: number): string {
  let text = '';
  for (let key = 0; key < list.length; key += 1) {
    text += `${key === 0 ? '' : ','}${encode(list[key], { within, key }, depth)}`;
  }
  return `[${text}]`;
}

function encodeObject(value: Record<string, unknown>, place: Place | null, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new Error(`Cannot encode a class instance at ${pathOf(place)}`);
  if (Object.getOwnPropertySymbols(value).length > 0) throw new Error(`Cannot encode a symbol key at ${pathOf(place)}`);
  let text = '';
  for (const key of Object.keys(value).sort()) {
    if (forbiddenKeys.has(key)) throw new Error(`The key ${key} is not allowed at ${pathOf(place)}`);
    text += `${text === '' ? '' : ','}${encodeText(key, place)}:${encode(value[key], { within: place, key }, depth)}`;
  }
  return `{${text}}`;
}

function encodeNumber(value: number, place: Place | null): string {
  if (!Number.isFinite(value) || Object.is(value, -0))
    throw new Error(`Cannot encode the number ${value} at ${pathOf(place)}`);
  return String(value);
}

// `u` makes a surrogate pair one character, so the class matches only a surrogate that stands alone.
const loneSurrogate = /[\ud800-\udfff]/u;

/** What JSON writes otherwise than it is, or not at all. */
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

function encodeText(value: string, place: Place | null): string {
  // Ids, hashes and labels, of which each hash has a dozen, are themselves between quotes.
  if (value.length < 100 && !special.test(value)) return `"${value}"`;
  if (loneSurrogate.test(value)) throw new Error(`Cannot encode a broken character at ${pathOf(place)}`);
  return JSON.stringify(value);
}

/** True when the canonical encodings are equal: what "the same value" means everywhere. */
export const sameValue = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
