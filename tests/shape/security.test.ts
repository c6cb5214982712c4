/** docs/security.md names every security item once, and only files and tests that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('the table of security');

const items = readFileSync('docs/security.md', 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, item]) => /^S\d+$/.test(item ?? ''))
  .map(([, item = '', asks = '', done = '', kept = '', tests = '', not = '']) => ({
    item,
    asks,
    done,
    kept,
    tests,
    not,
  }));
const named = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');

test('names each of the 33 items once, in order', () => {
  assert.equal(
    items.map(({ item }) => item),
    Array.from({ length: 33 }, (_, i) => `S${i + 1}`),
  );
});

test('says of each what is asked, what is done and where it is kept, in files that are there', () => {
  for (const { item, asks, done, kept } of items) {
    assert.ok(asks !== '' && done !== '', item);
    assert.ok(named(kept).length > 0, item);
    for (const path of named(kept)) assert.ok(existsSync(path), `${item}: ${path}`);
  }
});

test('every item has tests that are there, or says that it has none and what is missing', () => {
  for (const { item, tests, not } of items) {
    if (tests === 'none') assert.ok(not !== '', item);
    else assert.ok(named(tests).length > 0, item);
    for (const path of named(tests)) assert.ok(existsSync(join('tests', path)), `${item}: ${path}`);
  }
});

test.run();
