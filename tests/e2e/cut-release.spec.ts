/**
 * A release of which one file arrives cut off (FAULTS 19), with nothing of the build before it left on the server (18): the
 * browser refuses to install it, every screen of the older build goes on, and the next whole release installs although the
 * browser's own cache keeps the cut-off file for a year.
 */
import { readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { expectInstalled, join as joinAuthority, unlock } from './pages/doors.ts';
import { openExample } from './pages/example.ts';
import { csv, expectRows, offerFile, openImports } from './pages/import.ts';
import { grant, setUpAuthority } from './support/authority.ts';
import { buildApp } from './support/build.ts';
import { startCouncilServer } from './support/council-server.ts';
import { newDeployment } from './support/deployment.ts';
import { test } from './support/fixtures.ts';
import { expectForm, expectProved, goInside, reference } from './support/one-audit.ts';

const question = 'A new version of Plumbline is ready.';
const nav = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const title = (page: Page) => page.getByRole('heading', { level: 1 });

/** The address of every screen there is, as the router has them; a new one is walked as soon as it is there. */
const addresses = (audit: string): string[] => {
  const found = [...readFileSync('src/ui/frame/routes.tsx', 'utf8').matchAll(/path="([^"]+)"/g)];
  return found.map(([, path = '']) => path.replace(':id', audit).replace(/\/:\w+\?/, ''));
};

const assetsOf = (build: string): string[] => readdirSync(join(build, 'assets'));

/** Cuts the largest script that only this build has in half, as a broken copy to the server does. */
function cutOff(build: string, older: string): void {
  const own = assetsOf(build).filter((name) => name.endsWith('.js') && !assetsOf(older).includes(name));
  const size = (name: string): number => statSync(join(build, 'assets', name)).size;
  const [largest] = own.sort((a, b) => size(b) - size(a));
  if (largest === undefined) throw new Error('The newer build has no file of its own');
  truncateSync(join(build, 'assets', largest), size(largest) >> 1);
  for (const packed of ['br', 'gz']) rmSync(join(build, 'assets', `${largest}.${packed}`));
}

/**
 * Has the browser look for a newer service worker, as it does by itself; answers how far that one comes. One that the browser has
 * found by itself before is already there: `installed`, or `none` where it was refused.
 */
const installNewer = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    let found: ServiceWorker | null = null;
    registration.addEventListener('updatefound', () => (found = registration.installing), { once: true });
    await registration.update();
    const worker = registration.installing ?? (found as ServiceWorker | null);
    if (worker === null) return registration.waiting === null ? 'none' : 'installed';
    if (worker.state === 'installing') {
      await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
    }
    return worker.state;
  });

/** Files that were asked for and did not come, and what went wrong in a page. */
function troubles(context: BrowserContext): string[] {
  const seen: string[] = [];
  const isFile = (url: string): boolean => !url.includes('/api/');
  context.on('requestfailed', (request) => isFile(request.url()) && seen.push(`${request.url()} did not come`));
  context.on('response', (response) => {
    if (isFile(response.url()) && response.status() >= 400) seen.push(`${response.url()}: ${response.status()}`);
  });
  context.on('weberror', (error) => seen.push(String(error.error())));
  return seen;
}

test('A cut-off release is refused, every screen of the older build opens though its files are gone, and a whole one installs', async ({
  computer,
}) => {
  const newer = await buildApp('newer-cut', {
    'src/ui/words/frame.ts': (source) => source.replace("thisLaptop: 'This laptop'", "thisLaptop: 'My laptop, new'"),
  });
  const deployment = newDeployment();
  const cut = deployment.copyOf(newer);
  cutOff(cut, deployment.older);
  const server = await startCouncilServer({ DIST_DIR: deployment.folder });
  try {
    const authority = await setUpAuthority(server);
    const service = await authority.addService('Assessment');
    const team = await authority.addTeam(service, 'Team North');
    const roles = [grant('auditor'), grant('team-lead', [service]), grant('qa-lead'), grant('board-viewer')];
    const person = await authority.addPerson('Avery Example', roles);
    const audit = await authority.allocate(reference, person, { service, team });
    const laptop = await computer();
    const page = laptop.page();
    await joinAuthority(page, person.link);
    await expectProved(page);
    await expectInstalled(page);

    deployment.put(cut);
    const [gone] = assetsOf(deployment.older).filter((name) => !assetsOf(newer).includes(name));
    expect((await fetch(`${server.url}/assets/${gone}`)).status, 'a file of the older build').toBe(404);
    await expect.poll(() => installNewer(page), { message: 'the cut-off release' }).toBe('redundant');

    const wrong = troubles(laptop.context());
    await page.reload();
    await unlock(page);
    const walked = addresses(audit);
    expect(walked.length).toBeGreaterThan(12);
    for (const address of walked) {
      await goInside(page, address);
      await expect(title(page)).toBeVisible();
      await expect(title(page), address).not.toHaveText('Page not found');
    }
    await openImports(page);
    await offerFile(page, csv('graded.csv', 'Case,Team,Grade\n1,Team North,Good\n'));
    await expectRows(page);
    await page.keyboard.press('Control+Alt+KeyL');
    await page.getByRole('button', { name: 'I am someone else' }).click();
    await openExample(page);
    expect(wrong).toEqual([]);
    await expect(page.getByText(question)).toBeHidden();

    await page.goto(`${server.url}/audit/${audit}`);
    await unlock(page);
    await expectForm(page);
    await expect(nav(page).getByRole('link', { name: 'This laptop' })).toBeVisible();
    deployment.put(newer);
    // The first may still be the cut-off one, which the page itself looked for as it was loaded.
    await expect.poll(() => installNewer(page), { message: 'the whole release' }).toBe('installed');
    await page.getByRole('button', { name: 'Update now' }).click();
    await unlock(page);
    await expectForm(page);
    await expect(nav(page).getByRole('link', { name: 'My laptop, new' })).toBeVisible();
  } finally {
    await server.remove();
    deployment.remove();
  }
});
