/** A passphrase that is wrong, and one that is forgotten: work done without a network is there again either way. */
import { expect, type Page } from '@playwright/test';
import { expectInstalled, expectOpen, passphrase, signIn, signInAgain, unlock } from './pages/doors.ts';
import { test } from './support/fixtures.ts';
import {
  evidence,
  expectForm,
  expectProved,
  expectSaved,
  joinAndOpen,
  makeOneAudit,
  writeEvidence,
} from './support/one-audit.ts';
import { change, storedDeposits, storedUnits } from './support/server-database.ts';
import { newInspector } from './support/accessible.ts';

const text = 'Written without a network.';

const tryPassphrase = async (page: Page, tried: string): Promise<void> => {
  await page.getByLabel('Passphrase', { exact: true }).fill(tried);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
};
const wrong = (page: Page) =>
  page.getByRole('link', { name: 'That is not the passphrase for this laptop. Check Caps Lock and try again.' });

test('A wrong passphrase says so and opens nothing; the right one opens everything, without a network', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const laptop = await computer();
  await joinAndOpen(laptop, audit);
  await expectInstalled(laptop.page());
  await server.stop();
  await writeEvidence(laptop.page(), text);
  await expectSaved(laptop.page());
  await laptop.close();

  const page = await laptop.open();
  await page.goto(server.url + audit.path);
  for (const tried of ['not the passphrase', passphrase.toUpperCase()]) {
    await tryPassphrase(page, tried);
    await expect(wrong(page)).toBeVisible();
    await expect(page.getByText('Case')).toHaveCount(0);
  }
  await unlock(page);
  await expectForm(page);
  await expect(evidence(page)).toHaveValue(text);
});

test('A forgotten passphrase is replaced after a sign-in, and the work done offline is all there', async ({
  server,
  authority,
  computer,
}) => {
  const next = 'another made-up passphrase';
  const audit = await makeOneAudit(authority);
  const laptop = await computer();
  const page = await joinAndOpen(laptop, audit);
  await expectInstalled(page);
  await server.stop();
  await writeEvidence(page, text);
  await expectSaved(page);
  const deposits = storedDeposits(server);
  await page.keyboard.press('Control+Alt+KeyL');
  await page.getByRole('button', { name: 'I have forgotten my passphrase' }).click();
  await signIn(page, audit.auditor.email);
  await expect(page.getByText('The council’s server cannot be reached.').first()).toBeVisible();

  await server.start();
  await signIn(page, audit.auditor.email);
  await expect(page.getByRole('heading', { level: 1, name: 'Choose a new passphrase' })).toBeVisible();
  await page.getByLabel('Choose a passphrase', { exact: true }).fill(next);
  await page.getByLabel('Type the passphrase again', { exact: true }).fill(next);
  await page.getByRole('button', { name: 'Save and open' }).click();
  await expectOpen(page);
  await expectForm(page);
  await expect(evidence(page)).toHaveValue(text);
  await expectProved(page);
  expect(storedUnits(server, audit.id)['section:allocation-start']?.value['evidence']).toBe(text);
  // The secret that was given out is not the one that the server holds from now on.
  await expect.poll(() => storedDeposits(server)).not.toEqual(deposits);

  // Whoever signs in next is told of it, and it may not have been them.
  change(server, 'delete from session');
  await page.keyboard.press('2');
  await signInAgain(page);
  const told = page.getByText('a new passphrase was chosen for one of your laptops');
  await expect(told).toBeVisible();
  const inspector = newInspector();
  await inspector.look(page, 'a notice');
  inspector.expectNothingWrong(1);
  await page.getByRole('button', { name: 'I have read this' }).click();
  await expect(told).toBeHidden();
  await expectProved(page);

  await server.stop();
  await laptop.close();
  const again = await laptop.open();
  await again.goto(server.url + audit.path);
  await tryPassphrase(again, passphrase);
  await expect(wrong(again)).toBeVisible();
  await tryPassphrase(again, next);
  await expectForm(again);
  await expect(evidence(again)).toHaveValue(text);
});
