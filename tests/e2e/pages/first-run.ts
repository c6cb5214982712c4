/** A person's first hour: the look round above the screen, and the message that asks to check what this computer keeps. */
import { expect, type Locator, type Page } from '@playwright/test';

export const lookRound = (page: Page): Locator => page.getByRole('region', { name: 'A look round' });

/** What the look round points at now; nothing that is not on the screen. */
export const pointedAt = (page: Page): Locator => page.locator('[data-pointed-at]');

export const checkNotice = (page: Page): Locator => page.getByRole('region', { name: 'Before your first audit' });

export const keptLine = (page: Page): Locator =>
  page.getByText(/^This computer kept your work over a restart\. Checked /);

/** Starts the look round of a role again from "This laptop". */
export async function showRoundAgain(page: Page, name = 'Show me round again'): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'This laptop' }).click();
  await page.getByRole('button', { name, exact: true }).click();
  await expect(lookRound(page)).toBeVisible();
}
