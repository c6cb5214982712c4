/**
 * One auditor's whole way, from the invitation to a submitted audit, with what the browser says about it: no broken security
 * policy, no origin but the server's, and nothing of the server's answers in a cache.
 */
import { expect } from '@playwright/test';
import { assessmentService } from '../../src/domain/tools/assessment-service.ts';
import { goTo, gradeOf, place, recordVoice } from './pages/audit-form.ts';
import { expectInstalled, signInAgain, unlock } from './pages/doors.ts';
import { test } from './support/fixtures.ts';
import { expectForm, expectProved, joinAndOpen, makeOneAudit } from './support/one-audit.ts';
import { cachedAddresses } from './support/rules-watch.ts';
import { change } from './support/server-database.ts';

test('The whole way breaks no security policy, asks no other origin, and leaves no answer in a cache', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const laptop = await computer();
  const page = await joinAndOpen(laptop, audit);
  await expectInstalled(page);
  for (const { title } of assessmentService.sections) {
    await goTo(page, title);
    await gradeOf(place(page, title), 'Good').check();
    await page.getByLabel('Rationale', { exact: true }).fill('Made-up rationale.');
  }
  await goTo(page, 'What people said');
  for (const who of ['The practitioner', 'The child or young person', 'A parent or carer']) {
    await recordVoice(page, who, { because: 'Made up.' });
  }
  await goTo(page, 'Overall grade');
  await gradeOf(place(page, 'Overall grade'), 'Good').check();
  change(server, 'delete from session');
  await page.keyboard.press('Control+Alt+KeyL');
  await unlock(page);
  await expectForm(page);
  await signInAgain(page);
  await page.getByRole('button', { name: 'Read through and submit' }).first().click();
  await page.getByRole('button', { name: 'Submit this audit' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Audit submitted' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Percentages' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Percentages' })).toBeVisible();
  await expectProved(page);
  await page.reload();
  await unlock(page);
  await expectProved(page);

  expect(laptop.rules.errors).toEqual([]);
  expect(laptop.rules.origins()).toEqual([server.url]);
  const cached = await cachedAddresses(page);
  expect(cached.length).toBeGreaterThan(5);
  expect(cached.filter((url) => url.includes('/api'))).toEqual([]);
});
