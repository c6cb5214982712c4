/** Which new secrets are refused: what guessers try first, however dressed up, and nothing that is merely simple. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commonWords, joiningWords } from '../../src/domain/common-words.ts';
import { secretMinimum, weaknessOf } from '../../src/domain/secrets.ts';

const test = suite('new secrets');

const about = ['Alex Example', 'alex.example@testshire.gov.uk', 'Testshire Council'];

test('length is counted in characters as a person sees them, after NFKC', () => {
  assert.is(weaknessOf('teapot fog x'), null);
  assert.is(weaknessOf('teapot fog '), 'short');
  assert.is(weaknessOf('😀🙂🙃😉😊😇'), 'short');
  assert.is(weaknessOf('e\u0301'.repeat(6)), 'short');
});

test('patterns are refused', () => {
  for (const secret of [
    'aaaaaaaaaaaa',
    '123456789012',
    '098765432109',
    'abcdefghijkl',
    'qwertyuiopas',
    'poiuytrewqlk',
    'abababababab',
    'xyz1xyz1xyz1',
    'qwertyuiop!1',
    '1qaz2wsx3edc',
    'zzzzzzzzzzzzzzzz9',
    'sunsetsunset',
  ])
    assert.is(weaknessOf(secret), 'pattern', secret);
});

test('words that everybody uses are refused, whatever stands around, between or for their letters', () => {
  for (const secret of [
    'passwordpassword1',
    'Password123456',
    'P@ssw0rd!P@ssw0rd',
    'welcome summer 2026',
    'Liverpool-Arsenal',
    'ChildrensServices1',
    'plumbline council',
    'Ofsted Inspection!',
    'this is my password',
    'Correct Horse Battery Staple',
    'letmein!letmein!!',
    '2026safeguarding2026',
  ])
    assert.is(weaknessOf(secret), 'common', secret);
});

test('the person’s own name, address and council are refused', () => {
  for (const secret of ['AlexExample2026', 'testshirecouncil', 'alexpassword!!', 'example-testshire-1'])
    assert.ok(['personal', 'common'].includes(weaknessOf(secret, about) ?? ''), secret);
  assert.is(weaknessOf('AlexExample2026'), null, 'nobody else’s name');
});

test('three random words, a sentence and a manager’s password pass', () => {
  for (const secret of [
    'teapot ladder fog',
    'my aunt keeps bees in Leeds',
    'k9#Vq2!mZx7$Lp',
    'café on the corner',
    '7364 1182 9051 66',
  ])
    assert.is(weaknessOf(secret, about), null, secret);
});

test('any run of listed words is refused, with any digits around', () => {
  const word = fc.constantFrom(...[...commonWords].filter((each) => each.length > 3));
  const joining = fc.constantFrom(...joiningWords);
  fc.assert(
    fc.property(fc.array(word, { minLength: 3, maxLength: 5 }), joining, fc.nat(9999), (chosen, small, number) => {
      const secret = `${number}${chosen.join(small)}${number}`;
      assert.is.not(weaknessOf(secret), null, secret);
    }),
  );
});

test('a random secret of letters and digits is never refused', () => {
  const letter = fc.constantFrom(...'bcdfghjkmnpqrtvwxz23456789');
  fc.assert(
    fc.property(fc.array(letter, { minLength: 20, maxLength: 40 }), (letters) => {
      const secret = letters.join('');
      fc.pre(new Set(letters).size > 8);
      assert.is(weaknessOf(secret), null, secret);
    }),
  );
});

test('the longest and worst that can be typed is answered', () => {
  assert.is(weaknessOf('the'.repeat(66)), 'pattern');
  assert.is(weaknessOf('a'.repeat(199) + 'q'), 'pattern');
  assert.is(weaknessOf('x'.repeat(secretMinimum - 1)), 'short');
});

test.run();
