import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { longTextLimit, shortTextLimit, tidyText } from '../../../src/protocol/text.ts';
import { keepable, longLimit, shortLimit } from '../../../src/ui/audit-form/typed-text.ts';

const test = suite('typed text');

test('the form stops at the limits the schemas have', () => {
  assert.is(longLimit, longTextLimit);
  assert.is(shortLimit, shortTextLimit);
});

test('the form keeps and drops exactly the characters the schemas keep and drop', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => keepable(text) === tidyText(text)));
  assert.is(keepable('one\r\ntwo\u0000\ud800 three 👩‍👧'), 'one\ntwo three 👩‍👧');
});

test.run();
