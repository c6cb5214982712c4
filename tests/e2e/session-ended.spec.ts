/** The session ends under somebody who works: the work goes on, with and without a network, and arrives after a sign-in. */
import { expect, type Page } from '@playwright/test';
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
import { openPortal } from './support/wifi-portal.ts';

const signedOut = 'Your sign-in has ended. You can keep working. Sign in again to send your work.';

test('A session that has ended stops no work, and everything arrives after signing in again inside the app', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const page = await joinAndOpen(await computer(), audit);
  await server.stop();
  change(server, 'delete from session');
  await writeEvidence(page, 'Written offline. ');
  await expectSaved(page);
  const graded = await gradeTwentyTimes(page);
  // A proxy that asks for a sign-in of its own is not the council's server, and signs nobody out.
  const proxy = await openPortal(server.url, 401);
  try {
    await expect(page.getByText('Something other than the council’s server answered')).toBeVisible();
    await expect(page.getByText(signedOut)).toBeHidden();
    await expect(wholeState(page)).toContainText('Saved on this laptop');
  } finally {
    await proxy.close();
  }
  await server.start();
  await expect(page.getByText(signedOut)).toBeVisible();
  await writeEvidence(page, 'Written online again.');
  await expectSaved(page);
  expect(storedOps(server, audit.id).filter(({ unit }) => unit.startsWith('section:'))).toEqual([]);

  await signInAgain(page);
  await expect(page.getByText(signedOut)).toBeHidden();
  await expectProved(page);
  const text = 'Written offline. Written online again.';
  await expect(evidence(page)).toHaveValue(text);
  expect(storedUnits(server, audit.id)['section:allocation-start']?.value).toMatchObject({
    grade: 'good',
    evidence: text,
  });
  const arrived = storedOps(server, audit.id).filter(({ unit }) => unit === 'section:allocation-start');
  const grades = arrived.map(({ value }) => (JSON.parse(value) as { grade: string | null }).grade);
  expect(grades.filter((grade, at) => grade !== null && grade !== grades[at - 1])).toEqual(graded);
});

/** Each of another grade than the one before, by the keyboard, and each saved before the next. */
async function gradeTwentyTimes(page: Page): Promise<string[]> {
  const names = ['outstanding', 'good', 'requires-improvement', 'inadequate'] as const;
  const given: string[] = [];
  for (let i = 0; i < 20; i += 1) {
    const at = (i * 3) % names.length;
    await page.keyboard.press(String(at + 1));
    await expect(page.getByRole('radio', { checked: true })).toHaveValue(names[at] ?? '');
    await expectSaved(page);
    given.push(names[at] ?? '');
  }
  return given;
}

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
