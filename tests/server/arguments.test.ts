/** What follows the name of the program: settings, the example, and a sentence for anything else. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readArguments } from '../../server/arguments.ts';
import { ConfigError } from '../../server/config.ts';

const test = suite('arguments');

test('are settings by another name, in pairs or with an equals sign', () => {
  assert.equal(readArguments([]), { example: false, settings: {} });
  assert.equal(readArguments(['--port', '3001', '--data-dir=/srv/a=b']), {
    example: false,
    settings: { PORT: '3001', DATA_DIR: '/srv/a=b' },
  });
});

test('may ask for the example anywhere among them', () => {
  for (const args of [
    ['--example', '--port', '3001'],
    ['--port', '3001', '--example'],
  ]) {
    assert.equal(readArguments(args), { example: true, settings: { PORT: '3001' } });
  }
});

const refused: [string, string[], string][] = [
  ['a word that is no setting', ['example'], 'does not know example'],
  ['a setting nobody knows', ['--colour', 'blue'], 'does not know --colour'],
  ['what objects inherit', ['--to-string', 'x'], 'does not know --to-string'],
  ['a setting without its value', ['--example', '--port'], '--port needs a value'],
  ['a value given to the example', ['--example=yes'], 'does not know --example'],
];
for (const [what, args, sentence] of refused) {
  test(`refuse ${what}, in a sentence`, () => {
    try {
      readArguments(args);
      assert.unreachable();
    } catch (error) {
      assert.instance(error, ConfigError);
      assert.match((error as Error).message, sentence);
    }
  });
}

test.run();
