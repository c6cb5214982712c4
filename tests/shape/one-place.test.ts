/** Holds what may be said in one place only: the network, threads, storage, SQL, the clock and chance. */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { filesBelow } from './imports.ts';

const files = filesBelow(['src', 'workers', 'server']).map((path) => ({
  path,
  code: withoutComments(readFileSync(path, 'utf8')),
}));
const test = suite('said in one place only');

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

const rules: readonly { readonly what: string; readonly pattern: RegExp; readonly where: RegExp }[] = [
  {
    what: 'the network',
    pattern: /\bfetch\(|new EventSource\b|new XMLHttpRequest\b|sendBeacon/,
    where: /^workers\/sync\/transport\.ts$/,
  },
  { what: 'starting a thread', pattern: /new (Shared)?Worker\(|\bwrap(<[^>]*>)?\(/, where: /^src\/bridge\// },
  { what: 'Dexie', pattern: /\bDexie\b|from 'dexie'/, where: /^src\/store\// },
  { what: 'raw IndexedDB', pattern: /\bindexedDB\b/, where: /^src\/store\// },
  {
    what: 'the wall clock',
    pattern: /\bDate\.now\b|\bnew Date\(\)/,
    where: /^(src\/main\.tsx|workers\/[a-z-]+\.ts|server\/(main|backup-command|restore-command)\.ts)$/,
  },
  {
    what: 'chance',
    pattern: /\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b|\brandomBytes\(/,
    where:
      /^(src\/main\.tsx|workers\/[a-z-]+\.ts|server\/(main|restore-command|auth\/.*)\.ts|src\/store\/.*\.ts|src\/bridge\/passkeys\.ts)$/,
  },
  { what: 'SQL', pattern: /\b(selectFrom|insertInto|updateTable|deleteFrom)\(|sql`/, where: /^server\/db\// },
  {
    what: 'HTML from text',
    pattern: /innerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|document\.write/,
    where: /^$/,
  },
];

for (const { what, pattern, where } of rules) {
  test(`${what} stays in its place`, () => {
    const wrong = files.filter(({ path, code }) => pattern.test(code) && !where.test(path)).map(({ path }) => path);
    assert.equal(wrong, []);
  });
}

test('workers and the domain never name the page', () => {
  const wrong = files.filter(
    ({ path, code }) => /^(workers|src\/domain)\//.test(path) && /\b(document|window|localStorage)\b/.test(code),
  );
  assert.equal(
    wrong.map(({ path }) => path),
    [],
  );
});

test('nothing is exported by default, and no file knows everything', () => {
  assert.equal(
    files.filter(({ code }) => /^export default/m.test(code)).map(({ path }) => path),
    [],
  );
  const long = files.filter(
    ({ path, code }) =>
      code.split('\n').length > 300 && !path.startsWith('src/ui/words') && !path.startsWith('src/domain/tools/'),
  );
  assert.equal(
    long.map(({ path }) => path),
    [],
  );
});

test.run();
