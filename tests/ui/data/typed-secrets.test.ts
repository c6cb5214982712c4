import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emailError, newSecretError } from '../../../src/ui/data/typed-secrets.ts';

const test = suite('passwords and addresses as typed');

test('length alone decides, counted in characters a person sees as one', () => {
  assert.is(newSecretError('aaaaaaaaaaaa'), null);
  assert.is.not(newSecretError('aaaaaaaaaaa'), null);
  assert.is.not(newSecretError('😀'.repeat(6)), null, 'twelve UTF-16 units are six characters');
  assert.is.not(newSecretError('a'.repeat(201)), null);
});

test('an address needs an at sign with something on both sides', () => {
  for (const good of ['a@b', 'ann.o’neil@council.gov.uk']) assert.is(emailError(good), null);
  for (const bad of ['', 'ann', '@council', 'ann@', 'an n@council']) assert.is.not(emailError(bad), null);
});

test.run();
