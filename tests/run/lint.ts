/**
 * Lints with oxlint, type-aware: it alone sees a forgotten `await` on a Comlink or Dexie call. Its binary packages do not
 * survive every registry's lock file, so it is installed beside the project, pinned, and kept out of package-lock.json.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run, type Counted } from './steps.ts';

const folder = '.cache/lint';
const packages = ['oxlint@1.94.0', 'oxlint-tsgolint@7.0.2007'];

/** The linter's program, installed where it is not yet. */
export async function ensureOxlint(): Promise<string> {
  const oxlint = `${folder}/node_modules/.bin/oxlint`;
  if (!existsSync(oxlint)) {
    const args = [
      'install',
      '--prefix',
      folder,
      '--no-save',
      '--no-package-lock',
      '--no-audit',
      '--no-fund',
      ...packages,
    ];
    const installed = await run('npm', args, { quiet: true });
    if (installed.code !== 0) console.log(installed.output);
  }
  return oxlint;
}

export async function runLint(): Promise<Counted> {
  const folders = ['src', 'workers', 'server', 'tests', 'vite.config.ts'];
  const { code, output } = await run(await ensureOxlint(), ['--type-aware', '-c', '.oxlintrc.json', ...folders], {
    quiet: true,
    env: { OXLINT_TSGOLINT_PATH: resolve(`${folder}/node_modules/.bin/tsgolint`) },
  });
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} lint`);
  if (code !== 0) console.log(output);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = (await runLint()).failed;
}
