/** Builds the app and runs the Playwright flows against the real server; counts what ran. Arguments are passed on. */
import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { ensureChromium } from './chromium.ts';
import { run, type Counted } from './steps.ts';

const report = 'test-results/report.json';
/** The server in one file: a flow starts one or more, and this one starts in a third of the time. */
const serverProgram = 'test-results/server/main.mjs';

interface Report {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

interface BrowserOptions {
  /** Where the flows and their settings are. */
  readonly folder?: string;
  readonly env?: Record<string, string>;
}

/** Each flow has a limit of its own; this one is for a browser that never starts. */
const longestMs = 6 * 3_600_000;

/** A flow that passes only at the second try has failed; a skipped one is said, with its reason, by the list reporter. */
export async function runBrowser(args: readonly string[] = [], options: BrowserOptions = {}): Promise<Counted> {
  const { folder = 'tests/e2e', env = {} } = options;
  await ensureChromium();
  const built = await run('npx', ['vite', 'build'], { quiet: true });
  if (built.code !== 0) {
    console.log(built.output);
    return { passed: 0, failed: 1 };
  }
  await bundleServer();
  rmSync(report, { force: true });
  const { code } = await run('npx', ['playwright', 'test', '-c', folder, ...args], {
    env: { SERVER_PROGRAM: serverProgram, ...env },
    limitMs: longestMs,
  });
  try {
    const { stats } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const failed = stats.unexpected + stats.flaky;
    return { passed: stats.expected, failed: failed === 0 && code !== 0 ? 1 : failed };
  } catch (cause) {
    console.log(`The browser tests left no report: ${String(cause)}`);
    return { passed: 0, failed: 1 };
  }
}

async function bundleServer(): Promise<void> {
  const [outDir, entryFileNames] = [dirname(serverProgram), basename(serverProgram)];
  await build({
    configFile: false,
    logLevel: 'warn',
    build: { ssr: 'server/main.ts', outDir, copyPublicDir: false, rolldownOptions: { output: { entryFileNames } } },
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed } = await runBrowser(process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
