/**
 * Finds a Chromium for the browser tests, or installs one: a system's own where there is one, Debian's package where apt
 * can be used, Playwright's own elsewhere.
 */
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { run } from './steps.ts';

const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The path of a Chromium to launch, or undefined for Playwright's own. */
export const systemChromium = (): string | undefined => systemPaths.find((path) => existsSync(path));

/** Makes sure there is a browser; says what it does. Throws a sentence when there is none to be had. */
export async function ensureChromium(): Promise<void> {
  if (systemChromium() !== undefined || existsSync(chromium.executablePath())) return;
  const isRoot = process.getuid?.() === 0;
  if (existsSync('/usr/bin/apt-get') && isRoot) {
    console.log('Installing Chromium from the system’s packages ...');
    await run('apt-get', ['update'], { quiet: true });
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { quiet: true });
    if (systemChromium() !== undefined) return;
  }
  console.log('Installing Playwright’s Chromium ...');
  await run('npx', ['playwright', 'install', 'chromium']);
  if (!existsSync(chromium.executablePath())) {
    throw new Error(
      'No Chromium: install the package “chromium”, or let “npx playwright install chromium” reach its server.',
    );
  }
}
