import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emailError, newSecretError } from '../../../src/ui/data/typed-secrets.ts';

const test = suite('passwords and addresses as typed');

test('a length and a block list decide, counted in characters a person sees as one', () => {
  assert.is(newSecretError('teapot ladder fog'), null);
  assert.is.not(newSecretError('fogteapotla'), null);
  assert.is.not(newSecretError('😀🙂🙃😉😊😇'), null, 'twelve UTF-16 units are six characters');
  assert.match(newSecretError('councilpassword2026') ?? '', 'guessers try first');
  assert.match(newSecretError('alexalexalex!!', ['Alex Example']) ?? '', /pattern|your name/);
  assert.is.not(newSecretError('a'.repeat(201)), null);
});

test('an address needs an at sign with something on both sides', () => {
  for (const good of ['a@b', 'ann.o’neil@council.gov.uk']) assert.is(emailError(good), null);
  for (const bad of ['', 'ann', '@council', 'ann@', 'an n@council']) assert.is.not(emailError(bad), null);
});

test.run();
