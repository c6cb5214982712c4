/**
 * A newer build is put on the server while somebody writes in the older one. Nothing reloads by itself; after a yes the new
 * build opens on the same audit with the same text, and starts without a network from then on.
 */
import { expect } from '@playwright/test';
import { expectInstalled, unlock } from './pages/doors.ts';
import { setUpAuthority } from './support/authority.ts';
import { buildApp } from './support/build.ts';
import { startCouncilServer } from './support/council-server.ts';
import { newDeployment } from './support/deployment.ts';
import { test } from './support/fixtures.ts';
import { expectOffered } from './support/newer-build.ts';
import { comeBack, evidence, expectForm, joinAndOpen, makeOneAudit, sections } from './support/one-audit.ts';

const question = 'A new version of Plumbline is ready.';

test('A new build waits for a yes, and then opens the same audit with the same text', async ({ computer }) => {
  const newer = await buildApp('newer', {
    'src/ui/words/frame.ts': (source) => source.replace("thisLaptop: 'This laptop'", "thisLaptop: 'My laptop, new'"),
  });
  const deployment = newDeployment();
  const server = await startCouncilServer({ DIST_DIR: deployment.folder });
  try {
    const audit = await makeOneAudit(await setUpAuthority(server));
    const laptop = await computer();
    const page = await joinAndOpen(laptop, audit);
    await expectInstalled(page);
    const nav = page.getByRole('navigation', { name: 'Main' });
    await expect(nav.getByRole('link', { name: 'This laptop' })).toBeVisible();
    let loads = 0;
    page.on('load', () => (loads += 1));
    await page.keyboard.press('n');
    await expect(page.getByRole('heading', { level: 2, name: sections[1].title })).toBeVisible();
    await page.keyboard.press('e');
    await expect(evidence(page)).toBeFocused();
    await page.keyboard.type('Half a sentence');

    deployment.put(newer);
    await expectOffered(page, page.getByText(question));
    await expect(evidence(page)).toBeFocused();
    await page.keyboard.type(', and the rest of it');
    await expect(evidence(page)).toHaveValue('Half a sentence, and the rest of it');
    expect(loads).toBe(0);

    await page.keyboard.type('.');
    await page.getByRole('button', { name: 'Update now' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Unlock Plumbline' })).toBeVisible();
    await unlock(page);
    await expectForm(page);
    await expect(page.getByRole('heading', { level: 2, name: sections[1].title })).toBeVisible();
    await expect(evidence(page)).toHaveValue('Half a sentence, and the rest of it.');
    await expect(nav.getByRole('link', { name: 'My laptop, new' })).toBeVisible();
    await expect(page.getByText(question)).toBeHidden();
    expect(loads).toBe(1);

    await server.stop();
    await laptop.close();
    const again = await comeBack(laptop, server.url + audit.path);
    await expect(
      again.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My laptop, new' }),
    ).toBeVisible();
    await again.getByRole('button', { name: new RegExp(`^${sections[1].title}`) }).click();
    await expect(evidence(again)).toHaveValue('Half a sentence, and the rest of it.');
  } finally {
    await server.remove();
    deployment.remove();
  }
});
