/** Arbitraries and small builders shared by the tests of the domain. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { Hash } from '../../src/domain/chain.ts';
import { opId, type DeviceId, type OpId, type PersonId, type RecordId } from '../../src/domain/ids.ts';
import type { UnitState } from '../../src/domain/record.ts';

export const sha256: Hash = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/** What a test knows is there; fails where it is not. */
export function sure<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('The test expected a value here');
  return value;
}

export const person = (n: number): PersonId => n.toString(16).padStart(32, '0') as PersonId;
export const record = (n: number): RecordId => n.toString(16).padStart(32, '0') as RecordId;
export const device = (n: number): DeviceId => `d${n.toString(16).padStart(31, '0')}` as DeviceId;
export const op = (ofDevice: number, seq: number): OpId => opId(device(ofDevice), seq);

/** A unit as the server holds it, with nobody else's version beside it. */
export const unit = (value: JsonObject, by = 1, seq = 1): UnitState => ({
  op: op(by, seq),
  value,
  author: person(by),
  stamp: { ms: seq, count: 0 },
  others: [],
});

/** Text without lone surrogates: what a field may hold. */
export const anyText = fc.string({ unit: 'grapheme', maxLength: 12 });

const anyKey = anyText.filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key));

/** Any value that can be kept: JSON without -0, forbidden keys and broken characters. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
    anyText,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyKey, tie('value'), { maxKeys: 4 }),
  ),
})).value;
