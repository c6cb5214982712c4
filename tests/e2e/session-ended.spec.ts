/** The session ends under somebody who works: the work goes on, with and without a network, and arrives after a sign-in. */
import { expect } from '@playwright/test';
import { signInAgain } from './pages/doors.ts';
import { test } from './support/fixtures.ts';
import {
  evidence,
  expectProved,
  expectSaved,
  joinAndOpen,
  makeOneAudit,
  wholeState,
  writeEvidence,
} from './support/one-audit.ts';
import { change, storedOps, storedUnits } from './support/server-database.ts';

const signedOut = 'Your sign-in has ended. You can keep working. Sign in again to send your work.';

test('A session that has ended stops no work, and everything arrives after signing in again inside the app', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const page = await joinAndOpen(await computer(), audit);
  change(server, 'delete from session');
  await writeEvidence(page, 'Written online. ');
  await expectSaved(page);
  await expect(page.getByText(signedOut)).toBeVisible();
  await expect(wholeState(page)).toContainText('Saved on this laptop');

  await server.stop();
  await writeEvidence(page, 'Written offline. ');
  await expectSaved(page);
  await server.start();
  await page.keyboard.press('2');
  await writeEvidence(page, 'Written online again.');
  await expectSaved(page);
  await expect(page.getByText(signedOut)).toBeVisible();
  expect(storedOps(server, audit.id).filter(({ unit }) => unit.startsWith('section:'))).toEqual([]);

  await signInAgain(page);
  await expect(page.getByText(signedOut)).toBeHidden();
  await expectProved(page);
  const text = 'Written online. Written offline. Written online again.';
  await expect(evidence(page)).toHaveValue(text);
  expect(storedUnits(server, audit.id)['section:allocation-start']?.value).toMatchObject({
    grade: 'good',
    evidence: text,
  });
});

test('A wrong password inside the app says so, and leaves the work on the screen', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const page = await joinAndOpen(await computer(), audit);
  change(server, 'delete from session');
  await writeEvidence(page, 'Still here.');
  await page.getByRole('button', { name: 'Sign in again' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill('not the password');
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog.getByText('The email address or password is not right. Check both and try again.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(evidence(page)).toHaveValue('Still here.');
  await signInAgain(page);
  await expectProved(page);
});
