/**
 * Runs every uvu file, each in a process of its own, two at a time, and adds up what ran. A file that runs no test, and
 * does not say what it skipped, has failed: uvu itself says nothing when `.run()` is missing (lukeed/uvu#179). Files that
 * start servers run once on SQLite and once more on a PostgreSQL that is started for them; where there is none to be had,
 * that is said, and nothing counted for it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensurePostgres, postgresPrograms, startPostgres, type Postgres } from './postgres.ts';
import { makeTemplate } from '../server/test-database.ts';
import { addCounts, run, type Counted } from './steps.ts';

export interface UnitOptions {
  /** Files at a time, two unless said otherwise. */
  readonly atOnce?: number;
  readonly env?: Record<string, string>;
  readonly fileLimitMs?: number;
  /** Shows what a file prints as it comes, and not only when it has failed. */
  readonly shown?: boolean;
}

/** Far more than any file needs on a slow machine. */
const defaultLimitMs = 300_000;
/** uvu's last line. A port that a library left open would keep the process for ever after it. */
const lastLine = /Duration:.*\n/;
const firstFailure = /^ *FAIL /m;

/** The files of `tests` with this ending whose path contains every one of `words`. */
export const testFiles = (ending: string, words: readonly string[]): string[] =>
  readdirSync('tests', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && words.every((word) => file.includes(word)))
    .map((file) => join('tests', file))
    .sort();

/** Files that start servers on whatever database the run is on; those of a folder `postgres` on that alone. */
const isPostgresAlone = (file: string): boolean => file.includes('/postgres/');
const isServing = (file: string): boolean =>
  isPostgresAlone(file) || (!isOfExample(file) && /\bstartServer\b|\btestPostgres\b/.test(readFileSync(file, 'utf8')));
/** The example is always in an SQLite file of its own (`server/example`). */
const isOfExample = (file: string): boolean => file.includes('/example/');

/** Runs the files whose path contains every one of `words`. */
export async function runUnit(words: readonly string[] = [], options: UnitOptions = {}): Promise<Counted> {
  const files = testFiles('.test.ts', words);
  const serving = files.filter(isServing);
  const postgres = serving.length > 0 ? await postgresForTests() : null;
  const queue: (readonly [string, UnitOptions])[] = files
    .filter((file) => !isPostgresAlone(file))
    .map((file) => [file, options]);
  if (postgres !== null) {
    const env = { ...options.env, TEST_POSTGRES: postgres.url('postgres') };
    for (const file of serving) queue.push([file, { ...options, env }]);
  }
  let total: Counted = { passed: 0, failed: files.length === 0 ? 1 : 0 };
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      // Awaited first: the other worker adds to `total` meanwhile.
      const counted = await runFile(...next);
      total = addCounts(total, counted);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce ?? 2 }, work));
  await postgres?.stop();
  if (serving.length > 0 && postgres === null) {
    console.log(
      `NOT RUN: ${serving.length} files on PostgreSQL. There is none here: install the package “postgresql”.`,
    );
  }
  return total;
}

async function postgresForTests(): Promise<Postgres | null> {
  await ensurePostgres();
  if (postgresPrograms() === undefined) return null;
  const postgres = await startPostgres({ durable: false });
  await makeTemplate(postgres);
  return postgres;
}

async function runFile(file: string, { env = {}, fileLimitMs, shown = false }: UnitOptions): Promise<Counted> {
  const started = performance.now();
  const { code, output } = await run(process.execPath, ['--import', 'tsx', file], {
    quiet: !shown,
    env,
    limitMs: fileLimitMs ?? defaultLimitMs,
    lastLine,
  });
  const total = Number(/Total:\s+(\d+)/.exec(output)?.[1] ?? 0);
  const passed = Number(/Passed:\s+(\d+)/.exec(output)?.[1] ?? 0);
  const ended = code === 0 || (code === null && lastLine.test(output));
  // What a machine cannot try is said and counted as nothing.
  const isSkipped = total === 0 && /^SKIPPED: /m.test(output);
  const failed = Math.max(total - passed, ended && (total > 0 || isSkipped) ? 0 : 1);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const on = env['TEST_POSTGRES'] === undefined ? '' : ' on PostgreSQL';
  console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${file}${on}: ${passed} of ${total} (${seconds} s)`);
  for (const [skipped] of output.matchAll(/^SKIPPED: .*$/gm)) console.log(`     ${skipped}`);
  // From uvu's first account of a failure, where it came to one: libraries can say much before it.
  if (failed > 0 && !shown) console.log(output.slice(Math.max(0, output.search(firstFailure))));
  return { passed, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed } = await runUnit(process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
