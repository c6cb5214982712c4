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
  return encode(value, '$', 0);
}

function encode(value: unknown, path: string, depth: number): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return encodeText(value, path);
  if (typeof value === 'number') return encodeNumber(value, path);
  if (depth >= deepest) throw new Error(`Cannot encode more than ${deepest} levels at ${path}`);
  if (Array.isArray(value)) return encodeList(value, path, depth + 1);
  if (typeof value === 'object') return encodeObject(value as Record<string, unknown>, path, depth + 1);
  throw new Error(`Cannot encode ${typeof value} at ${path}`);
}

// By index: holes are visited as undefined, where `map` would leave them out.
function encodeList(list: readonly unknown[], path: string, depth: number): string {
  const parts: string[] = [];
  for (let i = 0; i < list.length; i++) parts.push(encode(list[i], `${path}[${i}]`, depth));
  return `[${parts.join(',')}]`;
}

function encodeObject(value: Record<string, unknown>, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new Error(`Cannot encode a class instance at ${path}`);
  if (Object.getOwnPropertySymbols(value).length > 0) throw new Error(`Cannot encode a symbol key at ${path}`);
  const parts = Object.keys(value)
    .sort()
    .map((key) => {
      if (forbiddenKeys.has(key)) throw new Error(`The key ${key} is not allowed at ${path}`);
      return `${encodeText(key, path)}:${encode(value[key], `${path}.${key}`, depth)}`;
    });
  return `{${parts.join(',')}}`;
}

function encodeNumber(value: number, path: string): string {
  if (!Number.isFinite(value) || Object.is(value, -0)) throw new Error(`Cannot encode the number ${value} at ${path}`);
  return String(value);
}

// `u` makes a surrogate pair one character, so the class matches only a surrogate that stands alone.
const loneSurrogate = /[\ud800-\udfff]/u;

function encodeText(value: string, path: string): string {
  if (loneSurrogate.test(value)) throw new Error(`Cannot encode a broken character at ${path}`);
  return JSON.stringify(value);
}

/** True when the canonical encodings are equal: what "the same value" means everywhere. */
export const sameValue = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
