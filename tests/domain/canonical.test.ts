import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { canonical, deepest, sameValue } from '../../src/domain/canonical.ts';
import { anyJson } from './any.ts';

const test = suite('canonical encoding');

test('is read back by JSON.parse as the same value', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const text = canonical(value);
      assert.equal(canonical(JSON.parse(text)), text);
      assert.ok(sameValue(JSON.parse(text), value));
    }),
    { numRuns: 500 },
  );
});

test('does not depend on the order in which keys were set', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), fc.integer()), (value) => {
      const entries = Object.entries(value).filter(([key]) => !['__proto__', 'constructor', 'prototype'].includes(key));
      const turned = Object.fromEntries([...entries].reverse());
      assert.is(canonical(Object.fromEntries(entries)), canonical(turned));
    }),
  );
});

test('orders keys by UTF-16 code unit, as RFC 8785 section 3.2.3 does', () => {
  const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
  assert.is(canonical(keys), '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
});

test('writes numbers and text in the forms of ECMAScript', () => {
  const cases: [unknown, string][] = [
    [0, '0'],
    [1e21, '1e+21'],
    [0.1 + 0.2, '0.30000000000000004'],
    [-1.5, '-1.5'],
    ['a"\\\n\u0001é', '"a\\"\\\\\\n\\u0001é"'],
    [[], '[]'],
    [{}, '{}'],
    [Object.assign(Object.create(null), { a: null }), '{"a":null}'],
  ];
  for (const [value, text] of cases) assert.is(canonical(value), text);
});

class Thing {
  readonly a = 1;
}

const refused: [string, unknown, RegExp][] = [
  ['undefined', undefined, /undefined at \$$/],
  ['undefined in an object', { a: { b: undefined } }, /undefined at \$\.a\.b/],
  ['undefined in a list', [1, undefined], /undefined at \$\[1\]/],
  ['a hole in a list', Object.assign([1], { length: 2 }), /undefined at \$\[1\]/],
  ['a function', { a: () => 1 }, /function at \$\.a/],
  ['a symbol', Symbol('a'), /symbol at \$/],
  ['a symbol as key', { [Symbol('a')]: 1 }, /symbol key at \$/],
  ['a big integer', 1n, /bigint/],
  ['NaN', Number.NaN, /number NaN/],
  ['an infinity', [-Infinity], /-Infinity at \$\[0\]/],
  ['minus zero', -0, /number/],
  ['a lone surrogate in text', { a: 'x\ud800y' }, /broken character at \$\.a/],
  ['a lone surrogate in a key', { 'x\udc00': 1 }, /broken character at \$/],
  ['a date', new Date(0), /class instance/],
  ['a map', new Map(), /class instance/],
  ['an instance', new Thing(), /class instance/],
  ['the key __proto__', JSON.parse('{"__proto__":1}'), /__proto__ is not allowed/],
  ['the key constructor', { a: { constructor: 1 } }, /constructor is not allowed at \$\.a/],
  ['the key prototype', { prototype: 1 }, /prototype is not allowed/],
];
for (const [name, value, message] of refused) {
  test(`refuses ${name} and says where`, () => assert.throws(() => canonical(value), message));
}

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

test('takes a value as deep as it may be, and refuses a deeper one with a sentence', () => {
  assert.is(canonical(nested(deepest)).length, 2 * deepest);
  assert.throws(() => canonical(nested(deepest + 1)), /more than 64 levels/);
  assert.throws(() => canonical(nested(50_000)), /more than 64 levels/);
});

test('same value means the same encoding', () => {
  assert.ok(sameValue({ a: 1, b: [2] }, { b: [2], a: 1 }));
  assert.not(sameValue({ a: 1 }, { a: '1' }));
  assert.not(sameValue([1, 2], [2, 1]));
});

test.run();
