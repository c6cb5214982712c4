/** The screen on which a QA lead gives audits out. */
import { expect, type Page } from '@playwright/test';

export interface WantedAudit {
  readonly reference: string;
  readonly tool: string;
  readonly service: string;
  readonly team: string;
  readonly auditor: string;
  readonly due: { readonly day: number; readonly month: number; readonly year: number };
  /** As the list says it. */
  readonly selection: string;
}

/** Goes there by the navigation. */
export async function openAllocate(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Allocate' }).click();
  await expect(page.getByRole('heading', { name: 'Allocate an audit', level: 1 })).toBeVisible();
}

/** Fills the form in, and waits until the screen says that the audit is allocated. */
export async function allocate(page: Page, audit: WantedAudit): Promise<void> {
  await page.getByLabel('Case reference', { exact: true }).fill(audit.reference);
  await page.getByLabel('Audit tool', { exact: true }).selectOption(audit.tool);
  await page.getByLabel('Service', { exact: true }).selectOption(audit.service);
  await page.getByLabel('Team', { exact: true }).selectOption(audit.team);
  await page.getByLabel('Auditor', { exact: true }).selectOption(audit.auditor);
  const due = page.getByRole('group', { name: 'Due date' });
  await due.getByLabel('Day').fill(String(audit.due.day));
  await due.getByLabel('Month').fill(String(audit.due.month));
  await due.getByLabel('Year').fill(String(audit.due.year));
  await page.getByLabel('How was this case picked?').selectOption(audit.selection);
  await page.getByRole('button', { name: 'Allocate audit' }).click();
  await expect(page.getByText(`${audit.reference} allocated to ${audit.auditor}`)).toBeVisible();
}
