/** What a laptop says that it runs is what was built. */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { appVersion } from '../../src/protocol/app-version.ts';

const test = suite('the version of the app');

test('is the package’s', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  assert.is(appVersion, version);
});

test.run();
