/** An auditor's list of audits, and the screen that starts one nobody allocated. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Goes there by the navigation. */
export async function openMyAudits(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My audits' }).click();
  await expect(page.getByRole('heading', { name: 'My audits', level: 1 })).toBeVisible();
}

/** The row of an audit, by its case reference. */
export const auditRow = (page: Page, reference: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name: reference, exact: true }) });

/** Opens an audit from the list. */
export async function openAudit(page: Page, reference: string): Promise<void> {
  await page.getByRole('link', { name: reference, exact: true }).click();
  await expect(page.getByRole('heading', { name: `Case ${reference}`, level: 1 })).toBeVisible();
}

export interface StartedAudit {
  readonly reference: string;
  readonly tool: string;
  readonly service: string;
  readonly team: string;
  /** As the screen says it. */
  readonly selection: string;
}

/** Starts an audit nobody allocated, from the list, and waits until its form is open. */
export async function startAudit(page: Page, audit: StartedAudit): Promise<void> {
  await page.getByRole('button', { name: 'Start an audit' }).click();
  await page.getByLabel('Case reference', { exact: true }).fill(audit.reference);
  await page.getByRole('radio', { name: audit.tool, exact: true }).check();
  await page.getByLabel('Service', { exact: true }).selectOption(audit.service);
  await page.getByLabel('Team', { exact: true }).selectOption(audit.team);
  await page.getByRole('radio', { name: audit.selection, exact: true }).check();
  await page.getByRole('button', { name: 'Start grading' }).click();
  await expect(page.getByRole('heading', { name: `Case ${audit.reference}`, level: 1 })).toBeVisible();
}
