import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandFor, type KeyPlace, type KeyPress } from '../../../src/ui/audit-form/form-keys.ts';

const press = (given: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  repeat: false,
  isComposing: false,
  ...given,
});
const onForm: KeyPlace = { inText: false, singleKeys: true, gradeKeys: ['1', '2', '3', '4'] };
const inText: KeyPlace = { ...onForm, inText: true };
const kindOf = (given: Partial<KeyPress>, place: KeyPlace): string | null =>
  commandFor(press(given), place)?.kind ?? null;

const test = suite('form keys');

test('a digit gives that grade, and only a grade the scale has', () => {
  assert.equal(commandFor(press({ key: '4', code: 'Digit4' }), onForm), { kind: 'grade', key: '4' });
  assert.is(commandFor(press({ key: '5', code: 'Digit5' }), onForm), null);
  assert.is(commandFor(press({ key: '4', code: 'Digit4' }), { ...onForm, gradeKeys: [] }), null);
});

test('letters move and jump, in either case', () => {
  const cases = { n: 'next', P: 'previous', e: 'evidence', R: 'rationale', '?': 'help' } as const;
  for (const [key, kind] of Object.entries(cases)) assert.is(kindOf({ key }, onForm), kind);
  assert.is(kindOf({ key: 'constructor' }, onForm), null);
});

test('in a text field a letter is a letter, Escape leaves, and Alt still works', () => {
  for (const key of ['1', 'n', 'e', '?']) assert.is(kindOf({ key }, inText), null);
  assert.is(kindOf({ key: 'Escape' }, inText), 'leave-text');
  assert.equal(commandFor(press({ key: '¡', code: 'Digit1', altKey: true }), inText), { kind: 'grade', key: '1' });
  assert.is(kindOf({ key: 'ArrowDown', code: 'ArrowDown', altKey: true }, inText), 'next');
  assert.is(kindOf({ key: 'ArrowUp', code: 'ArrowUp', altKey: true }, inText), 'previous');
});

test('single keys can be switched off; those with Alt stay', () => {
  const off = { ...onForm, singleKeys: false };
  for (const key of ['1', 'n', 'e', '?']) assert.is(kindOf({ key }, off), null);
  assert.is(kindOf({ key: '2', code: 'Digit2', altKey: true }, off), 'grade');
});

test('the browser’s own keys, AltGr, an input method and a held key are left alone', () => {
  assert.is(kindOf({ key: '1', code: 'Digit1', ctrlKey: true }, onForm), null);
  assert.is(kindOf({ key: 'r', metaKey: true }, onForm), null);
  assert.is(kindOf({ key: '@', code: 'Digit2', ctrlKey: true, altKey: true }, onForm), null);
  assert.is(kindOf({ key: 'n', isComposing: true }, onForm), null);
  assert.is(kindOf({ key: '1', code: 'Digit1', repeat: true }, onForm), null);
  assert.is(kindOf({ key: '1', code: 'Numpad1', altKey: true }, onForm), null);
});

test.run();
