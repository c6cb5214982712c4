/**
 * Every regular expression of the app, the workers and the server against 50 KB of the worst there is for it (FAULTS S21). They
 * are found by parsing the sources; one that is put together is caught as it is made. The limit tells linear from not: what is
 * linear takes a millisecond, what is not takes minutes.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseSync } from 'vite';
import { attackLength, attackTexts, repeatsRepeats, type Pattern } from './attack-texts.ts';
import { filesBelow } from './imports.ts';

const limitMs = 1_000;
const test = suite('regular expressions');

interface Found extends Pattern {
  readonly path: string;
}

const literals: Found[] = [];
const makers: string[] = [];
for (const path of filesBelow(['src', 'server', 'workers'])) {
  const { program, errors } = parseSync(path, readFileSync(path, 'utf8'));
  assert.equal(errors, [], path);
  visit(program, (node) => {
    const { regex } = node as { regex?: { pattern: string; flags: string } };
    if (node['type'] === 'Literal' && regex) literals.push({ path, source: regex.pattern, flags: regex.flags });
    const { callee } = node as { callee?: { name?: string } };
    if (callee?.name === 'RegExp' && !makers.includes(path)) makers.push(path);
  });
}

function visit(node: unknown, see: (node: Readonly<Record<string, unknown>>) => void): void {
  if (Array.isArray(node)) for (const each of node) visit(each, see);
  else if (typeof node === 'object' && node !== null) {
    see(node as Record<string, unknown>);
    for (const child of Object.values(node)) visit(child, see);
  }
}

/** Whether an expression is through with a text in time. `replace` looks for it from every place on. */
const context = createContext({ source: '', flags: '', text: '' });
function isThrough({ source, flags }: Pattern, text: string): boolean {
  Object.assign(context, { source, flags, text });
  try {
    runInContext('text.replace(new RegExp(source, flags), "")', context, { timeout: limitMs });
    return true;
  } catch (error) {
    assert.is((error as { code?: string }).code, 'ERR_SCRIPT_EXECUTION_TIMEOUT', source);
    return false;
  }
}

const slow = (found: readonly Found[]): readonly string[] =>
  found.flatMap((each) => {
    const text = attackTexts(each).find((attack) => !isThrough(each, attack));
    return text === undefined
      ? []
      : [`${each.path}: /${each.source}/${each.flags} on ${JSON.stringify(text.slice(0, 40))}…`];
  });

test('those that are known to be bad are caught: the attack would have found one', () => {
  for (const source of ['^(a+)+$', '(x+x+)+y', '^(\\w|\\d)*!$', '^[a-z]+@(?:[a-z]+\\.?)+$']) {
    assert.is(slow([{ path: '', source, flags: '' }]).length, 1, source);
  }
  assert.is(attackTexts({ source: 'ab+c', flags: '' })[0]?.length, attackLength);
  assert.ok(repeatsRepeats({ source: '^(?:a+b)*$', flags: '' }));
  assert.not(repeatsRepeats({ source: '^(?:a{1,9}b)*$', flags: '' }));
});

test('every one that stands in the code is through with its worst 50 KB', () => {
  assert.ok(literals.length > 50, `${literals.length}`);
  assert.equal(slow(literals), []);
});

test('so is every one that is put together', async () => {
  assert.equal(makers, ['src/domain/import/dates.ts']);
  const made: Found[] = [];
  const Real = globalThis.RegExp;
  for (const path of makers) {
    globalThis.RegExp = new Proxy(Real, {
      construct(target, [source, flags]: [string, string | undefined]) {
        made.push({ path, source, flags: flags ?? '' });
        return new target(source, flags);
      },
    });
    try {
      await import(pathToFileURL(path).href);
    } finally {
      globalThis.RegExp = Real;
    }
  }
  assert.ok(made.length >= 4);
  assert.equal(slow(made), []);
});

test('none repeats without end within what repeats without end', () => {
  assert.equal(
    literals.filter(repeatsRepeats).map(({ path, source }) => `${path}: /${source}/`),
    [],
  );
});

test.run();
