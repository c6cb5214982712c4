/** Runs one step of the test command as a child process and tells how it ended. Output is shown as it comes. */
import { spawn } from 'node:child_process';

export interface Ended {
  /** null when it had to be ended. */
  readonly code: number | null;
  readonly output: string;
}

interface RunOptions {
  /** Keeps the output for the caller alone. */
  readonly quiet?: boolean;
  readonly env?: Record<string, string>;
  /** Ended after this time. */
  readonly limitMs?: number;
  /** Ended soon after it has printed this. */
  readonly lastLine?: RegExp;
}

const graceMs = 1_500;

/** Runs `command` with `args`. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env } });
    let output = '';
    let grace: NodeJS.Timeout | undefined;
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      if (!options.quiet) process.stdout.write(chunk);
      if (options.lastLine?.test(output)) grace ??= setTimeout(() => child.kill('SIGKILL'), graceMs);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    const limit = setTimeout(() => child.kill('SIGKILL'), options.limitMs ?? 3_600_000);
    child.on('close', (code) => {
      clearTimeout(limit);
      clearTimeout(grace);
      resolve({ code, output });
    });
  });
}

/** What a step counted. */
export interface Counted {
  readonly passed: number;
  readonly failed: number;
}

export const addCounts = (a: Counted, b: Counted): Counted => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
});

/** Counts a check that either holds or does not as one test, and says how long it took. */
export async function check(name: string, command: string, args: readonly string[]): Promise<Counted> {
  const started = performance.now();
  const { code, output } = await run(command, args, { quiet: true });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (code !== 0) console.log(output);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
