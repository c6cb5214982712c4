/** The example, opened through the third of the three doors. */
import { expect, type Page } from '@playwright/test';

/** Opens it and waits until the visitor's audits are there. */
export async function openExample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Look round the example' }).click();
  await expect(page.getByRole('region', { name: 'Example', exact: true })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Audits to do' })).toBeVisible();
}
