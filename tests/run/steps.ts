/** Runs one step of the test command as a child process and tells how it ended. Output is shown as it comes. */
import { spawn } from 'node:child_process';

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs `command` with `args`; `quiet` keeps the output for the caller alone. */
export function run(
  command: string,
  args: readonly string[],
  options: { quiet?: boolean; env?: Record<string, string>; limitMs?: number } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env } });
    let output = '';
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      if (!options.quiet) process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    // A process that has done its work and does not end has left something open: that is a failure, not a wait.
    const limit = setTimeout(() => child.kill('SIGKILL'), options.limitMs ?? 3_600_000);
    child.on('close', (code) => {
      clearTimeout(limit);
      resolve({ code: code ?? 1, output });
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
