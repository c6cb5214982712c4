/** Recovery codes: what a person copies by hand comes back whole, and a slip is found where it was made. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codeOf, codeSymbols, isEndOfCode, readCode } from '../../src/store/recovery-code.ts';

const test = suite('recovery codes');

const secret = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const symbol = fc.constantFrom(...alphabet);
const place = fc.nat(codeSymbols - 1);

const slips = (typed: string): readonly number[] => {
  const read = readCode(typed);
  if (read.ok || read.problem.kind !== 'code-slip') throw new Error(`No slip was found in ${typed}`);
  return read.problem.groups;
};

test('a code is eight groups of five, without the letters that are mistaken for digits', () => {
  fc.assert(
    fc.property(secret, (hex) => {
      const code = codeOf(hex);
      assert.is(code.length, 8);
      for (const group of code) assert.match(group, /^[0-9A-HJKMNP-TV-Z]{5}$/);
    }),
  );
});

test('whatever the secret, its code gives it back', () => {
  fc.assert(fc.property(secret, (hex) => assert.equal(readCode(codeOf(hex).join(' ')), { ok: true, value: hex })));
});

test('case, spaces, hyphens and the letters O, I and L for digits make no difference', () => {
  const hex = '0'.repeat(10) + '0842108421'.repeat(3);
  const printed = codeOf(hex).join('-');
  assert.ok(printed.includes('0') && printed.includes('1'));
  for (const typed of [
    printed.toLowerCase(),
    printed.replaceAll('-', ''),
    `  ${printed.replaceAll('-', '  ')}\n`,
    printed.replaceAll('0', 'O').replaceAll('1', 'I'),
    printed.replaceAll('0', 'o').replaceAll('1', 'l'),
    printed.replaceAll('-', ' – '),
  ])
    assert.equal(readCode(typed), { ok: true, value: hex });
});

test('one wrong symbol is found, in its group', () => {
  fc.assert(
    fc.property(secret, place, symbol, (hex, at, wrong) => {
      const code = codeOf(hex).join('');
      fc.pre(code[at] !== wrong);
      assert.equal(slips(code.slice(0, at) + wrong + code.slice(at + 1)), [Math.floor(at / 5) + 1]);
    }),
  );
});

test('two symbols exchanged within a group are found', () => {
  fc.assert(
    fc.property(secret, fc.nat(7), fc.nat(4), fc.nat(4), (hex, group, a, b) => {
      const code = codeOf(hex);
      const symbols = [...(code[group] ?? '')];
      const [x = '', y = ''] = [symbols[a], symbols[b]];
      fc.pre(x !== y);
      symbols[a] = y;
      symbols[b] = x;
      assert.equal(slips([...code.slice(0, group), symbols.join(''), ...code.slice(group + 1)].join(' ')), [group + 1]);
    }),
  );
});

test('groups written in another order are found', () => {
  fc.assert(
    fc.property(secret, fc.nat(7), fc.nat(7), (hex, a, b) => {
      fc.pre(a !== b);
      const code = [...codeOf(hex)];
      [code[a], code[b]] = [code[b] ?? '', code[a] ?? ''];
      assert.equal(slips(code.join(' ')), [a + 1, b + 1].sort());
    }),
  );
});

test('a code that is too short or too long says how much was typed, and no text at all opens anything', () => {
  const code = codeOf('ab'.repeat(20)).join(' ');
  assert.equal(readCode(code.slice(0, -2)), { ok: false, problem: { kind: 'code-length', typed: 38 } });
  assert.equal(readCode(`${code} X`), { ok: false, problem: { kind: 'code-length', typed: 41 } });
  assert.equal(readCode(''), { ok: false, problem: { kind: 'code-length', typed: 0 } });
  assert.equal(slips('U'.repeat(40)), [1, 2, 3, 4, 5, 6, 7, 8]);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => readCode(text).ok === false));
});

test('the end of a code is its last two groups, as tolerantly typed', () => {
  const code = codeOf('0842108421'.repeat(4));
  const end = code.slice(-2).join('-');
  assert.ok(isEndOfCode(end, code));
  assert.ok(isEndOfCode(` ${end.toLowerCase().replaceAll('1', 'l').replaceAll('0', 'o')} `, code));
  assert.not(isEndOfCode(code.slice(-1).join(''), code));
  assert.not(isEndOfCode(code.slice(0, 2).join(''), code));
  assert.not(isEndOfCode('', code));
});

test.run();
