/**
 * The browser killed while a newer build upgrades the laptop's database (FAULTS 14): whether the upgrade was through or not, what
 * was written in the older build and never sent is there, and leaves.
 */
import { expect, type Page } from '@playwright/test';
import { schemaVersion } from '../../src/store/schema.ts';
import { expectInstalled, passphrase } from '../e2e/pages/doors.ts';
import { setUpAuthority } from '../e2e/support/authority.ts';
import { buildApp } from '../e2e/support/build.ts';
import { startCouncilServer } from '../e2e/support/council-server.ts';
import { newDeployment } from '../e2e/support/deployment.ts';
import { expectOffered } from '../e2e/support/newer-build.ts';
import { test } from '../e2e/support/fixtures.ts';
import {
  comeBack,
  evidence,
  expectProved,
  expectSaved,
  joinAndOpen,
  makeOneAudit,
  writeEvidence,
} from '../e2e/support/one-audit.ts';
import { chance } from '../e2e/support/random.ts';

const kills = 10;
const text = 'Written in the older build, and not sent.';
/** An upgrade is held up for so long, to be hit. */
const upgradeMs = 1_000;
const longestMs = 2 * upgradeMs;

test(`A browser killed ${kills} times in an upgrade of its database keeps what was not sent`, async ({ computer }) => {
  test.setTimeout(1_200_000);
  const newer = await buildApp('killed-upgrade', {
    'src/store/schema.ts': (source) =>
      source
        .replace(/\n\];\n/, `\n  { version: ${schemaVersion + 1}, tables: { later: 'id' } },\n];\n`)
        .replace(`schemaVersion = ${schemaVersion}`, `schemaVersion = ${schemaVersion + 1}`),
  });
  const deployment = newDeployment();
  const server = await startCouncilServer({ DIST_DIR: deployment.folder });
  try {
    const audit = await makeOneAudit(await setUpAuthority(server));
    const address = server.url + audit.path;
    const first = await computer();
    const page = await joinAndOpen(first, audit);
    await expectInstalled(page);
    await first.context().route('**/api/**', (route) => route.abort());
    await writeEvidence(page, text);
    await expectSaved(page);
    deployment.put(newer);
    const update = page.getByRole('button', { name: 'Update now' });
    await expectOffered(page, update);
    await update.click();
    await expect(page.getByRole('heading', { level: 1, name: 'Unlock Plumbline' })).toBeVisible();
    await first.close();

    const random = chance('killed upgrade');
    const found = { older: 0, newer: 0 };
    for (let kill = 1; kill <= kills; kill += 1) {
      const laptop = await computer({ copyOf: first.profile });
      const { begun } = await whenUpgrading(laptop.page());
      await laptop.page().goto(address);
      await laptop.page().getByLabel('Passphrase', { exact: true }).fill(passphrase);
      await laptop.page().getByRole('button', { name: 'Unlock', exact: true }).click();
      await begun;
      await laptop.page().waitForTimeout(random.between(0, longestMs));
      await laptop.kill();
      await (await laptop.open()).goto(`${server.url}/api/nothing`);
      found[(await isUpgraded(laptop.page())) ? 'newer' : 'older'] += 1;
      await laptop.close();
      const again = await comeBack(laptop, address);
      await expect(evidence(again), `after kill ${kill}`).toHaveValue(text);
      await laptop.remove();
    }
    console.log(`killed in an upgrade: ${found.older} before its end, ${found.newer} after it`);
    expect(found.older).toBeGreaterThan(0);
    expect(found.newer).toBeGreaterThan(0);
    await expectProved(await comeBack(first, address));
  } finally {
    await server.remove();
    deployment.remove();
  }
});

/** Prepares a page to dwell in an upgrade; what it answers ends once that upgrade has begun. */
async function whenUpgrading(page: Page): Promise<{ readonly begun: Promise<void> }> {
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  await page.exposeFunction('upgradeBegun', begin);
  await page.addInitScript((ms) => {
    const open = indexedDB.open.bind(indexedDB);
    indexedDB.open = (name, version) => {
      const request = open(name, version);
      request.addEventListener('upgradeneeded', ({ oldVersion }) => {
        if (oldVersion === 0) return;
        (window as unknown as { upgradeBegun: () => void }).upgradeBegun();
        const end = performance.now() + ms;
        while (performance.now() < end);
      });
      return request;
    };
  }, upgradeMs);
  return { begun };
}

/** Whether the only person's database is at the newer build's version. */
const isUpgraded = (page: Page): Promise<boolean> =>
  page.evaluate(async (older) => {
    const versions = (await indexedDB.databases()).flatMap(({ name = '', version = 0 }) =>
      /^plumbline-[0-9a-f]{32}$/.test(name) ? [version] : [],
    );
    if (versions.length !== 1) throw new Error(`One person's database was expected, not ${versions.length}`);
    return (versions[0] ?? 0) > older;
  }, schemaVersion * 10);
