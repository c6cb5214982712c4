/** Two people share one laptop: neither sees anything of the other, and each finds their own again. */
import { expect, type Request } from '@playwright/test';
import { join, signInAgain, unlock } from './pages/doors.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import {
  evidence,
  expectProved,
  expectSaved,
  goInside,
  joinAndOpen,
  makeOneAudit,
  reference,
  writeEvidence,
} from './support/one-audit.ts';
import { storedUnits } from './support/server-database.ts';

const hers = 'Avery wrote this, and nobody else may read it.';
const unsent = 'Written without a network.';

test('The second person on a laptop never sees the first one’s work, who comes back and finds it whole', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const other = await authority.addPerson('Blake Example', [grant('auditor')]);
  await authority.allocate('CASE-3003', other, audit);
  // Without a service worker the browser lets the answers be read from outside.
  const laptop = await computer({ serviceWorkers: 'block' });
  const page = await joinAndOpen(laptop, audit);
  await writeEvidence(page, hers);
  await expectSaved(page);
  await expectProved(page);
  await server.stop();
  await writeEvidence(page, ` ${unsent}`);
  await expectSaved(page);
  await page.keyboard.press('Control+Alt+KeyL');
  await expect(page.getByRole('heading', { level: 1, name: 'Unlock Plumbline' })).toBeVisible();
  await server.start();

  const seen: string[] = [];
  const note = (request: Request): void => void seen.push(`${request.url()} ${request.postData() ?? ''}`);
  page.on('request', note);
  const answers: string[] = [];
  await laptop.context().route('**/api/**', async (route) => {
    // The stream of events has no end, and nothing in it.
    if (route.request().url().includes('/api/sync/pokes')) return route.continue();
    const response = await route.fetch();
    const said = await response.text().catch(() => null);
    // Whoever asked may have gone meanwhile, with the answer. Who is still there and is answered nothing gets no further below.
    if (said === null) return;
    answers.push(said);
    await route.fulfill({ response, body: said }).catch(() => undefined);
  });
  await page.goto('about:blank');
  await join(page, other.link);
  await expect(page.getByRole('link', { name: 'CASE-3003', exact: true })).toBeVisible();
  await expectProved(page);
  // What is looked through below really is what the server answered.
  await expect.poll(() => answers.some((one) => one.includes('CASE-3003'))).toBe(true);
  for (const address of ['/', audit.path, `${audit.path}/check`, '/percentages', '/this-laptop']) {
    await goInside(page, address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    seen.push(await page.evaluate(() => document.documentElement.outerHTML));
  }
  await goInside(page, audit.path);
  await expect(page.getByRole('heading', { level: 1, name: 'This audit is not on this laptop' })).toBeVisible();
  await page.getByRole('button', { name: 'Look for it now' }).click();
  await expect(page.getByText('The council’s server has no such audit for you.')).toBeVisible();
  page.off('request', note);
  for (const word of [hers, unsent, reference]) {
    expect([...seen, ...answers].filter((one) => one.includes(word))).toEqual([]);
  }
  expect(seen.some((one) => one.includes('CASE-3003'))).toBe(true);

  await page.keyboard.press('Control+Alt+KeyL');
  await expect(page.getByRole('heading', { level: 1, name: 'Unlock Plumbline' })).toBeVisible();
  await page.goto(server.url);
  await page.getByRole('radio', { name: audit.auditor.email }).check();
  await unlock(page);
  await expect(page.getByRole('link', { name: reference, exact: true })).toBeVisible();
  await expect(page.getByText('Somebody else is signed in to the council’s server in this browser.')).toBeVisible();
  await page.getByRole('link', { name: reference, exact: true }).click();
  await expect(evidence(page)).toHaveValue(`${hers} ${unsent}`);
  await signInAgain(page);
  await expectProved(page);
  expect(storedUnits(server, audit.id)['section:allocation-start']?.value['evidence']).toBe(`${hers} ${unsent}`);
});
