import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rowKeys } from '../../../src/domain/import/row-key.ts';
import { anyText, sha256 } from '../any.ts';

const test = suite('row keys');

const keysOf = (rows: readonly (readonly string[])[]): string[] => rows.map(rowKeys(sha256));
const anyRows = fc.array(fc.array(fc.oneof(anyText, fc.constantFrom('', 'a', 'b')), { maxLength: 4 }), {
  maxLength: 12,
});

test('the same rows have the same keys again, each its own', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const keys = keysOf(rows);
      assert.equal(keysOf(rows), keys);
      assert.is(new Set(keys).size, rows.length);
    }),
  );
});

test('spaces around cells and blank cells at the end of a row make no difference', () => {
  fc.assert(
    fc.property(anyRows, fc.nat({ max: 3 }), (rows, blanks) => {
      const padded = rows.map((row) => [...row.map((cell) => ` ${cell}\t`), ...Array<string>(blanks).fill('')]);
      assert.equal(keysOf(padded), keysOf(rows));
    }),
  );
});

test('equal rows are told apart by which of them they are, wherever they stand', () => {
  const [first, second] = keysOf([['a'], ['a']]);
  assert.is.not(first, second);
  assert.equal(
    keysOf([['b'], ['a'], ['c'], ['a']]).filter((_, i) => i % 2 === 1),
    [first, second],
  );
});

test('cells are not run together, and a blank cell in the middle counts', () => {
  const keys = keysOf([['a', 'b'], ['ab'], ['a b'], ['a', '', 'b'], ['', 'a', 'b'], ['A', 'b']]);
  assert.is(new Set(keys).size, 6);
  // A file that gains a row keeps the keys of the others.
  assert.equal(keysOf([['new'], ['a', 'b']])[1], keys[0]);
});

test.run();
