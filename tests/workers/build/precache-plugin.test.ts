import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compressAll, precacheList } from '../../../workers/build/precache-plugin.ts';

const test = suite<{ folder: string }>('what the build adds');

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'plumbline-build-'));
  mkdirSync(join(context.folder, 'assets'));
  for (const [file, content] of [
    ['index.html', '<!doctype html>'],
    ['robots.txt', 'User-agent: *'],
    ['icon-192.png', 'png'],
    ['service-worker.js', 'old'],
    ['service-worker-off.js', 'old'],
    ['assets/index-AbCd1234.js', 'console.log(1)'],
  ] as const) {
    writeFileSync(join(context.folder, file), content);
  }
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

test('the precache list has every file of the app, in order, and never the service worker or a compressed copy', ({
  folder,
}) => {
  compressAll(folder);
  assert.equal(
    precacheList(folder).map(({ url }) => url),
    ['/assets/index-AbCd1234.js', '/icon-192.png', '/index.html'],
  );
});

test('every file has a revision, so that it is asked for past the browser’s cache, and a hash to check', ({
  folder,
}) => {
  const before = precacheList(folder);
  writeFileSync(join(folder, 'index.html'), '<!doctype html><p>');
  const after = precacheList(folder);
  assert.is.not(after[2]?.revision, before[2]?.revision);
  assert.is(after[1]?.revision, before[1]?.revision);
  for (const { revision, integrity } of after) {
    assert.match(revision, /^[0-9a-f]{16}$/);
    assert.match(integrity, /^sha256-[A-Za-z0-9+/]{43}=$/);
  }
});

test('text has a brotli and a gzip copy of the same bytes, and building again gives the same', ({ folder }) => {
  compressAll(folder);
  const read = (file: string): Buffer => readFileSync(join(folder, file));
  const first = read('index.html.gz');
  assert.is(brotliDecompressSync(read('index.html.br')).toString(), '<!doctype html>');
  assert.is(gunzipSync(first).toString(), '<!doctype html>');
  compressAll(folder);
  assert.ok(first.equals(read('index.html.gz')));
  assert.throws(() => read('icon-192.png.br'));
});

test.run();
