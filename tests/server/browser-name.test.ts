/** Browsers by the names that people have for them. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { browserName } from '../../server/auth/browser-name.ts';

const test = suite('the name of a browser');

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const cases: readonly (readonly [string | undefined, string])[] = [
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`,
    'Edge on Windows',
  ],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/141.0.0.0 Safari/537.36`, 'Chrome on Windows'],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/141.0.0.0 Safari/537.36`, 'Chrome on ChromeOS'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/141.0.0.0 Safari/537.36`, 'Chrome on Linux'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    'Safari on macOS',
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile Safari/604.1',
    'Safari on iOS',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) something else', 'Windows'],
  ['node', ''],
  ['', ''],
  [undefined, ''],
  [`${'x'.repeat(100_000)} Firefox/1`, ''],
];

for (const [userAgent, name] of cases)
  test(`${name || 'nothing'}, of ${userAgent?.slice(0, 40) ?? 'no header'}`, () => {
    assert.is(browserName(userAgent), name);
  });

test.run();
