/** Every screen of a QA lead, with data, errors and dialogs: no violation of WCAG 2.2 AA that axe finds, nothing wider than 320 px. */
import { expect, type Page } from '@playwright/test';
import { expectOpen, join } from './pages/doors.ts';
import { newInspector } from './support/accessible.ts';
import { grant, writeAs } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { expectProved, makeOneAudit } from './support/one-audit.ts';
import { auditEdits } from './support/written-audit.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const nav = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('A QA lead is kept out of nothing', async ({ authority, computer }) => {
  const lead = await authority.addPerson('Lee Example', [grant('qa-lead')]);
  const laptop = await computer({ width: 1440 });
  const page = laptop.page();
  const inspector = newInspector();
  const look = (name: string) => inspector.look(page, name);
  await join(page, lead.link);
  await expectOpen(page);
  await nav(page, 'Organisation');
  await expect(heading(page, 'Organisation')).toBeFocused();
  await look('organisation, empty');
  await nav(page, 'Allocate');
  await expect(heading(page, 'Allocate an audit')).toBeFocused();
  await look('allocate, before anything is set up');
  await nav(page, 'Percentages');
  await expect(page.getByText('There are no audits on this laptop yet.')).toBeVisible();
  await look('percentages, empty');

  const audit = await makeOneAudit(authority);
  const auditor = await authority.laptopOf(audit.auditor);
  const grades = ['good', 'good', 'requires-improvement', 'inadequate', 'outstanding', 'good', 'inadequate'];
  for (const [at, grade] of grades.entries()) {
    const id = await authority.allocate(`CASE-40${at}`, audit.auditor, audit);
    const sections = { 'allocation-start': grade, 'child-seen': 'good', 'section-47': 'na' };
    await writeAs(auditor, ...auditEdits(id, audit.auditor.id, { sections, overall: grade, at: Date.now() }));
  }
  await expectProved(page);
  await expect(page.getByRole('table', { name: /The figures by/ })).toBeVisible();
  await look('percentages');
  await page.getByLabel('Group by').selectOption({ label: 'Section' });
  await look('percentages by section');
  await page
    .getByRole('table', { name: /The figures by/ })
    .getByRole('link')
    .first()
    .click();
  await expect(heading(page, 'Audits behind a figure')).toBeFocused();
  await expect(page.getByRole('table')).toBeVisible();
  await look('audits behind a figure');

  await nav(page, 'Organisation');
  await look('services and teams');
  await button(page, 'Add a service').click();
  await button(page, 'Add').click();
  await expect(page.getByText('Enter a name')).toBeVisible();
  await look('adding a service, no name');
  await button(page, 'Cancel').click();
  await button(page, 'Rename Assessment').click();
  await look('renaming a service');
  await button(page, 'Cancel').click();
  await button(page, 'Close Assessment').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('the question before closing a service');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('tab', { name: 'People' }).click();
  await look('people');
  await button(page, 'Add a person').click();
  await page.getByRole('checkbox', { name: 'Team lead', exact: true }).check();
  await button(page, 'Save person').click();
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await look('adding a person, nothing entered');
  await button(page, 'Cancel').click();
  await button(page, 'Invitation link for Avery Example').click();
  await button(page, 'Make the link').click();
  await expect(page.getByLabel('Link', { exact: true })).toHaveValue(/\/join#/);
  await look('an invitation link');

  await nav(page, 'Allocate');
  await button(page, 'Allocate audit').click();
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await look('allocate, nothing entered');
  inspector.expectNothingWrong(14);
});
