import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dropsUnused } from '../../../src/ui/data/persistence.ts';

const test = suite('a browser that deletes what is not used for a week');
const webkit = (rest: string): string =>
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`;

const browsers: readonly (readonly [string, string, boolean])[] = [
  ['Safari on a Mac', webkit('Version/17.4 Safari/605.1.15'), true],
  ['Safari on an iPad', webkit('Version/17.4 Mobile/15E148 Safari/604.1'), true],
  ['Chrome on an iPad, which is Safari inside', webkit('CriOS/126.0 Mobile/15E148 Safari/604.1'), true],
  ['Edge', webkit('Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0').replace('605.1.15', '537.36'), false],
  ['Chrome', webkit('Chrome/126.0.0.0 Safari/537.36').replace('605.1.15', '537.36'), false],
  ['Firefox', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0', false],
];
for (const [name, userAgent, drops] of browsers) {
  test(`${name}: ${drops ? 'yes, in a tab' : 'no'}`, () => {
    assert.is(dropsUnused(userAgent, false), drops);
    assert.is(dropsUnused(userAgent, true), false, 'installed');
  });
}

test.run();
