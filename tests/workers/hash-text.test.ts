/** The worker's hash, which keeps its memory from text to text, gives what Node's gives. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256 } from '../../server/sync/context.ts';
import { textHasher } from '../../workers/hash-text.ts';

const test = suite('hashes of texts');
const hash = textHasher();

test('any texts, in any order', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 3_000 }),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
      assert.equal(texts.map(hash), texts.map(sha256));
    }),
  );
});

test('at every length around a block of the hash and the end of what it keeps', () => {
  for (const letter of ['x', 'é', '漢']) {
    for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 128, 1_023, 1_024, 1_025, 5_000])
      assert.is(hash(letter.repeat(length)), sha256(letter.repeat(length)), `${length} x ${letter}`);
  }
});

test.run();
