import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildsFile, buildsKept, keepEarlier, readEarlier } from '../../../workers/build/earlier-builds-plugin.ts';
import { precacheList } from '../../../workers/build/precache-plugin.ts';

const test = suite<{ folder: string }>('the assets of earlier builds');
test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'plumbline-builds-'));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

/** Builds as Vite does: reads, empties, writes. Answers what the service worker of that build precaches. */
function build(folder: string, assets: Readonly<Record<string, string>>): string[] {
  const earlier = readEarlier(folder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), Object.keys(assets).join());
  for (const [name, text] of Object.entries(assets)) writeFileSync(join(folder, 'assets', name), text);
  const precached = precacheList(folder).map(({ url }) => url);
  keepEarlier(folder, earlier);
  return precached;
}

const assetsIn = (folder: string): string[] => readdirSync(join(folder, 'assets')).sort();

test('a page of the build before still finds its files, and the new build precaches its own only', ({ folder }) => {
  build(folder, { 'main-1.js': 'one', 'main-1.js.br': 'small', 'shared-0.css': 'same' });
  const precached = build(folder, { 'main-2.js': 'two', 'shared-0.css': 'same' });
  assert.equal(assetsIn(folder), ['main-1.js', 'main-1.js.br', 'main-2.js', 'shared-0.css']);
  assert.is(readFileSync(join(folder, 'assets', 'main-1.js'), 'utf8'), 'one');
  assert.equal(precached.sort(), ['/assets/main-2.js', '/assets/shared-0.css', '/index.html']);
});

test('the oldest goes when there are more than are kept, and the list is never precached', ({ folder }) => {
  const count = buildsKept + 2;
  for (let at = 1; at <= count; at += 1) build(folder, { [`main-${at}.js`]: String(at) });
  assert.equal(
    assetsIn(folder),
    Array.from({ length: buildsKept }, (_, at) => `main-${at + 3}.js`),
  );
  assert.not.ok(precacheList(folder).some(({ url }) => url.endsWith(buildsFile)));
});

test('the same build made again pushes no other out', ({ folder }) => {
  build(folder, { 'main-1.js': 'one' });
  for (let time = 0; time < buildsKept + 1; time += 1) build(folder, { 'main-2.js': 'two' });
  assert.equal(assetsIn(folder), ['main-1.js', 'main-2.js']);
});

test('a folder that was never built, or without its list, is no trouble', ({ folder }) => {
  assert.equal(readEarlier(join(folder, 'none')).builds, []);
  build(folder, { 'main-1.js': 'one' });
  rmSync(join(folder, buildsFile));
  build(folder, { 'main-2.js': 'two' });
  assert.equal(assetsIn(folder), ['main-2.js']);
});

test.run();
