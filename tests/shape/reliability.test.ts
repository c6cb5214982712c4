/** docs/reliability.md names every fault and promise once, and only tests that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('the table of faults');

const cells = (line: string): string[] => line.split('|').map((cell) => cell.trim());
const rows = readFileSync('docs/reliability.md', 'utf8').split('\n').map(cells);
const faults = rows.filter(([, number]) => /^\d+$/.test(number ?? ''));
const named = (cell: string | undefined): string[] =>
  [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');

test('names each of the 48 faults once, in order', () => {
  assert.equal(
    faults.map(([, number]) => Number(number)),
    Array.from({ length: 48 }, (_, i) => i + 1),
  );
});

test('names each of the ten promises once, with the faults that show it', () => {
  const promises = rows.filter(([, name]) => /^P\d+$/.test(name ?? ''));
  assert.equal(
    promises.map(([, name]) => name),
    Array.from({ length: 10 }, (_, i) => `P${i + 1}`),
  );
  for (const [, name, , shown] of promises) assert.match(shown ?? '', /\d/, name);
});

test('every fault has a test, and every test that is named exists', () => {
  for (const [, number, , , tests] of faults) {
    assert.ok(named(tests).length > 0, `fault ${number}`);
    for (const path of named(tests)) assert.ok(existsSync(join('tests', path)), `fault ${number}: ${path}`);
  }
});

test('every command that is named exists, and runs one of the tests beside it', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  for (const [, number, , , tests, commands] of faults) {
    assert.ok(named(commands).length > 0, `fault ${number}`);
    for (const command of named(commands)) {
      assert.ok(Object.hasOwn(scripts, command.replace(/^npm (run )?/, '')), `fault ${number}: ${command}`);
      const runs = named(tests).some((path) => isRunBy(command, path));
      assert.ok(runs, `fault ${number}: ${command} runs none of its tests`);
    }
  }
});

test('every test that is named is run by a command beside it', () => {
  for (const [, number, , , tests, commands] of faults) {
    for (const path of named(tests)) {
      const runs = named(commands).some((command) => isRunBy(command, path));
      assert.ok(runs, `fault ${number}: no command beside it runs ${path}`);
    }
  }
});

/** Flows of `faults` are in the long suite alone; all else is in the test command. */
function isRunBy(command: string, path: string): boolean {
  if (command === 'npm run faults') return path.startsWith('faults/');
  if (command === 'npm run sim') return path.startsWith('converge/sim/');
  return !/^faults\/.*\.spec\.ts$/.test(path);
}

test.run();
