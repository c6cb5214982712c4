/** Holds the import table of docs/architecture.md: which folder may import which, and which outside packages. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { importsOf, type Import } from './imports.ts';

const everyImport = importsOf(['src', 'workers', 'server']);
const test = suite('the import table');

/** What each folder may import of the project. A folder ending in `types` only through `import type`. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'src/domain': ['src/domain'],
  'src/protocol': ['src/domain', 'src/protocol'],
  'src/store': ['src/domain', 'src/protocol', 'src/store'],
  'src/bridge': ['src/domain', 'src/protocol', 'src/store', 'src/bridge', 'workers?url'],
  'src/ui': ['src/domain', 'src/protocol', 'src/store', 'src/bridge', 'src/ui'],
  'src/main.tsx': ['src/domain', 'src/protocol', 'src/store', 'src/bridge', 'src/ui'],
  workers: ['src/domain', 'src/protocol', 'src/store', 'workers'],
  'workers/build': [],
  server: ['src/domain', 'src/protocol', 'server'],
};

const packages: Readonly<Record<string, readonly RegExp[]>> = {
  'src/domain': [],
  'src/protocol': [/^valibot$/],
  'src/store': [/^dexie$/],
  'src/bridge': [/^comlink$/, /^@preact\/signals$/, /^workbox-window$/],
  'src/ui': [/^preact/, /^@preact\/signals$/, /^govuk-frontend/, /^papaparse$/, /^qrcode-generator$/],
  'src/main.tsx': [/^preact/, /^@noble\/hashes\//],
  workers: [/^comlink$/, /^workbox-/, /^@noble\/hashes\//, /^papaparse$/],
  'workers/build': [/^node:/, /^vite$/],
  server: [
    /^node:/,
    /^@?fastify/,
    /^better-sqlite3$/,
    /^kysely/,
    /^openid-client$/,
    /^pg$/,
    /^prom-client$/,
    /^valibot$/,
  ],
};

/** A folder of the table that only one kind of file may name. */
const folderOf = (path: string): string =>
  Object.keys(allowed)
    .filter((folder) => path === folder || path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0] ?? path;

const said = ({ from, to, line }: Import): string => `${from}:${line} imports ${to}`;

test('the imports are really read', () => {
  assert.ok(everyImport.some((found) => found.from === 'src/main.tsx' && found.to === 'src/ui/app.tsx'));
  assert.ok(everyImport.some((found) => found.from === 'src/domain/fold.ts' && found.typeOnly));
});

test('every import goes where the table allows', () => {
  const wrong = everyImport.filter((found) => {
    const from = folderOf(found.from);
    if (found.inside) {
      const to = found.to.includes('?') && found.to.startsWith('workers/') ? 'workers?url' : folderOf(found.to);
      return !(allowed[from] ?? []).includes(to);
    }
    return !(packages[from] ?? []).some((pattern) => pattern.test(found.to));
  });
  assert.equal(wrong.map(said), []);
});

test('the store imports only types from the protocol, apart from what checks a value, its limits and a backup file', () => {
  const values = everyImport.filter(
    (found) => found.from.startsWith('src/store/') && found.to.startsWith('src/protocol/') && !found.typeOnly,
  );
  const modules = new Set(values.map((found) => found.to));
  modules.delete('src/protocol/values.ts');
  modules.delete('src/protocol/op.ts');
  modules.delete('src/protocol/backup.ts');
  modules.delete('src/protocol/parse.ts');
  assert.equal([...modules], []);
});

test('the bridge imports only types from the domain', () => {
  const values = everyImport.filter(
    (found) => found.from.startsWith('src/bridge/') && found.to.startsWith('src/domain/') && !found.typeOnly,
  );
  assert.equal(values.map(said), []);
});

test('only main imports the screens', () => {
  const wrong = everyImport.filter(
    (found) => found.to.startsWith('src/ui/') && !found.from.startsWith('src/ui/') && found.from !== 'src/main.tsx',
  );
  assert.equal(wrong.map(said), []);
});

test('no module re-exports a folder', () => {
  assert.equal(everyImport.filter((found) => /\/index\.tsx?$/.test(found.to)).map(said), []);
});

test.run();
